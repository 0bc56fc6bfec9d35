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

# The bar of the room, in the order of the work: words and address. What stands under "Mehr" has tabs of its own.
PLACES = (
    ("Übersicht", "funding:home"),
    ("Antrag", "funding:application"),
    ("Stellen", "funding:posts"),
    ("Weiterleitung", "funding:money"),
    ("Buchungen", "funding:ledger"),
    ("Nachweise", "funding:proofs"),
    ("Prüfung", "funding:audit"),
    ("Mehr", "funding:subsidies"),
)
