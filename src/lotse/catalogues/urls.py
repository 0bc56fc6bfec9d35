from django.urls import path

from lotse.catalogues import views

app_name = "catalogues"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("texte/", views.texts, name="texts"),
    path("texte/<slug:language>/<slug:text_key>/", views.client_text, name="text"),
    path("texte/<slug:language>/<slug:text_key>/zuruecknehmen/", views.withdraw_text, name="withdraw_text"),
    path("<slug:list_name>/", views.entries, name="list"),
    path("<slug:list_name>/neu/", views.new_entry, name="new_entry"),
    path("<slug:list_name>/<slug:entry_key>/", views.entry, name="entry"),
    path("<slug:list_name>/<slug:entry_key>/zuruecksetzen/", views.reset_entry, name="reset_entry"),
]
