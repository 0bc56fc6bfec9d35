from django.urls import path

from lotse.organisations import accounts_views as views

app_name = "administration"
urlpatterns = [
    path("", views.accounts, name="list"),
    path("einladen/", views.invite, name="invite"),
    path("einladung/<slug:invitation_id>/erneuern/", views.renew, name="renew"),
    path("einladung/<slug:invitation_id>/zurueckziehen/", views.withdraw, name="withdraw"),
    path("pflicht/", views.second_factor, name="second_factor"),
    path("zweiter-faktor/", views.resets, name="resets"),
    path("zweiter-faktor/<slug:reset_id>/", views.decide_reset, name="decide_reset"),
    path("konto/<slug:user_id>/", views.account, name="detail"),
    path("konto/<slug:user_id>/sperren/", views.lock, name="lock"),
    path("konto/<slug:user_id>/entsperren/", views.unlock, name="unlock"),
    path("konto/<slug:user_id>/zweiter-faktor/", views.request_reset, name="request_reset"),
]
