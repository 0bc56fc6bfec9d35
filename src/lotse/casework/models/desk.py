"""What the privacy desk keeps: requests of people about their data, corrections, holds, and runs that erase files."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import DueBecause, IdentityCheck, RequestAnswer, RequestKind
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person


class DeskQuerySet(FileQuerySet):
    def at_desk(self, actor: Actor) -> "DeskQuerySet":
        """Dates and kinds, for who answers for data protection; the file itself stays closed to her."""
        if not actor.may(Permission.PRIVACY):
            return self.none()
        return self.filter(organisation_id=actor.organisation_id)


class DataSubjectRequest(BaseModel):
    """Somebody asks about her own data. Due after one month, with a reason up to two months later (DS-01)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="requests", verbose_name="Klient*in")
    kind = models.CharField("worum es geht", max_length=14, choices=RequestKind)
    received_on = models.DateField("eingegangen am")
    due_on = models.DateField("zu beantworten bis")
    extended_until = models.DateField("verlängert bis", null=True, blank=True)
    extension_reason = SealedTextField("Grund der Verlängerung")
    identity = models.CharField("Identität geprüft", max_length=10, choices=IdentityCheck, blank=True)
    answered_on = models.DateField("beantwortet am", null=True, blank=True)
    answer = models.CharField("Antwort", max_length=8, choices=RequestAnswer, blank=True)
    note = SealedTextField("Anmerkung")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="aufgenommen von")

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = "Antrag zu eigenen Daten"
        verbose_name_plural = "Anträge zu eigenen Daten"
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "due_on"], name="subject_request_open", condition=Q(answered_on=None))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("received_on")),
                name="subject_request_due_after_it",
                violation_error_message="Die Frist endet nach dem Eingang.",
            ),
            models.CheckConstraint(
                condition=Q(extended_until=None) | Q(extended_until__gt=F("due_on")),
                name="subject_request_extended_beyond",
                violation_error_message="Eine Verlängerung endet nach der ersten Frist.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="subject_request_answer_has_date",
                violation_error_message="Eine Antwort hat ein Datum.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(identity=""),
                name="subject_request_identity_first",
                violation_error_message="Bitte zuerst festhalten, wie die Identität geprüft wurde.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("received_on")),
                name="subject_request_answered_after_it",
                violation_error_message="Die Antwort liegt vor dem Eingang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vom {self.received_on:%d.%m.%Y}"

    @property
    def deadline(self) -> date:
        return self.extended_until or self.due_on


class Correction(BaseModel):
    """What was corrected, when and by whom (Art. 16). The corrected field itself holds only the right value (DS-03)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="corrections", verbose_name="Klient*in")
    on = models.DateField("berichtigt am")
    what = SealedTextField("Was war falsch?")
    now = SealedTextField("Was gilt jetzt?")
    corrected_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="berichtigt von")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Berichtigung"
        verbose_name_plural = "Berichtigungen"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"Berichtigung vom {self.on:%d.%m.%Y}"


class ErasureHold(BaseModel):
    """A legal reason why a file is not erased yet, and until when (DS-05)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="holds", verbose_name="Klient*in")
    reason = models.CharField("Rechtsgrund", max_length=160)
    until = models.DateField("bis")
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="gesetzt von")
    lifted_on = models.DateField("aufgehoben am", null=True, blank=True)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = "Löschsperre"
        verbose_name_plural = "Löschsperren"
        ordering = ["-until", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="erasure_hold_has_reason",
                violation_error_message="Eine Löschsperre braucht einen Rechtsgrund.",
            )
        ]

    def __str__(self) -> str:
        return f"Löschsperre bis {self.until:%d.%m.%Y}"


class ErasureRunQuerySet(models.QuerySet["ErasureRun"]):
    def visible_to(self, actor: Actor) -> "ErasureRunQuerySet":
        if not actor.may(Permission.PRIVACY):
            return self.none()
        return self.filter(organisation_id=actor.organisation_id)


class ErasureRun(BaseModel):
    """Files proposed for erasure by one person, erased after another has agreed (DS-06). Keeps numbers, no files."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="vorgeschlagen von")
    total = models.PositiveIntegerField("Akten")
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bestätigt von"
    )
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True)
    cancelled_at = models.DateTimeField("verworfen am", null=True, blank=True)
    erased = models.PositiveIntegerField("gelöscht", default=0)
    skipped = models.PositiveIntegerField("nicht mehr fällig", default=0)
    finished_at = models.DateTimeField("fertig am", null=True, blank=True)

    objects = ErasureRunQuerySet.as_manager()

    class Meta:
        verbose_name = "Löschlauf"
        verbose_name_plural = "Löschläufe"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="erasure_run_confirmed_by_another",
                violation_error_message="Bestätigen muss eine zweite Person.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="erasure_run_confirmation_pair",
                violation_error_message="Eine Bestätigung hat eine Person und ein Datum.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(erased=0),
                name="erasure_run_nothing_unconfirmed",
                violation_error_message="Gelöscht wird erst, wenn eine zweite Person zugestimmt hat.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(cancelled_at=None),
                name="erasure_run_confirmed_or_cancelled",
                violation_error_message="Ein bestätigter Löschlauf lässt sich nicht mehr verwerfen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Löschlauf {self.public_id}"

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.cancelled_at is None


class ErasureItem(models.Model):
    """A file of a run that is still to be erased; it goes with the file."""

    run = models.ForeignKey(ErasureRun, models.CASCADE, related_name="items", verbose_name="Löschlauf")
    client = models.OneToOneField(Client, models.CASCADE, related_name="erasure", verbose_name="Klient*in")
    due_on = models.DateField("fällig seit")
    because = models.CharField("Grund", max_length=10, choices=DueBecause)

    class Meta:
        verbose_name = "Akte im Löschlauf"
        verbose_name_plural = "Akten im Löschlauf"
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.due_on:%d.%m.%Y}"
