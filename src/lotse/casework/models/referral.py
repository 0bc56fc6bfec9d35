from django.db import models
from django.db.models import Q

from lotse.casework.enums import DeclineReason, ReferralState
from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.client import Client
from lotse.casework.models.consent import Consent
from lotse.casework.models.scope import FileQuerySet
from lotse.casework.states import REFERRAL_ENDS
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.correspondence.models import SignedLink
from lotse.organisations.models import Organisation
from lotse.partners.models import Partner

CODE_TRIES = 5
LINK = "referral"  # the purpose of its signed link
_S = ReferralState
_NOT_SENT = (_S.DRAFT, _S.CANCELLED)


class Referral(BaseModel):
    """A client is referred to a partner, who answers without an account (CL-07, DP-03).

    `sections` are keys of what may be told; `content` is what was told, as it stood on the day it was sent. `code_hash`: the
    code that opens the link, given by another channel. `remind_on`: from this day on the counsellor sees it on Heute.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="referrals", verbose_name="Klient*in")
    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="referrals", verbose_name="Fall")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="Partner")
    state = models.CharField("Stand", max_length=10, choices=ReferralState, default=ReferralState.DRAFT)
    purpose = SealedTextField("Wofür?")
    sections = models.JSONField("welche Angaben", default=list)
    message = SealedTextField("Nachricht")
    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="referrals", verbose_name="Einwilligung"
    )
    recipient = SealedTextField("E-Mail")
    content = SealedTextField("was weitergegeben wurde")
    link = models.ForeignKey(SignedLink, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Link")
    code_hash = models.CharField("Code (Prüfsumme)", max_length=128, blank=True)
    wrong_codes = models.PositiveSmallIntegerField("falsche Codes", default=0)
    sent_at = models.DateTimeField("abgeschickt am", null=True, blank=True)
    seen_at = models.DateTimeField("zuerst gelesen am", null=True, blank=True)
    ended_at = models.DateTimeField("beendet am", null=True, blank=True)
    answered_by = SealedTextField("Antwort von")
    appointment_at = models.DateTimeField("erster Termin", null=True, blank=True)
    appointment_place = SealedTextField("Ort des Termins")
    decline_reason = models.CharField("Grund der Absage", max_length=16, choices=DeclineReason, blank=True)
    answer_note = SealedTextField("Anmerkung des Partners")
    remind_on = models.DateField("Erinnerung am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Verweis"
        verbose_name_plural = "Verweise"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["remind_on"], name="referral_to_do", condition=Q(remind_on__isnull=False)),
            models.Index(fields=["organisation", "sent_at"], name="referral_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=_S.DRAFT, sent_at=None)
                | Q(state=_S.CANCELLED)
                | (~Q(state__in=_NOT_SENT) & Q(sent_at__isnull=False)),
                name="referral_sent_has_time",
                violation_error_message="Ein abgeschickter Verweis hat einen Zeitpunkt, ein Entwurf keinen.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(consent__isnull=False) | Q(revision=0),  # 0: what an erased file left
                name="referral_sent_with_consent",
                violation_error_message="Weitergegeben wird nur mit Einwilligung für diesen Partner.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(REFERRAL_ENDS), ended_at__isnull=False)
                | (~Q(state__in=sorted(REFERRAL_ENDS)) & Q(ended_at=None)),
                name="referral_end_has_time",
                violation_error_message="Ein beendeter Verweis hat einen Zeitpunkt, ein offener keinen.",
            ),
            models.CheckConstraint(
                condition=(Q(state=_S.DECLINED) & ~Q(decline_reason=""))
                | (~Q(state=_S.DECLINED) & Q(decline_reason="")),
                name="referral_declined_with_reason",
                violation_error_message="Eine Absage nennt ihren Grund.",
            ),
            models.CheckConstraint(
                condition=Q(wrong_codes__lte=CODE_TRIES),
                name="referral_code_tries",
                violation_error_message="Nach fünf falschen Codes ist der Link gesperrt.",
            ),
        ]

    def __str__(self) -> str:
        return f"Verweis {self.public_id}"


class ReferralQuestion(BaseModel):
    """The partner asks back before answering; the counsellor's words stand below on the same page."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="questions", verbose_name="Verweis")
    asked_by = SealedTextField("gefragt von")
    text = SealedTextField("Frage")
    reply = SealedTextField("Antwort")
    replied_at = models.DateTimeField("beantwortet am", null=True, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Rückfrage"
        verbose_name_plural = "Rückfragen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(replied_at=None),
                name="referral_question_one_open",
                violation_error_message="Ihre Frage ist schon da und wird bald beantwortet.",
            )
        ]

    def __str__(self) -> str:
        return f"Rückfrage {self.public_id}"
