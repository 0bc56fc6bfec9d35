from django.urls import path

from lotse.programmes.views import programmes as views

app_name = "programmes"
ONE = "<slug:programme_id>/"
urlpatterns = [
    path("", views.programmes, name="list"),
    path("neu/", views.new, name="new"),
    path("abgrenzung/", views.delimitation, name="delimitation"),
    path("angebote/<slug:offer_id>/ende/", views.finish_offer, name="end_offer"),
    path("finanzierung/<slug:funding_id>/ende/", views.finish_funding, name="end_funding"),
    path(ONE, views.detail, name="detail"),
    path(ONE + "bearbeiten/", views.edit, name="edit"),
    path(ONE + "name/", views.rename, name="rename"),
    path(ONE + "foerderjahr/", views.new_year, name="new_year"),
    path(ONE + "angebot/", views.new_offer, name="new_offer"),
    path(ONE + "finanzierung/", views.new_funding, name="new_funding"),
]
