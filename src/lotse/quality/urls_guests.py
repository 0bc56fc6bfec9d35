"""Guests of a procedure, as the house keeps them."""

from django.urls import path

from lotse.quality.views import guests

PROCEDURE = "zertifikat/<str:certification_id>/"
GUESTS = [
    path(f"{PROCEDURE}gaeste/", guests.guests, name="guests"),
    path(f"{PROCEDURE}gaeste/einladen/", guests.invite, name="invite_guest"),
    path(f"{PROCEDURE}gaeste/protokoll/", guests.looks, name="guest_looks"),
    path("gast/<str:guest_access_id>/link/", guests.renew, name="renew_guest"),
    path("gast/<str:guest_access_id>/entziehen/", guests.revoke, name="revoke_guest"),
]
