"""What the gallery shows: one form with every kind of field, in every state a form can be in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from lotse.core.fields import DayField, LongTextField, PartialDateField, YesNoField
from lotse.core.forms import LotseForm
from lotse.core.templatetags.lotse import TONES

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
LONG_TEXT = f"Ein langer Satz, der umbrechen muss, auch auf einem schmalen Telefon: {LONG_WORD}. " * 3
FEW = [("one", "Erstes"), ("two", "Zweites")]
MANY = [(f"n{number}", f"Eintrag {number}") for number in range(1, 10)] + [("long", LONG_WORD)]
ALERTS = ("info", "success", "warning", "danger")


class SampleForm(LotseForm):
    shown_when: ClassVar = {"office": ("state", ("running",))}

    line = forms.CharField(label="Kurzer Text", max_length=80)
    hinted = forms.CharField(label="Mit Hinweis", help_text="Der Hinweis steht über dem Feld.", required=False)
    mail = forms.EmailField(label="E-Mail", required=False)
    number = forms.IntegerField(label="Zahl", min_value=1)
    day = DayField(label="Tag", past=True)
    half_known = PartialDateField(label="Halb bekanntes Datum", required=False)
    moment = forms.DateTimeField(
        label="Zeitpunkt",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"}, format="%Y-%m-%dT%H:%M"),
    )
    text = LongTextField(label="Langer Text")
    choice = forms.ChoiceField(label="Auswahl", choices=[("", "– bitte wählen –"), *MANY])
    radio = forms.ChoiceField(label="Eines von wenigen", choices=FEW, widget=forms.RadioSelect)
    asked = YesNoField(label="Ja, nein oder nicht erhoben?")
    few = forms.MultipleChoiceField(label="Mehrere von wenigen", choices=FEW, widget=forms.CheckboxSelectMultiple)
    many = forms.MultipleChoiceField(
        label="Mehrere von vielen", choices=MANY, widget=forms.CheckboxSelectMultiple, required=False
    )
    state = forms.ChoiceField(
        label="Öffnet das nächste Feld", choices=[("none", "nein"), ("running", "läuft")], widget=forms.RadioSelect
    )
    office = forms.CharField(label="Nur wenn es läuft", required=False)
    tick = forms.BooleanField(label="Ein einzelner Haken", help_text="Mit Hinweis.", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("number", 0) > 100:
            self.warn("gallery", "Mehr als hundert ist ungewöhnlich.")
        return cleaned


FILLED: dict[str, Any] = {
    "line": LONG_WORD, "hinted": "Text", "mail": "mira@lotse.example", "number": 7, "day": "2026-01-31", "half_known": "ca. 1990",
    "moment": "2026-01-31T10:30", "text": LONG_TEXT, "choice": "long", "radio": "one", "asked": "true", "few": ["one", "two"],
    "many": ["n1", "long"], "state": "running", "office": "Bezirksregierung", "tick": "on",
}  # fmt: skip
WRONG: dict[str, Any] = {
    "mail": "kein @", "number": "viele", "day": "31.02.2026", "half_known": "bald", "moment": "gestern", "choice": "fremd",
    "radio": "fremd", "few": ["fremd"], "many": ["fremd"], "state": "none",
}  # fmt: skip


@dataclass(frozen=True)
class Draft:
    updated_at: datetime


def samples() -> list[tuple[str, LotseForm]]:
    """The same form empty, filled with long words, refused, and waiting for a warning to be acknowledged."""
    refused = SampleForm(WRONG, auto_id="wrong_%s")
    refused.add_error("tick", "Ohne diesen Haken geht es nicht.")
    refused.add_error(None, "Jemand hat gleichzeitig dasselbe gespeichert.")
    return [
        ("leer", SampleForm(auto_id="empty_%s")),
        ("ausgefüllt, mit langen Wörtern", SampleForm(auto_id="filled_%s", initial=FILLED)),
        ("mit Fehlern", refused),
        ("mit Warnung zum Bestätigen", SampleForm({**FILLED, "number": 700}, auto_id="odd_%s")),
    ]


def context() -> dict[str, Any]:
    return {
        "samples": samples(),
        "draft": Draft(timezone.now()),
        "tones": [tone for tone in TONES if tone],
        "alerts": ALERTS,
        "long_word": LONG_WORD,
        "long_text": LONG_TEXT,
        "values": [None, "", 0, True, False, "ein Wert"],
        "counts": [None, 0, 7, 12345],
        "several": ["Ada", "Bela", "Cem"],
    }
