"""Living evidence confirmed and its thresholds set; documents filed, renewed, put beside criteria."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.documents.uploads import UploadField
from lotse.organisations.models import Person
from lotse.quality.enums import SubmissionMode
from lotse.quality.models import Criterion, EvidenceDocument

PERIOD = ("begins_on", "ends_on", "Das Ende liegt vor dem Beginn.")


class ConfirmForm(LotseForm):
    """`value`: what the page showed."""

    value = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = LongTextField(label="Anmerkung", rows=2, max_length=1000, required=False)


class ThresholdForm(VersionedForm):
    threshold = forms.IntegerField(min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["threshold"].label = label
        self.fields["threshold"].widget.attrs["class"] += " short"


class PeriodForm(VersionedForm):
    """What a file proves, which is not when it was uploaded."""

    in_order = PERIOD

    file = UploadField(label="Datei")
    begins_on = DayField(label="Belegt den Zeitraum von")
    ends_on = DayField(label="bis")
    expires_on = DayField(label="Läuft ab am", required=False, help_text="Leer, wenn die Unterlage nicht abläuft.")


class AboutForm(VersionedForm):
    title = forms.CharField(label="Titel", max_length=200)
    owner = RowField(label="Zuständig")
    mode = forms.ChoiceField(
        label="Wenn jemand von außen prüft", choices=SubmissionMode.choices, initial=SubmissionMode.SUBMIT,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)


class NewDocumentForm(AboutForm, PeriodForm):
    field_order = ("title", "file", "begins_on", "ends_on", "expires_on", "owner", "mode")


class RenewForm(PeriodForm):
    field_order = ("file", "begins_on", "ends_on", "expires_on")


class LinkDocumentForm(LotseForm):
    def __init__(self, *args: Any, criteria: Mapping[str, Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RowField(label="Kriterium")
        field.offer(criteria)
        self.dress(field)
        self.fields["criterion"] = field
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, one in criteria.items():
            groups.setdefault(str(one.framework), []).append((key, str(one)))
        field.choices = [field.choices[0], *groups.items()]  # type: ignore[list-item]


def about(document: EvidenceDocument) -> dict[str, Any]:
    return {
        "title": document.title, "owner": document.owner.public_id, "mode": document.mode, "revision": document.revision,
    }  # fmt: skip
