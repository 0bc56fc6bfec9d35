from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.network.enums import MeetingState, Part, Presence, Purpose, Reply
from lotse.network.models.formats import Mandate, NetworkFormat
from lotse.network.models.scope import MeetingScopeQuerySet, PartScopeQuerySet
from lotse.network.states import CALLED_OFF, COMING
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person
from lotse.organisations.roles import COUNSELLING_ROLES, ROLES

# Whoever may do more than those who counsel, work in an agency or look after quality, leads, organises, grants or administers something.
LEADING = frozenset(Permission) - {
    p for role in (*COUNSELLING_ROLES, "integration_specialist", "qm_officer") for p in ROLES[role].permissions
}
MISSING = (Presence.EXCUSED, Presence.ABSENT)


class MeetingQuerySet(MeetingScopeQuerySet):
    meeting_path = ""


class Meeting(BaseModel):
    """One date of a format. `sequence` counts what was sent to the calendars of those invited (RFC 5545)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    format = models.ForeignKey(NetworkFormat, models.PROTECT, related_name="meetings", verbose_name="Format")
    starts_at = models.DateTimeField("Beginn")
    ends_at = models.DateTimeField("Ende")
    place = models.CharField("Ort", max_length=200, blank=True)
    video_link = models.URLField("Link zur Videokonferenz", max_length=300, blank=True)
    state = models.CharField("Stand", max_length=11, choices=MeetingState, default=MeetingState.PLANNED)
    moderator = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Moderation"
    )
    minute_taker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Protokoll"
    )
    presents = models.CharField("stellt vor", max_length=160, blank=True)
    represented = models.JSONField("vertreten waren", default=list, blank=True)
    sequence = models.PositiveSmallIntegerField("Stand des Kalendereintrags", default=0)
    invited_at = models.DateTimeField("eingeladen am", null=True, blank=True)
    begun_at = models.DateTimeField("begonnen um", null=True, blank=True)
    inner_begun_at = models.DateTimeField("Teil 1 begonnen um", null=True, blank=True)
    called_off_at = models.DateTimeField("abgesagt am", null=True, blank=True)
    call_off_reason = models.CharField("Grund der Absage", max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersetzt"
    )
    minutes_sent_at = models.DateTimeField("Protokoll verschickt am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin des Netzwerks"
        verbose_name_plural = "Termine des Netzwerks"
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["organisation", "starts_at"], name="meeting_by_day"),
            models.Index(fields=["format", "starts_at"], name="meeting_of_format"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_begins",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CALLED_OFF, called_off_at__isnull=False) & ~Q(call_off_reason="")
                | ~Q(state__in=CALLED_OFF) & Q(called_off_at=None, call_off_reason=""),
                name="meeting_call_off_has_reason",
                violation_error_message="Zu einer Absage gehört der Grund.",
            ),
            models.CheckConstraint(
                condition=Q(minutes_sent_at=None) | Q(state=MeetingState.HELD),
                name="meeting_minutes_after_it",
                violation_error_message="Ein Protokoll gibt es, wenn das Treffen stattgefunden hat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format}, {self.starts_at:%d.%m.%Y}"

    @property
    def lasts(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def is_coming(self) -> bool:
        """Neither closed nor called off."""
        return self.state in COMING

    @property
    def is_off(self) -> bool:
        return self.state in CALLED_OFF

    @property
    def is_held(self) -> bool:
        return self.state == MeetingState.HELD


class AttendanceQuerySet(MeetingScopeQuerySet):
    def inner_of(self, actor: Any) -> Self:
        """Her own places in inner parts, with a mandate that day, counselling, leading nobody.

        Asked anew at every look, so that a change of role closes the notes at once (DP-08). From the first word on the door is
        shut: neither a later place, nor a later mandate, nor another date of the meeting opens it; only who sits inside may.
        Nor does it shut behind anybody's back: `presence` is noted by who leads the meeting and says nothing about part 1.
        """
        if not actor.may(Permission.COUNSEL) or not LEADING.isdisjoint(actor.permissions):
            return self.none()
        there = self.filter(person_id=actor.person_id, in_inner_part=True)
        return there.filter(_before_it_begins(actor) | _since_it_began(actor))


def _before_it_begins(actor: Any) -> Q:
    """Points and topics that were proposed for it are there for those with a mandate today."""
    today = _mandates_of(actor).valid_on(timezone.localdate())
    return Q(meeting__inner_begun_at=None) & ~Q(meeting__state__in=CALLED_OFF) & Q(Exists(today))


def _since_it_began(actor: Any) -> Q:
    """Mandate and place are older than the first word; or who was there has let her in, with a mandate of that day."""
    that_day = _mandates_of(actor).valid_on(OuterRef("meeting__inner_begun_at__date"))
    in_time = that_day.filter(created_at__lte=OuterRef("meeting__inner_begun_at"))
    early = Q(inner_since__lte=F("meeting__inner_begun_at")) & Q(Exists(in_time))
    return Q(meeting__inner_begun_at__isnull=False) & (early | Q(let_in_by__isnull=False) & Q(Exists(that_day)))


def _mandates_of(actor: Any) -> Any:
    return Mandate.objects.filter(person_id=actor.person_id, format_id=OuterRef("meeting__format_id"))


class Attendance(BaseModel):
    """Somebody's place in one meeting: invited, replied, was there. `minutes` are spent working time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", verbose_name="Termin")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name="Person"
    )
    name = models.CharField("Name", max_length=160)
    email = models.EmailField("E-Mail", blank=True)
    institution = models.CharField("Einrichtung", max_length=160, blank=True)
    is_guest = models.BooleanField("Gast", default=False)
    in_inner_part = models.BooleanField("in Teil 1", default=False)
    inner_since = models.DateTimeField("Platz in Teil 1 seit", null=True, blank=True, editable=False)
    let_in_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="in Teil 1 eingelassen von"
    )
    reply = models.CharField("Antwort", max_length=4, choices=Reply, default=Reply.OPEN)
    replied_at = models.DateTimeField("geantwortet am", null=True, blank=True)
    presence = models.CharField("Anwesenheit", max_length=8, choices=Presence, default=Presence.UNKNOWN)
    minutes = models.PositiveSmallIntegerField("Arbeitszeit in Minuten", null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnahme"
        verbose_name_plural = "Teilnahmen"
        ordering = ["is_guest", "name", "id"]
        indexes = [models.Index(fields=["person", "meeting"], name="attendance_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="attendance_once",
                violation_error_message="Diese Person ist schon eingeladen.",
            ),
            models.CheckConstraint(
                condition=Q(in_inner_part=False) | Q(is_guest=False, person__isnull=False),
                name="attendance_guests_in_the_open_part",
                violation_error_message="Gäste nehmen an Teil 2 teil.",
            ),
            models.CheckConstraint(
                condition=Q(reply=Reply.OPEN, replied_at=None) | ~Q(reply=Reply.OPEN) & Q(replied_at__isnull=False),
                name="attendance_reply_has_time",
                violation_error_message="Eine Antwort hat einen Zeitpunkt.",
            ),
            models.CheckConstraint(
                condition=Q(in_inner_part=True, inner_since__isnull=False) | Q(in_inner_part=False, inner_since=None),
                name="attendance_inner_place_has_time",
                violation_error_message="Ein Platz in Teil 1 hat einen Zeitpunkt.",
            ),
            models.CheckConstraint(
                condition=Q(let_in_by=None) | Q(inner_since__isnull=False) & ~Q(let_in_by=F("person")),
                name="attendance_let_in_by_another",
                violation_error_message="In Teil 1 lässt jemand ein, der dabei war.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """A place in the inner part counts from the moment it was given; taken and given back, it counts anew."""
        self.inner_since = (self.inner_since or timezone.now()) if self.in_inner_part else None
        self.let_in_by_id = self.let_in_by_id if self.in_inner_part else None
        if update_fields is not None:
            update_fields = {*update_fields, "inner_since", "let_in_by"}
        super().save(*args, update_fields=update_fields, **kwargs)


class OfPartQuerySet(PartScopeQuerySet):
    """Agenda, notes, decisions and tasks."""


class AgendaItem(BaseModel):
    """A point of the agenda. Points of the inner part are no more to be read outside it than its notes (DP-08)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda", verbose_name="Termin")
    part = models.PositiveSmallIntegerField("Teil", choices=Part, default=Part.OPEN)
    position = models.PositiveSmallIntegerField("Reihenfolge")
    lasts = models.PositiveSmallIntegerField("Minuten")
    title = SealedTextField("Punkt")
    questions = SealedTextField("Leitfragen")
    responsible = SealedTextField("Verantwortlich")
    is_break = models.BooleanField("Pause", default=False)
    purpose = models.CharField("sammelt", max_length=12, choices=Purpose, blank=True)
    topic = models.ForeignKey(
        "network.Topic", models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name="Thema"
    )
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vorgeschlagen von"
    )
    begun_at = models.DateTimeField("begonnen um", null=True, blank=True)

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = "Punkt der Tagesordnung"
        verbose_name_plural = "Punkte der Tagesordnung"
        ordering = ["part", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lasts__gte=1, lasts__lte=480),
                name="agenda_item_has_minutes",
                violation_error_message="Bitte 1 bis 480 Minuten angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"Punkt {self.position}"
