from django.urls import path

from lotse.agency import (
    urls_analysis,
    urls_controlling,
    urls_measures,
    urls_more,
    urls_plan,
    urls_prescribed,
    urls_reports,
)
from lotse.agency.views import hints, home

app_name = "agency"
urlpatterns = [
    path("", home.home, name="home"),
    *urls_analysis.urlpatterns,
    *urls_plan.urlpatterns,
    *urls_measures.urlpatterns,
    *urls_reports.urlpatterns,
    *urls_controlling.urlpatterns,
    *urls_prescribed.urlpatterns,
    *urls_more.urlpatterns,
    path("dokument/<slug:agency_document_id>/fehlalarm/", hints.false_alarm, name="false_alarm"),
    path("<slug:agency_id>/", home.agency, name="agency"),
    path("<slug:agency_id>/beginnen/", home.begin, name="begin"),
]

# The bar of the room: words and address.
PLACES = (
    ("Übersicht", "agency:home"),
    *urls_measures.PLACES,
    *urls_reports.PLACES,
    ("Fristen", "deadlines:list"),
    *urls_more.PLACES,
    *urls_prescribed.PLACES,
)
