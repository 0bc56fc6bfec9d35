"""Forms of Teil A and Teil B."""

from typing import Any, ClassVar

from django import forms

from lotse.casework import rules
from lotse.casework.enums import (
    Achievement,
    PlanState,
    PlanStatusValue,
    Who,
)
from lotse.casework.forms.cases import DayForm
from lotse.casework.forms.choices import NOT_ASKED, pick, pick_many
from lotse.casework.models import SupportPlan
from lotse.casework.part_a_template import Chapter
from lotse.casework.states import PLAN
from lotse.catalogues.texts import client_languages
from lotse.core.fields import DayField, LongTextField, YesNoField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.documents.enums import DeletionReason
from lotse.documents.uploads import UploadField

OWN_WORDS = "– in eigenen Worten –"


class ChapterForm(VersionedForm):
    """A chapter of Teil A, built from the template; the form knows the fields, the template knows the conditions."""

    def __init__(self, *args: Any, chapter: Chapter, **kwargs: Any) -> None:
        self.chapter = chapter
        super().__init__(*args, **kwargs)
        for field in chapter.fields:
            self.fields[field.key] = _chapter_field(field)
        self.shown_when = {f.key: f.shown_when for f in chapter.fields if f.shown_when}

    def answers(self) -> dict[str, Any]:
        return {f.key: self.cleaned_data.get(f.key) for f in self.chapter.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("literate") is False and cleaned.get("literate_latin") is True:
            self.warn("literacy", "Nicht alphabetisiert, aber lateinisch alphabetisiert?")
        return cleaned


def _chapter_field(field: Any) -> forms.Field:
    more = {"label": field.label, "help_text": field.hint, "required": False}
    if field.kind == "yes_no":
        made: forms.Field = YesNoField(label=field.label, help_text=field.hint)
    elif field.kind == "whole":
        made = forms.IntegerField(min_value=0, max_value=99, **more)
    elif field.kind == "tick":
        made = forms.BooleanField(**more)
    elif field.kind == "multi":
        made = pick_many(field.catalogue, field.label, required=False)
    elif field.kind in ("choice", "language"):
        made = pick(field.catalogue or "language", empty=NOT_ASKED, grouped=True, **more)
    else:
        made = forms.CharField(max_length=300, **more)
    made.says_optional = True  # type: ignore[attr-defined]
    LotseForm.dress(made)
    return made


class EnvironmentForm(VersionedForm):
    environment = pick_many("environment", "Wer wurde in die Überlegungen einbezogen?")
    environment_note = LongTextField(label="Anmerkung", rows=2, required=False)


class GoalForm(VersionedForm):
    area = pick("goal_area", "Bereich", OWN_WORDS, required=False)
    area_text = forms.CharField(label="Bereich in eigenen Worten", max_length=120, required=False)
    goal = pick("goal", "Ziel", OWN_WORDS, grouped=True, required=False)
    goal_text = LongTextField(label="Ziel in eigenen Worten", rows=2, required=False, max_length=500)
    status_override = forms.ChoiceField(
        label="Stand", choices=[("", "aus den Schritten abgeleitet"), *Achievement.choices], required=False
    )
    override_note = forms.CharField(label="Warum weicht der Stand ab?", max_length=300, required=False)

    shown_when: ClassVar = {
        "area_text": ("area", ("",)),
        "goal_text": ("goal", ("",)),
        "override_note": ("status_override", ("*",)),
    }

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["status_override"], self.fields["override_note"]
            self.shown_when = {k: v for k, v in self.shown_when.items() if k != "override_note"}
        for field in self.fields.values():
            field.says_optional = True  # one of each pair is needed, so "freiwillig" would mislead

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for key, text in (("area", "area_text"), ("goal", "goal_text")):
            if not rules.is_catalogue_or_own_words(cleaned.get(key, ""), cleaned.get(text, "")):
                self.add_error(key, "Bitte entweder aus der Liste wählen oder in eigenen Worten schreiben.")
        return cleaned


class StepForm(VersionedForm):
    in_order = ("agreed_on", "due_on", "„Geplant bis“ liegt vor „vereinbart am“.")

    text = LongTextField(label="Arbeitsschritt", rows=2, max_length=500)
    who = forms.ChoiceField(label="Wer?", choices=Who.choices, widget=forms.RadioSelect)
    who_name = forms.CharField(label="Name oder Stelle", max_length=120, required=False)
    agreed_on = DayField(label="Vereinbart am", past=True)
    due_on = DayField(label="Geplant bis", required=False)
    services = pick_many("regular_service", "Beteiligte Regeldienste", required=False)
    notes = LongTextField(label="Anmerkungen", rows=2, required=False)


class AchievementForm(VersionedForm):
    """Result of a step. Ticked off in place it has no day and no reason."""

    shown_when: ClassVar = {
        "on": ("achieved", (Achievement.YES, Achievement.NO, Achievement.PARTLY)),
        "reason": ("achieved", (Achievement.NO, Achievement.PARTLY)),
    }

    achieved = forms.ChoiceField(label="Erreicht?", choices=Achievement.choices, widget=forms.RadioSelect)
    on = DayField(label="Festgestellt am", past=True, required=False)
    reason = forms.CharField(label="Was kam dazwischen?", max_length=500, required=False)


class EndPlanForm(VersionedForm):
    state = forms.ChoiceField(label="Wie endet der Plan?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, states: list[PlanState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(s.value, s.label) for s in states]


def plan_ends(plan: SupportPlan) -> list[PlanState]:
    """The ends that the state of the plan allows now."""
    possible = {s for s in PLAN[PlanState(plan.state)] if not PLAN[s]}
    return [s for s in PlanState if s in possible]


class HandOutForm(DayForm):
    language = forms.ChoiceField(label="Sprache neben Deutsch", choices=client_languages)


class ScanForm(LotseForm):
    file = UploadField(label="Scan oder Foto des unterschriebenen Plans")


class DeleteScanForm(LotseForm):
    _REASONS = (DeletionReason.MISTAKE, DeletionReason.REQUESTED)
    reason = forms.ChoiceField(
        label="Grund", choices=[(reason.value, reason.label) for reason in _REASONS], widget=forms.RadioSelect
    )


class StatusForm(VersionedForm):
    key_date = DayField(label="Stichtag", past=True)
    value = forms.ChoiceField(label="Stand des Plans", choices=PlanStatusValue.choices, widget=forms.RadioSelect)
