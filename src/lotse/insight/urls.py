from django.urls import path

from lotse.insight import views, views_released

app_name = "insight"
urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("freigegeben/", views_released.tables, name="tables"),
    path("freigegeben/neu/", views_released.new_tables, name="new_tables"),
    path("freigegeben/<slug:tables_id>/", views_released.snapshot, name="snapshot"),
    path("freigegeben/<slug:tables_id>/tabellen.<slug:ending>", views_released.tables_paper, name="tables_paper"),
    path("freigegeben/<slug:tables_id>/freigeben/", views_released.release, name="release"),
    path("freigegeben/<slug:tables_id>/zurueckziehen/", views_released.withdraw, name="withdraw_tables"),
    path("<str:fact_key>/<str:cell_key>/", views.trace, name="trace"),
]
