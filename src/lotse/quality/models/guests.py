"""Who looks at a procedure from outside: with an account of her own for it, or by a signed package (ADR 0045)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.quality.enums import AnswerState
from lotse.quality.models.certification import Certification
from lotse.quality.models.participants import Participant
from lotse.quality.models.scope import KeptQuerySet


class GuestAccess(BaseModel):
    """The login of one participant. A guest has no role and no person at work: nothing but the room of the procedure opens."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="guests", verbose_name="Verfahren")
    participant = models.OneToOneField(
        Participant, models.PROTECT, related_name="access", verbose_name="Beteiligte Person"
    )
    email = models.EmailField("E-Mail-Adresse")
    token_hash = models.CharField("Prüfsumme des Links", max_length=64, unique=True)
    link_until = models.DateTimeField("Link gilt bis")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Konto"
    )
    accepted_at = models.DateTimeField("angenommen am", null=True, blank=True)
    revoked_at = models.DateTimeField("entzogen am", null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Gastzugang"
        verbose_name_plural = "Gastzugänge"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, accepted_at=None) | Q(user__isnull=False, accepted_at__isnull=False),
                name="guest_access_accepted_by_an_account",
                violation_error_message="Angenommen ist ein Gastzugang von einem Konto.",
            ),
            models.UniqueConstraint(
                fields=["certification", "email"],
                condition=Q(revoked_at=None),
                name="guest_access_one_per_address",
                violation_error_message="Diese Adresse ist zu dem Verfahren schon eingeladen. Niemand sitzt auf zwei Seiten.",
            ),
        ]

    def __str__(self) -> str:
        return f"Gastzugang {self.participant}"

    @property
    def is_waiting(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None

    def link_opens_at(self, moment: datetime) -> bool:
        return self.is_waiting and moment < self.link_until


class PackageKey(BaseModel):
    """With what a house signs its packages; the public half stands on the page, to be compared on the telephone."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    public = models.CharField("öffentlicher Schlüssel", max_length=64)
    private = SealedTextField("Signaturschlüssel")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Signaturschlüssel für Pakete"
        verbose_name_plural = "Signaturschlüssel für Pakete"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Schlüssel von {self.organisation}"


class ExchangePackage(BaseModel):
    """What left the house for somebody without an account. `content`: what was signed and the pages; of files where they lie."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="packages", verbose_name="Verfahren")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="packages", verbose_name="für")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="erstellt von")
    content = SealedTextField("Inhalt des Pakets")
    manifest_sha256 = models.CharField("Prüfsumme", max_length=64)
    file_count = models.PositiveIntegerField("Dateien")
    size = models.PositiveBigIntegerField("Größe in Byte")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Paket für Begutachtung oder Beirat"
        verbose_name_plural = "Pakete für Begutachtung oder Beirat"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Paket vom {self.created_at:%d.%m.%Y}"


class ExchangeAnswer(BaseModel):
    """A filled answer file: shown first, then taken over by somebody of the house, or dropped."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    package = models.ForeignKey(ExchangePackage, models.PROTECT, related_name="answers", verbose_name="Paket")
    content = SealedTextField("Inhalt")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    state = models.CharField("Stand", max_length=10, choices=AnswerState, default=AnswerState.BROUGHT)
    brought_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eingelesen von")
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="übernommen oder verworfen von"
    )
    settled_at = models.DateTimeField("übernommen oder verworfen am", null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Antwort auf ein Paket"
        verbose_name_plural = "Antworten auf Pakete"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AnswerState.BROUGHT, settled_by=None, settled_at=None)
                | (~Q(state=AnswerState.BROUGHT) & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="exchange_answer_settled_by_somebody",
                violation_error_message="Übernommen oder verworfen wird eine Antwort von jemandem an einem Tag.",
            ),
            models.UniqueConstraint(
                fields=["package", "sha256"],
                condition=~Q(state=AnswerState.DROPPED),
                name="exchange_answer_once",
                violation_error_message="Diese Antwort ist schon eingelesen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Antwort vom {self.created_at:%d.%m.%Y}"
