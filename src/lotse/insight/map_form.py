from django import forms

from lotse.core.forms import LotseForm
from lotse.documents.uploads import AreasField


class MapForm(LotseForm):
    """`areas` stands in the cleaned data in place of the file."""

    title = forms.CharField(label="Titel", max_length=80, initial="Sozialräume")
    file = AreasField(
        label="Flächen",
        help_text="GeoJSON bis 1 MB, in WGS 84. Jede Fläche hat „name“. Heißt sie oder ihr „key“ wie eine Beratungsstelle, zählt sie deren Fälle.",
    )
