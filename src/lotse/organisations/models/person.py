from django.conf import settings
from django.db import models

from lotse.core.models import BaseModel
from lotse.organisations.models.organisation import Organisation


class Person(BaseModel):
    """Somebody who works here (model.md §2.6). The login is optional: not everybody on the list signs in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name="Konto"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people", verbose_name="angestellt bei")
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

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ["last_name", "first_name", "id"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"
