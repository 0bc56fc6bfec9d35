"""Forms that move a case along and end it."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.enums import CaseState, Tier
from lotse.casework.forms.choices import NOT_ASKED, PICK, pick
from lotse.casework.forms.warnings import warn_about_offer, warn_about_window
from lotse.casework.models import CounsellingCase
from lotse.casework.states import CASE, CASE_ENDS
from lotse.catalogues.fields import ListField
from lotse.core.fields import DayField, LongTextField, YesNoField
from lotse.core.forms import VersionedForm
from lotse.partners.queries.choices import Grouped


class TierForm(VersionedForm):
    tier = forms.ChoiceField(
        label="Art der Beratung",
        choices=[(t.value, t.label) for t in (Tier.BASIC_COUNSELLING, Tier.CASE_MANAGEMENT)],
        widget=forms.RadioSelect,
    )
    since = DayField(label="Seit", past=True)
    note = forms.CharField(label="Grund", max_length=200, required=False)

    def __init__(self, *args: Any, case: CounsellingCase, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        warn_about_offer(self, self.case, cleaned.get("since"))
        return cleaned


class PhaseForm(VersionedForm):
    phase = ListField("cm_phase", label="Phase", widget=forms.RadioSelect)


class TargetGroupForm(VersionedForm):
    """Group, crisis and capacity; what is odd is warned about, never forced."""

    CRISIS = ("tg_settled_crisis", "tg_opening_clause")
    shown_when: ClassVar = {
        "in_crisis": ("target_group", CRISIS),
        "crisis_note": ("in_crisis", (True,)),
        "has_free_capacity": ("target_group", CRISIS),
        "has_course_duty": ("target_group", ("tg_settled_crisis",)),
    }

    target_group = pick("target_group_mbe", "Zielgruppe", NOT_ASKED, required=False)
    in_crisis = YesNoField(label="Gibt es eine konkrete Krise?")
    crisis_note = LongTextField(label="Worin besteht sie?", rows=2, required=False)
    has_free_capacity = YesNoField(label="Ist Kapazität frei?")
    has_course_duty = YesNoField(
        label="Zum Integrationskurs verpflichtet?", help_text="Wer verpflichtet ist, geht in dieser Gruppe vor."
    )

    def __init__(self, *args: Any, case: CounsellingCase, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)
        self.fields["target_group"].says_optional = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        group = cleaned.get("target_group", "")
        if rules.crisis_is_needed(group) and not (cleaned.get("in_crisis") and cleaned.get("has_free_capacity")):
            self.warn("CL-12", "Diese Gruppe wird nur in einer konkreten Krise und bei freier Kapazität beraten.")
        if group and rules.group_has_window(group):
            warn_about_window(self, self.case.client, timezone.localdate())
        return cleaned


class ExtendForm(VersionedForm):
    until = DayField(label="Verlängert bis")
    reason = LongTextField(label="Grund", rows=3)


class DayForm(VersionedForm):
    """One date with its own words."""

    on = DayField(label="Datum", past=True)

    def __init__(self, *args: Any, label: str = "Datum", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label


class EvaluationForm(DayForm):
    evaluation = LongTextField(label="Auswertung: Was wurde erreicht, was hat geholfen?", rows=5)
    client_view = LongTextField(label="Wie sieht die ratsuchende Person es selbst?", rows=3, required=False)


class SustainabilityForm(DayForm):
    result = LongTextField(label="Trägt das Erreichte?", rows=4)


class EndForm(DayForm):
    shown_when: ClassVar = {"referred_to": ("state", (CaseState.CLOSED_REFERRED,))}

    state = forms.ChoiceField(label="Wie endet der Fall?", widget=forms.RadioSelect)
    referred_to = forms.ChoiceField(label="Verwiesen an", required=False)
    reason = pick("end_reason", "Grund")
    part_a_reason = pick("part_missing_reason", "Kein Teil A, weil", "– Teil A liegt vor –", required=False)
    part_b_reason = pick("part_missing_reason", "Kein Teil B, weil", "– Teil B liegt vor –", required=False)
    note = LongTextField(label="Anmerkung", rows=2, required=False)

    def __init__(self, *args: Any, states: list[CaseState], partners: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, label="Ende der Beratung am", **kwargs)
        self.fields["state"].choices = [(s.value, s.label) for s in states]
        self.fields["referred_to"].choices = [("", PICK), *partners]
        self.fields["referred_to"].says_optional = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("state") == CaseState.CLOSED_REFERRED and not cleaned.get("referred_to"):
            self.add_error("referred_to", "Bitte angeben, an wen verwiesen wurde.")
        return cleaned


def end_states(case: CounsellingCase) -> list[CaseState]:
    """The ends that the state allows now."""
    possible = CASE[CaseState(case.state)] & CASE_ENDS - {CaseState.HANDED_OVER}  # by a handover only
    return [s for s in CaseState if s in possible]
