"""The plan: tasks, goals, steps, changes."""

from django.urls import path

from lotse.agency.views import papers

urlpatterns = [
    path("planung/<slug:task_plan_id>/", papers.plan, name="plan"),
]
