from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms

from lotse.casework.forms.choices import NOT_ASKED
from lotse.catalogues.fields import ListField
from lotse.core.fields import LongTextField, YesNoField
from lotse.core.forms import LotseForm
from lotse.programmes.eligibility.known import Known
from lotse.programmes.models import Programme

AS_SUGGESTED, OPEN = "suggested", "open"
NO_SUGGESTION = "Es gibt noch keinen Vorschlag. Bitte ein Programm wählen oder offen lassen."


class EligibilityForm(LotseForm):
    """What the file does not say, and what is chosen. The answers serve the check and are not kept (DP-07)."""

    ANSWERS = (
        "residence_status", "is_discriminated", "in_crisis", "has_free_capacity", "has_course_duty", "in_follow_up_housing",
    )  # fmt: skip
    IN_CRISIS: ClassVar = {"has_free_capacity": ("in_crisis", (True,)), "has_course_duty": ("in_crisis", (True,))}

    residence_status = ListField(
        "residence_status", label="Aufenthaltsstatus", empty=NOT_ASKED, required=False, grouped=True
    )
    is_discriminated = YesNoField(label="Geht es um Benachteiligung oder Rassismus?")
    in_crisis = YesNoField(label="Gibt es eine konkrete Krise?")
    has_free_capacity = YesNoField(label="Ist Kapazität frei?")
    has_course_duty = YesNoField(label="Zum Integrationskurs verpflichtet?")
    in_follow_up_housing = YesNoField(label="Wohnt in der Anschlussunterbringung?")
    chosen = forms.ChoiceField(label="Womit geht es weiter?", widget=forms.RadioSelect)
    reason = LongTextField(label="Warum dieses Programm?", rows=2, required=False, max_length=500)

    def __init__(self, *args: Any, programmes: Mapping[str, Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {code: programme.name for code, programme in programmes.items()}
        self.fields["chosen"].choices = [(AS_SUGGESTED, AS_SUGGESTED), *self.programmes.items(), (OPEN, "noch offen")]
        self.fields["residence_status"].says_optional = self.fields["reason"].says_optional = True
        self.shown_when = {**self.IN_CRISIS, "reason": ("chosen", tuple(programmes))}
        self._leave_out(programmes)

    def _leave_out(self, programmes: Mapping[str, Programme]) -> None:
        """What is asked for one programme only."""
        for name, code in (("is_discriminated", "ads"), ("in_follow_up_housing", "intman")):
            if code not in programmes:
                del self.fields[name]

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ANSWERS if name in self.fields]

    @property
    def is_only_a_check(self) -> bool:
        return "check" in self.data

    def may_proceed(self) -> bool:
        return not self.is_only_a_check and super().may_proceed()

    def added_to(self, known: Known) -> Known:
        """With what was answered here; what was left open stays as the file says it."""
        if not self.is_bound:
            return known
        self.is_valid()
        answers = {name: self.cleaned_data.get(name) for name in self.ANSWERS}
        return replace(known, **{name: answer for name, answer in answers.items() if answer not in (None, "")})

    def offer(self, suggested: str) -> None:
        """The choices as the suggestion leaves them; taking one over needs one."""
        typed = self.data.get("chosen") or self.initial.get("chosen")
        if not suggested and typed == AS_SUGGESTED:
            self._take_back()
        first = [(AS_SUGGESTED, f"wie vorgeschlagen: {self.programmes[suggested]}")] if suggested else []
        others = [(code, name) for code, name in self.programmes.items() if code != suggested or code == typed]
        self.fields["chosen"].choices = [*first, *others, (OPEN, "noch offen")]

    def _take_back(self) -> None:
        self.initial["chosen"] = OPEN
        if self.is_bound and not self.is_only_a_check:
            self.add_error("chosen", NO_SUGGESTION)
