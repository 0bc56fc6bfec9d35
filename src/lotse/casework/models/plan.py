from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import Achievement, PlanState, PlanStatusValue, Who
from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation

_AGREED = [
    PlanState.AGREED,
    PlanState.IN_IMPLEMENTATION,
    PlanState.COMPLETED,
]


class SupportPlan(BaseModel):
    """The plan both sign: Förderplan, Integrationsplan, Hilfeplan are one thing (model.md §5.6).

    `number` counts the plans of a site. `environment` names who around the person was considered; it must be answered
    before the plan is agreed (CL-13). A revision is a new row that points to its predecessor.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="plans", verbose_name="Klient*in")
    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="plans", verbose_name="Fall")
    number = models.PositiveIntegerField("Nummer des Plans", null=True)
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ersetzt"
    )
    template_version = models.CharField("Vorlage", max_length=40)
    state = models.CharField("Stand", max_length=20, choices=PlanState, default=PlanState.DRAFT)
    municipality_code = models.CharField("Gemeindekennziffer", max_length=8, blank=True)
    manager_number = models.PositiveIntegerField("IntMan-Nr.", null=True, blank=True)
    drafted_on = models.DateField("begonnen am")
    environment = models.JSONField("berücksichtigtes Umfeld", default=list, blank=True)
    environment_note = SealedTextField("Anmerkung zum Umfeld")
    agreed_on = models.DateField("gemeinsam vereinbart am", null=True, blank=True)
    handed_out_on = models.DateField("ausgehändigt am", null=True, blank=True)
    handed_out_language = models.CharField("ausgehändigt auf", max_length=20, blank=True)
    signed_on = models.DateField("von beiden unterschrieben am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Förderplan"
        verbose_name_plural = "Förderpläne"
        ordering = ["-version", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="support_plan_version_once"),
            models.UniqueConstraint(fields=["organisation", "number", "version"], name="support_plan_number_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(template_version=""),
                name="support_plan_has_number",
                violation_error_message="Ein Plan hat eine Nummer; nur der Rest einer gelöschten Akte hat keine.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_AGREED) | Q(agreed_on__isnull=False),
                name="support_plan_agreed_has_date",
                violation_error_message="Ein vereinbarter Plan hat ein Datum.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None) | Q(agreed_on__gte=F("drafted_on")),
                name="support_plan_agreed_after_draft",
                violation_error_message="Die Vereinbarung liegt vor dem Beginn des Plans.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None) | ~Q(environment=[]),
                name="support_plan_environment_answered",
                violation_error_message="Bitte angeben, wie das Umfeld berücksichtigt wurde.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(signed_on__gte=F("agreed_on")),
                name="support_plan_signed_after_agreed",
                violation_error_message="Unterschrieben wird, was vereinbart ist.",
            ),
            models.CheckConstraint(
                condition=Q(handed_out_on=None, handed_out_language="")
                | (Q(handed_out_on__isnull=False) & ~Q(handed_out_language="")),
                name="support_plan_handed_out_pair",
                violation_error_message="Zur Aushändigung gehören Datum und Sprache.",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.number}, Fassung {self.version}"


class PlanGoal(BaseModel):
    """A goal: area and goal each from the catalogue or in own words (CL-18). Its status is derived (D-07)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="goals", verbose_name="Plan")
    position = models.PositiveSmallIntegerField("Nr.")
    area = models.CharField("Bereich", max_length=40, blank=True)
    area_text = SealedTextField("Bereich in eigenen Worten")
    goal = models.CharField("Ziel", max_length=60, blank=True)
    goal_text = SealedTextField("Ziel in eigenen Worten")
    status_override = models.CharField("Stand nach Einschätzung", max_length=12, choices=Achievement, blank=True)
    override_note = SealedTextField("Begründung der Einschätzung")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Ziel"
        verbose_name_plural = "Ziele"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plan_goal_position_once")]

    def __str__(self) -> str:
        return f"Ziel {self.position}"

    @property
    def status(self) -> Achievement:
        return (
            Achievement(self.status_override)
            if self.status_override
            else derived_status(s.achieved for s in self.steps.all())
        )


def derived_status(achieved: object) -> Achievement:
    """D-07: no step or one in progress → in progress; all yes → yes; all no → no; otherwise partly."""
    values = set(achieved)  # type: ignore[call-overload]
    if not values or Achievement.IN_PROGRESS in values:
        return Achievement.IN_PROGRESS
    return Achievement(values.pop()) if len(values) == 1 else Achievement.PARTLY


class PlanStep(BaseModel):
    """A step; who, agreed on, due, achieved, services and notes belong to the step (CL-19)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    goal = models.ForeignKey(PlanGoal, models.CASCADE, related_name="steps", verbose_name="Ziel")
    position = models.PositiveSmallIntegerField("Nr.")
    text = SealedTextField("Arbeitsschritt")
    who = models.CharField("Wer?", max_length=12, choices=Who)
    who_name = SealedTextField("Name")
    agreed_on = models.DateField("vereinbart am")
    due_on = models.DateField("geplant bis", null=True, blank=True)
    achieved = models.CharField("erreicht?", max_length=12, choices=Achievement, default=Achievement.IN_PROGRESS)
    achieved_on = models.DateField("festgestellt am", null=True, blank=True)
    deviation_reason = SealedTextField("Grund der Abweichung")
    services = models.JSONField("beteiligte Regeldienste", default=list, blank=True)
    notes = SealedTextField("Anmerkungen")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Arbeitsschritt"
        verbose_name_plural = "Arbeitsschritte"
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["client", "due_on"], name="plan_step_due", condition=Q(achieved="in_progress"))]
        constraints = [
            models.UniqueConstraint(fields=["goal", "position"], name="plan_step_position_once"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("agreed_on")),
                name="plan_step_due_after_agreed",
                violation_error_message="„Geplant bis“ liegt vor „vereinbart am“.",
            ),
            models.CheckConstraint(
                condition=Q(achieved=Achievement.IN_PROGRESS, achieved_on=None)
                | (~Q(achieved=Achievement.IN_PROGRESS) & Q(achieved_on__isnull=False)),
                name="plan_step_achieved_has_date",
                violation_error_message="Ein Ergebnis hat ein Datum.",
            ),
        ]

    def __str__(self) -> str:
        return f"Schritt {self.position}"


class PlanStatus(BaseModel):
    """State of the plan as of a key date: a dated series, the latest entry up to a day counts (CL-20)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="statuses", verbose_name="Plan")
    key_date = models.DateField("Stichtag")
    value = models.CharField("Stand", max_length=20, choices=PlanStatusValue)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Stand zum Stichtag"
        verbose_name_plural = "Stände zum Stichtag"
        ordering = ["-key_date", "-id"]
        constraints = [models.UniqueConstraint(fields=["plan", "key_date"], name="plan_status_a_day_once")]

    def __str__(self) -> str:
        return f"{self.key_date:%d.%m.%Y}: {self.get_value_display()}"
