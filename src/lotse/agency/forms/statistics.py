"""Forms for tables of statistics and outlines."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lotse.agency.forms.analysis import with_needs
from lotse.agency.forms.picking import RowsField
from lotse.agency.models import DatasetRow, Need
from lotse.agency.statistics.reading import Reading, Wanted, read_statistics
from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.documents.archives import XLSX
from lotse.documents.inspection import type_of
from lotse.documents.uploads import AreasField, UploadField
from lotse.documents.wording import CSV

TABLES = (CSV, XLSX)


class DatasetForm(LotseForm):
    """`reading` is there when the form is valid."""

    file = UploadField(
        types=TABLES, label="Tabelle",
        help_text="Aus der Regionaldatenbank als „Flat File“ (CSV), oder eine eigene Tabelle (CSV, XLSX) mit Überschriften. Höchstens 6 MB.",
    )  # fmt: skip
    source = forms.CharField(label="Quelle", max_length=200)
    retrieved_on = DayField(label="Abgerufen am", past=True)
    areas = forms.CharField(
        label="Nur diese Gebiete", max_length=500, required=False, help_text="Mehrere mit Komma trennen. Leer: alle."
    )
    title = forms.CharField(label="Titel", max_length=160, required=False)
    area = forms.CharField(label="Gebiet, wenn die Tabelle keines nennt", max_length=120, required=False)
    as_of = DayField(label="Stand, wenn die Tabelle keine Zeit nennt", required=False)
    seldom = ("title", "area", "as_of")
    reading: Reading

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if upload := cleaned.get("file"):
            content = upload.read()
            try:
                self.reading = read_statistics(content, type_of(content, TABLES).media_type, self._wanted(cleaned))
            except forms.ValidationError as error:
                self.add_error("file", error)
        return cleaned

    def _wanted(self, cleaned: dict[str, Any]) -> Wanted:
        areas = [name.strip() for name in cleaned.get("areas", "").split(",") if name.strip()]
        return Wanted(areas, cleaned.get("area", ""), cleaned.get("as_of"))

    @property
    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        title = data["title"] or self.reading.title or data["file"].name.rpartition(".")[0][:160] or "Tabelle"
        return {**{name: data[name] for name in ("source", "retrieved_on", "area")}, "title": title}


class PickForm(LotseForm):
    topic = forms.CharField(label="Thema", max_length=80)

    def __init__(self, *args: Any, rows: Sequence[DatasetRow], needs: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"] = RowsField(rows, label="Zeilen")
        with_needs(self, needs)

    @property
    def chosen(self) -> list[str]:
        """As the page shows them again after a mistake."""
        return self.data.getlist("rows") if hasattr(self.data, "getlist") else []


class AgencyMapForm(LotseForm):
    areas = AreasField(
        label="Flächen",
        help_text="GeoJSON bis 1 MB, in WGS 84. Jede Fläche hat „name“; so heißt auch das Gebiet Ihrer Daten.",
    )
