from django.db import models
from django.db.models import F, Q

from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation


class PartA(BaseModel):
    """Teil A, the record of competences: one row per revision, answers after the template `template_version`.

    `answers` holds codes and numbers by field id (they are counted); `texts` holds what was told in words and the whole
    health chapter, sealed. The three dates are the basis on which it was recorded; without all three there is no row (CL-02).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="parts_a", verbose_name="Klient*in")
    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="parts_a", verbose_name="Fall")
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    template_version = models.CharField("Vorlage", max_length=40)
    recorded_on = models.DateField("Stand")
    answers = models.JSONField("Angaben", default=dict, blank=True)
    texts = SealedTextField("Angaben in Worten")
    agreement_on = models.DateField("Beratungsvereinbarung seit")
    recording_on = models.DateField("Einwilligung seit")
    competence_on = models.DateField("Kompetenzerfassung erlaubt seit")
    health_on = models.DateField("Gesundheitsdaten erlaubt seit", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Teil A"
        verbose_name_plural = "Teile A"
        ordering = ["-version", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="part_a_version_once"),
            models.CheckConstraint(
                condition=Q(
                    recorded_on__gte=F("agreement_on"),
                )
                & Q(recorded_on__gte=F("recording_on"))
                & Q(recorded_on__gte=F("competence_on")),
                name="part_a_after_agreement_and_consent",
                violation_error_message="Teil A setzt Beratungsvereinbarung und beide Einwilligungen voraus.",
            ),
        ]

    def __str__(self) -> str:
        return f"Teil A, Fassung {self.version}"
