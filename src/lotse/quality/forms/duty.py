"""Duties, the pattern of the week, absences; what is answered to a roster; deputies and the emergency list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import ClockField, DayField, LongTextField
from lotse.core.forms import VALID, LotseForm, VersionedForm
from lotse.core.picking import PICK, RowField
from lotse.organisations.models import Person, Site
from lotse.quality.enums import AwayKind, CoverScope, DutyKind, RosterReply, Weekday, WishState

LATER = "Das Ende liegt vor dem Beginn."
NOBODY = "– niemand –"
REPLIES = [(RosterReply.AGREES.value, "Einverstanden"), (RosterReply.WISHES.value, "Ich habe einen Wunsch")]
NOTE = "Ohne Namen und Angaben von Klient*innen."


def typed(row: Any, *names: str) -> dict[str, Any]:
    """What a form shows of a row; of a row behind it the address."""
    found = {name: getattr(row, name) for name in (*names, "revision")}
    return {name: getattr(value, "public_id", value) for name, value in found.items()}


class Picking(VersionedForm):
    """A form with choices among people and sites of the house. `beside`: what stands side by side above the others."""

    people_fields: tuple[tuple[str, str, bool, str], ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def when(self) -> list[forms.BoundField]:
        return [self[name] for name in self.beside]

    @property
    def others(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in self.beside]

    def __init__(
        self, *args: Any, people: Mapping[str, Person], sites: Mapping[str, Site] | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        for name, label, required, empty in self.people_fields:
            self._offer(name, label, people, required=required, empty=empty)
        if sites:
            self._offer("site", "Beratungsstelle", sites, required=False, empty="– alle –")
        self.order_fields(self.field_order)

    def _offer(self, name: str, label: str, rows: Mapping[str, Any], *, required: bool, empty: str) -> None:
        field = RowField(label=label, required=required)
        field.offer(rows, empty)
        self.dress(field)
        self.fields[name] = field


class DutyForm(Picking):
    in_order = ("begins", "ends", LATER)
    people_fields = (("person", "Wer", False, NOBODY), ("deputy", "Ersatz, wenn abwesend", False, NOBODY))
    beside = ("day", "begins", "ends")
    field_order = ("day", "begins", "ends", "kind", "site", "person", "deputy", "note", "is_off")

    day = DayField(label="Tag")
    begins = ClockField(label="von")
    ends = ClockField(label="bis")
    kind = forms.ChoiceField(label="Dienst", choices=DutyKind.choices)
    note = forms.CharField(label="Hinweis", max_length=120, required=False, help_text=NOTE)
    is_off = forms.BooleanField(label="Fällt aus", required=False)


class TemplateForm(Picking):
    in_order = VALID
    people_fields = (("person", "In der Regel", False, NOBODY),)
    beside = ("weekday", "begins", "ends")
    field_order = ("weekday", "begins", "ends", "kind", "needs", "site", "person", "valid_from", "valid_to")

    weekday = forms.TypedChoiceField(label="Wochentag", choices=Weekday.choices, coerce=int)
    begins = ClockField(label="von")
    ends = ClockField(label="bis")
    kind = forms.ChoiceField(label="Dienst", choices=DutyKind.choices)
    needs = forms.IntegerField(label="So viele Personen braucht es", min_value=1, max_value=20, initial=1)
    valid_from = DayField(label="Gilt ab")
    valid_to = DayField(label="Gilt bis", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("begins") and cleaned.get("ends") and cleaned["ends"] <= cleaned["begins"]:
            self.add_error("ends", LATER)
        return cleaned


class WeeksForm(LotseForm):
    first_on = DayField(label="Ab der Woche mit dem Tag")
    weeks = forms.IntegerField(label="So viele Wochen", min_value=1, max_value=26, initial=4)


class AwayForm(Picking):
    in_order = ("first_on", "last_on", LATER)
    people_fields = (("person", "Wer", True, PICK),)
    field_order = ("person", "first_on", "last_on", "kind")

    first_on = DayField(label="Erster Tag")
    last_on = DayField(label="Letzter Tag")
    kind = forms.ChoiceField(
        label="Art", choices=AwayKind.choices, help_text="Gründe gehören nicht hierher. Andere sehen nur „abwesend“."
    )


class RosterForm(LotseForm):
    in_order = ("first_on", "last_on", LATER)

    first_on = DayField(label="Erster Tag")
    last_on = DayField(label="Letzter Tag")
    answer_by = DayField(label="Antwort bis")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        if day < self.today:
            raise forms.ValidationError("Dieser Tag ist schon vorbei.")
        return day


class AnswerForm(VersionedForm):
    shown_when = {"wish": ("reply", (RosterReply.WISHES,))}

    reply = forms.ChoiceField(label="Ihre Antwort", choices=REPLIES, widget=forms.RadioSelect)
    wish = LongTextField(
        label="Ihr Wunsch", required=False, max_length=2000, help_text="Das liest nur, wer den Dienst plant."
    )


class DecideForm(VersionedForm):
    wish_state = forms.ChoiceField(label="Was daraus wird", choices=WishState.choices, widget=forms.RadioSelect)
    decision = LongTextField(label="Ihre Antwort", required=False, max_length=2000)


class ReleaseForm(LotseForm):
    """`asks`: nobody has taken part."""

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["reason"] = forms.CharField(label="Warum war niemand beteiligt?", max_length=300)
            self.dress(self.fields["reason"])


class StandInForm(Picking):
    in_order = VALID
    people_fields = (("person", "Wer", True, PICK), ("deputy", "Vertreten durch", True, PICK))
    field_order = ("person", "deputy", "scope", "valid_from", "valid_to")

    scope = forms.ChoiceField(label="Wofür", choices=CoverScope.choices)
    valid_from = DayField(label="Gilt ab")
    valid_to = DayField(label="Gilt bis", required=False)


class ContactForm(VersionedForm):
    name = forms.CharField(label="Wer", max_length=120)
    phone = forms.CharField(label="Telefon", max_length=40)
    matter = forms.CharField(label="Wofür", max_length=120, required=False)
