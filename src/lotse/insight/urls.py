from django.urls import path

from lotse.insight import picture_views, views

app_name = "insight"
urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("bilder/", picture_views.pictures, name="pictures"),
    path("bilder/karte/", picture_views.area_map, name="map"),
    path("bild/<str:picture_key>.svg", picture_views.drawing, name="drawing"),
    path("<str:fact_key>/<str:cell_key>/", views.trace, name="trace"),
]
