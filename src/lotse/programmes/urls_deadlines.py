"""Deadlines and grants, in the room of the agencies."""

from django.urls import path

from lotse.programmes.views import budget_lines, deadlines, grants

app_name = "deadlines"
ONE, GRANT, RULE = "<slug:obligation_id>/", "zuwendungen/<slug:grant_id>/", "regeln/<slug:deadline_rule_id>/"
LINE = "ausgabenarten/<slug:budget_line_id>/"
urlpatterns = [
    path("", deadlines.deadlines, name="list"),
    path("jahr/", deadlines.year, name="year"),
    path("zuwendungen/", grants.grants, name="grants"),
    path("zuwendungen/neu/", grants.new_grant, name="new_grant"),
    path("zuwendungen/agentur/<slug:grant_agency_id>/entfernen/", grants.remove_agency, name="remove_agency"),
    path(GRANT, grants.grant, name="grant"),
    path(GRANT + "bearbeiten/", grants.edit_grant, name="edit_grant"),
    path(GRANT + "agenturen/", grants.add_agencies, name="add_agencies"),
    path(GRANT + "ausgabenart/", budget_lines.new_line, name="new_line"),
    path(LINE + "aendern/", budget_lines.rename_line, name="rename_line"),
    path(LINE + "entfernen/", budget_lines.remove_line, name="remove_line"),
    path(LINE + "hoch/", budget_lines.raise_line, name="raise_line"),
    path(GRANT + "anpassen/", grants.follow, name="follow"),
    path(GRANT + "frist/", grants.new_rule, name="new_rule"),
    path(RULE + "aendern/", grants.change_rule, name="change_rule"),
    path(RULE + "beenden/", grants.end_rule, name="end_rule"),
    path(ONE, deadlines.obligation, name="obligation"),
    path(ONE + "einreichen/", deadlines.hand_in, name="hand_in"),
    path(ONE + "pruefen/", deadlines.check, name="check"),
    path(ONE + "abgeben/", deadlines.send, name="send"),
    path(ONE + "annehmen/", deadlines.accept, name="accept"),
    path(ONE + "nachbessern/", deadlines.give_back, name="give_back"),
    path(ONE + "entfaellt/", deadlines.drop, name="drop"),
]
