"""The analysis: social spaces, data, needs."""

from django.urls import path

from lotse.agency.views import papers

urlpatterns = [
    path("analyse/<slug:analysis_id>/", papers.analysis, name="analysis"),
]
