"""Devices and material of a carrier: where they are, who answers for them, when they were looked after (Mi 7)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person, Site
from lotse.quality.enums import CheckResult, EquipmentKind
from lotse.quality.models.scope import OfCatalogueQuerySet

MOST_MONTHS = 120


class Equipment(BaseModel):
    """`next_check_on` follows from the last check, or from the day it was bought."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    name = models.CharField("Bezeichnung", max_length=160)
    kind = models.CharField("Art", max_length=12, choices=EquipmentKind)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Beratungsstelle"
    )
    place = models.CharField("Ort", max_length=120, blank=True)
    inventory_number = models.CharField("Inventarnummer", max_length=40, blank=True)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="verantwortlich"
    )
    bought_on = models.DateField("angeschafft am", null=True, blank=True)
    check_every = models.PositiveSmallIntegerField(
        "zu prüfen alle (Monate)", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )  # fmt: skip
    storage_note = models.CharField("Umgang und Lagerung", max_length=500, blank=True)
    next_check_on = models.DateField("nächste Prüfung", null=True, blank=True)
    has_defect = models.BooleanField("hat einen Mangel", default=False)
    discarded_on = models.DateField("ausgemustert am", null=True, blank=True)
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Gerät oder Material"
        verbose_name_plural = "Geräte und Material"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "inventory_number"],
                condition=~Q(inventory_number=""),
                name="equipment_inventory_number_once",
                violation_error_message="Diese Inventarnummer gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(check_every=None) | Q(check_every__gte=1, check_every__lte=MOST_MONTHS),
                name="equipment_checked_within_ten_years",
                violation_error_message="Bitte 1 bis 120 Monate angeben.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        return ", ".join(filter(None, [str(self.site) if self.site else "", self.place]))


class EquipmentCheck(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="checks", verbose_name="Gerät")
    on = models.DateField("geprüft am")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="geprüft von")
    result = models.CharField("Ergebnis", max_length=10, choices=CheckResult)
    note = models.CharField("Anmerkung", max_length=500, blank=True)
    next_on = models.DateField("nächste Prüfung", null=True, blank=True)

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Prüfung eines Geräts"
        verbose_name_plural = "Prüfungen von Geräten"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result=CheckResult.DEFECT) | ~Q(note=""),
                name="equipment_defect_says_what",
                violation_error_message="Bitte angeben, was nicht in Ordnung ist.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}: {self.get_result_display()}"
