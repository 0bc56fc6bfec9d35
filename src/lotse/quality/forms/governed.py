"""Documents, their versions and reviews."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.documents.uploads import UploadField
from lotse.organisations.models import Organisation, Person
from lotse.organisations.roles import EXTERNAL, ROLES
from lotse.quality.actions.governed_versions import SAY_WHAT, TEXT_OR_FILE
from lotse.quality.enums import DocumentKind, ReviewResult
from lotse.quality.models import GovernedDocument, GovernedVersion
from lotse.quality.models.governed import MOST_MONTHS

LONGEST = 60_000
FIELDS = ("kind", "number", "title", "review_every", "is_confidential", "revision")
INSIDE = [(role.key, role.name) for role in ROLES.values() if role.key not in EXTERNAL]


class DocumentForm(VersionedForm):
    seldom = ("roles", "unit", "is_confidential")

    kind = forms.ChoiceField(label="Art", choices=DocumentKind.choices)
    number = forms.CharField(label="Nummer", max_length=30, required=False, help_text="Zum Beispiel: DA 6")
    title = forms.CharField(label="Titel", max_length=200)
    owner = RowField(label="Verantwortlich")
    review_every = forms.IntegerField(
        label="Zu prüfen alle … Monate", min_value=1, max_value=MOST_MONTHS, initial=12,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label="Zu lesen für", choices=INSIDE, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Nichts gewählt: für alle, die beim Träger arbeiten.",
    )  # fmt: skip
    unit = RowField(label="Nur für die Agentur", required=False)
    is_confidential = forms.BooleanField(label="Vertraulich: Nur wen es angeht, kann es öffnen", required=False)

    def __init__(
        self, *args: Any, people: Mapping[str, Person], agencies: Mapping[str, Organisation],
        document: GovernedDocument | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_first(document), **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]
        self.fields["unit"].offer(agencies, "alle")  # type: ignore[attr-defined]
        if not agencies:
            del self.fields["unit"]


def _first(document: GovernedDocument | None) -> dict[str, Any]:
    if document is None:
        return {}
    unit = document.unit.public_id if document.unit else ""
    known = {name: getattr(document, name) for name in FIELDS}
    return {**known, "owner": document.owner.public_id, "roles": document.roles, "unit": unit}


class VersionForm(VersionedForm):
    text = LongTextField(
        label="Text",
        rows=18,
        required=False,
        max_length=LONGEST,
        help_text="Eine leere Zeile beginnt einen neuen Absatz.",
    )
    file = UploadField(label="Oder eine Datei", required=False)
    change_note = forms.CharField(label="Was sich ändert", max_length=500, required=False)

    def __init__(self, *args: Any, number: int, version: GovernedVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number, self.version = number, version
        for name in ("text", "file", "change_note"):
            self.fields[name].says_optional = True  # type: ignore[attr-defined]
        if number == 1:
            del self.fields["change_note"]
        if version and version.file:
            self.fields["file"].help_text = f"Bisher: {version.file.name}. {self.fields['file'].help_text}"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        has_text, has_new = bool((given.get("text") or "").strip()), bool(given.get("file"))
        has_file = has_new or bool(self.version and self.version.file)
        if "file" not in self.errors and ((has_text and has_new) or not (has_text or has_file)):
            raise ValidationError({"text": TEXT_OR_FILE})
        if self.number > 1 and not (given.get("change_note") or "").strip() and "change_note" not in self.errors:
            raise ValidationError({"change_note": SAY_WHAT})
        return given


class ApproveForm(LotseForm):
    valid_from = DayField(label="Gilt ab")


class ReturnForm(LotseForm):
    remark = forms.CharField(label="Was fehlt noch?", max_length=500)


class ReviewForm(LotseForm):
    result = forms.ChoiceField(label="Ergebnis", choices=ReviewResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="Anmerkung", max_length=500, required=False)
