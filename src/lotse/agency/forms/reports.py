from decimal import Decimal
from typing import Any

from django import forms

from lotse.agency.models import ReportSection
from lotse.agency.queries.places import in_german
from lotse.agency.queries.report import Chapter, GoalLine
from lotse.core.fields import LongTextField
from lotse.core.forms import VersionedForm

NUMBER = "Bitte eine Zahl wie 12 oder 12,5 angeben."


class ReportForm(VersionedForm):
    """A passage of a report, or a task with its goals and measures: what was reached, why not, and a few words for each."""

    def __init__(
        self, *args: Any, sections: list[tuple[ReportSection, str, str]], goals: list[GoalLine], **kwargs: Any
    ) -> None:
        """`sections`: each with its label and a hint."""
        super().__init__(*args, **kwargs)
        self.sections, self.goals = [one for one, _label, _hint in sections], goals
        for line in goals:
            self._ask_goal(line)
        for section, label, hint in sections:
            field = LongTextField(label=label, rows=4, required=False, initial=section.text, help_text=hint)
            self.fields[f"text-{section.public_id}"] = field
        for added in self.fields.values():
            self.dress(added)
            added.says_optional = True  # wanted all the same before it goes to the coordination

    def _ask_goal(self, line: GoalLine) -> None:
        goal, result = line.goal, line.result
        unit = f" {goal.unit}" if goal.unit else ""
        last = f", im Vorjahr {in_german(line.last)}" if line.last is not None else ""
        reached = forms.DecimalField(
            label=f"{goal.text}: erreicht", required=False, max_digits=10, decimal_places=2, localize=True,
            initial="" if line.achieved is None else in_german(line.achieved), help_text=f"Ziel {in_german(goal.target)}{unit}, Ausgangswert {in_german(goal.baseline)}{last}. {goal.indicator}.",
            error_messages={"invalid": NUMBER}, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        )  # fmt: skip
        why = LongTextField(
            label="Wenn es anders kam: warum?", rows=2, required=False, initial=result.deviation if result else ""
        )
        self.fields[f"achieved-{goal.public_id}"], self.fields[f"deviation-{goal.public_id}"] = reached, why

    @property
    def texts(self) -> dict[str, str]:
        return {one.public_id: self.cleaned_data[f"text-{one.public_id}"] for one in self.sections}

    @property
    def results(self) -> dict[str, tuple[Decimal | None, str]]:
        said, ids = self.cleaned_data, [line.goal.public_id for line in self.goals]
        return {one: (said[f"achieved-{one}"], said[f"deviation-{one}"]) for one in ids}


def sections_of(chapter: Chapter) -> list[tuple[ReportSection, str, str]]:
    """Each with its label and a hint."""
    own = [(chapter.section, "Wie ist es gelaufen?", "")] if chapter.section else []
    return own + [
        (told.section, f"{told.section}: was war, was hat es bewirkt?", _facts(told)) for told in chapter.measures
    ]


def _facts(told: Any) -> str:
    if told.measure is None:
        return ""
    people = "" if told.measure.participants is None else f", {told.measure.participants} Teilnehmende"
    return f"{told.measure.on:%d.%m.%Y}{people}"
