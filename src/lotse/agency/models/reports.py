"""The report of a year: a passage for every task and measure, a result for every goal (model.md §8.5)."""

from django.db import models
from django.db.models import Q

from lotse.agency.enums import SectionKind
from lotse.agency.models.measures import Measure
from lotse.agency.models.papers import AgencyDocument
from lotse.agency.models.plan import Task, TaskGoal
from lotse.agency.models.scope import OfDocumentQuerySet
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person


class ReportSection(BaseModel):
    """What a report says about the year, a task or a measure. `title` stays when the plan loses what it was about."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.CASCADE, related_name="sections", verbose_name="Sachbericht")
    kind = models.CharField("Abschnitt", max_length=10, choices=SectionKind)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    title = models.CharField("Überschrift", max_length=160)
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="told_in", verbose_name="Aufgabe"
    )
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="told_in", verbose_name="Maßnahme"
    )
    text = models.TextField("Text", blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Abschnitt des Sachberichts"
        verbose_name_plural = "Abschnitte des Sachberichts"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "measure"],
                name="report_section_measure_once",
                violation_error_message="Diese Maßnahme steht schon im Bericht.",
            ),
            models.UniqueConstraint(
                fields=["document", "task"],
                condition=Q(kind=SectionKind.TASK),
                name="report_section_task_once",
                violation_error_message="Diese Aufgabe steht schon im Bericht.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GoalResult(BaseModel):
    """How far a goal of the plan was reached; None: nobody has said so yet."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.CASCADE, related_name="results", verbose_name="Sachbericht")
    goal = models.ForeignKey(TaskGoal, models.CASCADE, related_name="results", verbose_name="Teilziel")
    achieved = models.DecimalField("Erreicht", max_digits=10, decimal_places=2, null=True, blank=True)
    deviation = models.TextField("Warum es anders kam", blank=True)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Ergebnis eines Teilziels"
        verbose_name_plural = "Ergebnisse der Teilziele"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "goal"],
                name="goal_result_once",
                violation_error_message="Dieses Teilziel hat schon ein Ergebnis.",
            )
        ]

    def __str__(self) -> str:
        return str(self.goal)


class TextVersion(BaseModel):
    """The words of a passage as somebody has saved them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="versions", verbose_name="Abschnitt")
    text = models.TextField("Text", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")

    class Meta:
        verbose_name = "Fassung eines Abschnitts"
        verbose_name_plural = "Fassungen eines Abschnitts"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.created_at:%d.%m.%Y %H:%M}"
