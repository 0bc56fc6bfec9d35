"""Forms of meetings: a date, a year of dates, a guest, a point of the agenda, calling off."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from lotse.core.fields import ClockField, DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.network.actions.meetings import Day
from lotse.network.enums import Part
from lotse.network.holidays import why_free
from lotse.network.models import NetworkFormat
from lotse.network.queries.rhythm import Proposal
from lotse.organisations.forms.shared import pick, picked
from lotse.organisations.models import Person


def moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class DayForm(LotseForm):
    """When: a day, a time and how long; a free day is asked about, not refused."""

    on = DayField(label="Tag")
    at = ClockField(label="Beginn")
    lasts = forms.IntegerField(label="Dauer in Minuten", min_value=5, max_value=2880)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (day := cleaned.get("on")) and (why := why_free(day)):
            self.warn("free_day", f"Der {day:%d.%m.%Y} ist frei: {why}.")
        return cleaned

    @property
    def day(self) -> Day:
        data = self.cleaned_data
        return Day(moment(data["on"], data["at"]), data["lasts"])

    @staticmethod
    def initial_of(starts_at: datetime, lasts: int) -> dict[str, Any]:
        begins = timezone.localtime(starts_at)
        return {"on": begins.date(), "at": begins.time(), "lasts": lasts}

    @property
    def when(self) -> list[forms.BoundField]:
        return [self["on"], self["at"], self["lasts"]]

    @property
    def others(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in ("on", "at", "lasts")]


class MeetingForm(DayForm):
    place = forms.CharField(label="Ort", max_length=200, required=False)
    video_link = forms.URLField(label="Link zur Videokonferenz", max_length=300, required=False, assume_scheme="https")
    moderator = forms.ChoiceField(label="Moderation", required=False)
    minute_taker = forms.ChoiceField(label="Protokoll", required=False)
    presents = forms.CharField(label="Stellt etwas vor", max_length=160, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Sequence[Person], rotates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for name in ("moderator", "minute_taker"):
            self.fields[name].choices = pick(people, "– noch offen –")
        if not rotates:
            del self.fields["presents"]

    def clean_moderator(self) -> Person | None:
        return picked(self.people, self.cleaned_data["moderator"])

    def clean_minute_taker(self) -> Person | None:
        return picked(self.people, self.cleaned_data["minute_taker"])

    @property
    def parts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("on", "at", "lasts")}


class YearForm(LotseForm):
    """A line for each proposed date; a line without a day is left out."""

    def __init__(self, *args: Any, rows: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for number, row in enumerate(rows):
            name = f"{row.format.name}, Termin {number + 1}"
            self.fields[f"on{number}"] = DayField(label=f"Tag: {name}", required=False, initial=row.day)
            self.fields[f"at{number}"] = ClockField(label=f"Beginn: {name}", required=False, initial=row.begins)
        for field in self.fields.values():
            self.dress(field)

    @property
    def lines(self) -> list[tuple[NetworkFormat, forms.BoundField, forms.BoundField]]:
        return [(row.format, self[f"on{number}"], self[f"at{number}"]) for number, row in enumerate(self.rows)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number, _row in enumerate(self.rows):
            day, at = cleaned.get(f"on{number}"), cleaned.get(f"at{number}")
            if day and not at and f"at{number}" not in self.errors:
                self.add_error(f"at{number}", "Bitte eine Uhrzeit angeben.")
            if day and (why := why_free(day)):
                self.warn(f"free_day_{number}", f"Der {day:%d.%m.%Y} ist frei: {why}.")
        return cleaned

    @property
    def planned(self) -> list[tuple[NetworkFormat, Day]]:
        data = self.cleaned_data
        return [
            (row.format, Day(moment(data[f"on{number}"], data[f"at{number}"]), row.format.lasts))
            for number, row in enumerate(self.rows) if data.get(f"on{number}")
        ]  # fmt: skip


class CallOffForm(LotseForm):
    """The reason goes to everybody; with a day, the replacement does too."""

    reason = forms.CharField(label="Grund", max_length=200, help_text="Steht in der Mail an alle.")
    on = DayField(label="Ersatztermin", required=False, help_text="Frei lassen, wenn noch keiner feststeht.")
    at = ClockField(label="Beginn", required=False)

    def __init__(self, *args: Any, lasts: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lasts = lasts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("on")
        if day and not cleaned.get("at"):
            self.add_error("at", "Bitte eine Uhrzeit angeben.")
        if day and (why := why_free(day)):
            self.warn("free_day", f"Der {day:%d.%m.%Y} ist frei: {why}.")
        return cleaned

    @property
    def instead(self) -> Day | None:
        data = self.cleaned_data
        return Day(moment(data["on"], data["at"]), self.lasts) if data.get("on") else None


class GuestForm(LotseForm):
    name = forms.CharField(label="Name", max_length=160)
    email = forms.EmailField(label="E-Mail", required=False)
    institution = forms.CharField(label="Einrichtung", max_length=160, required=False)


class PointForm(LotseForm):
    title = forms.CharField(label="Punkt", max_length=200)
    lasts = forms.IntegerField(label="Minuten", min_value=1, max_value=480, initial=10)
    part = forms.TypedChoiceField(
        label="Teil", choices=Part.choices, coerce=lambda value: Part(int(value)), widget=forms.RadioSelect
    )
    responsible = forms.CharField(label="Verantwortlich", max_length=160, required=False)
    questions = LongTextField(label="Leitfragen", rows=3, required=False, help_text="Eine Zeile je Frage.")

    def __init__(self, *args: Any, sits_inside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sits_inside:
            del self.fields["part"]


class TemplateNameForm(LotseForm):
    name = forms.CharField(label="Name der Vorlage", max_length=120)
