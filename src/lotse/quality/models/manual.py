"""The manual of a carrier: chapters in two levels, to which criteria point (QM-03)."""

from django.db import models

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.quality.models.governed import GovernedDocument
from lotse.quality.models.scope import OfCatalogueQuerySet


class ManualChapter(BaseModel):
    """`parent` is None for a chapter, else the chapter that this is a section of."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sections", verbose_name="gehört zu"
    )
    number = models.CharField("Nummer", max_length=20)
    title = models.CharField("Titel", max_length=200)
    text = models.TextField("Text", blank=True)
    document = models.ForeignKey(
        GovernedDocument, models.PROTECT, null=True, blank=True, related_name="chapters", verbose_name="Dokument"
    )
    position = models.PositiveSmallIntegerField("Stelle")
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Kapitel des QM-Handbuchs"
        verbose_name_plural = "Kapitel des QM-Handbuchs"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                name="manual_chapter_number_once",
                violation_error_message="Diese Nummer gibt es im Handbuch schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
