"""Forms of the calendar."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from lotse.casework.enums import AppointmentPlace
from lotse.casework.forms.choices import pick
from lotse.casework.forms.contacts import ContactForm
from lotse.casework.models import Appointment
from lotse.casework.schedule import MOST
from lotse.core.fields import ClockField, DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm

Choices = list[tuple[str, str]]
ONCE, WEEKLY = "once", "weekly"
THIS, FOLLOWING = "this", "following"


def _hours(label: str) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"step": "0.25", "class": "short"})
    return forms.DecimalField(
        label=label, min_value=0, max_value=24, max_digits=4, decimal_places=2, required=False, widget=widget
    )


class ArrangeForm(VersionedForm):
    """When, what for, where; the rest opens when it is needed."""

    shown_when: ClassVar = {
        "room": ("place", (AppointmentPlace.ROOM,)),
        "video_link": ("place", (AppointmentPlace.VIDEO,)),
        "elsewhere": ("place", (AppointmentPlace.ELSEWHERE,)),
        "interpreter_booked": ("interpreter_language", ("*",)),
        "interpreter_from": ("interpreter_language", ("*",)),
        "times": ("repeats", (WEEKLY,)),
    }

    on = DayField(label="Tag")
    begins = ClockField(label="von")
    minutes = forms.IntegerField(label="Dauer in Minuten", min_value=5, max_value=960)
    repeats = forms.ChoiceField(label="Wie oft", choices=[(ONCE, "einmal"), (WEEKLY, "jede Woche")], initial=ONCE)
    times = forms.IntegerField(label="Anzahl der Termine", min_value=2, max_value=MOST, initial=4, required=False)
    scope = forms.ChoiceField(
        label="Was ändern?",
        choices=[(THIS, "nur diesen Termin"), (FOLLOWING, "diesen und alle folgenden")],
        initial=THIS,
        widget=forms.RadioSelect,
    )
    purpose = pick("appointment_purpose", "Anlass")
    person = forms.ChoiceField(label="bei")
    site = forms.ChoiceField(label="Beratungsstelle")
    place = forms.ChoiceField(label="Wo", choices=AppointmentPlace.choices, widget=forms.RadioSelect)
    room = forms.CharField(label="Raum", max_length=40, required=False)
    video_link = forms.CharField(label="Link zum Videogespräch", max_length=500, required=False)
    elsewhere = forms.CharField(label="Ort", max_length=200, required=False)
    interpreter_language = pick("language", "Sprachmittlung", "keine", required=False)
    interpreter_booked = _hours("Stunden gebucht")
    interpreter_from = forms.ChoiceField(label="von welcher Stelle", required=False)
    note = LongTextField(label="Notiz", rows=2, required=False)

    TIMING = ("on", "begins", "minutes")
    ROWS = (
        ("scope",), ("on", "begins", "minutes"), ("repeats", "times"), ("purpose", "person", "site"), ("place",), ("room",),
        ("video_link",), ("elsewhere",), ("interpreter_language", "interpreter_booked", "interpreter_from"), ("note",),
    )  # fmt: skip
    DETAILS = (
        "purpose", "place", "room", "video_link", "elsewhere", "interpreter_language", "interpreter_booked", "note",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        people: Choices,
        sites: Choices,
        partners: Choices,
        rooms: list[str],
        clashes: Callable[["ArrangeForm"], list[str]],
        part_of_series: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """`clashes` says in words what is taken. `part_of_series`: None for a new appointment, which may become a series."""
        super().__init__(*args, **kwargs)
        self.rooms, self.clashes = rooms, clashes
        self.fields["interpreter_from"].choices = [("", "nicht angegeben"), *partners]
        self._offer("person", people)
        self._offer("site", sites)
        self.fields["room"].widget.attrs["list"] = "rooms"
        self.fields["interpreter_language"].says_optional = True
        self._drop(*(("scope",) if part_of_series is None else ("repeats", "times")))
        if not part_of_series:
            self._drop("scope")

    def groups(self) -> list[list[forms.BoundField]]:
        """Rows of fields that stand side by side where there is room."""
        shown = {bound.name: bound for bound in self.visible_fields()}
        return [row for names in self.ROWS if (row := [shown[name] for name in names if name in shown])]

    def _offer(self, name: str, choices: Choices) -> None:
        """With one choice there is nothing to ask."""
        self.fields[name].choices = choices
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()
            self.initial[name] = choices[0][0]

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)
        self.shown_when = {field: when for field, when in self.shown_when.items() if field in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("repeats") == WEEKLY and not cleaned.get("times") and "times" not in self.errors:
            self.add_error("times", "Bitte angeben, wie viele Termine es sind.")
        for number, said in enumerate([] if self.errors else self.clashes(self)):
            self.warn(f"clash-{number}", said)
        return cleaned

    @property
    def how_often(self) -> int:
        return self.cleaned_data["times"] if self.cleaned_data.get("repeats") == WEEKLY else 1

    @property
    def is_for_following(self) -> bool:
        return self.cleaned_data.get("scope") == FOLLOWING

    @classmethod
    def initial_from(cls, appointment: Appointment) -> dict[str, Any]:
        start = timezone.localtime(appointment.starts_at)
        source = appointment.interpreter_from
        return {
            **{name: getattr(appointment, name) for name in (*cls.DETAILS, "revision")},
            "on": start.date(),
            "begins": start.time(),
            "minutes": appointment.minutes,
            "person": appointment.person.public_id,
            "site": appointment.site.public_id,
            "interpreter_from": source.public_id if source else "",
        }

    @staticmethod
    def initial_for(day: datetime, site: str) -> dict[str, Any]:
        """The next full hour."""
        return {
            "on": day.date(),
            "begins": day.time(),
            "minutes": 60,
            "place": AppointmentPlace.ROOM,
            "purpose": "counselling",
            "site": site,
        }


class AppointmentContactForm(ContactForm):
    """The contact that an appointment was; the revision is the appointment's."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    interpreter_used = _hours("Sprachmittlung: Stunden geleistet")

    def __init__(self, *args: Any, with_interpreter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_interpreter:
            del self.fields["interpreter_used"]


class HoursForm(VersionedForm):
    used = _hours("Stunden geleistet")


class PeriodForm(LotseForm):
    start = DayField(label="von")
    end = DayField(label="bis")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"start", "end"} <= set(cleaned) and cleaned["end"] < cleaned["start"]:
            self.add_error("end", "Das Ende liegt vor dem Beginn.")
        return cleaned
