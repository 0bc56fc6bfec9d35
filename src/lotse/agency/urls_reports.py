"""The report, review and release."""

from django.urls import path

from lotse.agency.views import release, reports, standing

urlpatterns = [
    path("stand/", standing.standing, name="standing"),
    path("bericht/abschnitt/<slug:report_section_id>/", reports.write, name="write_report"),
    path("bericht/abschnitt/<slug:report_section_id>/fassungen/", reports.words, name="report_words"),
    path("bericht/<slug:activity_report_id>/", reports.report, name="report"),
    path("bericht/<slug:activity_report_id>/vorbereiten/", reports.prepare, name="prepare_report"),
    path("bericht/<slug:activity_report_id>/zahlen/", reports.numbers, name="report_numbers"),
    path("dokument/<slug:agency_document_id>/einreichen/", release.hand_in, name="hand_in"),
    path("dokument/<slug:agency_document_id>/freigeben/", release.release, name="release"),
    path("dokument/<slug:agency_document_id>/zurueckgeben/", release.give_back, name="return"),
    path("dokument/<slug:agency_document_id>/anmerkung/", release.comment, name="comment"),
    path("dokument/<slug:agency_document_id>/uebermittelt/", release.transmit, name="transmit"),
    path("dokument/<slug:agency_document_id>/angenommen/", release.accept, name="accept"),
    path("dokument/<slug:agency_document_id>/korrektur/", release.correct, name="correct"),
    path("dokument/<slug:agency_document_id>/verlauf/", release.history, name="history"),
    path("anmerkung/<slug:document_comment_id>/erledigt/", release.resolve, name="resolve_comment"),
    path("anmerkung/<slug:document_comment_id>/zuruecknehmen/", release.withdraw, name="withdraw_comment"),
]
PLACES: tuple[tuple[str, str], ...] = (("Stand", "agency:standing"),)
