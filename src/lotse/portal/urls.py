from django.urls import path

from lotse.portal import calendar_views, pattern_views, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("termine/kalender/", calendar_views.calendar_settings, name="calendar_settings"),
    path("termine/kalender/adresse/", calendar_views.new_feed, name="new_feed"),
    path("termine/kalender/abschalten/", calendar_views.stop_feed, name="stop_feed"),
    path("termine/termine.ics", calendar_views.download, name="download"),
    path("kalender/termine.ics", calendar_views.feed, name="feed"),
    path("netzwerk/muster/", pattern_views.found_patterns, name="patterns"),
    path("netzwerk/muster/<slug:pattern_key>/", pattern_views.report_pattern, name="report_pattern"),
    path("suche/", views.search, name="search"),
    path("bestaetigen/", views.confirmations, name="confirmations"),
    path("bestaetigen/<slug:waiting_id>/", views.confirm, name="confirm"),
]
