"""What was handed in and submitted, word for word, beside the rows that go on being written (model.md §9.1, 3)."""

from django.db import models

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.models.applications import Application, CarrierPart, OfApplicationQuerySet
from lotse.organisations.models import Organisation, Person


class ApplicationVersion(BaseModel):
    """Of one carrier's part, or without `part` of the whole; `organisation` is the carrier or the receiver.

    `content` is canonical JSON (core.canonical), `sha256` its checksum, `file` the paper that was printed from it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    application = models.ForeignKey(Application, models.PROTECT, related_name="versions", verbose_name="Gesamtantrag")
    part = models.ForeignKey(
        CarrierPart, models.PROTECT, null=True, blank=True, related_name="versions", verbose_name="Antragsteil"
    )
    on = models.DateField("eingereicht am")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    content = models.TextField("Inhalt")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="Antrag als Datei")

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "Fassung eines Antrags"
        verbose_name_plural = "Fassungen eines Antrags"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Fassung vom {self.on:%d.%m.%Y}"
