"""Who signs in at a measure by a code on the wall. Names stay until the list is closed and filed as evidence (ADR 0040)."""

from django.db import models
from django.db.models import Q

from lotse.agency.models.measures import Measure, OfMeasureQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation


class SignInSheet(BaseModel):
    """A list for one measure on one day. `token` opens it without a login; it goes when the list is closed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="sheets", verbose_name="Maßnahme")
    on = models.DateField("am")
    token = SealedTextField("Schlüssel des Links", blank=True)
    closed_at = models.DateTimeField("abgeschlossen am", null=True, blank=True)

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "Anwesenheitsliste"
        verbose_name_plural = "Anwesenheitslisten"
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "on"],
                name="sign_in_sheet_once_a_day",
                condition=Q(closed_at=None),
                violation_error_message="Für diesen Tag ist schon eine Liste offen.",
            )
        ]

    def __str__(self) -> str:
        return f"Anwesenheitsliste vom {self.on:%d.%m.%Y}"


class OfSheetQuerySet(OfMeasureQuerySet):
    agency_path = "sheet__measure__agency"


class SignedName(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    sheet = models.ForeignKey(SignInSheet, models.CASCADE, related_name="entries", verbose_name="Liste")
    name = SealedTextField("Name")
    institution = SealedTextField("Einrichtung", blank=True)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag der Anwesenheitsliste"
        verbose_name_plural = "Einträge der Anwesenheitsliste"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Eintrag {self.public_id}"
