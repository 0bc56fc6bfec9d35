from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation, Person
from lotse.partners.enums import CooperationEnd, CooperationKind, CooperationState
from lotse.partners.models.partner import OfHouseQuerySet, Partner


class CooperationQuerySet(OfHouseQuerySet):
    def in_force_on(self, day: date) -> Self:
        begun = self.filter(signed_on__isnull=False, ended_on=None, valid_from__lte=day)
        return begun.filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def with_partner(self, partner: Partner | OuterRef) -> Self:
        """As the first one named or as one of the others."""
        inside = OuterRef(partner) if isinstance(partner, OuterRef) else partner  # one query further in
        party = CooperationParty.objects.filter(agreement=OuterRef("pk"), partner=inside)
        return self.filter(Q(partner=partner) | Exists(party))


class CooperationAgreement(BaseModel):
    """What this house and a partner promise each other in writing (CL-22): prepared, checked, signed, looked at again, ended.

    The parts hold one promise per line. No client is named here: talk about a person needs that person's consent (DP-03).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="cooperations", verbose_name="Partner")
    kind = models.CharField("Art", max_length=20, choices=CooperationKind)
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersetzt"
    )
    subject = models.CharField("Worum geht es?", max_length=200)
    responsible = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Ansprechperson bei uns")
    partner_contact = models.CharField("Ansprechperson beim Partner", max_length=120, blank=True)
    presence = SealedTextField("Anwesenheits- und Beratungszeiten")
    events = SealedTextField("gemeinsame Infoveranstaltungen")
    offer = SealedTextField("Beratung im Kurs")
    at_risk = SealedTextField("wenn Teilnehmende Unterstützung brauchen")
    our_part = SealedTextField("Das machen wir")
    their_part = SealedTextField("Das macht der Partner")
    valid_from = models.DateField("gilt ab")
    valid_to = models.DateField("gilt bis", null=True, blank=True)
    review_on = models.DateField("wieder besprechen am", null=True, blank=True)
    reviewed_on = models.DateField("zuletzt besprochen am", null=True, blank=True)
    checked_by = models.CharField("Vertrag geprüft von", max_length=120, blank=True)
    checked_on = models.DateField("Vertrag geprüft am", null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unterschrieben von"
    )
    signed_on = models.DateField("unterschrieben am", null=True, blank=True)
    partner_signer = models.CharField("beim Partner unterschrieben von", max_length=120, blank=True)
    partner_signed_on = models.DateField("beim Partner unterschrieben am", null=True, blank=True)
    ended_on = models.DateField("beendet am", null=True, blank=True)
    end_reason = models.CharField("Grund des Endes", max_length=10, choices=CooperationEnd, blank=True)
    end_note = SealedTextField("Anmerkung zum Ende")
    scan = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unterschriebenes Blatt"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = CooperationQuerySet.as_manager()

    class Meta:
        verbose_name = "Kooperationsvereinbarung"
        verbose_name_plural = "Kooperationsvereinbarungen"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organisation", "review_on"], name="cooperation_review", condition=Q(ended_on=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="cooperation_end_after_begin",
                violation_error_message="„Gilt bis“ liegt vor „gilt ab“.",
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_by="") | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
                name="cooperation_check_is_whole",
                violation_error_message="Zur Prüfung des Vertrags gehören Tag und Name.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_by=None, partner_signed_on=None, partner_signer="")
                | (
                    Q(signed_on__isnull=False, signed_by__isnull=False, partner_signed_on__isnull=False)
                    & ~Q(partner_signer="")
                ),
                name="cooperation_signed_by_both",
                violation_error_message="Unterschrieben ist, wenn beide Seiten mit Tag und Name unterschrieben haben.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(signed_on__gte=F("checked_on"), checked_on__isnull=False),
                name="cooperation_signed_after_check",
                violation_error_message="Unterschrieben wird nach der Prüfung des Vertrags.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | (Q(ended_on__gte=F("signed_on"), signed_on__isnull=False) & ~Q(end_reason="")),
                name="cooperation_end_has_reason",
                violation_error_message="Beendet wird nach der Unterschrift, mit Tag und Grund.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, Fassung {self.version}"

    @property
    def is_running(self) -> bool:
        """Signed and not ended; its days may lie before or after today."""
        return self.signed_on is not None and self.ended_on is None

    @property
    def has_scan(self) -> bool:
        return self.scan is not None and self.scan.deleted_at is None

    @property
    def last_day(self) -> date | None:
        return self.ended_on or self.valid_to

    def state_on(self, day: date) -> CooperationState:
        if self.ended_on:
            return CooperationState.ENDED
        if self.signed_on is None:
            return CooperationState.CHECKED if self.checked_on else CooperationState.DRAFT
        if self.valid_from > day:
            return CooperationState.COMING
        is_over = self.valid_to is not None and self.valid_to < day
        return CooperationState.EXPIRED if is_over else CooperationState.IN_FORCE


class CooperationParty(BaseModel):
    """A further partner in an agreement, who signs it too: with name and day, or not yet."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agreement = models.ForeignKey(
        CooperationAgreement, models.CASCADE, related_name="parties", verbose_name="Kooperationsvereinbarung"
    )
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="Partner")
    signer = SealedTextField("dort unterschrieben von")
    signed_on = models.DateField("dort unterschrieben am", null=True, blank=True)

    class Meta:
        verbose_name = "weiterer Partner einer Vereinbarung"
        verbose_name_plural = "weitere Partner einer Vereinbarung"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "partner"], name="cooperation_party_once")]

    def __str__(self) -> str:
        return str(self.partner)
