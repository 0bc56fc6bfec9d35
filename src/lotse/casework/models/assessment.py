from django.db import models

from lotse.casework.enums import AssessmentKind
from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation


class Assessment(BaseModel):
    """Social, competence or needs analysis; strengths and resources are asked first (model.md §5.11)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="assessments", verbose_name="Klient*in")
    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="assessments", verbose_name="Fall")
    kind = models.CharField("Art", max_length=12, choices=AssessmentKind)
    conducted_on = models.DateField("Datum")
    strengths = SealedTextField("Stärken")
    resources = SealedTextField("Ressourcen und Menschen, die unterstützen")
    environment = SealedTextField("Familie und Umfeld")
    needs = SealedTextField("Was gebraucht wird")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Analyse"
        verbose_name_plural = "Analysen"
        ordering = ["-conducted_on", "-id"]
        indexes = [models.Index(fields=["case", "kind", "-conducted_on"], name="assessment_of_case")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vom {self.conducted_on:%d.%m.%Y}"
