from django.urls import include, path

from lotse.accounts import views

own = [
    path("", views.security, name="security"),
    path("sitzungen/", views.end_others, name="end_others"),
]

CLOSED = (
    "signup/",
    "email/",
    "confirm-email/",
    "confirm-email/<str:key>/",
    "3rdparty/",
    "3rdparty/signup/",
    "social/signup/",
)

urlpatterns = [
    path("", include((own, "accounts"))),
    *[path(address, views.closed) for address in CLOSED],
    path("password/neu/", views.new_password, name="account_new_password"),
    path("2fa/recovery-codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/download/", views.download_codes, name="mfa_download_recovery_codes"),
    path("2fa/", views.to_security, name="mfa_index"),  # the overview of allauth, told on one page with the rest
    path("oidc/<str:provider_id>/login/callback/", views.openid_callback, name="openid_connect_callback"),
    path("", include("allauth.urls")),
]
