"""Who is on duty when and where: a pattern of the week, the days made from it, and who is away (model.md §3, Mi 3 a)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person, Site
from lotse.organisations.models.periods import Dated, DatedQuerySet, ends_after_it_begins
from lotse.quality.enums import AwayKind, DutyKind, Weekday
from lotse.quality.models.scope import KeptQuerySet, OfCatalogueQuerySet

ENDS_LATER = "Das Ende liegt vor dem Beginn."


class OfHouseQuerySet(OfCatalogueQuerySet, DatedQuerySet):
    """What everybody who works at the carrier reads."""


class DutyTemplate(BaseModel, Dated):
    """What is needed every week. The usual person fills the first of the `needs` places; the others are open."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Beratungsstelle"
    )
    weekday = models.PositiveSmallIntegerField("Wochentag", choices=Weekday)
    begins = models.TimeField("von")
    ends = models.TimeField("bis")
    kind = models.CharField("Dienst", max_length=12, choices=DutyKind)
    needs = models.PositiveSmallIntegerField("So viele braucht es", default=1)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="in der Regel"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Muster der Woche"
        verbose_name_plural = "Muster der Woche"
        ordering = ["weekday", "begins", "id"]
        constraints = [
            ends_after_it_begins("duty_template_end_after_begin"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="duty_template_hours_in_order",
                violation_error_message=ENDS_LATER,
            ),
            models.CheckConstraint(
                condition=Q(needs__gte=1, needs__lte=20),
                name="duty_template_needs_people",
                violation_error_message="Bitte 1 bis 20 Personen angeben.",
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6),
                name="duty_template_on_a_weekday",
                violation_error_message="Bitte einen Wochentag wählen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.begins:%H:%M}–{self.ends:%H:%M}, {self.get_kind_display()}"


class DutyQuerySet(OfCatalogueQuerySet):
    def between(self, first: date, last: date) -> Self:
        return self.filter(day__gte=first, day__lte=last)


class Duty(BaseModel):
    """One place to be filled on one day. Made from a pattern it is that pattern's `place`, so that no week is made twice."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    template = models.ForeignKey(
        DutyTemplate, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="Muster"
    )
    place = models.PositiveSmallIntegerField("Platz", default=1)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Beratungsstelle"
    )
    day = models.DateField("Tag")
    begins = models.TimeField("von")
    ends = models.TimeField("bis")
    kind = models.CharField("Dienst", max_length=12, choices=DutyKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Person")
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ersatz")
    is_off = models.BooleanField("fällt aus", default=False)
    note = models.CharField("Hinweis", max_length=120, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "Dienst"
        verbose_name_plural = "Dienste"
        ordering = ["day", "begins", "id"]
        indexes = [
            models.Index(fields=["organisation", "day"], name="duty_by_day"),
            models.Index(fields=["person", "day"], name="duty_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")), name="duty_hours_in_order", violation_error_message=ENDS_LATER
            ),
            models.UniqueConstraint(
                fields=["template", "day", "place"],
                name="duty_made_once",
                violation_error_message="Diesen Dienst gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | Q(person=None) | ~Q(deputy=F("person")),
                name="duty_deputy_is_another",
                violation_error_message="Niemand ersetzt sich selbst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day:%d.%m.%Y} {self.begins:%H:%M}–{self.ends:%H:%M}"


class DutyAbsence(BaseModel):
    """Entered by who plans. Everybody else sees that somebody is away, nobody learns why."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    first_on = models.DateField("erster Tag")
    last_on = models.DateField("letzter Tag")
    kind = models.CharField("Art", max_length=8, choices=AwayKind, default=AwayKind.VACATION)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Abwesenheit im Dienstplan"
        verbose_name_plural = "Abwesenheiten im Dienstplan"
        ordering = ["first_on", "id"]
        indexes = [models.Index(fields=["organisation", "last_on"], name="duty_absence_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="duty_absence_ends_after_begin",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.first_on:%d.%m.%Y} bis {self.last_on:%d.%m.%Y}"
