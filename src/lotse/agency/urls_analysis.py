"""The analysis: social spaces, data, needs."""

from django.urls import path

from lotse.agency.views import analysis, findings, spaces, statistics

ONE = "analyse/<slug:analysis_id>/"
TABLE = f"{ONE}tabellen/<slug:dataset_id>/"

urlpatterns = [
    path(ONE, analysis.analysis, name="analysis"),
    path(f"{ONE}rahmen/", analysis.reach, name="analysis_reach"),
    path(f"{ONE}texte/", analysis.texts, name="analysis_texts"),
    path(f"{ONE}fortschreiben/", analysis.take_over, name="take_over_analysis"),
    path(f"{ONE}pruefen/", findings.check_taken_over, name="check_taken_over"),
    path(f"{ONE}bild.svg", analysis.picture, name="analysis_picture"),
    path(f"{ONE}verbinden/", findings.link_data, name="link_data"),
    path(f"{ONE}daten/neu/", findings.add_data, name="add_data"),
    path(f"{ONE}bedarfe/neu/", findings.add_need, name="add_need"),
    path(f"{ONE}karte/", statistics.agency_map, name="agency_map"),
    path(f"{ONE}tabellen/", statistics.datasets, name="datasets"),
    path(f"{ONE}tabellen/neu/", statistics.new_dataset, name="new_dataset"),
    path(TABLE, statistics.dataset, name="dataset"),
    path(f"{TABLE}loeschen/", statistics.remove_dataset, name="remove_dataset"),
    path("sozialraeume/<slug:agency_id>/", spaces.spaces, name="spaces"),
    path("sozialraum/<slug:social_space_id>/", spaces.edit, name="space"),
    path("datum/<slug:data_item_id>/", findings.data_item, name="data_item"),
    path("datum/<slug:data_item_id>/entfernen/", findings.remove_data_item, name="remove_data_item"),
    path("bedarf/<slug:need_id>/", findings.need, name="need"),
    path("bedarf/<slug:need_id>/entfernen/", findings.remove_need, name="remove_need"),
]
