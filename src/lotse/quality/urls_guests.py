"""Guests of a procedure, as the house keeps them."""

from django.urls import path

from lotse.quality.views import guests, packages

PROCEDURE = "zertifizierung/<str:certification_id>/"
GUESTS = [
    path(f"{PROCEDURE}gaeste/", guests.guests, name="guests"),
    path(f"{PROCEDURE}gaeste/einladen/", guests.invite, name="invite_guest"),
    path(f"{PROCEDURE}gaeste/protokoll/", guests.looks, name="guest_looks"),
    path(f"{PROCEDURE}gaeste/<str:participant_id>/beenden/", guests.end, name="end_seat"),
    path("zertifizierung/gast/<str:guest_access_id>/link/", guests.renew, name="renew_guest"),
    path("zertifizierung/gast/<str:guest_access_id>/entziehen/", guests.revoke, name="revoke_guest"),
    path(f"{PROCEDURE}pakete/", packages.packages, name="packages"),
    path(f"{PROCEDURE}pakete/antwort/", packages.bring, name="bring_answer"),
    path(f"{PROCEDURE}pakete/<str:participant_id>/", packages.make, name="make_package"),
    path("zertifizierung/paket/<str:exchange_package_id>/paket.zip", packages.download, name="package_zip"),
    path("zertifizierung/paketantwort/<str:exchange_answer_id>/", packages.answer, name="package_answer"),
    path("zertifizierung/paketantwort/<str:exchange_answer_id>/uebernehmen/", packages.take, name="take_answer"),
    path("zertifizierung/paketantwort/<str:exchange_answer_id>/verwerfen/", packages.drop, name="drop_answer"),
]
