"""A procedure begun, its contract and schedule, an answer of the checklist, a document that proves it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.documents.uploads import UploadField
from lotse.quality.enums import Rating, Station, SubmissionMode
from lotse.quality.models import CertificationContract, ChecklistItem, Criterion, Framework, ScheduleItem, Submission

# What both sides agree on; the first station is over by then, and the last follows from the decision.
PLANNED = (Station.CHECKLIST, Station.REVIEW, Station.VISIT, Station.REPORT, Station.DECISION)
DAY = "station-{}"
LONGEST = 90


class RegisterForm(LotseForm):
    body = forms.CharField(label="Zertifizierungsstelle", max_length=160)
    field_order = ("framework", "body")

    def __init__(self, *args: Any, frameworks: Mapping[str, Framework], chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"framework": chosen, **kwargs.pop("initial", {})}, **kwargs)
        field = RowField(label="Katalog der Standards")
        field.offer(frameworks)
        if len(frameworks) == 1:
            self.initial["framework"] = next(iter(frameworks))
        self.dress(field)
        self.fields["framework"] = field
        self.order_fields(self.field_order)


class ContractForm(VersionedForm):
    file = UploadField(label="Vertrag", required=False)
    signed_by_house_on = DayField(label="Von uns unterschrieben am", required=False, past=True)
    signed_by_body_on = DayField(label="Von der Zertifizierungsstelle unterschrieben am", required=False, past=True)

    def __init__(self, *args: Any, contract: CertificationContract | None, **kwargs: Any) -> None:
        names = ("signed_by_house_on", "signed_by_body_on", "revision")
        first = {name: getattr(contract, name) for name in names} if contract else {"revision": 0}
        super().__init__(*args, initial=first, **kwargs)
        if contract and contract.file_id:
            self.fields["file"].label = "Vertrag durch eine andere Datei ersetzen"


class ScheduleForm(LotseForm):
    """A day for each station; those that are not planned yet stay empty."""

    def __init__(self, *args: Any, schedule: list[ScheduleItem], **kwargs: Any) -> None:
        first = {DAY.format(row.station): row.on for row in schedule}
        super().__init__(*args, initial=first, **kwargs)
        for station in PLANNED:
            field = DayField(label=str(station.label), required=False)
            self.dress(field)
            self.fields[DAY.format(station.value)] = field

    def days(self) -> dict[str, date]:
        given = {station.value: self.cleaned_data[DAY.format(station.value)] for station in PLANNED}
        return {station: day for station, day in given.items() if day}


class AnswerForm(VersionedForm):
    answer = forms.ChoiceField(label="Antwort", choices=Rating.choices, widget=forms.RadioSelect)
    note = LongTextField(
        label="Erläuterung",
        required=False,
        max_length=4000,
        help_text="Wie Sie den Standard umsetzen und woran man es sieht.",
    )

    def __init__(self, *args: Any, item: ChecklistItem, **kwargs: Any) -> None:
        first = {name: getattr(item, name) for name in ("answer", "note", "revision")}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["answer"].error_messages["required"] = "Bitte eine Antwort wählen."


class DocumentForm(LotseForm):
    """What is shown on site only is not asked for a file, and a file sent along is never opened (DP-09)."""

    in_order = ("proves_from", "proves_to", "Das Ende liegt vor dem Beginn.")
    shown_when = {"file": ("mode", (SubmissionMode.SUBMIT, SubmissionMode.REVISED))}

    title = forms.CharField(label="Titel", max_length=200)
    mode = forms.ChoiceField(label="Wie wird es vorgelegt?", widget=forms.RadioSelect)
    file = UploadField(label="Datei")
    replaces = RowField(label="Ersetzt", required=False)
    proves_from = DayField(label="Belegt den Zeitraum von")
    proves_to = DayField(label="bis")
    criteria = forms.MultipleChoiceField(label="Belegt diese Standards", widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, criteria: Mapping[str, Criterion], replaceable: Mapping[str, Submission], is_rework: bool,
        chosen: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial={"mode": SubmissionMode.SUBMIT, "criteria": [chosen]}, **kwargs)
        self.known = criteria
        self.fields["criteria"].choices = [(key, _short(one)) for key, one in criteria.items()]  # type: ignore[attr-defined]
        self.fields["mode"].choices = _modes(is_rework)  # type: ignore[attr-defined]
        if replaceable:
            self.fields["replaces"].offer(replaceable, "– nichts –")  # type: ignore[attr-defined]
        else:
            del self.fields["replaces"]

    def values(self) -> dict[str, Any]:
        """Without the file, which is to be received first."""
        given = {name: self.cleaned_data[name] for name in ("title", "mode", "proves_from", "proves_to")}
        chosen = [self.known[key] for key in self.cleaned_data["criteria"]]
        return {**given, "criteria": chosen, "replaces": self.cleaned_data.get("replaces")}


def _modes(is_rework: bool) -> list[tuple[str, str]]:
    known = [
        (SubmissionMode.SUBMIT.value, "als Datei einreichen"),
        (SubmissionMode.ON_SITE_ONLY.value, "nur vor Ort zeigen: Eingereicht wird allein der Titel"),
    ]
    return [*known, (SubmissionMode.REVISED.value, "als nachbearbeitete Fassung einreichen")] if is_rework else known


def _short(criterion: Criterion) -> str:
    text = str(criterion)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
