from django.urls import path

from lotse.insight import views

app_name = "insight"
urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("<str:fact_key>/<str:cell_key>/", views.trace, name="trace"),
]
