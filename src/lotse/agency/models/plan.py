"""The plan: themes with goals that can be measured, and the steps to them (model.md §8.4)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from lotse.agency.enums import TaskPartnerKind
from lotse.agency.models.analysis import Need
from lotse.agency.models.papers import AgencyDocument
from lotse.agency.models.scope import AgencyQuerySet, OfDocumentQuerySet
from lotse.core.models import BaseModel
from lotse.organisations.enums import ActionField
from lotse.organisations.models import Organisation, Person
from lotse.partners.models import Partner


class Task(BaseModel):
    """A theme that an agency works on in a funding year, because of needs that its analysis has found (IA-07)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.CASCADE, related_name="tasks", verbose_name="Aufgabenplanung")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    field = models.CharField("Handlungsfeld", max_length=3, choices=ActionField)
    title = models.CharField("Thema", max_length=160)
    needs = models.ManyToManyField(Need, related_name="tasks", verbose_name="Bedarfe", blank=True)
    occasion = models.TextField("Anlass und Begründung", blank=True)
    target_groups = models.CharField("Zielgruppen", max_length=300, blank=True)
    overall_goal = models.TextField("Gesamtziel", blank=True)
    methods = models.TextField("Methoden", blank=True)
    resources = models.TextField("Mittel", blank=True)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Zuständig"
    )
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by", verbose_name="setzt fort"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Aufgabe der Planung"
        verbose_name_plural = "Aufgaben der Planung"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class OfTaskQuerySet(AgencyQuerySet):
    agency_path = "task__document__agency"


class TaskGoal(BaseModel):
    """A sub-goal that can be measured: from `baseline` to `target` until a day, and how it is measured (IA-08)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    task = models.ForeignKey(Task, models.CASCADE, related_name="goals", verbose_name="Aufgabe")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    text = models.CharField("Teilziel", max_length=300)
    indicator = models.CharField("Woran erkennbar", max_length=200)
    unit = models.CharField("Einheit", max_length=40, blank=True)
    baseline = models.DecimalField("Ausgangswert", max_digits=10, decimal_places=2)
    target = models.DecimalField("Zielwert", max_digits=10, decimal_places=2)
    due_on = models.DateField("bis")
    method = models.CharField("Wie gemessen wird", max_length=200)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilziel"
        verbose_name_plural = "Teilziele"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(indicator="") & ~Q(method=""),
                name="task_goal_is_measurable",
                violation_error_message="Ein Teilziel braucht ein Merkmal und eine Art zu messen.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def span(self) -> str:
        """From where to where: "2 → 7,5 Kitas"."""
        return f"{_german(self.baseline)} → {_german(self.target)} {self.unit}".strip()


def _german(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


class TaskStep(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    task = models.ForeignKey(Task, models.CASCADE, related_name="steps", verbose_name="Aufgabe")
    title = models.CharField("Schritt", max_length=200)
    starts_on = models.DateField("von")
    ends_on = models.DateField("bis")
    done_on = models.DateField("erledigt am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "Schritt der Planung"
        verbose_name_plural = "Schritte der Planung"
        ordering = ["starts_on", "ends_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="task_step_end_after_begin",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class TaskPartner(BaseModel):
    """With whom a task is talked over; `agreed_on` is empty until they have agreed. `name` stays when the partner is renamed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    task = models.ForeignKey(Task, models.CASCADE, related_name="partners", verbose_name="Aufgabe")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Kooperationspartner"
    )
    name = models.CharField("Name", max_length=160)
    kind = models.CharField("Art", max_length=12, choices=TaskPartnerKind, default=TaskPartnerKind.OTHER)
    agreed_on = models.DateField("abgestimmt am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "Partner der Aufgabe"
        verbose_name_plural = "Partner der Aufgabe"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "name"],
                name="task_partner_once",
                violation_error_message="Dieser Partner steht schon bei der Aufgabe.",
            )
        ]

    def __str__(self) -> str:
        return self.name
