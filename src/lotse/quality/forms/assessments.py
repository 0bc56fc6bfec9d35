"""A self-assessment begun, and a criterion judged."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.quality.enums import Rating
from lotse.quality.models import CriterionPart, Judgement, SelfAssessment

REASON = "Grund, wenn nicht anwendbar"
PART = "part-{}"


class BeginForm(LotseForm):
    in_order = ("begins_on", "ends_on", "Das Ende liegt vor dem Beginn.")

    title = forms.CharField(label="Titel", max_length=160)
    begins_on = DayField(label="Zeitraum von")
    ends_on = DayField(label="Zeitraum bis")

    def __init__(self, *args: Any, last: SelfAssessment | None, today: date, **kwargs: Any) -> None:
        first = {
            "title": f"Selbstbewertung {today.year}", "begins_on": date(today.year, 1, 1),
            "ends_on": date(today.year, 12, 31), "copies": True,
        }  # fmt: skip
        super().__init__(*args, initial=first, **kwargs)
        self.last = last
        if last:
            self.fields["copies"] = forms.BooleanField(
                label=f"Bewertungen aus „{last}“ übernehmen", required=False,
                help_text="Jede gilt dann als „neu zu prüfen“, bis jemand sie bestätigt oder ändert.",
            )  # fmt: skip
            self.dress(self.fields["copies"])
            self.fields["copies"].says_optional = True

    def values(self) -> dict[str, Any]:
        known = {name: self.cleaned_data[name] for name in ("title", "begins_on", "ends_on")}
        return {**known, "copy_from": self.last if self.cleaned_data.get("copies") else None}


class JudgeForm(VersionedForm):
    """Where the criterion has parts each of them is judged, and the criterion by them."""

    finding = LongTextField(label="Feststellung", required=False, max_length=4000, help_text="Woran Sie das sehen.")
    reason = forms.CharField(label=REASON, max_length=500, required=False)

    def __init__(
        self, *args: Any, judgement: Judgement, parts: Sequence[tuple[CriterionPart, str]], **kwargs: Any
    ) -> None:
        first = {name: getattr(judgement, name) for name in ("rating", "reason", "finding", "revision")}
        first |= {PART.format(part.pk): rating for part, rating in parts}
        super().__init__(*args, initial=first, **kwargs)
        self.parts = parts
        for name, label in [(PART.format(part.pk), part.text) for part, _rating in parts] or [("rating", "Bewertung")]:
            self.fields[name] = forms.ChoiceField(label=label, choices=Rating.choices, widget=forms.RadioSelect)
            self.dress(self.fields[name])
            self.fields[name].error_messages["required"] = "Bitte eine Bewertung wählen."
        if not parts:
            self.shown_when = {"reason": ("rating", (Rating.NOT_APPLICABLE,))}  # type: ignore[misc]
            self.fields["reason"].says_optional = True  # type: ignore[attr-defined]
            self.fields["reason"].label = "Warum nicht anwendbar?"
        self.order_fields([*(name for name in self.fields if name not in ("finding", "reason")), "reason", "finding"])
        for field in self.fields.values():
            field.disabled = judgement.assessment.is_closed

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "rating": given.get("rating", ""), "reason": given.get("reason") or "", "finding": given["finding"],
            "revision": given["revision"], "parts": {part.pk: given[PART.format(part.pk)] for part, _rating in self.parts},
        }  # fmt: skip
