from django.db import models

from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation

SHARED = "municipal_central"


class Accommodation(BaseModel):
    """Where somebody lives since a day: in shared accommodation of the municipality, or on her own. Who is responsible may
    hang on it (CL-25)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="accommodations", verbose_name="Klient*in")
    municipality_code = models.CharField("Gemeinde", max_length=8, blank=True)
    kind = models.CharField("Unterbringung", max_length=24)
    since = models.DateField("seit")
    name = SealedTextField("Name der Unterkunft")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Unterbringung"
        verbose_name_plural = "Unterbringungen"
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return f"Unterbringung seit {self.since:%d.%m.%Y}"
