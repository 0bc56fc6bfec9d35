from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import Act, ConsentForm, ConsentState
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.partners.models import Partner


class Consent(BaseModel):
    """One act of a person: asked on a day, then given or refused, later perhaps withdrawn. Never overwritten.

    `text_version` and `language` say which wording lay on the table.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="consents", verbose_name="Klient*in")
    act = models.CharField("worum es geht", max_length=24, choices=Act)
    state = models.CharField("Stand", max_length=10, choices=ConsentState)
    requested_on = models.DateField("angefragt am")
    decided_on = models.DateField("entschieden am", null=True, blank=True)
    ended_on = models.DateField("widerrufen am", null=True, blank=True)
    form = models.CharField("Form", max_length=10, choices=ConsentForm, default=ConsentForm.WRITTEN)
    oral_reason = models.CharField("Grund für mündliche Einwilligung", max_length=200, blank=True)
    language = models.CharField("Sprache", max_length=20)
    text_version = models.CharField("Fassung des Textes", max_length=40)
    given_by_representative = models.BooleanField("durch gesetzliche Vertretung", default=False)
    representative = SealedTextField("gesetzliche Vertretung")
    interpreter = SealedTextField("Sprachmittlung")
    recipient = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Empfänger"
    )
    purpose = SealedTextField("Zweck der Weitergabe")
    scope = models.JSONField("welche Angaben", default=list, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Einwilligung"
        verbose_name_plural = "Einwilligungen"
        ordering = ["-requested_on", "-id"]
        indexes = [models.Index(fields=["client", "act", "-id"], name="consent_of_client")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ConsentState.REQUESTED, decided_on=None)
                | (~Q(state=ConsentState.REQUESTED) & Q(decided_on__isnull=False)),
                name="consent_decided_has_date",
                violation_error_message="Eine Entscheidung hat ein Datum.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ConsentState.WITHDRAWN, ConsentState.EXPIRED], ended_on__isnull=False)
                | (~Q(state__in=[ConsentState.WITHDRAWN, ConsentState.EXPIRED]) & Q(ended_on=None)),
                name="consent_ended_has_date",
                violation_error_message="Ein Widerruf hat ein Datum.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("requested_on")),
                name="consent_decided_after_request",
                violation_error_message="Die Entscheidung liegt vor der Anfrage.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("decided_on")),
                name="consent_ended_after_decision",
                violation_error_message="Der Widerruf liegt vor der Einwilligung.",
            ),
            models.CheckConstraint(
                condition=~Q(act=Act.DISCLOSURE) | Q(recipient__isnull=False),
                name="consent_disclosure_has_recipient",
                violation_error_message="Eine Weitergabe braucht einen Empfänger.",
            ),
            models.CheckConstraint(
                condition=~Q(form=ConsentForm.ORAL) | ~Q(oral_reason=""),
                name="consent_oral_has_reason",
                violation_error_message="Bitte begründen, warum die Einwilligung nur mündlich vorliegt.",
            ),
            models.UniqueConstraint(
                fields=["client", "act"],
                condition=Q(state=ConsentState.GIVEN) & ~Q(act=Act.DISCLOSURE),
                name="consent_one_in_force",
                violation_error_message="Diese Einwilligung liegt schon vor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.get_state_display()}"
