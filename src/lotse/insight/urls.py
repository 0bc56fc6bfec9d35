from django.urls import path

from lotse.insight import deciding, evaluation, picture_views, views, views_released, views_sheets, views_strategy

app_name = "insight"
urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("alle/", views_sheets.sheets, name="sheets"),
    path("werte/", deciding.values, name="values"),
    path("werte/<str:value_key>/", deciding.value, name="value"),
    path("netzwerk/", deciding.network, name="network"),
    path("netzwerk/<str:indicator_key>/", deciding.rating, name="rating"),
    path("strategie/", views_strategy.strategy, name="strategy"),
    path("strategie/blatt/", views_strategy.strategy_pdf, name="strategy_pdf"),
    path("strategie/neu/<str:figure_key>/", views_strategy.new_target, name="new_target"),
    path("strategie/<str:target_id>/", views_strategy.target, name="target"),
    path("strategie/<str:target_id>/aendern/", views_strategy.edit_target, name="edit_target"),
    path("strategie/<str:target_id>/besprechen/", views_strategy.review_target, name="review_target"),
    path("strategie/<str:target_id>/beenden/", views_strategy.end_target, name="end_target"),
    path("evaluation/", evaluation.evaluation, name="evaluation"),
    path("kennzahl/<str:fact_key>/", views.figure, name="figure"),
    path("bilder/", picture_views.pictures, name="pictures"),
    path("bilder/karte/", picture_views.area_map, name="map"),
    path("bild/<str:picture_key>.svg", picture_views.drawing, name="drawing"),
    path("freigegeben/", views_released.tables, name="tables"),
    path("freigegeben/neu/", views_released.new_tables, name="new_tables"),
    path("freigegeben/<slug:tables_id>/", views_released.snapshot, name="snapshot"),
    path("freigegeben/<slug:tables_id>/tabellen.<slug:ending>", views_released.tables_paper, name="tables_paper"),
    path("freigegeben/<slug:tables_id>/freigeben/", views_released.release, name="release"),
    path("freigegeben/<slug:tables_id>/zurueckziehen/", views_released.withdraw, name="withdraw_tables"),
    path("<str:fact_key>/<str:cell_key>/", views.trace, name="trace"),
]
