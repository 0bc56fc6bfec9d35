"""Zuschüsse anderer, Pflichten der Träger, Zahlen."""

from django.urls import URLPattern, path

from lotse.funding.views import duties, figures, subsidies, subsidy_steps

ONE = "zuschuesse/<slug:subsidy_id>/"
YEAR = "pflichten/<slug:carrier_id>/<int:duty_year>/"
urlpatterns: list[URLPattern] = [
    path("zuschuesse/", subsidies.subsidies, name="subsidies"),
    path("zuschuesse/neu/", subsidies.new, name="new_subsidy"),
    path(ONE, subsidies.subsidy, name="subsidy"),
    path(ONE + "bearbeiten/", subsidies.edit, name="edit_subsidy"),
    path(ONE + "stelle/", subsidies.planned_post, name="subsidy_planned_post"),
    path(ONE + "stelle/andere/", subsidies.other_post, name="subsidy_other_post"),
    path(ONE + "stelle/<slug:subsidy_post_id>/entfernen/", subsidies.remove_post, name="remove_subsidy_post"),
    path(ONE + "anlage/", subsidies.attach, name="subsidy_attach"),
    path(ONE + "anlage/<slug:subsidy_attachment_id>/", subsidies.attachment, name="subsidy_attachment"),
    path(ONE + "anlage/<slug:subsidy_attachment_id>/entfernen/", subsidies.detach, name="subsidy_detach"),
    path(ONE + "brief/", subsidies.letter_pdf, name="subsidy_letter_pdf"),
    path(ONE + "brief-mit-anlagen/", subsidies.package_zip, name="subsidy_package_zip"),
    path(ONE + "gestellt/", subsidy_steps.send, name="send_subsidy"),
    path(ONE + "entscheidung/", subsidy_steps.decide, name="decide_subsidy"),
    path(ONE + "bescheid/", subsidy_steps.notice, name="subsidy_notice"),
    path(ONE + "zurueckziehen/", subsidy_steps.withdraw, name="withdraw_subsidy"),
    path(ONE + "nachweis/", subsidy_steps.prove, name="prove_subsidy"),
    path(ONE + "buchung/", subsidy_steps.use, name="subsidy_use"),
    path(ONE + "buchung/<slug:subsidy_use_id>/entfernen/", subsidy_steps.remove_use, name="remove_subsidy_use"),
    path("zahlen/", figures.figures, name="figures"),
    path("zahlen/<slug:money_figure>/", figures.figure_rows, name="figure_rows"),
    path("pflichten/", duties.duties, name="duties"),
    path("pflichten/nachweis/<slug:duty_check_id>/", duties.evidence, name="duty_evidence"),
    path(YEAR, duties.duties_of_carrier, name="duties_of"),
    path(YEAR + "<slug:duty_key>/", duties.check, name="check_duty"),
]
