from django.db import models

from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation


class OutcomeSheet(BaseModel):
    """What counselling has brought about, as it stood on a day: codes, steps and days of events by item, in no words.

    One row per day; each is whole, so that the last one up to a key date says how things were then.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="outcome_sheets", verbose_name="Klient*in")
    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="outcome_sheets", verbose_name="Fall")
    template_version = models.CharField("Vorlage", max_length=40)
    recorded_on = models.DateField("Stand am")
    answers = models.JSONField("Angaben", default=dict, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Wirkung"
        verbose_name_plural = "Wirkung"
        ordering = ["-recorded_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["case", "recorded_on"], name="outcome_sheet_a_day_once")]

    def __str__(self) -> str:
        return f"Wirkung, Stand {self.recorded_on:%d.%m.%Y}"
