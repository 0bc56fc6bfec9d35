"""Forms of formats, their members and what they agree on."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.network.enums import Function, Level, Per
from lotse.network.models import NetworkFormat
from lotse.network.packaged import kinds
from lotse.organisations.forms.shared import pick, picked
from lotse.organisations.models import Person

# What a team meeting is not asked for.
OF_NETWORKS = ("level", "reports_to", "has_inner_part", "needs_mandate", "needs_speaker", "rotates")


class FormatForm(LotseForm):
    seldom = (
        "level",
        "has_inner_part",
        "needs_mandate",
        "needs_speaker",
        "rotates",
        "reports_to",
        "video_link",
        "invite_days",
    )

    name = forms.CharField(label="Name", max_length=160)
    at_least = forms.IntegerField(
        label="Mindestens so oft", min_value=0, max_value=60, help_text="0, wenn nichts festgelegt ist."
    )
    per = forms.ChoiceField(label="Zeitraum", choices=Per.choices)
    lasts = forms.IntegerField(label="Dauer in Minuten", min_value=5, max_value=2880)
    agenda_key = forms.ChoiceField(label="Tagesordnung beginnt mit", required=False)
    place = forms.CharField(label="Üblicher Ort", max_length=200, required=False)
    video_link = forms.URLField(label="Link zur Videokonferenz", max_length=300, required=False, assume_scheme="https")
    invite_days = forms.IntegerField(label="Einladen, Tage vorher", min_value=1, max_value=120)
    level = forms.ChoiceField(label="Ebene", choices=Level.choices)
    reports_to = forms.ChoiceField(label="Gibt Themen weiter an", required=False)
    has_inner_part = forms.BooleanField(label="Mit geschütztem Teil 1", required=False)
    needs_mandate = forms.BooleanField(label="Teilnahme nur mit Mandat", required=False)
    needs_speaker = forms.BooleanField(label="Mit Sprecher*in", required=False)
    rotates = forms.BooleanField(label="Reihum stellt eine Einrichtung etwas vor", required=False)
    begun_on = DayField(label="Besteht seit")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, templates: Sequence[tuple[str, str]], targets: Sequence[NetworkFormat], is_team: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.targets = targets
        self.fields["agenda_key"].choices = [("", "– leer –"), *templates]
        self.fields["reports_to"].choices = pick(targets, "– niemanden –")
        for name in OF_NETWORKS if is_team else ():
            del self.fields[name]

    def clean_reports_to(self) -> NetworkFormat | None:
        return picked(self.targets, self.cleaned_data["reports_to"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("has_inner_part"):
            cleaned["needs_mandate"] = True  # DP-08: the inner part is for those with a mandate
        return cleaned

    @property
    def usual_pairs(self) -> list[list[forms.BoundField]]:
        """The minimum and its period stand beside each other."""
        bound = {field.name: field for field in self.usual_fields()}
        rows = (("name",), ("at_least", "per"), ("lasts", "agenda_key"), ("place", "begun_on"))
        return [[bound[name] for name in row] for row in rows]

    def is_unusual(self) -> bool:
        return any(bound.errors for bound in self.seldom_fields())


def start_of(kind_key: str) -> dict[str, Any]:
    """What a kind prefills."""
    kind = kinds()[kind_key]
    names = (
        "name",
        "level",
        "at_least",
        "per",
        "lasts",
        "place",
        "invite_days",
        "has_inner_part",
        "needs_mandate",
        "needs_speaker",
        "rotates",
    )
    return {**{name: getattr(kind, name) for name in names}, "agenda_key": kind.agenda}


class FormatEndForm(LotseForm):
    on = DayField(label="Beendet am", past=True)


class MemberForm(LotseForm):
    """A colleague of the own house, or a name and an address."""

    colleague = forms.ChoiceField(label="Aus dem eigenen Haus", required=False)
    name = forms.CharField(label="Name", max_length=160, required=False)
    email = forms.EmailField(label="E-Mail", required=False, help_text="Dorthin gehen Einladungen und Protokolle.")
    institution = forms.CharField(label="Einrichtung", max_length=160, required=False)
    function = forms.ChoiceField(label="Aufgabe", choices=Function.choices, initial=Function.MEMBER)
    in_inner_part = forms.BooleanField(label="Nimmt an Teil 1 teil", required=False)

    def __init__(
        self, *args: Any, people: Sequence[Person], format: NetworkFormat, is_new: bool, is_team: bool, **kwargs: Any
    ) -> None:
        """`is_team`: colleagues only, picked by name; Lotse knows their address."""
        super().__init__(*args, **kwargs)
        self.people, self.is_new = people, is_new
        self.fields["colleague"].choices = pick(people, "– bitte wählen –" if is_team else "– jemand anderes –")
        if not is_new:
            del self.fields["colleague"]
            self.fields["name"].required = True
        if not format.has_inner_part:
            del self.fields["in_inner_part"]
        for name in ("name", "email", "institution") if is_team else ():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_new:
            cleaned["colleague"] = picked(self.people, cleaned.get("colleague", ""))
            if not (cleaned["colleague"] or cleaned.get("name")):
                where, what = ("name", " oder einen Namen angeben") if "name" in self.fields else ("colleague", "")
                self.add_error(where, f"Bitte jemanden auswählen{what}.")
        return cleaned


class CharterForm(LotseForm):
    participants = LongTextField(label="Wer gehört dazu?", rows=4)
    goals = LongTextField(label="Was wollen wir erreichen?", rows=4)
    rhythm = LongTextField(label="Wie oft treffen wir uns?", rows=2)
    organising = LongTextField(label="Wer organisiert was?", rows=3)
    agreed_on = DayField(
        label="Vereinbart am", past=True, required=False, help_text="Frei lassen, solange es ein Entwurf ist."
    )
