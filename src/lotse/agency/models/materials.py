"""What an agency lends: cases, exhibitions, games, devices."""

from django.db import models
from django.db.models import F, Q

from lotse.agency.models.scope import AgencyQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation


class Material(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    name = models.CharField("Material", max_length=120)
    note = models.CharField("Was dazugehört", max_length=200, blank=True)
    ended_on = models.DateField("nicht mehr seit", null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "Material"
        verbose_name_plural = "Materialien"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="material_once",
                violation_error_message="Dieses Material gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OfMaterialQuerySet(AgencyQuerySet):
    agency_path = "material__agency"


class Loan(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    material = models.ForeignKey(Material, models.CASCADE, related_name="loans", verbose_name="Material")
    borrower = SealedTextField("an wen")
    lent_on = models.DateField("verliehen am")
    due_on = models.DateField("zurück bis")
    back_on = models.DateField("zurück am", null=True, blank=True)

    objects = OfMaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "Verleih"
        verbose_name_plural = "Verleihe"
        ordering = ["-lent_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["material"],
                name="loan_one_at_a_time",
                condition=Q(back_on=None),
                violation_error_message="Das ist gerade verliehen.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("lent_on")) & (Q(back_on=None) | Q(back_on__gte=F("lent_on"))),
                name="loan_days_in_order",
                violation_error_message="Zurück kann es erst nach dem Verleih sein.",
            ),
        ]

    def __str__(self) -> str:
        return f"Verleih vom {self.lent_on:%d.%m.%Y}"
