from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.facts.enums import Aim
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import StaffQuerySet

FIRST_YEAR, LAST_YEAR = 2000, 2100
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
PERCENT = "%"


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


class FigureTarget(BaseModel):
    """What the coordination round wants of a figure, by when, and who sees to it (model.md §10.1)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    figure = models.CharField("Kennzahl", max_length=60)
    aim = models.CharField("Richtung", max_length=10, choices=Aim)
    value = models.PositiveIntegerField("Zielwert")
    unit = models.CharField("Einheit", max_length=40)
    until = models.DateField("bis")
    responsible = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="zuständig")
    measures = SealedTextField("Maßnahmen")
    decided_on = models.DateField("beschlossen am")
    review_on = models.DateField("nächste Besprechung")
    ended_on = models.DateField("beendet am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Ziel einer Kennzahl"
        verbose_name_plural = "Ziele von Kennzahlen"
        ordering = ["-decided_on", "-id"]
        indexes = [
            models.Index(fields=["responsible", "review_on"], name="figure_target_due", condition=Q(ended_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "figure"],
                condition=Q(ended_on=None),
                name="figure_target_one_in_force",
                violation_error_message="Für diese Kennzahl gilt schon ein Ziel. Bitte das Ziel öffnen und dort ändern oder beenden.",
            ),
            models.CheckConstraint(
                condition=~Q(unit=PERCENT) | Q(value__lte=100),
                name="figure_target_up_to_all",
                violation_error_message="Mehr als 100 Prozent gibt es nicht.",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("decided_on")),
                name="figure_target_until_after_decision",
                violation_error_message="„Bis“ liegt vor dem Beschluss.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("decided_on")),
                name="figure_target_review_after_decision",
                violation_error_message="Die nächste Besprechung liegt nach dem Beschluss.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("decided_on")),
                name="figure_target_end_after_decision",
                violation_error_message="Das Ende liegt vor dem Beschluss.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_aim_display()} {self.value}\N{NO-BREAK SPACE}{self.unit}"


class TargetReview(BaseModel):
    """A target was talked about: where the figure stood, what came of it, and when again; the last one has no "when again"."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    target = models.ForeignKey(FigureTarget, models.PROTECT, related_name="reviews", verbose_name="Ziel")
    on = models.DateField("besprochen am")
    standing = models.CharField("Stand", max_length=40)
    conclusion = SealedTextField("Ergebnis")
    next_on = models.DateField("nächste Besprechung", null=True, blank=True)
    by_label = models.CharField("festgehalten von", max_length=160)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Besprechung eines Ziels"
        verbose_name_plural = "Besprechungen eines Ziels"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("on")),
                name="target_review_next_after",
                violation_error_message="Die nächste Besprechung liegt nach dieser.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}: {self.standing}"
