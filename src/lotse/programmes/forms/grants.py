from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.core.picking import RowField
from lotse.organisations.models import Organisation
from lotse.programmes.enums import Financing
from lotse.programmes.models import Grant, Programme


class GrantForm(LotseForm):
    name = forms.CharField(label="Name", max_length=160, help_text="Zum Beispiel: Integrationsagenturen 2026/27.")
    reference = forms.CharField(label="Aktenzeichen", max_length=80, required=False)
    funder = RowField(label="Zuwendungsgeber", required=False)
    authority = RowField(label="Bewilligungsbehörde", required=False)
    financing = forms.ChoiceField(label="Finanzierungsart", choices=Financing.choices)

    def __init__(
        self, *args: Any, funders: Mapping[str, Organisation], authorities: Mapping[str, Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].offer(funders)
        self.fields["authority"].offer(authorities)

    @staticmethod
    def first(grant: Grant) -> dict[str, Any]:
        picked = {name: row.public_id if (row := getattr(grant, name)) else "" for name in ("funder", "authority")}
        return {"name": grant.name, "reference": grant.reference, "financing": grant.financing, **picked}


class AgenciesForm(LotseForm):
    agencies = forms.TypedMultipleChoiceField(
        label="Integrationsagenturen", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, agencies: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].choices = [(key, row.name) for key, row in agencies.items()]
        self.fields["agencies"].coerce = lambda key: agencies[key]


class NewGrantForm(GrantForm, AgenciesForm):
    seldom = ("financing", "reference")
    field_order = (
        "name", "organisation", "programme", "first_year", "last_year", "rules_from", "funder", "authority", "agencies",
    )  # fmt: skip

    organisation = RowField(label="Wer bekommt sie?")
    programme = RowField(label="Programm")
    first_year = forms.IntegerField(label="Erstes Förderjahr", min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label="Letztes Förderjahr", min_value=2000, max_value=2100)
    rules_from = DayField(label="Fristen anlegen ab", help_text="Was vorher fällig war, legt Lotse nicht an.")

    def __init__(
        self, *args: Any, receivers: Mapping[str, Organisation], programmes: Mapping[str, Programme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(receivers)
        self.fields["programme"].offer(programmes)
        if len(receivers) == 1:  # nothing to choose
            self.fields["organisation"].widget = forms.HiddenInput()

    @classmethod
    def next_after(cls, last: Grant | None, today: date) -> dict[str, Any]:
        """The phase after the last one, paid by the same; else two years from the next one on."""
        begin, years = (last.last_year + 1, len(last.years)) if last else (today.year + 1, 2)
        kept = {**cls.first(last), "name": "", "reference": ""} if last else {}
        return {
            **kept, "first_year": begin, "last_year": begin + years - 1, "rules_from": today,
            "programme": last.programme.code if last else "ia",
        }  # fmt: skip
