from django.urls import path

from lotse.wayup import key_views, views

app_name = "wayup"
CLOSING = "abschluss/<slug:closing_id>/"
UNIT = "<slug:period_id>/<slug:unit_ref>/"
urlpatterns = [
    path("", views.periods, name="periods"),
    path("neu/", views.new_period, name="new_period"),
    path("einlesen/", views.receive, name="receive"),
    path("schluessel/", key_views.keys, name="keys"),
    path("schluessel/erzeugen/", key_views.make, name="make_keys"),
    path("schluessel/neu/", key_views.register, name="register"),
    path("schluessel/<slug:installation_id>/", key_views.installation, name="installation"),
    path(CLOSING + "freigeben/", views.approve, name="approve"),
    path(CLOSING + "annehmen/", views.accept, name="accept"),
    path(CLOSING + "oeffnen/", views.reopen, name="reopen"),
    path(CLOSING + "datei/", views.send, name="send"),
    path(UNIT, views.unit, name="unit"),
    path(UNIT + "zusammenstellen/", views.draw_up, name="draw_up"),
]
