from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.core.picking import RowField
from lotse.network.enums import Met, OutreachKind
from lotse.network.models import Meeting, NetworkFormat, ProcessStep
from lotse.organisations.models import Person
from lotse.partners.models import Partner


class BeginForm(LotseForm):
    lead = RowField(label="Wer hält die Fäden zusammen?")
    format = RowField(label="Für welches Format?", required=False)

    def __init__(
        self, *args: Any, people: Mapping[str, Person], formats: Mapping[str, NetworkFormat], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].offer(people)
        self.fields["format"].offer(formats, "keins, für das ganze Haus")


class StepForm(LotseForm):
    responsible = RowField(label="Wer kümmert sich?", required=False)
    due_on = DayField(label="Bis wann?", required=False)
    meeting = RowField(label="In welchem Termin?", required=False)
    note = LongTextField(label="Was kam heraus?", rows=3, required=False)
    done_on = DayField(label="Erledigt am", past=True, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, people: Mapping[str, Person], meetings: Mapping[str, Meeting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # none of them is needed for itself
            field.says_optional = True
        self.fields["responsible"].offer(people, "noch niemand")
        self.fields["meeting"].offer(meetings, "keiner")

    @staticmethod
    def stored(row: ProcessStep) -> dict[str, Any]:
        kept = {name: getattr(row, name) for name in ("due_on", "note", "done_on", "revision")}
        who, where = row.responsible, row.meeting
        return {**kept, "responsible": who and who.public_id, "meeting": where and where.public_id}

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        return [[self["responsible"], self["due_on"]], [self["meeting"]], [self["note"]], [self["done_on"]]]


class EndProcessForm(LotseForm):
    on = DayField(label="Abgeschlossen am", past=True)
    conclusion = LongTextField(label="Was hat sich verbessert?", rows=4)


class PreconditionForm(LotseForm):
    met = forms.TypedChoiceField(label="Stand", choices=Met.choices, coerce=Met, widget=forms.RadioSelect)
    sentence = LongTextField(label="In einem Satz: woran sehen Sie das?", rows=2, max_length=400)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OutreachForm(LotseForm):
    kind = forms.TypedChoiceField(
        label="Was war es?", choices=OutreachKind.choices, coerce=OutreachKind, widget=forms.RadioSelect
    )
    on = DayField(label="Wann?", past=True)
    title = forms.CharField(label="Worum ging es?", max_length=160)
    partner = RowField(label="Bei wem oder mit wem?", required=False)
    reached = forms.IntegerField(label="Wie viele waren da?", min_value=0, max_value=30_000, required=False)

    def __init__(self, *args: Any, partners: Mapping[str, Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].offer(partners, "kein bestimmter Partner")
