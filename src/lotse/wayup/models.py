"""Periods that are reported, closings of units with their exact sums, and the keys of other installations (ADR 0036)."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person, Site
from lotse.wayup import closed_lists
from lotse.wayup.enums import ClosingState, Direction
from lotse.wayup.envelope import PublicKeys
from lotse.wayup.reports import Coverage, Report
from lotse.wayup.states import DONE
from lotse.wayup.tables import Form, Tables, read


def _person(verbose_name: str) -> Any:
    return models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=verbose_name)


class PeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    def visible_to(self, actor: Actor) -> Self:
        """Of the top of her own tree."""
        if not actor.may(Permission.REPORT_UP):
            return self.none()
        own = Organisation.objects.filter(pk=actor.organisation_id, path__startswith=OuterRef("organisation__path"))
        return self.filter(Exists(own), organisation__parent=None)


class ReportingPeriod(BaseModel):
    """A year for which everybody below the top of the tree reports. Each level below has to be ready some days earlier."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    starts_on = models.DateField("von")
    ends_on = models.DateField("bis")
    due_on = models.DateField("fällig am")
    days_per_level = models.PositiveSmallIntegerField("Tage je Ebene", default=14)
    form_key = models.CharField("Formular", max_length=40)
    form_version = models.CharField("Fassung", max_length=20)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "Meldezeitraum"
        verbose_name_plural = "Meldezeiträume"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "starts_on"],
                name="reporting_period_one_begins_a_day",
                violation_error_message="Für dieses Jahr wird schon gemeldet.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")) & Q(due_on__gt=F("ends_on")),
                name="reporting_period_due_after_its_end",
                violation_error_message="Fällig ist die Meldung nach dem Ende des Zeitraums.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on.year}"

    @property
    def form(self) -> Form:
        found = closed_lists.form(self.form_key, self.form_version)
        if found is None:
            raise LookupError(f"form {self.form_key} {self.form_version} is not in this release")
        return found


class InstallationQuerySet(models.QuerySet["Installation"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(organisation_id=actor.organisation_id) if actor.may(Permission.REPORT_UP) else self.none()

    def in_force(self) -> Self:
        return self.filter(confirmed_at__isnull=False, ended_at=None)


class Installation(BaseModel):
    """Another Lotse: who reports to this organisation, or to whom it reports. It counts once a second person has compared
    the fingerprint on the telephone."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    name = models.CharField("Name", max_length=120)
    direction = models.CharField("Richtung", max_length=5, choices=Direction)
    public_key = models.CharField("öffentlicher Schlüssel", max_length=88)
    fingerprint = models.CharField("Prüfzeichen", max_length=39)
    registered_by = _person("eingetragen von")
    confirmed_by = _person("bestätigt von")
    confirmed_at = models.DateTimeField("bestätigt am", null=True)
    ended_at = models.DateTimeField("gesperrt am", null=True)

    objects = InstallationQuerySet.as_manager()

    class Meta:
        verbose_name = "Installation"
        verbose_name_plural = "Installationen"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"],
                name="installation_key_known_to_one_name",
                violation_error_message="Dieser Schlüssel ist schon eingetragen.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("registered_by")),
                name="installation_confirmed_by_another",
                violation_error_message="Bestätigen muss eine zweite Person.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None) | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="installation_confirmation_is_a_pair",
                violation_error_message="Eine Bestätigung hat eine Person und ein Datum.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def keys(self) -> PublicKeys:
        return PublicKeys.from_text(self.public_key)

    @property
    def is_in_force(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class ReportingKeys(BaseModel):
    """The pair of keys with which an organisation signs what it sends and opens what it gets."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    private = SealedTextField("geheimer Schlüssel")
    public_key = models.CharField("öffentlicher Schlüssel", max_length=88)

    class Meta:
        verbose_name = "Meldeschlüssel"
        verbose_name_plural = "Meldeschlüssel"

    def __str__(self) -> str:
        return f"Meldeschlüssel {self.fingerprint}"

    @property
    def fingerprint(self) -> str:
        return PublicKeys.from_text(self.public_key).fingerprint


class ClosingQuerySet(models.QuerySet["Closing"]):
    def visible_to(self, actor: Actor) -> Self:
        """At the unit itself, and one level above it; nobody sees two levels below."""
        if not actor.may(Permission.REPORT_UP):
            return self.none()
        here = Q(organisation_id=actor.organisation_id) | Q(above_id=actor.organisation_id)
        return self.filter(here)


class Closing(BaseModel):
    """The numbers of one unit for one period, as they were drawn up: a site, an organisation, or another installation.

    Rows are never changed but in their state; who draws up again makes the next revision. `parts`: what was added up.
    `missing`: names of the units that were not in it, kept here and never sent.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="closings", verbose_name="Zeitraum")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    above = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="Ebene darüber"
    )  # fmt: skip
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+", verbose_name="Beratungsstelle")
    installation = models.ForeignKey(
        Installation, models.PROTECT, null=True, related_name="+", verbose_name="Installation"
    )
    unit_ref = models.CharField("Einheit", max_length=16)
    revision = models.PositiveIntegerField("Fassung", default=1)
    state = models.CharField("Stand", max_length=10, choices=ClosingState, default=ClosingState.OPEN)
    tables = models.JSONField("Tabellen")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    report_id = models.CharField("Nummer der Meldung", max_length=16)
    units_included = models.PositiveIntegerField("Einheiten enthalten", default=0)
    units_expected = models.PositiveIntegerField("Einheiten erwartet", default=0)
    sites_included = models.PositiveIntegerField("Stellen enthalten", default=0)
    sites_expected = models.PositiveIntegerField("Stellen erwartet", default=0)
    missing = models.JSONField("fehlende Einheiten", default=list)
    parts = models.ManyToManyField("self", symmetrical=False, related_name="added_in", verbose_name="Teile")
    drawn_by = _person("zusammengestellt von")
    approved_by = _person("freigegeben von")
    approved_at = models.DateTimeField("freigegeben am", null=True)
    accepted_by = _person("angenommen von")
    accepted_at = models.DateTimeField("angenommen am", null=True)
    reopened_by = _person("geöffnet von")
    reason = models.CharField("Grund", max_length=300, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = "Abschluss"
        verbose_name_plural = "Abschlüsse"
        ordering = ["-revision", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit_ref", "revision"],
                name="closing_revision_is_new",
                violation_error_message="Diese Fassung ist schon da.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drawn_by")),
                name="closing_approved_by_another",
                violation_error_message="Freigeben muss eine zweite Person.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | Q(approved_by=None) | ~Q(accepted_by=F("approved_by")),
                name="closing_accepted_by_another",
                violation_error_message="Wer freigegeben hat, nimmt nicht selbst an.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(DONE)) | Q(approved_at__isnull=False),
                name="closing_done_was_approved",
                violation_error_message="Ohne Freigabe geht keine Meldung weiter.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClosingState.REOPENED) | ~Q(reason=""),
                name="closing_reopened_with_reason",
                violation_error_message="Bitte den Grund nennen.",
            ),
            models.CheckConstraint(
                condition=Q(site=None) | Q(installation=None),
                name="closing_of_one_unit",
                violation_error_message="Ein Abschluss gehört zu einer Einheit.",
            ),
            models.CheckConstraint(
                condition=Q(units_included__lte=F("units_expected"), sites_included__lte=F("sites_expected")),
                name="closing_covers_at_most_all",
                violation_error_message="Es können nicht mehr Einheiten enthalten sein, als erwartet werden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site or self.installation or self.organisation}, {self.period}"

    @property
    def numbers(self) -> Tables:
        return read(self.period.form, self.tables)

    @property
    def units(self) -> Coverage:
        return Coverage(self.units_included, self.units_expected)

    @property
    def sites(self) -> Coverage:
        return Coverage(self.sites_included, self.sites_expected)

    @property
    def is_done(self) -> bool:
        return self.state in DONE

    @property
    def report(self) -> Report:
        """Exactly what the checksum stands for."""
        return Report(
            id=self.report_id,
            revision=self.revision,
            start=self.period.starts_on,
            end=self.period.ends_on,
            form=self.period.form,
            units=self.units,
            sites=self.sites,
            tables=self.numbers,
        )
