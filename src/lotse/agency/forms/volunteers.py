from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.organisations.models import Organisation


class OfAgencyForm(LotseForm):
    """For a new row: in which agency, asked only of who works in several."""

    agency = forms.ChoiceField(label="Integrationsagentur")

    def __init__(self, *args: Any, agencies: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = agencies
        self.fields["agency"].choices = [(key, agency.name) for key, agency in agencies.items()]
        if len(agencies) == 1:
            del self.fields["agency"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        key = cleaned.get("agency", next(iter(self.agencies)))
        return cleaned | {"agency": self.agencies.get(key)}


class _Volunteer(LotseForm):
    name = forms.CharField(label="Name", max_length=120)
    reached_by = forms.CharField(label="Telefon oder E-Mail", max_length=160, required=False)
    since = DayField(label="Dabei seit", past=True)
    qualification = LongTextField(label="Qualifikation und Einsatzwünsche", rows=2, required=False)


class NewVolunteerForm(OfAgencyForm, _Volunteer):
    pass


class VolunteerForm(_Volunteer, VersionedForm):
    in_order: ClassVar = ("since", "ended_on", "Das Ende liegt vor dem Beginn.")

    ended_on = DayField(label="Nicht mehr dabei seit", required=False)


class DeploymentForm(LotseForm):
    volunteer = forms.ChoiceField(label="Wer?")
    on = DayField(label="Wann?", past=True)
    hours = forms.DecimalField(
        label="Stunden", localize=True, min_value=Decimal("0.25"), max_value=24, max_digits=4, decimal_places=2
    )
    measure = forms.ChoiceField(label="Bei welcher Maßnahme?", required=False)
    what = forms.CharField(label="Was?", max_length=160, required=False, help_text="Ohne Namen.")

    def __init__(self, *args: Any, volunteers: Mapping[str, Any], measures: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {"volunteer": volunteers, "measure": measures}
        self.fields["hours"].widget.attrs["class"] += " short"
        self.fields["volunteer"].choices = [(key, row.name) for key, row in volunteers.items()]
        listed = [(key, f"{row.title}, {row.on:%d.%m.%Y}") for key, row in measures.items()]
        self.fields["measure"].choices = [("", "keine"), *listed]

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        rows = {name: found.get(given[name]) for name, found in self.rows.items()}
        minutes = round(given.pop("hours") * 60)
        return given | rows | {"minutes": minutes}


class _Material(LotseForm):
    name = forms.CharField(label="Material", max_length=120)
    note = forms.CharField(label="Was dazugehört", max_length=200, required=False)


class NewMaterialForm(OfAgencyForm, _Material):
    pass


class MaterialForm(_Material):
    ended_on = DayField(label="Nicht mehr da seit", required=False, past=True)


class LendForm(LotseForm):
    in_order: ClassVar = ("lent_on", "due_on", "Zurück kann es erst nach dem Verleih sein.")

    borrower = forms.CharField(label="An wen?", max_length=160)
    lent_on = DayField(label="Ab wann?")
    due_on = DayField(label="Bis wann?")


class BackForm(LotseForm):
    on = DayField(label="Zurück am", past=True)
