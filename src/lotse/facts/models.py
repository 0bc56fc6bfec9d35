from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import StaffQuerySet

FIRST_YEAR, LAST_YEAR = 2000, 2100


class FigureSetting(BaseModel):
    """A value that figures need and that the house decides, from a day on: an age, a level, a number of months."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    key = models.CharField("Wert", max_length=60)
    value = models.CharField("gesetzt auf", max_length=20)
    valid_from = models.DateField("gilt ab")

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Wert für Kennzahlen"
        verbose_name_plural = "Werte für Kennzahlen"
        ordering = ["key", "-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key", "valid_from"], name="figure_setting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value} ab {self.valid_from:%d.%m.%Y}"


class YearlyRating(BaseModel):
    """What cannot be counted is rated once a year on four steps, with the reason (model.md §10.4)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    indicator = models.CharField("Indikator", max_length=60)
    year = models.PositiveSmallIntegerField(
        "Jahr", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    rating = models.PositiveSmallIntegerField("Einschätzung")
    reason = SealedTextField("Begründung")
    by_label = models.CharField("eingeschätzt von", max_length=160)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Einschätzung des Jahres"
        verbose_name_plural = "Einschätzungen des Jahres"
        ordering = ["-year", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "indicator", "year"], name="yearly_rating_once"),
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=4),
                name="yearly_rating_one_to_four",
                violation_error_message="Bitte eine Stufe von 1 bis 4 wählen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.rating}"
