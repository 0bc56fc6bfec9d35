from django import forms

from lotse.agency.enums import DocumentKind
from lotse.core.forms import LotseForm
from lotse.facts.models import FIRST_YEAR, LAST_YEAR


class BeginForm(LotseForm):
    kind = forms.ChoiceField(label="Dokument", choices=DocumentKind.choices)
    funding_year = forms.IntegerField(label="Förderjahr", min_value=FIRST_YEAR, max_value=LAST_YEAR)
