"""Catalogues of criteria, each as it was taken over; nothing in them is edited (ADR 0042, model.md §3)."""

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.quality.enums import CriterionKind
from lotse.quality.models.scope import OfCatalogueQuerySet


class Framework(BaseModel):
    """One version of a catalogue at one carrier. A newer version stands beside it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    key = models.CharField("Kennung", max_length=60)
    version = models.CharField("Fassung", max_length=40)
    title = models.CharField("Titel", max_length=200)
    source = models.CharField("Quelle", max_length=300)
    is_example = models.BooleanField("ist ein Beispiel", default=False)
    taken_on = models.DateField("übernommen am")

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Kriterienkatalog"
        verbose_name_plural = "Kriterienkataloge"
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"],
                name="framework_version_once",
                violation_error_message="Diese Fassung des Katalogs gibt es hier schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, Fassung {self.version}"


class Area(BaseModel):
    """A chapter, or a part of one: the number says which ("2.1" belongs to "2")."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="areas", verbose_name="Katalog")
    number = models.CharField("Nummer", max_length=20)
    title = models.CharField("Titel", max_length=200)
    position = models.PositiveSmallIntegerField("Stelle")

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Bereich eines Katalogs"
        verbose_name_plural = "Bereiche eines Katalogs"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"],
                name="area_number_once",
                violation_error_message="Diesen Bereich gibt es im Katalog schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def chapter(self) -> str:
        return self.number.split(".")[0]


class Criterion(BaseModel):
    """`code` is what the source prints and need not be unique; the `slug` is (QM-01)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="criteria", verbose_name="Katalog")
    area = models.ForeignKey(Area, models.CASCADE, related_name="criteria", verbose_name="Bereich")
    slug = models.CharField("Kennung", max_length=60)
    code = models.CharField("gedruckte Nummer", max_length=40)
    kind = models.CharField("Art", max_length=12, choices=CriterionKind)
    text = models.CharField("Text", max_length=1000)
    printed_note = models.CharField("Wortlaut der Quelle", max_length=300, blank=True)
    refers_to = models.CharField("verweist auf Bereich", max_length=20, blank=True)
    position = models.PositiveSmallIntegerField("Stelle")

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Kriterium"
        verbose_name_plural = "Kriterien"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "slug"],
                name="criterion_slug_once",
                violation_error_message="Diese Kennung gibt es im Katalog schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class CriterionPart(BaseModel):
    """A criterion with parts is fulfilled only if all of them are (QM-02)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="parts", verbose_name="Kriterium")
    position = models.PositiveSmallIntegerField("Stelle")
    text = models.CharField("Text", max_length=500)

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilanforderung"
        verbose_name_plural = "Teilanforderungen"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "position"],
                name="criterion_part_position_once",
                violation_error_message="An dieser Stelle steht schon eine Teilanforderung.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class CriterionLink(BaseModel):
    """What proves one proves the other, too: inside a catalogue as its source says, between two as the carrier says."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    from_criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="links_out", verbose_name="Kriterium")
    to_criterion = models.ForeignKey(
        Criterion, models.CASCADE, related_name="links_in", verbose_name="zugeordnetes Kriterium"
    )
    note = models.CharField("Anmerkung", max_length=300, blank=True)

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Zuordnung von Kriterien"
        verbose_name_plural = "Zuordnungen von Kriterien"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_criterion", "to_criterion"],
                name="criterion_link_once",
                violation_error_message="Diese Kriterien sind einander schon zugeordnet.",
            ),
            models.CheckConstraint(
                condition=~Q(from_criterion=F("to_criterion")),
                name="criterion_link_of_two",
                violation_error_message="Ein Kriterium lässt sich nicht sich selbst zuordnen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_criterion.code} – {self.to_criterion.code}"


class ManualReference(BaseModel):
    """Where the carrier's own manual says how a criterion is met: the third column of the source (QM-03)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="references", verbose_name="Kriterium")
    text = models.CharField("Stelle im QM-Handbuch", max_length=300, blank=True)
    link = models.URLField("Link", max_length=500, blank=True)
    chapter = models.ForeignKey(
        "quality.ManualChapter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="references",
        verbose_name="Kapitel",
    )
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Fundstelle im QM-Handbuch"
        verbose_name_plural = "Fundstellen im QM-Handbuch"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion"],
                name="manual_reference_one_each",
                violation_error_message="Zu diesem Kriterium gibt es schon eine Fundstelle.",
            )
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, [str(self.chapter or ""), self.text or self.link]))
