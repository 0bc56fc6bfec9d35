"""The log: who changed and who read what. Append-only, no foreign keys, no secret values."""

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One act. `fields` holds names of changed fields, never values; `object_ref` and `file_ref` are public ids."""

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

    class Meta:
        verbose_name = "Protokolleintrag"
        verbose_name_plural = "Protokolleinträge"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["file_ref", "-id"], name="event_file"),
            models.Index(fields=["object_ref", "-id"], name="event_object"),
            models.Index(fields=["organisation_id", "id"], name="event_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.actor_label} {self.key}"
