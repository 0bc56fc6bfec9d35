"""The rooms of assessors and board. A guest has these addresses and her own account, nothing else (ADR 0045)."""

from django.urls import path

from lotse.quality.views import room_assessing as assessing
from lotse.quality.views import room_board as board
from lotse.quality.views import rooms

app_name = "guests"
HERE = "<str:certification_id>/"
urlpatterns = [
    path("", rooms.rooms, name="rooms"),
    path("einladung/", rooms.invitation, name="invitation"),
    path(HERE, rooms.room, name="room"),
    path(f"{HERE}zeitplan/", rooms.schedule, name="schedule"),
    path(f"{HERE}checkliste/", rooms.checklist, name="checklist"),
    path(f"{HERE}checkliste/<str:criterion_id>/", assessing.remark, name="remark"),
    path(f"{HERE}nachweise/<str:submission_id>/", rooms.evidence, name="evidence"),
    path(f"{HERE}rueckmeldung/", rooms.feedback, name="feedback"),
    path(f"{HERE}rueckmeldung/zusammenfassung/", assessing.summary, name="summary"),
    path(f"{HERE}rueckmeldung/ausgeben/", assessing.issue, name="issue"),
    path(f"{HERE}rueckmeldung/<int:number>/", rooms.issued, name="issued"),
    path(f"{HERE}besuch/", assessing.visit, name="visit"),
    path(f"{HERE}besuch/planen/", assessing.plan, name="plan"),
    path(f"{HERE}besuch/gespraech/", assessing.note, name="note"),
    path(f"{HERE}besuch/gespraech/<str:interview_note_id>/", assessing.edit_note, name="edit_note"),
    path(f"{HERE}besuch/dokument/", assessing.paper, name="paper"),
    path(f"{HERE}besuch/dokument/<str:on_site_check_id>/", assessing.check, name="check"),
    path(f"{HERE}besuch/abschliessen/", assessing.finish, name="finish"),
    path(f"{HERE}auditbericht/", rooms.report, name="report"),
    path(f"{HERE}auditbericht/schreiben/", assessing.write, name="write"),
    path(f"{HERE}auditbericht/vorlegen/", assessing.present, name="present"),
    path(f"{HERE}abstimmung/", board.vote, name="vote"),
    path(f"{HERE}abstimmung/entscheidung/", board.decide, name="decide"),
    path(f"{HERE}abstimmung/auflagen/", board.conditions, name="conditions"),
    path(f"{HERE}abstimmung/entzug/", board.revoke, name="revoke"),
]
