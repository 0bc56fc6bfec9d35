"""Every address of the product. A test walks this list: an address without a line in the access matrix fails."""

from django.urls import include, path

from lotse.organisations.accounts_views import accept

urlpatterns = [
    path("konto/einladung/", accept, name="account_invitation"),
    path("konto/", include("lotse.accounts.urls")),
    path("verwaltung/konten/", include("lotse.organisations.accounts_urls")),
    path("verwaltung/", include("lotse.organisations.urls")),
    path("listen/", include("lotse.catalogues.urls")),
    path("programme/", include("lotse.programmes.urls")),
    path("protokoll/", include("lotse.auditlog.urls")),
    path("post/", include("lotse.correspondence.urls")),
    path("netzwerk/", include("lotse.network.urls")),
    path("agentur/fristen/", include("lotse.programmes.urls_deadlines")),
    path("agentur/", include("lotse.agency.urls")),
    path("foerderung/", include("lotse.funding.urls")),
    path("qualitaet/", include("lotse.quality.urls")),
    path("zertifikat/", include("lotse.quality.public_urls")),
    path("gutachten/", include("lotse.quality.urls_rooms")),
    path("partner/", include("lotse.partners.urls")),
    path("uebernahme/", include("lotse.imports.urls")),
    path("auswertung/", include("lotse.insight.urls")),
    path("meldung/", include("lotse.wayup.urls")),
    path("umfragen/", include("lotse.surveys.urls")),
    path("u/", include("lotse.surveys.public_urls")),
    path("", include("lotse.core.urls")),
    path("", include("lotse.casework.urls")),
    path("", include("lotse.portal.urls")),
]

handler400 = "lotse.core.views.bad_request"
handler500 = "lotse.core.views.server_error"
