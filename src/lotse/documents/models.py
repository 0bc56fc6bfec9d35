"""Stored files and the registry of what was deleted. A file has no door of its own: its owner's door leads to it."""

from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import AddedOnly, BaseModel
from lotse.documents.enums import Compartment, DeletionReason, EvidenceKind, LogoSlot, ScanState
from lotse.documents.retention import RETENTION, RetentionClass
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.periods import Dated, DatedQuerySet, ends_after_it_begins
from lotse.organisations.models.scope import in_branches


class StoredFile(BaseModel):
    """One file: the row tells about it, the sealed bytes lie in the storage under `storage_name`.

    What was deleted keeps its empty row, so that the owner can still say that there was a file.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    name = SealedTextField("Dateiname")
    media_type = models.CharField("Art", max_length=100)
    size = models.PositiveBigIntegerField("Größe in Byte")
    sha256 = models.CharField("Prüfsumme", max_length=64, blank=True)
    storage_name = models.CharField("Ablageort", max_length=120)
    compartment = models.CharField("Bereich", max_length=12, choices=Compartment)
    retention_class = models.CharField("Aufbewahrung", max_length=20)
    keep_until = models.DateField("aufbewahren bis", null=True, blank=True)
    scan_state = models.CharField("Virenprüfung", max_length=12, choices=ScanState, default=ScanState.UNCHECKED)
    stored_by_id = models.BigIntegerField("abgelegt von (Person)", null=True, blank=True)
    deleted_at = models.DateTimeField("gelöscht am", null=True, blank=True)

    class Meta:
        verbose_name = "Datei"
        verbose_name_plural = "Dateien"
        ordering = ["-id"]
        indexes = [models.Index(fields=["keep_until"], name="stored_file_due", condition=Q(keep_until__isnull=False))]
        constraints = [
            models.UniqueConstraint(
                fields=["storage_name"], name="stored_file_place_once", condition=~Q(storage_name="")
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(storage_name="")
                | Q(deleted_at__isnull=False, storage_name="", sha256=""),
                name="stored_file_deleted_is_empty",
                violation_error_message="Eine gelöschte Datei hat keinen Inhalt mehr, jede andere hat einen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Datei {self.public_id}"

    @property
    def retention(self) -> RetentionClass:
        return RETENTION[self.retention_class]

    @property
    def is_readable(self) -> bool:
        return self.deleted_at is None and self.scan_state != ScanState.QUARANTINED


class Deletion(AddedOnly):
    """That something was deleted, never what it was: the id only as a hash. Append-only; outlives a restore (ADR 0012)."""

    organisation_id = models.BigIntegerField("Organisation", null=True, blank=True)
    kind = models.CharField("was", max_length=40)
    ref_hash = models.CharField("Kennung (Prüfsumme)", max_length=64)
    retention_class = models.CharField("Aufbewahrung", max_length=20, blank=True)
    reason = models.CharField("Grund", max_length=12, choices=DeletionReason)
    by_ref = models.CharField("von (Kennung)", max_length=16, blank=True)
    by_label = models.CharField("von", max_length=160)

    class Meta:
        verbose_name = "Löschung"
        verbose_name_plural = "Löschungen"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organisation_id", "-created_at"], name="deletion_organisation")]

    def __str__(self) -> str:
        return f"{self.created_at:%d.%m.%Y}: {self.kind}, {self.get_reason_display()}"


def hash_of(public_id: str) -> str:
    """Ids are random 80 bits, so that a hash cannot be guessed back."""
    return sha256(f"lotse deletion {public_id}".encode()).hexdigest()


class Remark(BaseModel):
    """What a reviewer says about a document that was handed in. `place`, where there is one: its anchor; empty for all of it."""

    text = models.TextField("Anmerkung")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    resolved_at = models.DateTimeField("erledigt am", null=True, blank=True)
    resolved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="erledigt von"
    )

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="%(class)s_resolved_by_somebody",
                violation_error_message="Erledigt wird eine Anmerkung von einer Person.",
            )
        ]


class ReleasedContent(AddedOnly):
    """What was released, word for word: canonical JSON with its SHA-256."""

    content = models.TextField("Inhalt")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="freigegeben von")
    at = models.DateTimeField("freigegeben am")

    class Meta:
        abstract = True
        ordering = ["id"]


class RetentionRule(BaseModel):
    """A period that the controller has decided on, in place of the proposed one. The newest row of a class counts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    retention_class = models.CharField("Aufbewahrung", max_length=20)
    months = models.PositiveSmallIntegerField("Monate")
    reason = models.CharField("Grund", max_length=200)
    decided_on = models.DateField("entschieden am")
    decided_by = models.CharField("entschieden von", max_length=160)

    class Meta:
        verbose_name = "Aufbewahrungsfrist"
        verbose_name_plural = "Aufbewahrungsfristen"
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "retention_class", "-id"], name="retention_rule_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=360),
                name="retention_rule_within_thirty_years",
                violation_error_message="Bitte 1 bis 360 Monate angeben.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="retention_rule_has_reason",
                violation_error_message="Eine eigene Frist braucht einen Grund.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.retention_class}: {self.months} Monate"


class Evidence(BaseModel):
    """A file that proves something for a funding year, kept until ten years after it (IA-12, D-10).

    `unit` is the agency, site or carrier whose work it proves. What it proves stands with its owners, through whose doors it is
    opened. `has_personal_data`: names of persons are on it; then it is opened for an audit only, and the reason is logged.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Stelle oder Agentur")
    kind = models.CharField("Art", max_length=16, choices=EvidenceKind)
    title = SealedTextField("Titel")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    on = models.DateField("vom")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="evidence", verbose_name="Datei")
    has_personal_data = models.BooleanField("mit Namen von Personen", default=False)

    class Meta:
        verbose_name = "Nachweis"
        verbose_name_plural = "Nachweise"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["unit", "funding_year", "kind"], name="evidence_of_year")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=EvidenceKind.ATTENDANCE_LIST) | Q(has_personal_data=True),
                name="evidence_attendance_list_is_personal",
                violation_error_message="Auf einer Teilnehmerliste stehen Namen von Personen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vom {self.on:%d.%m.%Y}"


class PrescribedQuerySet(DatedQuerySet):
    """Forms and logos that an organisation keeps for everything below it."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_branches(actor.released_paths, "organisation"))

    def above(self, organisation: Organisation) -> Self:
        """What holds there: its own, and of everything above it."""
        return self.filter(organisation_id__in=[int(pk) for pk in organisation.path.strip("/").split("/") if pk])


class FormTemplate(Dated, BaseModel):
    """A form as it is prescribed from a day on; without a file, the paper of the house. `purpose`: a key of `templates.PURPOSES`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="gepflegt von")
    purpose = models.CharField("Formular für", max_length=40)
    version = models.CharField("Fassung", max_length=40)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Word-Datei"
    )
    missing = models.JSONField("fehlende Platzhalter", default=list, blank=True)
    is_example = models.BooleanField("Beispiel", default=False)

    objects = PrescribedQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorlage eines Formulars"
        verbose_name_plural = "Vorlagen von Formularen"
        ordering = ["purpose", "-valid_from", "-id"]
        constraints = [
            ends_after_it_begins("form_template_end_after_begin"),
            models.UniqueConstraint(
                fields=["organisation", "purpose", "version"],
                name="form_template_once",
                violation_error_message="Diese Fassung gibt es schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"Fassung {self.version}"


class Logo(Dated, BaseModel):
    """A mark that every paper must bear, from a day on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="gepflegt von")
    slot = models.CharField("Logo von", max_length=16, choices=LogoSlot)
    alt = models.CharField("Was darauf zu sehen ist", max_length=160)
    image = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Bild")

    objects = PrescribedQuerySet.as_manager()

    class Meta:
        verbose_name = "Logo"
        verbose_name_plural = "Logos"
        ordering = ["slot", "-valid_from", "-id"]
        constraints = [ends_after_it_begins("logo_end_after_begin")]

    def __str__(self) -> str:
        return f"Logo {self.get_slot_display()}"
