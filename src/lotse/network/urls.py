from django.urls import path

from lotse.network import urls_processes, urls_topics
from lotse.network.views import home

app_name = "network"
urlpatterns = [
    path("", home.home, name="home"),
    *urls_topics.urlpatterns,
    *urls_processes.urlpatterns,
]

# The bar of the room: words and address. Partners stand among them, though they are an app of their own.
PLACES = (
    ("Übersicht", "network:home"),
    ("Partner", "partners:list"),
    *urls_topics.PLACES,
    *urls_processes.PLACES,
)
