"""Antrag, Bescheide und was davor vereinbart wurde."""

from django.urls import URLPattern, path

from lotse.funding.views import applications, applications_notices, applications_parts

GRANT, PART, POST = (
    "antrag/<slug:grant_id>/",
    "antrag/teil/<slug:carrier_part_id>/",
    "antrag/stelle/<slug:part_post_id>/",
)
VERSION = "antrag/fassung/<slug:application_version_id>/"
urlpatterns: list[URLPattern] = [
    path("antrag/", applications.application, name="application"),
    path(PART, applications_parts.part, name="carrier_part"),
    path(PART + "stelle/", applications_parts.new_post, name="new_part_post"),
    path(PART + "plan/", applications_parts.plan, name="part_plan"),
    path(PART + "massnahmen/", applications_parts.measures, name="part_measures"),
    path(PART + "uebernehmen/", applications_parts.take_over, name="take_over_part"),
    path(PART + "einreichen/", applications_parts.hand_in, name="hand_in_part"),
    path(PART + "zurueckgeben/", applications_parts.give_back, name="return_part"),
    path(PART + "pdf/", applications_parts.pdf, name="part_pdf"),
    path(POST, applications_parts.edit_post, name="edit_part_post"),
    path(POST + "entfernen/", applications_parts.remove_post, name="remove_part_post"),
    path(VERSION, applications_parts.version, name="application_version"),
    path(VERSION + "datei/", applications_parts.version_paper, name="application_version_paper"),
    path("antrag/bescheid/<slug:grant_notice_id>/", applications_notices.notice_paper, name="grant_notice_paper"),
    path(GRANT + "beginnen/", applications.begin, name="begin_application"),
    path(GRANT + "ergaenzen/", applications.add_parts, name="add_missing_parts"),
    path(GRANT + "stellen/", applications.submit, name="submit_application"),
    path(GRANT + "nachbessern/", applications.correct, name="correct_application"),
    path(GRANT + "entscheidung/", applications.decide, name="decide_application"),
    path(GRANT + "pdf/", applications.pdf, name="application_pdf"),
    path(GRANT + "tabelle/", applications.xlsx, name="application_data_xlsx"),
    path(GRANT + "bescheide/", applications_notices.notices, name="grant_notices"),
    path(GRANT + "bescheide/neu/", applications_notices.new_notice, name="new_grant_notice"),
    path(GRANT + "vereinbarungen/", applications_notices.agreements, name="volume_agreements"),
    path(GRANT + "vereinbarungen/neu/", applications_notices.new_agreement, name="new_volume_agreement"),
]
