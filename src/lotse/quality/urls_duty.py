"""Addresses of the internal organisation: duty, rosters, deputies. `DUTY_PLACES` stand in the bar of the room."""

from django.urls import path

from lotse.quality.views import cover, duty, duty_plan, inner, rosters

DUTY = [
    path("team/", inner.inner, name="inner"),
    path("team/dienstplan/", duty.duty, name="duty"),
    path("team/dienstplan/woche.pdf", duty.duty_pdf, name="duty_pdf"),
    path("team/dienstplan/ich/", duty.my_duty, name="my_duty"),
    path("team/dienstplan/ich/dienst.ics", duty.my_duty_ics, name="my_duty_ics"),
    path("team/dienstplan/neu/", duty.new_duty, name="new_duty"),
    path("team/dienstplan/dienst/<str:duty_id>/", duty.edit_duty, name="edit_duty"),
    path("team/dienstplan/muster/", duty_plan.templates, name="duty_templates"),
    path("team/dienstplan/muster/neu/", duty_plan.new_template, name="new_duty_template"),
    path("team/dienstplan/muster/<str:duty_template_id>/", duty_plan.edit_template, name="edit_duty_template"),
    path("team/dienstplan/wochen/", duty_plan.make_weeks, name="make_weeks"),
    path("team/dienstplan/abwesend/", duty_plan.absences, name="duty_absences"),
    path("team/dienstplan/abwesend/<str:duty_absence_id>/", duty_plan.remove_absence, name="remove_duty_absence"),
    path("team/dienstplan/abstimmung/", rosters.rosters, name="rosters"),
    path("team/dienstplan/abstimmung/neu/", rosters.show_roster, name="show_roster"),
    path("team/dienstplan/abstimmung/<str:roster_id>/", rosters.roster, name="roster"),
    path("team/dienstplan/abstimmung/<str:roster_id>/freigeben/", rosters.release, name="release_roster"),
    path("team/dienstplan/antwort/<str:roster_answer_id>/", rosters.answer, name="answer_roster"),
    path("team/dienstplan/wunsch/<str:roster_answer_id>/", rosters.decide, name="decide_wish"),
    path("team/vertretung/", cover.cover, name="cover"),
    path("team/vertretung/neu/", cover.new_stand_in, name="new_stand_in"),
    path("team/vertretung/<str:stand_in_id>/", cover.edit_stand_in, name="edit_stand_in"),
    path("team/notfall/neu/", cover.new_contact, name="new_emergency_contact"),
    path("team/notfall/<str:emergency_contact_id>/", cover.edit_contact, name="edit_emergency_contact"),
    path("team/notfall/<str:emergency_contact_id>/entfernen/", cover.remove_contact, name="remove_emergency_contact"),
]
DUTY_PLACES = (("Team", "quality:inner"),)
