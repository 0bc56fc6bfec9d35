from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import VALID, LotseForm
from lotse.core.picking import RowField
from lotse.network.models import Mandate, NetworkFormat
from lotse.organisations.models import Person


class MandateForm(LotseForm):
    in_order = VALID
    seldom = ("note",)

    person = RowField(label="Wer?")
    format = RowField(label="Wohin?")
    scope = forms.CharField(
        label="Wofür?", max_length=200, help_text="Zum Beispiel: spricht für alle IntMan des Trägers."
    )
    valid_from = DayField(label="Von")
    valid_to = DayField(label="Bis")
    note = LongTextField(label="Anmerkung", rows=2, required=False)

    def __init__(
        self, *args: Any, people: Mapping[str, Person], formats: Mapping[str, NetworkFormat], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)
        self.fields["format"].offer(formats)

    @staticmethod
    def first(today: date, after: Mandate | None) -> dict[str, Any]:
        """A year from today; or the year after one that ends."""
        begin = next_day(after.valid_to) if after and after.valid_to and after.valid_to >= today else today
        days = {"valid_from": begin, "valid_to": a_year_from(begin)}
        if after is None:
            return days
        return {**days, "person": after.person.public_id, "format": after.format.public_id, "scope": after.scope}


def next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def a_year_from(day: date) -> date:
    """The last day of it."""
    return date.fromordinal(day.toordinal() + 364)


class TimeForm(LotseForm):
    minutes = forms.IntegerField(
        label="Meine Zeit in Minuten", min_value=1, max_value=1440, help_text="Mit Weg und Vorbereitung, wenn es Arbeitszeit war."
    )  # fmt: skip
