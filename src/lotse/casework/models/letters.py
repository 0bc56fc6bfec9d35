"""Letters to a client and mails about her: what was written, sent and received stays in the file."""

from typing import Self

from django.db import models
from django.db.models import Q

from lotse.casework.enums import MailDirection
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.correspondence.models import OutgoingMail
from lotse.documents.models import StoredFile
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.partners.models import Partner


class LetterTemplateQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(organisation_id=actor.organisation_id)


class LetterTemplate(BaseModel):
    """A Word file of the organisation with gaps. A new file takes the place of the former; letters written stay as they are."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    name = models.CharField("Name", max_length=120)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Datei")
    gaps = models.JSONField("Platzhalter", default=list, blank=True)
    is_active = models.BooleanField("wird angeboten", default=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "Briefvorlage"
        verbose_name_plural = "Briefvorlagen"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="letter_template_name_once",
                violation_error_message="Eine Vorlage mit diesem Namen gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Letter(BaseModel):
    """`series`: letters that were written in one go."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="letters", verbose_name="Klient*in")
    template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="+", verbose_name="Vorlage")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Datei")
    subject = SealedTextField("Betreff")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="geschrieben von")
    series = models.CharField("Serie", max_length=16, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Brief"
        verbose_name_plural = "Briefe"
        ordering = ["-id"]
        indexes = [models.Index(fields=["series"], name="letter_series", condition=~Q(series=""))]

    def __str__(self) -> str:
        return f"Brief vom {self.created_at:%d.%m.%Y}"


class CaseMail(BaseModel):
    """A mail sent from the file, or one that somebody has put into it. `left_out`: attachments that the gate refused."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="mails", verbose_name="Klient*in")
    direction = models.CharField("Richtung", max_length=3, choices=MailDirection)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Kooperationspartner"
    )
    address = SealedTextField("Adresse")
    subject = SealedTextField("Betreff")
    body = SealedTextField("Text")
    left_out = SealedTextField("nicht übernommen")
    moment = models.DateTimeField("Zeitpunkt")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    outgoing = models.OneToOneField(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Postausgang"
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "E-Mail der Akte"
        verbose_name_plural = "E-Mails der Akte"
        ordering = ["-moment", "-id"]
        indexes = [models.Index(fields=["client", "-moment"], name="case_mail_of_client")]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=MailDirection.OUT) | Q(partner=None),
                name="case_mail_only_sent_to_partner",
                violation_error_message="Ein Empfänger gehört zu einer verschickten E-Mail.",
            )
        ]

    def __str__(self) -> str:
        return f"E-Mail vom {self.moment:%d.%m.%Y}"


class CaseMailFile(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    mail = models.ForeignKey(CaseMail, models.CASCADE, related_name="files", verbose_name="E-Mail")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Datei")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Anhang einer E-Mail"
        verbose_name_plural = "Anhänge von E-Mails"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Anhang {self.public_id}"
