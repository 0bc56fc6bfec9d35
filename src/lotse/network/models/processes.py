"""Guided ways of a network: what is done in which order, and what a network rests on, rated once a year (model.md §7.2, §7.9)."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.facts.models import FIRST_YEAR, LAST_YEAR
from lotse.network.enums import Met, OutreachKind
from lotse.network.models.formats import NetworkFormat, OfFormatQuerySet
from lotse.network.models.meetings import Meeting
from lotse.network.models.scope import is_inside
from lotse.organisations.models import Organisation, Person
from lotse.partners.models import Partner


class OfHouseQuerySet(models.QuerySet):
    """For whoever works in the house."""

    def visible_to(self, actor: Any) -> Self:
        return self.filter(organisation_id=actor.organisation_id) if is_inside(actor) else self.none()


class Process(BaseModel):
    """A packaged way that a house goes: `kind` and `version` name the wording, which stays as it was begun."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    kind = models.CharField("Art", max_length=40)
    version = models.CharField("Fassung", max_length=20)
    format = models.ForeignKey(
        NetworkFormat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Format"
    )
    lead = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Zuständig")
    begun_on = models.DateField("begonnen am")
    ended_on = models.DateField("abgeschlossen am", null=True, blank=True)
    conclusion = SealedTextField("Ergebnis")

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Optimierungsprozess"
        verbose_name_plural = "Optimierungsprozesse"
        ordering = ["-begun_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(ended_on=None),
                name="process_one_at_a_time",
                violation_error_message="Dieser Weg läuft schon. Bitte öffnen Sie ihn dort.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("begun_on")),
                name="process_end_after_begin",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, begonnen {self.begun_on:%d.%m.%Y}"


class OfProcessQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> Self:
        return self.filter(process__in=Process.objects.visible_to(actor))


class ProcessStep(BaseModel):
    """One step of the way: who sees to it, until when, when it was done, what came of it, and the meeting it belongs to."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    process = models.ForeignKey(Process, models.PROTECT, related_name="steps", verbose_name="Optimierungsprozess")
    key = models.CharField("Schritt", max_length=40)
    position = models.PositiveSmallIntegerField("Reihenfolge")
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Wer kümmert sich?"
    )
    due_on = models.DateField("bis", null=True, blank=True)
    done_on = models.DateField("erledigt am", null=True, blank=True)
    note = SealedTextField("Anmerkung")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="im Termin"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfProcessQuerySet.as_manager()

    class Meta:
        verbose_name = "Schritt der Optimierung"
        verbose_name_plural = "Schritte der Optimierung"
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["responsible", "due_on"], name="process_step_due", condition=Q(done_on=None))]
        constraints = [
            models.UniqueConstraint(fields=["process", "key"], name="process_step_once"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(responsible__isnull=False),
                name="process_step_due_for_somebody",
                violation_error_message="Zu einer Frist gehört, wer sich kümmert.",
            ),
        ]

    def __str__(self) -> str:
        return f"Schritt {self.position}"


class PreconditionRating(BaseModel):
    """How far a network had come in a year, for one of its aims or of what it rests on: a step and one sentence."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    format = models.ForeignKey(NetworkFormat, models.PROTECT, related_name="ratings", verbose_name="Format")
    key = models.CharField("Voraussetzung", max_length=40)
    year = models.PositiveSmallIntegerField("Jahr")
    on = models.DateField("eingeschätzt am")
    met = models.CharField("Stand", max_length=6, choices=Met)
    sentence = SealedTextField("In einem Satz")
    by_label = models.CharField("eingeschätzt von", max_length=160)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfFormatQuerySet.as_manager()

    class Meta:
        verbose_name = "Einschätzung eines Netzwerks"
        verbose_name_plural = "Einschätzungen eines Netzwerks"
        ordering = ["-year", "key"]
        constraints = [
            models.UniqueConstraint(fields=["format", "key", "year"], name="precondition_rating_once"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="precondition_rating_of_a_year",
                violation_error_message="Bitte ein Jahr wie 2026 angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.year}: {self.get_met_display()}"


class Outreach(BaseModel):
    """Something done for others or with others that is no meeting of a format: it is counted (model.md §10.4, O5 and O6)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    kind = models.CharField("Art", max_length=11, choices=OutreachKind)
    on = models.DateField("am")
    title = models.CharField("Worum ging es?", max_length=160)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Kooperationspartner"
    )
    reached = models.PositiveSmallIntegerField("Wie viele waren da?", null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eingetragen von")

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Veranstaltung für andere"
        verbose_name_plural = "Veranstaltungen für andere"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organisation", "on"], name="outreach_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="outreach_has_title",
                violation_error_message="Bitte sagen, worum es ging.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
