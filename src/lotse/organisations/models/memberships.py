from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.models.organisation import Organisation
from lotse.organisations.models.periods import Dated, DatedQuerySet, ends_after_it_begins
from lotse.organisations.models.person import Person
from lotse.organisations.models.scope import StaffQuerySet
from lotse.organisations.models.site import Site
from lotse.organisations.roles import FILE_ROLES, ROLES


def in_force_sql(table: str) -> str:
    """`GrantQuerySet.in_force` as hand-written SQL with two parameters, the day twice: for what every request asks."""
    return (
        f"{table}.valid_from <= %s AND ({table}.valid_to IS NULL OR {table}.valid_to >= %s)"
        f" AND (NOT {table}.needs_confirmation OR {table}.confirmed_at IS NOT NULL)"
    )


class GrantQuerySet(DatedQuerySet):
    def in_force(self, day: date) -> Self:
        """Valid that day, and confirmed by a second person where files are opened."""
        return self.valid_on(day).filter(Q(needs_confirmation=False) | Q(confirmed_at__isnull=False))

    def awaiting(self, day: date) -> Self:
        """Granted, not yet confirmed, and not yet over."""
        return self.filter(needs_confirmation=True, confirmed_at=None).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class MembershipQuerySet(StaffQuerySet, GrantQuerySet):
    """Roles of an organisation."""


class DeputyQuerySet(StaffQuerySet, GrantQuerySet):
    organisation_path = "person__organisation"


class Grant(BaseModel, Dated):
    """A right that somebody has given. What opens client files counts only once a second person has confirmed it."""

    needs_confirmation = models.BooleanField("öffnet Akten", default=False)
    granted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="erteilt von"
    )
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bestätigt von"
    )
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.needs_confirmation and self.confirmed_at is None


def _confirmed_by_another(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(confirmed_by=None) | Q(granted_by=None) | ~Q(confirmed_by=F("granted_by")),
        name=name,
        violation_error_message="Bestätigen muss eine zweite Person.",
    )


def _not_by_who_gains(name: str, by: str, holder: str, message: str) -> models.CheckConstraint:
    condition = Q(**{by: None}) | ~Q(**{by: F(holder)})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


SELF_GRANTED = "Niemand erteilt sich selbst ein Recht."
SELF_CONFIRMED = "Wer das Recht bekommt, bestätigt es nicht selbst."


def _confirmation_is_a_pair(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(confirmed_by=None, confirmed_at=None) | Q(confirmed_at__isnull=False),
        name=name,
        violation_error_message="Eine Bestätigung hat eine Person und ein Datum.",
    )


class Membership(Grant):
    """A role of a person, for a whole organisation or for one site."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name="Person")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="Organisation"
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="Beratungsstelle"
    )
    role = models.CharField("Rolle", max_length=30, choices=[(r.key, r.name) for r in ROLES.values()])
    reason = models.CharField("Grund", max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "Rolle"
        verbose_name_plural = "Rollen"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ends_after_it_begins("membership_end_after_begin"),
            _confirmed_by_another("membership_confirmed_by_another"),
            _confirmation_is_a_pair("membership_confirmation_pair"),
            _not_by_who_gains("membership_granted_by_another", "granted_by", "person", SELF_GRANTED),
            _not_by_who_gains("membership_confirmed_by_no_holder", "confirmed_by", "person", SELF_CONFIRMED),
            models.CheckConstraint(
                condition=~Q(role__in=FILE_ROLES) | Q(needs_confirmation=True),
                name="membership_with_files_confirmed",
                violation_error_message="Diese Rolle öffnet Akten und braucht eine zweite Person.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {ROLES[self.role].name}"

    @property
    def holder_id(self) -> int:
        """Who gains by it."""
        return self.person_id


class Deputy(Grant):
    """Somebody stands in for somebody and sees her files for that time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="deputies", verbose_name="vertretene Person")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="stands_in_for", verbose_name="Vertretung")
    needs_confirmation = models.BooleanField("öffnet Akten", default=True)
    reason = models.CharField("Grund", max_length=200, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = "Vertretung"
        verbose_name_plural = "Vertretungen"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ends_after_it_begins("deputy_end_after_begin"),
            _confirmed_by_another("deputy_confirmed_by_another"),
            _confirmation_is_a_pair("deputy_confirmation_pair"),
            _not_by_who_gains("deputy_granted_by_another", "granted_by", "deputy", SELF_GRANTED),
            _not_by_who_gains("deputy_confirmed_by_no_holder", "confirmed_by", "deputy", SELF_CONFIRMED),
            models.CheckConstraint(
                condition=Q(needs_confirmation=True),
                name="deputy_always_confirmed",
                violation_error_message="Eine Vertretung öffnet Akten und braucht eine zweite Person.",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")),
                name="deputy_is_another_person",
                violation_error_message="Niemand vertritt sich selbst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} für {self.person}"

    @property
    def holder_id(self) -> int:
        """Who gains by it."""
        return self.deputy_id
