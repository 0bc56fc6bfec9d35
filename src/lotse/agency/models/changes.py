"""What changes in a plan during its year, and whether that is fundamental (IA-09)."""

from django.db import models
from django.db.models import Q

from lotse.agency.models.papers import AgencyDocument
from lotse.agency.models.plan import Task
from lotse.agency.models.scope import OfDocumentQuerySet
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person


class PlanChange(BaseModel):
    """`fundamental` is None until the coordination has decided. Then, only where it is, the authority is told and the plan
    begins a new version: `led_to`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.PROTECT, related_name="changes", verbose_name="Aufgabenplanung")
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="changes", verbose_name="Aufgabe"
    )
    description = models.TextField("Was sich ändert")
    consulted_on = models.DateField("mit der Koordination besprochen am")
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="festgehalten von")
    fundamental = models.BooleanField("grundlegend", null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entschieden von"
    )
    decided_on = models.DateField("entschieden am", null=True, blank=True)
    authority_notified_on = models.DateField("Bewilligungsbehörde informiert am", null=True, blank=True)
    led_to = models.ForeignKey(
        AgencyDocument, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="neue Fassung"
    )

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Änderung der Planung"
        verbose_name_plural = "Änderungen der Planung"
        ordering = ["-consulted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fundamental=None) | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="plan_change_decided_by_somebody",
                violation_error_message="Ob eine Änderung grundlegend ist, entscheidet eine Person an einem Tag.",
            ),
            models.CheckConstraint(
                condition=Q(authority_notified_on=None) | Q(fundamental__isnull=False, fundamental=True),
                name="plan_change_told_only_if_fundamental",
                violation_error_message="Die Bewilligungsbehörde wird nur über grundlegende Änderungen informiert.",
            ),
        ]

    def __str__(self) -> str:
        return f"Änderung vom {self.consulted_on:%d.%m.%Y}"

    @property
    def must_tell(self) -> bool:
        return bool(self.fundamental) and self.authority_notified_on is None
