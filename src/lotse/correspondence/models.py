"""What goes out: mail with its log, and links that open one thing for a while."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.correspondence.enums import MailState
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def visible_to(self, actor: Actor) -> "OutgoingMailQuerySet":
        """The log is for who looks after the technology of the organisation; it shows no text."""
        if not actor.may(Permission.MANAGE_ACCOUNTS):
            return self.none()
        return self.filter(organisation_id=actor.organisation_id)

    def due(self) -> "OutgoingMailQuerySet":
        return self.filter(state=MailState.WAITING, next_try_at__lte=timezone.now())


class OutgoingMail(BaseModel):
    """One mail to one address. The row is queue and log in one; recipient and text are sealed.

    `subject` is written in the code, never typed by somebody, so that it tells nothing about a person.
    `next_try_at` is also the lease of the process that is sending: until then nobody else takes the mail.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    letter = models.CharField("Vorlage", max_length=60)
    recipient = SealedTextField("an")
    subject = models.CharField("Betreff", max_length=160)
    body = SealedTextField("Text")
    calendar = SealedTextField("Kalendereintrag")
    state = models.CharField("Stand", max_length=8, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    next_try_at = models.DateTimeField("nächster Versuch", default=timezone.now)
    sent_at = models.DateTimeField("verschickt am", null=True, blank=True)
    error = models.CharField("Fehler", max_length=160, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "ausgehende Nachricht"
        verbose_name_plural = "ausgehende Nachrichten"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_try_at"], name="mail_due", condition=Q(state=MailState.WAITING)),
            models.Index(fields=["organisation", "-id"], name="mail_log"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False) | (~Q(state=MailState.SENT) & Q(sent_at=None)),
                name="mail_sent_has_time",
                violation_error_message="Eine verschickte Nachricht hat einen Zeitpunkt, jede andere keinen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Nachricht {self.public_id}"


class SignedLink(BaseModel):
    """A link that opens one thing for one purpose until a moment, unless revoked. The token itself is not stored."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    purpose = models.CharField("Zweck", max_length=40)
    object_ref = models.CharField("Gegenstand", max_length=64)
    nonce_hash = models.CharField("Prüfsumme", max_length=64)
    valid_until = models.DateTimeField("gültig bis")
    revoked_at = models.DateTimeField("widerrufen am", null=True, blank=True)

    class Meta:
        verbose_name = "signierter Link"
        verbose_name_plural = "signierte Links"
        ordering = ["-id"]
        indexes = [models.Index(fields=["purpose", "object_ref"], name="signed_link_object")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("created_at")),
                name="signed_link_ends_after_it_begins",
                violation_error_message="Ein Link endet nach seinem Beginn.",
            )
        ]

    def __str__(self) -> str:
        return f"Link {self.public_id} ({self.purpose})"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.valid_until


class OwnQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Nobody sees where a colleague keeps her calendar."""
        return self.filter(person_id=actor.person_id)


class CalendarFeed(BaseModel):
    """An address that a calendar on her own device fetches without a login. The token is shown once and not stored."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    person = models.ForeignKey(Person, models.PROTECT, related_name="calendar_feeds", verbose_name="Person")
    token_hash = models.CharField("Prüfsumme", max_length=64, editable=False)
    ended_at = models.DateTimeField("abgeschaltet am", null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "Kalenderadresse"
        verbose_name_plural = "Kalenderadressen"
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="calendar_feed_token_once"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at=None),
                name="calendar_feed_one_open",
                violation_error_message="Es gibt schon eine Adresse für Ihren Kalender.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kalenderadresse {self.public_id}"


class ReminderSetting(BaseModel):
    """How many days before she is reminded of her appointments; 0 is never. Whoever has no row is reminded the day before."""

    USUAL = 1

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    person = models.OneToOneField(Person, models.PROTECT, related_name="reminders", verbose_name="Person")
    days_before = models.PositiveSmallIntegerField("Tage vorher", default=USUAL)
    reminded_of = models.DateField("zuletzt erinnert an", null=True, blank=True, editable=False)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "Erinnerung"
        verbose_name_plural = "Erinnerungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(days_before__lte=14),
                name="reminder_within_two_weeks",
                violation_error_message="Bitte höchstens 14 Tage vorher.",
            )
        ]

    def __str__(self) -> str:
        return f"Erinnerung {self.public_id}"
