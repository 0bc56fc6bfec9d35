from django.db import models
from django.db.models import Q

from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person


class Contact(BaseModel):
    """One counselling contact with its topics and the minutes spent."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="contacts", verbose_name="Klient*in")
    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="contacts", verbose_name="Fall")
    counsellor = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Berater*in")
    on = models.DateField("Datum")
    minutes = models.PositiveSmallIntegerField("Minuten", null=True, blank=True)
    channel = models.CharField("Kontaktweg", max_length=20)
    language = models.CharField("Sprache", max_length=20, blank=True)
    interpreter = models.BooleanField("mit Sprachmittlung", default=False)
    note = SealedTextField("Notiz")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Kontakt"
        verbose_name_plural = "Kontakte"
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["client", "-on", "-id"], name="contact_timeline"),
            models.Index(fields=["organisation", "on", "client", "case", "channel"], name="contact_period"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=960),
                name="contact_minutes_within_a_day",
                violation_error_message="Bitte 1 bis 960 Minuten angeben.",
            )
        ]

    def __str__(self) -> str:
        return f"Kontakt vom {self.on:%d.%m.%Y}"


class ContactTopic(models.Model):
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="topics", verbose_name="Kontakt")
    topic = models.CharField("Thema", max_length=30)

    class Meta:
        verbose_name = "Thema des Kontakts"
        verbose_name_plural = "Themen des Kontakts"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["contact", "topic"], name="contact_topic_once")]

    def __str__(self) -> str:
        return self.topic
