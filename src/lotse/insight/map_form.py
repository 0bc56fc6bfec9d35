from typing import Any

from django import forms

from lotse.core.forms import LotseForm
from lotse.insight import geojson


class MapForm(LotseForm):
    """`areas` stands in the cleaned data in place of the file."""

    title = forms.CharField(label="Titel", max_length=80, initial="Sozialräume")
    file = forms.FileField(
        label="Flächen",
        help_text="GeoJSON bis 1 MB, in WGS 84. Jede Fläche hat „name“. Heißt sie oder ihr „key“ wie eine Beratungsstelle, zählt sie deren Fälle.",
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )

    def clean_file(self) -> list[dict[str, Any]]:
        upload = self.cleaned_data["file"]
        if upload.size > geojson.LARGEST:
            raise forms.ValidationError(geojson.TOO_LARGE)
        return geojson.read(upload.read())
