"""Who answers for quality management at a carrier, and with whom she exchanges experience (QM-07)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches
from lotse.quality.models.scope import OfCatalogueQuerySet, OverseenQuerySet


class OfficerQuerySet(OfCatalogueQuerySet):
    def in_office(self, actor: Any) -> Self:
        """Her own appointments that hold today, whatever her role."""
        today = timezone.localdate()
        holds = Q(until=None) | Q(until__gte=today)
        return self.filter(holds, person_id=actor.person_id, appointed_on__lte=today)


class ExchangeQuerySet(OverseenQuerySet):
    def visible_to(self, actor: Any) -> Self:
        """Who keeps the quality of the carrier, and who is appointed to answer for it."""
        hers = QmOfficer.objects.in_office(actor).order_by().values("organisation")
        return self.filter(in_branches(actor.quality_paths, "organisation") | Q(organisation__in=hers))


class QmOfficer(BaseModel):
    """An appointment; it stays when it is over. Everybody at the carrier may know whom to ask."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    is_deputy = models.BooleanField("Stellvertretung", default=False)
    appointed_on = models.DateField("bestellt ab")
    until = models.DateField("bestellt bis", null=True, blank=True)
    letter = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Bestellschreiben"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = "Bestellung zur*zum QM-Beauftragten"
        verbose_name_plural = "Bestellungen zu QM-Beauftragten"
        ordering = ["is_deputy", "-appointed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("appointed_on")),
                name="qm_officer_days_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    def holds_on(self, day: date) -> bool:
        return self.appointed_on <= day and (self.until is None or day <= self.until)


class QmExchange(BaseModel):
    """Experience exchanged with others who answer for quality."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    on = models.DateField("am")
    with_whom = models.CharField("mit wem", max_length=160)
    participants = SealedTextField("Teilnehmende")
    topics = SealedTextField("Themen")
    results = SealedTextField("Ergebnisse")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = "Austausch der QM-Beauftragten"
        verbose_name_plural = "Austausch der QM-Beauftragten"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.with_whom}, {self.on:%d.%m.%Y}"


def offices_of(actor: Any) -> list[QmOfficer]:
    """Where she is appointed today, whatever her role; asked once for a request."""
    known: list[QmOfficer] = actor.know(
        "quality.offices", lambda: list(QmOfficer.objects.in_office(actor).select_related("organisation"))
    )
    return known
