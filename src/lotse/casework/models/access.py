from django.db import models
from django.db.models import F, Q

from lotse.casework.models.client import Client
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.memberships import Grant, GrantQuerySet
from lotse.organisations.models.periods import ends_after_it_begins


class FileAssignment(Grant):
    """One file is opened to one more colleague, for a time; counts once a second person has confirmed it.

    In an emergency who needs it asks herself; the second person's yes opens it for an hour, until `opens_until` (FA-01).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="assignments", verbose_name="Klient*in")
    person = models.ForeignKey(Person, models.PROTECT, related_name="file_assignments", verbose_name="Kolleg*in")
    reason = models.CharField("Grund", max_length=200)
    is_emergency = models.BooleanField("Notfallzugriff", default=False)
    opens_until = models.DateTimeField("offen bis", null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "Aktenzugriff"
        verbose_name_plural = "Aktenzugriffe"
        ordering = ["-valid_from", "-id"]
        indexes = [models.Index(fields=["person", "client"], name="file_assignment_person")]
        constraints = [
            ends_after_it_begins("file_assignment_end_after_begin"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("granted_by")),
                name="file_assignment_confirmed_by_another",
                violation_error_message="Bestätigen muss eine zweite Person.",
            ),
            models.CheckConstraint(
                condition=Q(needs_confirmation=True),
                name="file_assignment_always_confirmed",
                violation_error_message="Ein Aktenzugriff braucht immer eine zweite Person.",
            ),
            models.CheckConstraint(
                condition=Q(is_emergency=False) | (Q(valid_to__isnull=False) & ~Q(reason="")),
                name="file_assignment_emergency_ends",
                violation_error_message="Ein Notfallzugriff hat einen Grund und ein Ende.",
            ),
            models.CheckConstraint(
                condition=Q(is_emergency=False, opens_until=None)
                | Q(is_emergency=True, confirmed_at=None, opens_until=None)
                | Q(is_emergency=True, confirmed_at__isnull=False, opens_until__isnull=False),
                name="file_assignment_emergency_for_an_hour",
                violation_error_message="Ein Notfallzugriff ist ab der Zustimmung 60 Minuten offen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aktenzugriff {self.public_id}"
