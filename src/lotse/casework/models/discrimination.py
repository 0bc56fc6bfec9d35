from datetime import date

from django.db import models

from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.dates import months_later
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation


class GroundList(models.TextChoices):
    """Named in the law, or beyond it; each list is a catalogue of its own."""

    AGG = "agg", "Gründe nach § 1 AGG"
    OTHER = "other", "weitere Gründe"

    @property
    def catalogue(self) -> str:
        return f"discrimination_ground_{self.value}"


class DiscriminationRecord(BaseModel):
    """What a case of anti-discrimination advice is about: where it happened, why, and in the person's own words."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    case = models.OneToOneField(CounsellingCase, models.CASCADE, related_name="discrimination", verbose_name="Fall")
    area = models.CharField("Lebensbereich", max_length=40, blank=True)
    happened_on = models.DateField("geschehen am", null=True, blank=True)
    account = SealedTextField("Was ist geschehen?")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Diskriminierung"
        verbose_name_plural = "Diskriminierungen"

    def __str__(self) -> str:
        return f"Diskriminierung {self.public_id}"

    def grounds_in(self, of: GroundList) -> list[str]:
        return [row.ground for row in self.grounds.all() if row.of == of]

    @property
    def claim_until(self) -> date | None:
        """Two months: within them a claim under the AGG is raised (§ 15 (4), § 21 (5))."""
        return two_months_later(self.happened_on) if self.happened_on else None


def two_months_later(day: date) -> date:
    return months_later(day, 2)


class DiscriminationGround(models.Model):
    record = models.ForeignKey(
        DiscriminationRecord, models.CASCADE, related_name="grounds", verbose_name="Diskriminierung"
    )
    of = models.CharField("Liste", max_length=5, choices=GroundList)
    ground = models.CharField("Grund", max_length=60)

    class Meta:
        verbose_name = "Grund der Diskriminierung"
        verbose_name_plural = "Gründe der Diskriminierung"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["record", "of", "ground"], name="discrimination_ground_once")]

    def __str__(self) -> str:
        return self.ground

    @property
    def list_name(self) -> str:
        return GroundList(self.of).catalogue
