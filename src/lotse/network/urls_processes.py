"""Addresses of mandates, processes and the alignment with data protection. `PLACES` as in `urls_topics`."""

from django.urls import URLPattern, path

from lotse.network.views import alignment, exchanges, figures, mandates, processes

ALIGNMENT, EXCHANGE = "datenaustausch/<slug:alignment_id>/", "datenaustausch/austausch/<slug:exchange_id>/"
RATING = "optimierung/netzwerk/<slug:rated_format_id>/"
urlpatterns: list[URLPattern] = [
    path("mandate/", mandates.mandates, name="mandates"),
    path("mandate/neu/", mandates.new_mandate, name="new_mandate"),
    path("mandate/<slug:mandate_id>/verlaengern/", mandates.extend_mandate, name="extend_mandate"),
    path("mandate/<slug:mandate_id>/beenden/", mandates.end_mandate, name="end_mandate"),
    path("mandate/zeit/<slug:timed_id>/", mandates.own_time, name="own_time"),
    path("optimierung/", processes.processes, name="processes"),
    path("optimierung/neu/<slug:way_key>/", processes.begin, name="begin_process"),
    path("optimierung/<slug:process_id>/", processes.process, name="process"),
    path("optimierung/<slug:process_id>/abschliessen/", processes.end, name="end_process"),
    path("optimierung/schritt/<slug:process_step_id>/", processes.step, name="step"),
    path(RATING, processes.foundations, name="foundations"),
    path(f"{RATING}<slug:question_key>/", processes.rate, name="rate"),
    path("zahlen/fuer-andere/", processes.outreach, name="outreach"),
    path("zahlen/fuer-andere/neu/", processes.new_outreach, name="new_outreach"),
    path("zahlen/fuer-andere/<slug:outreach_id>/", processes.edit_outreach, name="edit_outreach"),
    path("zahlen/fuer-andere/<slug:outreach_id>/loeschen/", processes.remove_outreach, name="remove_outreach"),
    path("datenaustausch/", alignment.alignments, name="alignments"),
    path("datenaustausch/neu/", alignment.new_alignment, name="new_alignment"),
    path("datenaustausch/beispiel/<slug:example_id>/loeschen/", alignment.remove_example, name="remove_example"),
    path("datenaustausch/beispiel/<slug:example_id>/aendern/", alignment.edit_example, name="edit_example"),
    path("datenaustausch/regel/<slug:statement_id>/", alignment.edit_statement, name="edit_statement"),
    path(ALIGNMENT, alignment.alignment, name="alignment"),
    path(f"{ALIGNMENT}aendern/", alignment.edit_alignment, name="edit_alignment"),
    path(f"{ALIGNMENT}abschliessen/", alignment.end_alignment, name="end_alignment"),
    path(f"{ALIGNMENT}einrichtung/", alignment.new_party, name="new_party"),
    path(f"{ALIGNMENT}beispiel/", alignment.new_example, name="new_example"),
    path(f"{ALIGNMENT}regel/", alignment.new_statement, name="new_statement"),
    path(f"{ALIGNMENT}austausch/", exchanges.new_exchange, name="new_exchange"),
    path(EXCHANGE, exchanges.exchange, name="exchange"),
    path(f"{EXCHANGE}aendern/", exchanges.edit_exchange, name="edit_exchange"),
    path(f"{EXCHANGE}ja/", exchanges.agree, name="agree_exchange"),
    path(f"{EXCHANGE}noch-nicht/", exchanges.object_to, name="object_exchange"),
    path(f"{EXCHANGE}ja-dort/", exchanges.other_yes, name="other_yes"),
    path(f"{EXCHANGE}blatt/", exchanges.scan, name="exchange_scan"),
    path(f"{EXCHANGE}neue-fassung/", exchanges.renew, name="renew_exchange"),
    path(f"{EXCHANGE}verwerfen/", exchanges.drop, name="drop_exchange"),
    path(f"{EXCHANGE}beenden/", exchanges.end, name="end_exchange"),
    path("zahlen/", figures.figures, name="figures"),
    path("zahlen/<str:network_figure>/<str:cell_key>/", figures.figure_rows, name="figure_rows"),
]
PLACES: tuple[tuple[str, str], ...] = (
    ("Mandate", "network:mandates"),
    ("Optimierung", "network:processes"),
    ("Datenaustausch", "network:alignments"),
    ("Zahlen", "network:figures"),
)
