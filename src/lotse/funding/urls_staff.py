"""Stellen und Änderungen."""

from django.urls import path

from lotse.funding.views import posts, qualification, staff, staff_processes

CHANGE = "stellen/aenderungen/<slug:staff_change_id>/"
PROCESS = "stellen/vorgaenge/<slug:change_process_id>/"
urlpatterns = [
    path("stellen/", posts.posts, name="posts"),
    path("stellen/bild/", posts.picture, name="posts_picture"),
    path("stellen/aenderungen/", staff.changes, name="staff_changes"),
    path("stellen/melden/", staff.choose_kind, name="choose_change"),
    path("stellen/melden/<slug:change_kind>/", staff.new_change, name="new_change"),
    path(CHANGE, staff.change, name="staff_change"),
    path(CHANGE + "berichtigen/", staff.edit_change, name="edit_change"),
    path(CHANGE + "zurueckziehen/", staff.withdraw, name="withdraw_change"),
    path(CHANGE + "antrag/", staff.paper, name="change_paper"),
    path(CHANGE + "person/", staff.name_newcomer, name="name_newcomer"),
    path(CHANGE + "kontaktdaten/", staff.send_contact, name="send_contact"),
    path(CHANGE + "uebernehmen/", staff.take_over, name="take_over_change"),
    path("stellen/qualifikation/", qualification.qualification, name="qualification"),
    path("stellen/qualifikation/<slug:funded_person_id>/", qualification.edit_qualification, name="edit_qualification"),
    path(PROCESS + "schreiben/", staff_processes.letter, name="process_letter"),
    path(PROCESS + "weiterleiten/", staff_processes.forward, name="forward_process"),
    path(PROCESS + "antwort/", staff_processes.answer, name="answer_process"),
    path(PROCESS + "ablegen/", staff_processes.set_aside, name="set_aside_process"),
    path(PROCESS + "beleg/", staff_processes.receipt, name="process_receipt"),
]
