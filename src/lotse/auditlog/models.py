"""The log: who changed and who read what. Append-only by trigger, sealed in chains, no secret values (ADR 0007)."""

from django.db import models
from django.utils import timezone

from lotse.auditlog.trace import current_request_id


class Event(models.Model):
    """One act. `fields` holds names of changed fields, never values; `object_ref` and `file_ref` are public ids.

    No foreign keys: an entry outlives what it speaks of. `seal_id` is set once, by the sealer; nothing else changes.
    """

    at = models.DateTimeField("wann", default=timezone.now)
    organisation_id = models.BigIntegerField("Organisation", null=True, blank=True)
    actor_ref = models.CharField("wer (Kennung)", max_length=16, blank=True)
    actor_label = models.CharField("wer", max_length=160)
    key = models.CharField("was", max_length=60)
    is_read = models.BooleanField("gelesen", default=False)
    object_type = models.CharField("woran", max_length=40, blank=True)
    object_ref = models.CharField("Kennung", max_length=64, blank=True)
    file_ref = models.CharField("Akte", max_length=64, blank=True)
    fields = models.JSONField("Felder", default=list, blank=True)
    details = models.JSONField("Einzelheiten", default=dict, blank=True)
    request_id = models.CharField("Anfrage", max_length=16, blank=True, default=current_request_id)
    seal_id = models.BigIntegerField("Siegel", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "Protokolleintrag"
        verbose_name_plural = "Protokolleinträge"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["file_ref", "-id"], name="event_file"),
            models.Index(fields=["object_ref", "-id"], name="event_object"),
            models.Index(fields=["organisation_id", "id"], name="event_organisation"),
            models.Index(fields=["seal_id", "id"], name="event_seal"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.actor_label} {self.key}"


class Seal(models.Model):
    """A batch of entries, closed: a link in the chain of one organisation (`chain` is its id; 0 is the house)."""

    chain = models.BigIntegerField("Kette")
    number = models.PositiveIntegerField("Nummer")
    segment = models.CharField("Monat", max_length=7)
    first_event_id = models.BigIntegerField("erster Eintrag")
    last_event_id = models.BigIntegerField("letzter Eintrag")
    count = models.PositiveIntegerField("Einträge")
    marks = models.JSONField("Kurzsummen je Eintrag", default=dict)
    content = models.CharField("Prüfsumme der Einträge", max_length=64)
    previous = models.CharField("Prüfsumme des Vorgängers", max_length=64, blank=True)
    digest = models.CharField("Prüfsumme", max_length=64)
    sealed_at = models.DateTimeField("versiegelt am", default=timezone.now)

    class Meta:
        verbose_name = "Siegel"
        verbose_name_plural = "Siegel"
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="seal_one_per_chain_and_number")]

    def __str__(self) -> str:
        return f"Siegel {self.number} der Kette {self.chain}"


class ExpiredSegment(models.Model):
    """What is left of a removed month: how much it was and the checksums between which it stood.

    The row is also the permission: the triggers let entries and seals go only where it lies, and it must be a year old.
    """

    chain = models.BigIntegerField("Kette")
    segment = models.CharField("Monat", max_length=7)
    first_number = models.PositiveIntegerField("erstes Siegel")
    last_number = models.PositiveIntegerField("letztes Siegel")
    count = models.PositiveIntegerField("Einträge")
    previous = models.CharField("Prüfsumme davor", max_length=64, blank=True)
    digest = models.CharField("Prüfsumme danach", max_length=64)
    expired_at = models.DateTimeField("entfernt am", default=timezone.now)

    class Meta:
        verbose_name = "entfernter Protokollmonat"
        verbose_name_plural = "entfernte Protokollmonate"
        ordering = ["chain", "first_number"]
        constraints = [models.UniqueConstraint(fields=["chain", "segment"], name="expired_segment_once")]

    def __str__(self) -> str:
        return f"{self.segment} der Kette {self.chain}"

    @property
    def public_id(self) -> str:
        return f"{self.chain}/{self.segment}"

    @property
    def organisation_id(self) -> int | None:
        return self.chain or None
