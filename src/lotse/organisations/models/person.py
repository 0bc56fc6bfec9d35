from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.core.search import fold
from lotse.organisations.models.organisation import Organisation
from lotse.organisations.models.scope import StaffQuerySet


class PersonQuerySet(StaffQuerySet):
    def at_work_on(self, day: date) -> Self:
        return self.filter(Q(left_on=None) | Q(left_on__gte=day))


class Person(BaseModel):
    """Somebody who works here (model.md §2.6). The login is optional: not everybody on the list signs in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name="Konto"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people", verbose_name="angestellt bei")
    name_key = models.CharField(max_length=170, default="", editable=False)
    first_name = models.CharField("Vorname", max_length=80)
    last_name = models.CharField("Nachname", max_length=80)
    former_name = models.CharField("früherer Name", max_length=80, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    languages = models.JSONField("Beratungssprachen", default=list, blank=True)
    qualification = models.CharField("Qualifikation", max_length=160, blank=True)
    qualification_deviates = models.BooleanField("Qualifikation weicht ab", default=False)
    manager_number = models.PositiveIntegerField("IntMan-Nr.", null=True, blank=True)
    started_on = models.DateField("Dienstbeginn", null=True, blank=True)
    left_on = models.DateField("ausgeschieden am", null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ["last_name", "first_name", "id"]
        indexes = [models.Index(fields=["organisation", "name_key", "id"], name="person_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(started_on=None) | Q(left_on__gte=F("started_on")),
                name="person_leaves_after_start",
                violation_error_message="Das Ausscheiden liegt vor dem Dienstbeginn.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def with_account(self) -> str:
        """Two people may share a name, never an account."""
        return f"{self} ({self.user.email if self.user else 'ohne Konto'})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = fold(f"{self.last_name} {self.first_name}")
        super().save(*args, **kwargs)

    def is_at_work_on(self, day: date) -> bool:
        """`left_on` is the last day."""
        return self.left_on is None or day <= self.left_on
