"""The everyday entry: what one knows on the way home stands open, everything else is folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from lotse.agency.models import SocialSpace
from lotse.catalogues.fields import ListField
from lotse.catalogues.own_lists import lists_of
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.documents.enums import EvidenceKind
from lotse.documents.uploads import UploadField, UploadsField
from lotse.organisations.models import Organisation
from lotse.partners.models import Partner

GROUP = "group_"
PHOTO_OR_PDF = "image/jpeg,image/png,application/pdf"  # by these words a phone offers its camera
AT_ONCE = (EvidenceKind.ATTENDANCE_LIST, EvidenceKind.PHOTO, EvidenceKind.PRESS, EvidenceKind.FLYER, EvidenceKind.OTHER)
DOES_NOT_ADD_UP = "Die Gruppen ergeben zusammen {sum}, als Teilnehmende stehen {all}."


@dataclass(frozen=True)
class Offered:
    """What the form offers: agencies of hers, tasks under their plans, places, spaces, partners."""

    agencies: Mapping[str, Organisation]
    tasks: Sequence[tuple[str, Any]] = ()
    places: Sequence[str] = ()
    spaces: Mapping[str, SocialSpace] = field(default_factory=dict)
    usual: Mapping[str, Partner] = field(default_factory=dict)
    partners: Sequence[tuple[str, Any]] = ()


class MeasureForm(VersionedForm):
    in_order: ClassVar = ("on", "until", "Das Ende liegt vor dem Beginn.")
    MANY: ClassVar = ("partners",)

    agency = forms.ChoiceField(label="Integrationsagentur")
    title = forms.CharField(label="Was?", max_length=160)
    kind = ListField("measure_kind", label="Art")
    on = DayField(label="Datum")
    place = forms.CharField(label="Ort", max_length=160, required=False)
    task = forms.ChoiceField(label="Gehört zur Aufgabe", required=False)
    participants = forms.IntegerField(label="Teilnehmende", min_value=0, max_value=1_000_000, required=False)
    files = UploadsField(label="Liste, Foto oder Presse", required=False)
    files_kind = forms.ChoiceField(label="Was ist das?", choices=[(k.value, k.label) for k in AT_ONCE])
    activity = ListField("agency_activity", label="Tätigkeit", empty="–", grouped=True, required=False)
    until = DayField(label="Letzter Tag, wenn es mehrere waren", required=False)
    space = forms.ChoiceField(label="Sozialraum", required=False)
    volunteers = forms.IntegerField(label="Ehrenamtliche im Einsatz", min_value=0, max_value=100_000, required=False)
    partners = forms.MultipleChoiceField(label="Partner", required=False, widget=forms.CheckboxSelectMultiple)
    more_partner = forms.ChoiceField(label="Partner", required=False)
    occasion = LongTextField(label="Anlass: Was wurde gebraucht?", rows=2, required=False)
    actors = LongTextField(
        label="Wer hat mitgewirkt?", rows=2, required=False, help_text="Funktionen und Einrichtungen, keine Namen."
    )
    expected_change = LongTextField(label="Was soll sich ändern?", rows=2, required=False)
    result = LongTextField(label="Ergebnis", rows=2, required=False)
    press = LongTextField(label="Presse", rows=1, required=False, help_text="Wo es stand, mit Datum.")

    OPEN: ClassVar = ("agency", "title", "kind", "on", "place", "task", "participants", "files", "files_kind")
    TEXTS: ClassVar = ("occasion", "actors", "expected_change", "result", "press")

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered, self.suggested = offered, offered.places
        self._offer("agency", [(key, agency.name) for key, agency in offered.agencies.items()])
        self._offer("task", [("", "noch keine"), *offered.tasks])
        self._offer("space", [("", "–"), *((key, str(space)) for key, space in offered.spaces.items())])
        self._offer("partners", [(key, str(partner)) for key, partner in offered.usual.items()])
        self._offer("more_partner", [("", "–"), *offered.partners])
        self.fields["place"].widget.attrs |= {"list": "suggested", "autocomplete": "off"}
        self.fields["participants"].widget.attrs["class"] += " short"
        self.fields["files"].widget.attrs["accept"] = PHOTO_OR_PDF
        self._add_groups()
        self._leave_out()
        for bound in (*self.group_fields(), *self.more_fields()):
            bound.field.says_optional = True  # all of it is, and it stands folded

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices

    def _add_groups(self) -> None:
        lists = lists_of(self.actor.organisation_id) if self.actor else lists_of(None)
        kept = [name.removeprefix(GROUP) for name in self.initial if name.startswith(GROUP)]
        for entry in lists.get("participant_group").offered_on(timezone.localdate(), kept):
            counted = forms.IntegerField(label=entry.label, min_value=0, max_value=1_000_000, required=False)
            self.dress(counted)
            counted.widget.attrs["class"] += " short"
            self.fields[f"{GROUP}{entry.key}"] = counted

    def _leave_out(self) -> None:
        """Nobody is asked what has only one answer."""
        nothing = [
            ("agency", len(self.offered.agencies) == 1), ("space", not self.offered.spaces),
            ("partners", not self.offered.usual), ("more_partner", not self.offered.partners),
        ]  # fmt: skip
        for name, is_needless in nothing:
            if is_needless:
                del self.fields[name]
        if "partners" in self.fields and "more_partner" in self.fields:
            self.fields["more_partner"].label = "Weiterer Partner"

    # --- as the page shows it ---
    def open_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.OPEN if name in self.fields and name not in ("files", "files_kind")]

    def file_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("files", "files_kind")]

    def group_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name.startswith(GROUP)]

    def more_fields(self) -> list[forms.BoundField]:
        return [b for b in self.visible_fields() if b.name not in self.OPEN and not b.name.startswith(GROUP)]

    def says_group(self) -> bool:
        return _says(self.group_fields())

    def says_more(self) -> bool:
        return _says(self.more_fields())

    # --- what comes out ---
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        counted, total = sum(self.groups().values()), cleaned.get("participants")
        if counted and total is not None and counted != total:
            self.warn("groups_add_up", DOES_NOT_ADD_UP.format(sum=counted, all=total))
        return cleaned

    def groups(self) -> dict[str, int]:
        found = {name.removeprefix(GROUP): n for name, n in self.cleaned_data.items() if name.startswith(GROUP)}
        return {group: number for group, number in found.items() if number}

    def chosen_agency(self) -> Organisation:
        only = next(iter(self.offered.agencies))
        return self.offered.agencies[self.cleaned_data.get("agency", only)]

    def chosen_partners(self) -> list[str]:
        chosen = [*self.cleaned_data.get("partners", []), self.cleaned_data.get("more_partner", "")]
        return [key for key in dict.fromkeys(chosen) if key]

    def plain_values(self) -> dict[str, Any]:
        """Columns as they are; task, space and partners are looked up by whoever asks."""
        names = ("title", "kind", "on", "until", "place", "activity", "participants", "volunteers", *self.TEXTS)
        return {name: self.cleaned_data[name] for name in names}


def _says(fields: Sequence[forms.BoundField]) -> bool:
    return any(bound.errors or bound.value() not in (None, "", []) for bound in fields)


class CallOffForm(LotseForm):
    reason = forms.CharField(label="Warum?", max_length=160, required=False)


class ProofForm(LotseForm):
    file = UploadField(label="Datei")
    kind = forms.ChoiceField(label="Was ist das?", choices=EvidenceKind.choices)
    title = forms.CharField(label="Bezeichnung", max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = PHOTO_OR_PDF
