"""What the board decides, and the certificate that follows (model.md §4.2, stations 7 and 8, QM-08, QM-09)."""

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.ids import new_public_id
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.quality.enums import CertificationState, Outcome, Vote
from lotse.quality.models.certification import Certification
from lotse.quality.models.participants import NOTHING, OfProcedureQuerySet, Participant
from lotse.quality.models.visit import AuditReport


class BoardVoteQuerySet(OfProcedureQuerySet):
    """House and assessors see how many voted how, never who."""

    to_house = NOTHING
    to_assessors = NOTHING


class BoardVote(BaseModel):
    """May be changed until the board has decided."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.CASCADE, related_name="votes", verbose_name="Verfahren")
    member = models.ForeignKey(Participant, models.PROTECT, related_name="votes", verbose_name="Mitglied")
    vote = models.CharField("Stimme", max_length=7, choices=Vote)
    reason = SealedTextField("Begründung")
    at = models.DateTimeField("abgegeben am")

    objects = BoardVoteQuerySet.as_manager()

    class Meta:
        verbose_name = "Stimme im Beirat"
        verbose_name_plural = "Stimmen im Beirat"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "member"],
                name="board_vote_one_each",
                violation_error_message="Dieses Mitglied hat schon abgestimmt.",
            )
        ]

    def __str__(self) -> str:
        return self.get_vote_display()


class BoardDecision(BaseModel):
    """On the ground of a presented report (QM-09). `reason`: of the chair, where votes are equal."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.CASCADE, related_name="decisions", verbose_name="Verfahren")
    report = models.ForeignKey(AuditReport, models.PROTECT, related_name="+", verbose_name="Auditbericht")
    report_presented_on = models.DateField("Auditbericht vorgelegt am")
    outcome = models.CharField("Entscheidung", max_length=10, choices=Outcome)
    on = models.DateField("entschieden am")
    by_label = models.CharField("festgehalten von", max_length=160)
    members = models.PositiveSmallIntegerField("Mitglieder")
    yes = models.PositiveSmallIntegerField("Ja-Stimmen")
    no = models.PositiveSmallIntegerField("Nein-Stimmen")
    abstained = models.PositiveSmallIntegerField("Enthaltungen")
    reason = SealedTextField("Begründung")
    conditions = SealedTextField("Auflagen")
    conditions_due_on = models.DateField("Auflagen zu erfüllen bis", null=True, blank=True)
    conditions_met_on = models.DateField("Auflagen erfüllt am", null=True, blank=True)

    objects = OfProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "Entscheidung des Beirats"
        verbose_name_plural = "Entscheidungen des Beirats"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification"],
                name="decision_one",
                violation_error_message="Über dieses Verfahren ist schon entschieden.",
            ),
            models.CheckConstraint(
                condition=Q(on__gte=F("report_presented_on")),
                name="decision_after_report",
                violation_error_message="Entschieden wird erst, wenn der Auditbericht vorliegt.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CONDITIONS, conditions_due_on__isnull=False)
                | (~Q(outcome=Outcome.CONDITIONS) & Q(conditions_due_on=None, conditions_met_on=None)),
                name="decision_conditions_have_a_day",
                violation_error_message="Auflagen haben eine Frist; ohne Auflagen gibt es keine.",
            ),
            models.CheckConstraint(
                condition=Q(members__gte=F("yes") + F("no") + F("abstained")),
                name="decision_votes_of_members",
                violation_error_message="Es gibt mehr Stimmen als Mitglieder.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} am {self.on:%d.%m.%Y}"

    @property
    def said(self) -> str:
        return str(CertificationState(self.outcome).label)


def new_token() -> str:
    """160 bits: nobody finds a certificate by trying."""
    return new_public_id() + new_public_id()


class Certificate(BaseModel):
    """`valid_until` is three years after the decision (QM-08). Who has the token sees whether it is valid."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(
        Certification, models.PROTECT, related_name="certificates", verbose_name="Verfahren"
    )
    number = models.CharField("Zertifikatsnummer", max_length=20)
    token = models.CharField("Prüfschlüssel", max_length=32, default=new_token)
    decided_on = models.DateField("entschieden am")
    valid_until = models.DateField("gültig bis")
    revoked_on = models.DateField("entzogen am", null=True, blank=True)
    revocation_reason = SealedTextField("Grund des Entzugs")

    objects = OfProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "Zertifikat"
        verbose_name_plural = "Zertifikate"
        ordering = ["-decided_on", "-id"]
        indexes = [models.Index(fields=["valid_until"], name="certificate_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["certification"],
                name="certificate_one",
                violation_error_message="Zu diesem Verfahren gibt es schon ein Zertifikat.",
            ),
            models.UniqueConstraint(
                fields=["number"],
                name="certificate_number_once",
                violation_error_message="Diese Zertifikatsnummer gibt es schon.",
            ),
            models.UniqueConstraint(
                fields=["token"],
                name="certificate_token_once",
                violation_error_message="Diesen Prüfschlüssel gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("decided_on")),
                name="certificate_ends_after_decision",
                violation_error_message="Ein Zertifikat gilt von der Entscheidung an drei Jahre.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None) | Q(revoked_on__gte=F("decided_on")),
                name="certificate_revoked_after_decision",
                violation_error_message="Entzogen wird ein Zertifikat erst, wenn es erteilt ist.",
            ),
        ]

    def __str__(self) -> str:
        return f"Zertifikat {self.number}"
