import json
from typing import Any

from django.db import models

from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.programmes.eligibility.advice import Finding
from lotse.programmes.models import Programme


class EligibilityAdvice(BaseModel):
    """What the rules said on a day, and what was chosen. The findings are kept as they were read, with their rule version.

    They tell of residence status and crisis, so they are sealed; what was asked to find them is not kept (DP-07).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="advices", verbose_name="Klient*in")
    advised_on = models.DateField("geprüft am")
    advised_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="geprüft von")
    rules_version = models.CharField("Fassung der Regeln", max_length=20)
    findings_text = SealedTextField("Ergebnis je Programm")
    suggested = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vorgeschlagen"
    )
    chosen = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gewählt"
    )
    reason = SealedTextField("Grund der Wahl")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Prüfung des Programms"
        verbose_name_plural = "Prüfungen des Programms"
        ordering = ["-advised_on", "-id"]
        indexes = [models.Index(fields=["client", "-advised_on", "-id"], name="advice_of_client")]

    def __str__(self) -> str:
        return f"Prüfung vom {self.advised_on:%d.%m.%Y}"

    @property
    def findings(self) -> list[Finding]:
        rows: list[dict[str, Any]] = json.loads(self.findings_text) if self.findings_text else []
        return [Finding.from_row(row) for row in rows]

    @property
    def differs(self) -> bool:
        return None not in (self.chosen_id, self.suggested_id) and self.chosen_id != self.suggested_id
