"""The plan: tasks, goals, steps, partners, changes; and the page of the chain."""

from django.urls import path

from lotse.agency.views import chain, changes, plan, plan_parts

TASK, GOAL = "planung/aufgabe/<slug:agency_task_id>/", "planung/teilziel/<slug:sub_goal_id>/"
STEP, PARTNER = "planung/schritt/<slug:task_step_id>/", "planung/partner/<slug:task_partner_id>/"
CHANGE, PLAN = "planung/aenderung/<slug:plan_change_id>/", "planung/<slug:task_plan_id>/"

urlpatterns = [
    path("kette/<slug:agency_id>/", chain.chain, name="chain"),
    path(TASK, plan.task, name="task"),
    path(f"{TASK}aendern/", plan.edit_task, name="edit_task"),
    path(f"{TASK}loeschen/", plan.remove_task, name="remove_task"),
    path(f"{TASK}teilziel/", plan_parts.new_goal, name="new_goal"),
    path(f"{TASK}schritt/", plan_parts.new_step, name="new_step"),
    path(f"{TASK}partner/", plan_parts.new_partner, name="new_task_partner"),
    path(GOAL, plan_parts.edit_goal, name="edit_goal"),
    path(f"{GOAL}loeschen/", plan_parts.remove_goal, name="remove_goal"),
    path(STEP, plan_parts.edit_step, name="edit_step"),
    path(f"{STEP}loeschen/", plan_parts.remove_step, name="remove_step"),
    path(f"{STEP}erledigt/", plan_parts.finish_step, name="finish_step"),
    path(PARTNER, plan_parts.edit_partner, name="edit_task_partner"),
    path(f"{PARTNER}loeschen/", plan_parts.remove_partner, name="remove_task_partner"),
    path(f"{CHANGE}entscheiden/", changes.decide_change, name="decide_change"),
    path(f"{CHANGE}behoerde/", changes.tell_authority, name="tell_authority"),
    path(f"{CHANGE}zuruecknehmen/", changes.withdraw_change, name="withdraw_change"),
    path(PLAN, plan.plan, name="plan"),
    path(f"{PLAN}aufgabe/", plan.new_task, name="new_task"),
    path(f"{PLAN}vorjahr/", plan.continue_tasks, name="continue_tasks"),
    path(f"{PLAN}aenderung/", changes.new_change, name="new_change"),
]
