"""Who answers for quality management, and her exchange with others."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import VersionedForm
from lotse.core.picking import RowField
from lotse.organisations.models import Organisation, Person
from lotse.quality.forms.frameworks import house_field


class OfficerForm(VersionedForm):
    """`people` are asked for a new appointment only."""

    in_order = ("appointed_on", "until", "Das Ende liegt vor dem Beginn.")

    is_deputy = forms.BooleanField(label="als Stellvertretung", required=False)
    appointed_on = DayField(label="Bestellt ab")
    until = DayField(label="Bestellt bis", required=False, help_text="Leer: bis auf Weiteres.")
    file = forms.FileField(label="Bestellschreiben", required=False, help_text="PDF oder Bild.")

    def __init__(self, *args: Any, people: Mapping[str, Person] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is not None:
            field = RowField(label="Person")
            field.offer(people)
            self.dress(field)
            self.fields["person"] = field
        self.order_fields(("person", "is_deputy", "appointed_on", "until", "file"))


class ExchangeForm(VersionedForm):
    on = DayField(label="Am", past=True)
    with_whom = forms.CharField(label="Mit wem?", max_length=160, help_text="Zum Beispiel: QM-Runde im Bezirk")
    participants = LongTextField(label="Teilnehmende", required=False, rows=2, max_length=1000)
    topics = LongTextField(label="Themen", max_length=4000)
    results = LongTextField(label="Ergebnisse", required=False, max_length=4000)

    def __init__(self, *args: Any, houses: Mapping[str, Organisation] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if houses is not None:
            self.fields["organisation"] = house_field(self, houses)
            self.order_fields(("organisation", *self.fields))
