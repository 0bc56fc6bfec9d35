from django.urls import path

from lotse.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("suche/", views.search, name="search"),
    path("bestaetigen/", views.confirmations, name="confirmations"),
    path("bestaetigen/<slug:waiting_id>/", views.confirm, name="confirm"),
]
