"""What proves a criterion: figures read day by day and confirmed by somebody, and documents with the time they prove."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches
from lotse.organisations.roles import EXTERNAL
from lotse.quality.enums import SubmissionMode
from lotse.quality.models.frameworks import Criterion
from lotse.quality.models.scope import OfCatalogueQuerySet, OverseenQuerySet

SOON = timedelta(days=60)


class EvidenceTarget(BaseModel):
    """The threshold that a carrier has set for a gauge, in place of the proposed one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    gauge = models.CharField("Kennzahl", max_length=40)
    threshold = models.PositiveIntegerField("Schwelle")
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Schwelle eines lebenden Nachweises"
        verbose_name_plural = "Schwellen lebender Nachweise"
        ordering = ["gauge", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "gauge"],
                name="evidence_target_once",
                violation_error_message="Für diese Kennzahl gibt es schon eine eigene Schwelle.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gauge}: {self.threshold}"


class EvidenceReading(BaseModel):
    """What a gauge showed for a quarter when it was last read. `value` None: nothing was counted, or too little to show."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    gauge = models.CharField("Kennzahl", max_length=40)
    begins_on = models.DateField("Zeitraum von")
    ends_on = models.DateField("Zeitraum bis")
    value = models.PositiveIntegerField("Wert", null=True, blank=True)
    version = models.CharField("Fassung der Definition", max_length=20)
    read_at = models.DateTimeField("gelesen am")

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Stand eines lebenden Nachweises"
        verbose_name_plural = "Stände lebender Nachweise"
        ordering = ["begins_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "begins_on", "gauge", "version"],
                name="evidence_reading_once",
                violation_error_message="Dieser Zeitraum ist schon gelesen.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="evidence_reading_days_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gauge}, {self.begins_on:%d.%m.%Y} bis {self.ends_on:%d.%m.%Y}"


class EvidenceConfirmation(BaseModel):
    """Somebody says that a figure speaks for a criterion: with the value, period, threshold and definition she saw.

    Whether it still holds is worked out (`rules.why_again`), never stored. It sets no rating.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="confirmations", verbose_name="Kriterium")
    gauge = models.CharField("Kennzahl", max_length=40)
    value = models.PositiveIntegerField("Wert")
    threshold = models.PositiveIntegerField("Schwelle")
    begins_on = models.DateField("Zeitraum von")
    ends_on = models.DateField("Zeitraum bis")
    version = models.CharField("Fassung der Definition", max_length=20)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="bestätigt von")
    note = SealedTextField("Anmerkung")

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Bestätigung eines lebenden Nachweises"
        verbose_name_plural = "Bestätigungen lebender Nachweise"
        ordering = ["id"]
        indexes = [models.Index(fields=["criterion", "gauge"], name="evidence_confirmed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="evidence_confirmation_days_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gauge}, bestätigt am {self.created_at:%d.%m.%Y}"


class DocumentQuerySet(OverseenQuerySet):
    """Who keeps the quality of the carrier, and whose document it is."""

    way = ""

    def visible_to(self, actor: Any) -> Self:
        own = Q(pk__in=[]) if actor.role_keys <= EXTERNAL else self._own(actor)
        return self.filter(in_branches(actor.quality_paths, "organisation") | own)

    def _own(self, actor: Any) -> Q:
        return Q(**{f"{self.way}owner_id": actor.person_id, "organisation_id": actor.organisation_id})


class OfDocumentQuerySet(DocumentQuerySet):
    way = "document__"


class EvidenceDocument(BaseModel):
    """A document that proves something for a time of its own, which is not the day of the upload."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    title = models.CharField("Titel", max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="zuständig")
    begins_on = models.DateField("belegt von")
    ends_on = models.DateField("belegt bis")
    expires_on = models.DateField("läuft ab am", null=True, blank=True)
    mode = models.CharField("Einreichung", max_length=24, choices=SubmissionMode, default=SubmissionMode.SUBMIT)
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachweisunterlage"
        verbose_name_plural = "Nachweisunterlagen"
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["owner", "expires_on"], name="evidence_document_expires")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="evidence_document_days_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("begins_on")),
                name="evidence_document_expires_later",
                violation_error_message="Die Unterlage läuft ab, bevor sie etwas belegt.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def may_leave(self) -> bool:
        """What is shown on site only never leaves the carrier (DP-09)."""
        return self.mode != SubmissionMode.ON_SITE_ONLY

    def is_expired(self, day: date) -> bool:
        return self.expires_on is not None and self.expires_on < day

    @property
    def standing(self) -> tuple[str, str]:
        """Today, in words and tone."""
        today = timezone.localdate()
        if self.expires_on is None:
            return "läuft nicht ab", "none"
        if self.is_expired(today):
            return "abgelaufen", "bad"
        return ("läuft bald ab", "warn") if self.expires_on <= today + SOON else ("gültig", "good")


class EvidenceVersion(BaseModel):
    """A file of a document, with what the document was said to prove when it was filed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(
        EvidenceDocument, models.CASCADE, related_name="versions", verbose_name="Nachweisunterlage"
    )
    number = models.PositiveSmallIntegerField("Fassung")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Datei")
    begins_on = models.DateField("belegt von")
    ends_on = models.DateField("belegt bis")
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="abgelegt von")

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Fassung einer Nachweisunterlage"
        verbose_name_plural = "Fassungen von Nachweisunterlagen"
        ordering = ["-number", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="evidence_version_once",
                violation_error_message="Diese Fassung gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return f"Fassung {self.number}"


class EvidenceLink(BaseModel):
    """A document proves a criterion; the same one as many as it can, in every catalogue of the carrier."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(
        EvidenceDocument, models.CASCADE, related_name="links", verbose_name="Nachweisunterlage"
    )
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="evidence", verbose_name="Kriterium")

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Unterlage zu einem Kriterium"
        verbose_name_plural = "Unterlagen zu Kriterien"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "criterion"],
                name="evidence_link_once",
                violation_error_message="Diese Unterlage steht schon bei dem Kriterium.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.document}"
