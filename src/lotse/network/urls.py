from django.urls import path

from lotse.network import urls_processes, urls_topics
from lotse.network.views import agenda, answers, charters, formats, home, live, meetings, minutes

app_name = "network"
FORMAT = "formate/<slug:format_id>/"
CHARTER = f"{FORMAT}vereinbarung/<slug:charter_id>/"
MEETING = "termine/<slug:meeting_id>/"
POINT = f"{MEETING}tagesordnung/<slug:agenda_id>/"
SESSION = f"{MEETING}sitzung/<int:part>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("antwort/", answers.answer, name="answer"),
    path("antwort/vereinbarung/", charters.invited_charter, name="invited_charter"),
    path("antwort/vereinbarung/blatt.pdf", charters.invited_charter_pdf, name="invited_charter_pdf"),
    path("formate/", formats.formats_page, name="formats"),
    path("formate/neu/", formats.new_format, name="new_format"),
    path(FORMAT, formats.format_page, name="format"),
    path(f"{FORMAT}aendern/", formats.edit_format, name="edit_format"),
    path(f"{FORMAT}beenden/", formats.end_format, name="end_format"),
    path(f"{FORMAT}termin/", meetings.new_meeting, name="new_meeting"),
    path(f"{FORMAT}mitglieder/neu/", formats.new_member, name="new_member"),
    path(f"{FORMAT}mitglieder/<slug:network_member_id>/", formats.edit_member, name="edit_member"),
    path(f"{FORMAT}mitglieder/<slug:network_member_id>/ende/", formats.end_member, name="end_member"),
    path(f"{FORMAT}vereinbarung/", formats.charter, name="charter"),
    path(CHARTER, charters.read_charter, name="read_charter"),
    path(f"{CHARTER}blatt.pdf", charters.charter_pdf, name="charter_pdf"),
    path(f"{CHARTER}verschicken/", formats.share_charter, name="share_charter"),
    path("termine/", meetings.meetings, name="meetings"),
    path("termine/jahr/", meetings.year, name="year"),
    path("termine/planen/", meetings.plan_year, name="plan_year"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}aendern/", meetings.edit_meeting, name="edit_meeting"),
    path(f"{MEETING}einladen/", meetings.invite, name="invite"),
    path(f"{MEETING}absagen/", meetings.call_off, name="call_off"),
    path(f"{MEETING}ersatz/", meetings.replacement, name="replacement"),
    path(f"{MEETING}loeschen/", meetings.drop_meeting, name="drop_meeting"),
    path(f"{MEETING}gast/", meetings.new_guest, name="new_guest"),
    path(f"{MEETING}teilnahme/<slug:attendance_id>/entfernen/", meetings.remove_place, name="remove_place"),
    path(f"{MEETING}antwort/", meetings.reply, name="reply"),
    path(f"{MEETING}vorstellung/", meetings.choose_presenter, name="choose_presenter"),
    path(f"{MEETING}termin.ics", meetings.ics, name="ics"),
    path(f"{MEETING}tagesordnung/neu/", agenda.propose, name="propose"),
    path(f"{MEETING}tagesordnung/vorlage/", agenda.keep_template, name="keep_template"),
    path(POINT, agenda.edit_item, name="edit_item"),
    path(f"{POINT}umstellen/", agenda.move_item, name="move_item"),
    path(f"{POINT}streichen/", agenda.remove_item, name="remove_item"),
    path(f"{POINT}aufrufen/", live.begin_item, name="begin_item"),
    path(f"{MEETING}anwesend/", live.presence, name="presence"),
    path(f"{MEETING}sitzung/", live.session, name="session"),
    path(SESSION, live.session, name="session_part"),
    path(f"{SESSION}stand/", live.state, name="state"),
    path(f"{SESSION}stift/", live.take_pen, name="take_pen"),
    path(f"{SESSION}mitschrift/", live.save_notes, name="save_notes"),
    path(f"{SESSION}abgeben/", live.lay_down, name="lay_down"),
    path(f"{MEETING}abschliessen/", minutes.close, name="close"),
    path(f"{MEETING}protokoll/", minutes.minutes, name="minutes"),
    path(f"{MEETING}protokoll/blatt.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path(f"{MEETING}protokoll/verschicken/", minutes.send, name="send_minutes"),
    *urls_topics.urlpatterns,
    *urls_processes.urlpatterns,
]

# The bar of the room: words and address. Partners stand among them, though they are an app of their own.
PLACES = (
    ("Übersicht", "network:home"),
    ("Partner", "partners:list"),
    ("Formate", "network:formats"),
    ("Termine", "network:meetings"),
    *urls_topics.PLACES,
    *urls_processes.PLACES,
)
