"""What is due when: rules as data, and what follows from them for each who owes it (model.md §9.3, §12.7)."""

from datetime import date
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.organisations.models.periods import Dated, DatedQuerySet, ends_after_it_begins
from lotse.organisations.models.scope import in_branches
from lotse.programmes.enums import Bearer, ObligationState
from lotse.programmes.models.grants import Grant

COMMON_YEAR = 2001  # without 29 February
_OFFSETS = {-1: "für das Jahr danach", 0: "für dasselbe Jahr", 1: "für das Jahr davor"}


def day_words(month: int | None, day: int | None) -> str:
    """ "30.04.", nothing where there is no day."""
    return f"{day:02}.{month:02}." if month and day else ""


class DeadlineRuleQuerySet(DatedQuerySet):
    def visible_to(self, actor: Any) -> Self:
        return self.filter(grant__in=Grant.objects.visible_to(actor))


class DeadlineRule(BaseModel, Dated):
    """One line of a grant's deadlines, valid for what falls due between two days; a change is a new row.

    `document` is the key of what is owed. Due in every year `y` with `(y - anchor_year) % every_years == 0`, for the funding
    year `y - offset_years`: a proof for the first year is due in the year after it (D-09), an application in the year before.
    All three days lie in that year; whether a rule holds is asked of the internal one. `external_*` are empty where the
    authority asks for nothing, and never a copy of the internal day. No day is moved to a workday.
    `warn_*`: an earlier day of the house's own, for documents without any time between the two (D-11).
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="deadline_rules", verbose_name="Zuwendung")
    document = models.CharField("Was", max_length=40)
    name = models.CharField("Bezeichnung", max_length=120)
    bearer = models.CharField("Wer", max_length=8, choices=Bearer)
    every_years = models.PositiveSmallIntegerField("alle … Jahre", default=1)
    anchor_year = models.PositiveSmallIntegerField("zum Beispiel fällig im Jahr")
    offset_years = models.SmallIntegerField("fällig … Jahre nach dem Förderjahr", default=0)
    internal_month = models.PositiveSmallIntegerField("intern: Monat")
    internal_day = models.PositiveSmallIntegerField("intern: Tag")
    external_month = models.PositiveSmallIntegerField("extern: Monat", null=True, blank=True)
    external_day = models.PositiveSmallIntegerField("extern: Tag", null=True, blank=True)
    warn_month = models.PositiveSmallIntegerField("Vorwarnung: Monat", null=True, blank=True)
    warn_day = models.PositiveSmallIntegerField("Vorwarnung: Tag", null=True, blank=True)
    source = models.CharField("Quelle", max_length=200, blank=True)
    is_example = models.BooleanField("Beispiel", default=False)

    objects = DeadlineRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "Fristregel"
        verbose_name_plural = "Fristregeln"
        ordering = ["internal_month", "internal_day", "name", "id"]
        constraints = [
            ends_after_it_begins("deadline_rule_end_after_begin"),
            models.CheckConstraint(
                condition=Q(every_years__gte=1, every_years__lte=10),
                name="deadline_rule_every_one_to_ten_years",
                violation_error_message="Bitte 1 bis 10 Jahre angeben.",
            ),
            models.CheckConstraint(
                condition=Q(external_month=None, external_day=None)
                | Q(external_month__isnull=False, external_day__isnull=False),
                name="deadline_rule_external_whole_or_none",
                violation_error_message="Bitte beim externen Termin Tag und Monat angeben, oder beides leer lassen.",
            ),
            models.CheckConstraint(
                condition=Q(warn_month=None, warn_day=None) | Q(warn_month__isnull=False, warn_day__isnull=False),
                name="deadline_rule_warning_whole_or_none",
                violation_error_message="Bitte bei der Vorwarnung Tag und Monat angeben, oder beides leer lassen.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def internal_words(self) -> str:
        return day_words(self.internal_month, self.internal_day)

    @property
    def external_words(self) -> str:
        return day_words(self.external_month, self.external_day)

    @property
    def warn_words(self) -> str:
        return day_words(self.warn_month, self.warn_day)

    @property
    def rhythm(self) -> str:
        """ "alle 2 Jahre (2027), für das Jahr davor" """
        how_often = "jedes Jahr" if self.every_years == 1 else f"alle {self.every_years} Jahre ({self.anchor_year})"
        return f"{how_often}, {_OFFSETS.get(self.offset_years, f'{self.offset_years} Jahre nach dem Förderjahr')}"

    def is_turn_of(self, year: int) -> bool:
        return (year - self.anchor_year) % self.every_years == 0

    def falls_due_in(self, year: int) -> bool:
        return self.is_turn_of(year) and self.is_valid_on(self.days_in(year).internal)

    def days_in(self, year: int) -> "Days":
        external = date(year, self.external_month, self.external_day) if self.external_month else None
        warn = date(year, self.warn_month, self.warn_day) if self.warn_month else None
        return Days(date(year, self.internal_month, self.internal_day), external, warn)


class Days(NamedTuple):
    """When something is due: at the district, at the authority, and the house's own earlier warning."""

    internal: date
    external: date | None = None
    warn: date | None = None


DONE = (ObligationState.SUBMITTED_EXTERNAL, ObligationState.ACCEPTED, ObligationState.DROPPED)
# Where the one who owes is to act.
TO_HAND_IN = (ObligationState.UPCOMING, ObligationState.REWORK)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, actor: Any) -> Self:
        """For who works in the agency, and who oversees it."""
        return self.filter(in_branches(actor.agency_paths | actor.overseen_paths, "bearer"))

    def open(self) -> Self:
        """Where somebody still has to do something; without an external day nothing follows the check."""
        return self.exclude(state__in=DONE).exclude(state=ObligationState.CHECKED, external_due=None)


class Obligation(BaseModel):
    """One document that one organisation owes for one funding year. Days are copied from the rule when it is made."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Wer")
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, related_name="obligations", verbose_name="Regel")
    document = models.CharField("Was", max_length=40)
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    internal_due = models.DateField("intern fällig")
    external_due = models.DateField("extern fällig", null=True, blank=True)
    warn_due = models.DateField("Vorwarnung", null=True, blank=True)
    state = models.CharField("Stand", max_length=20, choices=ObligationState, default=ObligationState.UPCOMING)
    submitted_on = models.DateField("eingereicht am", null=True, blank=True)
    checked_on = models.DateField("geprüft am", null=True, blank=True)
    sent_on = models.DateField("abgegeben am", null=True, blank=True)
    accepted_on = models.DateField("angenommen am", null=True, blank=True)
    note = models.CharField("Bemerkung", max_length=300, blank=True)
    # Which mails went out: the last step in weeks, the day that was warned of, the missed day that was told.
    reminded_weeks = models.PositiveSmallIntegerField("erinnert … Wochen vorher", null=True, blank=True)
    warned_of = models.DateField("vorgewarnt für den", null=True, blank=True)
    escalated_of = models.DateField("gemeldet für den", null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "Frist"
        verbose_name_plural = "Fristen"
        ordering = ["internal_due", "document", "id"]
        indexes = [models.Index(fields=["bearer", "internal_due", "id"], name="obligation_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["bearer", "document", "funding_year"],
                name="obligation_once",
                violation_error_message="Diese Frist gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(external_due=None) | Q(external_due__gte=F("internal_due")),
                name="obligation_external_not_before_internal",
                violation_error_message="Der externe Termin liegt vor dem internen.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ObligationState.SUBMITTED_EXTERNAL, ObligationState.ACCEPTED])
                | Q(sent_on__isnull=False),
                name="obligation_sent_on_a_day",
                violation_error_message="Bitte angeben, wann abgegeben wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule.name} {self.funding_year}"

    @property
    def days(self) -> Days:
        return Days(self.internal_due, self.external_due, self.warn_due)

    @property
    def is_open(self) -> bool:
        is_checked_only = self.state == ObligationState.CHECKED and self.external_due is None
        return not (self.state in DONE or is_checked_only)

    def is_overdue_internal(self, today: date) -> bool:
        return self.state in TO_HAND_IN and self.internal_due < today

    def is_overdue_external(self, today: date) -> bool:
        return self.is_open and self.external_due is not None and self.external_due < today
