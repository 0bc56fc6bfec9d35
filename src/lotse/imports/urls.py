from django.urls import path

from lotse.imports import views

app_name = "imports"
urlpatterns = [
    path("lauf/<slug:import_id>/", views.run, name="run"),
    path("lauf/<slug:import_id>/spalten/", views.columns, name="columns"),
    path("lauf/<slug:import_id>/meldungen.xlsx", views.report, name="report"),
    path("lauf/<slug:import_id>/uebernehmen/", views.take_over, name="take_over"),
    path("lauf/<slug:import_id>/verwerfen/", views.discard, name="discard"),
    path("lauf/<slug:import_id>/zuruecknehmen/", views.undo, name="undo"),
    path("<slug:kind_key>/", views.start, name="start"),
    path("<slug:kind_key>/ausgabe.xlsx", views.export, name="export"),
]
