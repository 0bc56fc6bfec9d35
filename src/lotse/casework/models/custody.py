"""What belongs to the client and lies with us: certificates, papers, letters; from the receipt to the return."""

from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import Damage
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person


class ClientProperty(BaseModel):
    """One thing in our custody (quality criterion 6): who took it in, where it lies, to whom it went back."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="property", verbose_name="Klient*in")
    description = SealedTextField("Was")
    reason = SealedTextField("Wozu")
    storage_place = SealedTextField("Aufbewahrt")
    received_on = models.DateField("erhalten am")
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="angenommen von")
    returned_on = models.DateField("zurückgegeben am", null=True, blank=True)
    returned_to = SealedTextField("zurückgegeben an")
    returned_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="zurückgegeben von"
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Eigentum in Verwahrung"
        verbose_name_plural = "Eigentum in Verwahrung"
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["client"], name="client_property_here", condition=Q(returned_on__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("received_on")),
                name="client_property_returned_after_receipt",
                violation_error_message="Die Rückgabe liegt vor dem Erhalt.",
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None, returned_by=None)
                | Q(returned_on__isnull=False, returned_by__isnull=False),
                name="client_property_returned_by_somebody",
                violation_error_message="Zur Rückgabe gehören Tag und Person.",
            ),
        ]

    def __str__(self) -> str:
        return f"Eigentum {self.public_id}"


class DamageReport(BaseModel):
    """Something in our custody was damaged or lost, and how that was settled."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    item = models.OneToOneField(ClientProperty, models.CASCADE, related_name="damage", verbose_name="Eigentum")
    kind = models.CharField("Was ist geschehen?", max_length=8, choices=Damage)
    reported_on = models.DateField("gemeldet am")
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="gemeldet von")
    account = SealedTextField("Hergang")
    settled_on = models.DateField("geregelt am", null=True, blank=True)
    settlement = SealedTextField("Regelung")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Schadensmeldung"
        verbose_name_plural = "Schadensmeldungen"
        ordering = ["-reported_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on=None) | Q(settled_on__gte=F("reported_on")),
                name="damage_settled_after_report",
                violation_error_message="Die Regelung liegt vor der Meldung.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.reported_on:%d.%m.%Y}"
