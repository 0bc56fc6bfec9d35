"""The sheet for the controlling of the funder."""

from django.urls import path

from lotse.agency.views import papers

urlpatterns = [
    path("controlling/<slug:controlling_id>/", papers.controlling, name="controlling"),
]
