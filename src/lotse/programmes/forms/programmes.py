from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format

from lotse.core.fields import DayField
from lotse.core.forms import VALID, LotseForm
from lotse.core.picking import RowField
from lotse.organisations.forms import FteField, pick
from lotse.organisations.forms.shared import PICK
from lotse.organisations.models import PostShare, Site
from lotse.programmes.models import Grant


class ProgrammeForm(LotseForm):
    level = forms.CharField(label="Ebene", max_length=60, required=False, help_text="Zum Beispiel Bund oder Land.")
    client_label = forms.CharField(
        label="Wie heißen die Menschen, die beraten werden?", max_length=40, help_text="Zum Beispiel Klient*in."
    )
    is_counselling = forms.BooleanField(label="berät einzelne Menschen", required=False)
    max_years = forms.IntegerField(label="Längste Dauer in Jahren", min_value=1, max_value=20, required=False)


class NewProgrammeForm(ProgrammeForm):
    name = forms.CharField(label="Name", max_length=160)
    field_order = ("name",)


class ProgrammeNameForm(LotseForm):
    name = forms.CharField(label="Name", max_length=160)
    valid_from = DayField(
        label="Gilt ab", required=False, help_text="Leer lassen, wenn nur ein Schreibfehler berichtigt wird."
    )


class FundingYearForm(LotseForm):
    year = forms.IntegerField(label="Förderjahr", min_value=2000, max_value=2100)
    starts_on = DayField(label="Beginn")
    ends_on = DayField(label="Ende")


class OfferForm(LotseForm):
    in_order = VALID

    site = forms.ChoiceField(label="Beratungsstelle")
    valid_from = DayField(label="Ab")
    valid_to = DayField(label="Bis", required=False)

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = pick(sites)


class FundingForm(LotseForm):
    in_order = VALID

    share = forms.ChoiceField(label="Stellenanteil")
    grant = RowField(label="Zuwendung", required=False)
    fte = FteField(label="Davon bezahlt das Programm", at_most=Decimal("1.00"), help_text="Zum Beispiel 0,50.")
    valid_from = DayField(label="Ab")
    valid_to = DayField(label="Bis", required=False)

    def __init__(self, *args: Any, shares: Sequence[PostShare], grants: Mapping[str, Grant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grant"].offer(grants, "– keine –")
        if not grants:
            del self.fields["grant"]
        named = [(s.public_id, f"{s.person}, {s.post.title}: {number_format(s.fte, 2)}") for s in shares]
        self.fields["share"].choices = [("", PICK), *named]
