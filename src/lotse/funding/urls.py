from django.urls import path

from lotse.funding import urls_applications, urls_ledger, urls_money, urls_more, urls_proofs, urls_staff
from lotse.funding.views import home

app_name = "funding"
urlpatterns = [
    path("", home.home, name="home"),
    *urls_applications.urlpatterns,
    *urls_money.urlpatterns,
    *urls_ledger.urlpatterns,
    *urls_proofs.urlpatterns,
    *urls_staff.urlpatterns,
    *urls_more.urlpatterns,
]

# The bar of the room: words and address.
PLACES = (
    ("Übersicht", "funding:home"),
    *urls_applications.PLACES,
    *urls_money.PLACES,
    *urls_ledger.PLACES,
    *urls_proofs.PLACES,
    *urls_staff.PLACES,
    *urls_more.PLACES,
)
