"""The sheet for the controlling of the funder."""

from django.urls import path

from lotse.agency.views import controlling

SHEET = "controlling/<slug:controlling_id>/"
urlpatterns = [
    path(SHEET, controlling.sheet, name="controlling"),
    path(SHEET + "uebertragen/", controlling.carry_over, name="carry_over"),
    path(SHEET + "vermerken/", controlling.note, name="note_upload"),
    path(SHEET + "neue-fassung/", controlling.renew, name="renew_questions"),
    path(SHEET + "bogen.xlsx", controlling.export, {"ending": "xlsx"}, name="controlling_xlsx"),
    path(SHEET + "bogen.csv", controlling.export, {"ending": "csv"}, name="controlling_csv"),
    path("vorlagen/bogen/", controlling.bring, name="bring_questions"),
    path("vorlagen/bogen/beispiel.yaml", controlling.questions_example, name="questions_example"),
]
