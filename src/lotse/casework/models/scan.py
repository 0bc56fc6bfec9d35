from django.db import models

from lotse.casework.models.client import Client
from lotse.casework.models.plan import SupportPlan
from lotse.casework.models.scope import FileQuerySet
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation


class PlanScan(BaseModel):
    """The signed paper, scanned. A new one stands above the former, which stays."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="scans", verbose_name="Plan")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Datei")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "unterschriebener Plan"
        verbose_name_plural = "unterschriebene Pläne"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"unterschriebener Plan vom {self.created_at:%d.%m.%Y}"
