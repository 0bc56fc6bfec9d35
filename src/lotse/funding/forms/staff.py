"""A change is told in two steps: first what happens, then only what this kind needs."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import PICK, RowField
from lotse.documents.uploads import UploadField
from lotse.funding.enums_staff import AWAY, ENDS, OF_POST, OF_SHARE, REPLACED, ChangeKind, ProcessKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.funding.models import ChangeProcess, StaffChange
from lotse.organisations.forms import FteField
from lotse.organisations.models import Person, Post, PostShare

K = ChangeKind
GROUPS = (
    ("Jemand fällt aus", AWAY),
    ("Jemand geht", (*ENDS, K.VACANT)),
    ("Jemand kommt oder bleibt", (K.NEW_HIRE, K.EXTENSION, K.QUALIFICATION)),
    ("Es ändert sich etwas", (K.HOURS, K.PERSONAL, K.AGENCY_DATA, K.SITE_OPEN, K.SITE_CLOSE)),
)
DAYS = {
    K.ILLNESS: "Lohnfortzahlung endet am", K.MATERNITY: "Mutterschutz ab", K.PARENTAL: "Elternzeit ab",
    K.VACANT: "Unbesetzt ab", K.NEW_HIRE: "Beginn", K.EXTENSION: "Verlängert ab", K.QUALIFICATION: "Beginn",
    K.SITE_OPEN: "Eröffnung am", K.SITE_CLOSE: "Geschlossen ab", **dict.fromkeys(ENDS, "Letzter Tag im Dienst"),
}  # fmt: skip
ENDINGS = {
    **dict.fromkeys(AWAY, "Voraussichtlich bis"), K.VACANT: "Voraussichtlich bis", K.NEW_HIRE: "Befristet bis",
    K.EXTENSION: "Verlängert bis",
}  # fmt: skip
OF_NEWCOMER = ("newcomer", "newcomer_name", "newcomer_fte", "newcomer_from", "qualification_deviates")
LEADS = {
    K.ILLNESS: "Anzuzeigen ist eine Erkrankung erst, wenn der Lohn nicht mehr fortgezahlt wird. Bitte keine Diagnose eintragen.",
    K.NEW_HIRE: "Die Behörde muss vor dem ersten Tag zustimmen. Rückwirkend geht das nicht.",
    K.EXTENSION: "Die Behörde muss vor dem ersten Tag zustimmen. Rückwirkend geht das nicht.",
    K.HOURS: "Mehr Stunden brauchen die vorherige Zustimmung der Behörde. Weniger Stunden werden nur angezeigt.",
}  # fmt: skip


class ChangeForm(VersionedForm):
    in_order = ("effective_from", "effective_until", "Das Ende liegt vor dem Beginn.")

    share = RowField(label="Um wen geht es?")
    post = RowField(label="Welche Stelle?")
    agency = RowField(label="Welche Integrationsagentur?")
    effective_from = DayField(label="Gilt ab")
    effective_until = DayField(label="Bis", required=False)
    fte_after = FteField(label="Neuer Umfang in Vollzeitstellen", at_most=Decimal("1.00"))
    email_text = LongTextField(label="Antrag: Text der E-Mail", rows=4, required=False)
    paper = UploadField(label="Antrag: Schreiben als Datei", required=False)
    comes = forms.ChoiceField(
        label="Kommt dafür jemand?", choices=[("no", "nein"), ("yes", "ja")], widget=forms.RadioSelect, initial="no"
    )
    newcomer = RowField(label="Wer kommt?", required=False)
    newcomer_name = forms.CharField(label="Name, falls noch nicht in der Liste", max_length=160, required=False)
    newcomer_from = DayField(label="Neue Person ab", required=False)
    newcomer_fte = FteField(label="Umfang in Vollzeitstellen", at_most=Decimal("1.00"), required=False)
    qualification_deviates = forms.BooleanField(label="Die formale Qualifikation weicht ab", required=False)
    text = LongTextField(label="Erläuterung", required=False, help_text="Für den Bezirk. Nichts zur Gesundheit.")

    def __init__(self, *args: Any, kind: ChangeKind, offered: Mapping[str, Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in set(self.fields) - {*_fields_of(kind), "revision"}:
            del self.fields[name]
        for name in set(offered) & set(self.fields):
            self.fields[name].offer(offered[name], *(["– noch nicht in der Liste –"] if name == "newcomer" else []))
        for name in ("share", "post"):
            if name in self.fields:
                known = offered[name].items()
                self.fields[name].choices = [("", PICK), *((key, _told_apart(row)) for key, row in known)]
        self.fields["effective_from"].label = DAYS.get(kind, "Gilt ab")
        if kind in ENDINGS:
            self.fields["effective_until"].label = ENDINGS[kind]
            self.fields["effective_until"].required = kind == K.EXTENSION
        for name in {"newcomer_from", "newcomer_fte"} & set(self.fields):
            self.fields[name].says_optional = True  # type: ignore[attr-defined]  # not where somebody comes
        if "comes" in self.fields:
            self.shown_when = dict.fromkeys(OF_NEWCOMER, ("comes", ("yes",)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.somebody_comes(cleaned):
            wanted = ("newcomer_from", "newcomer_fte") if "newcomer_from" in self.fields else ("newcomer_fte",)
            for name in wanted:
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, "Bitte ausfüllen.")
        return cleaned

    def somebody_comes(self, cleaned: Mapping[str, Any]) -> bool:
        return self.kind == K.NEW_HIRE or cleaned.get("comes") == "yes"

    @property
    def values(self) -> dict[str, Any]:
        """For the action: all but the question whether somebody comes, and the upload."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("comes", "paper")}
        if "qualification_deviates" in given:
            given["qualification_deviates"] = bool(given["qualification_deviates"])
        return given

    @classmethod
    def first(cls, change: StaffChange) -> dict[str, Any]:
        """What a form shows of a change that was told."""
        plain = {name: getattr(change, name) for name in cls.base_fields if hasattr(change, name)}
        rows = {name: getattr(change, name) for name in ("share", "post", "agency", "newcomer")}
        ids = {name: row.public_id if row else "" for name, row in rows.items()}
        return {**plain, **ids, "paper": None, "comes": "yes" if change.newcomer_from else "no"}


def _told_apart(row: PostShare | Post) -> str:
    """Names alone may stand there twice."""
    post = row.post if isinstance(row, PostShare) else row
    person = f"{row.person}, " if isinstance(row, PostShare) else ""
    return f"{person}{post.title} ({post.organisation}), {number_format(row.fte, 2)}"


def _fields_of(kind: ChangeKind) -> list[str]:
    about = "share" if kind in OF_SHARE else "post" if kind in OF_POST else "agency"
    ending = ["effective_until"] if kind in ENDINGS else []
    hours = ["fte_after", "email_text", "paper"] if kind == K.HOURS else []
    comes = ["comes", *OF_NEWCOMER] if kind in REPLACED else []
    if kind == K.NEW_HIRE:
        comes = [name for name in OF_NEWCOMER if name != "newcomer_from"]
    return [about, "effective_from", *ending, *hours, *comes, "text"]


class ForwardForm(LotseForm):
    on = DayField(label="An die Behörde am", past=True)


class AnswerForm(LotseForm):
    answer = forms.ChoiceField(label="Antwort", widget=forms.RadioSelect)
    on = DayField(label="Schreiben der Behörde vom", past=True)
    note = forms.CharField(label="Bemerkung", max_length=500, required=False)
    receipt = UploadField(label="Antwort als Datei", required=False)

    def __init__(self, *args: Any, process: ChangeProcess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [State.GRANTED, State.REFUSED] if process.kind == ProcessKind.CONSENT else [State.ACKNOWLEDGED]
        self.fields["answer"].choices = [(state.value, state.label) for state in states]
        if len(states) == 1:
            self.fields["answer"].widget = forms.HiddenInput()


class NewcomerForm(LotseForm):
    newcomer = RowField(label="Wer ist es?")

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["newcomer"].offer(people)
