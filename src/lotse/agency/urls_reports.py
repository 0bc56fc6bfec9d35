"""The report, review and release."""

from django.urls import path

from lotse.agency.views import papers

urlpatterns = [
    path("bericht/<slug:activity_report_id>/", papers.report, name="report"),
]
PLACES: tuple[tuple[str, str], ...] = ()
