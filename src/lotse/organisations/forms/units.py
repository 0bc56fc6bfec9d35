"""Forms of the tree: a unit, its name from a day on, its counselling sites."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import VALID, LotseForm
from lotse.organisations.enums import ActionField, OrganisationKind
from lotse.organisations.forms.shared import pick
from lotse.organisations.hours import HoursField
from lotse.organisations.models import Organisation, Site


class OrganisationForm(LotseForm):
    in_order = VALID

    kind = forms.ChoiceField(label="Art", choices=OrganisationKind.choices)
    is_carrier = forms.BooleanField(label="ist Träger: stellt Personal an", required=False)
    action_fields = forms.MultipleChoiceField(
        label="Handlungsfelder", choices=ActionField.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    address = LongTextField(label="Anschrift", rows=3, required=False, max_length=300)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", required=False)
    valid_from = DayField(label="Besteht seit", required=False)
    valid_to = DayField(label="Besteht bis", required=False)


class FoundForm(OrganisationForm):
    name = forms.CharField(label="Name", max_length=160)
    short_name = forms.CharField(label="Kurzname", max_length=60, required=False)
    field_order = ("name", "short_name")


class MoveForm(LotseForm):
    parent = forms.ChoiceField(label="Gehört künftig zu")

    def __init__(self, *args: Any, places: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = pick(places)


class NameForm(LotseForm):
    name = forms.CharField(label="Name", max_length=160)
    short_name = forms.CharField(label="Kurzname", max_length=60, required=False)
    valid_from = DayField(
        label="Gilt ab", required=False, help_text="Leer lassen, wenn nur ein Schreibfehler berichtigt wird."
    )


class SiteForm(LotseForm):
    name = forms.CharField(label="Name", max_length=120)
    branch_of = forms.ChoiceField(label="Außenstelle von", required=False)
    address = LongTextField(label="Anschrift", rows=3, required=False, max_length=300)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", required=False)
    opening_hours = HoursField(label="Öffnungszeiten", required=False)
    appointment_mode = forms.CharField(
        label="Terminvereinbarung",
        max_length=120,
        required=False,
        help_text="Zum Beispiel: nach telefonischer Vereinbarung.",
    )
    municipality_code = forms.RegexField(
        r"^\d{8}$",
        label="Gemeindekennziffer",
        required=False,
        help_text="Acht Ziffern, zum Beispiel 05113000.",
        error_messages={"invalid": "Bitte acht Ziffern angeben, zum Beispiel 05113000."},
    )
    accessibility_note = forms.CharField(label="Hinweis zur Barrierefreiheit", max_length=200, required=False)

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch_of"].choices = pick(sites, "– keine Außenstelle –")
