from typing import Any

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.network.enums import Part, TaskState
from lotse.network.models.formats import NetworkFormat
from lotse.network.models.meetings import Attendance, Meeting, OfPartQuerySet
from lotse.network.models.scope import MeetingScopeQuerySet, hears_from
from lotse.organisations.models import Organisation, Person


class Notes(BaseModel):
    """What is written during one part of a meeting; one person writes at a time, the others read along.

    `writer_seen_at` is when the writer's page was last heard of: a lease, so that another can go on when it breaks off.
    `last_key` names what was saved last, so that a page whose answer was lost knows its own words again. `taken` is JSON: the
    lines that have become tasks, with the task of each.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notes", verbose_name="Termin")
    part = models.PositiveSmallIntegerField("Teil", choices=Part)
    text = SealedTextField("Mitschrift")
    writer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="schreibt gerade"
    )
    writer_seen_at = models.DateTimeField("zuletzt geschrieben um", null=True, blank=True)
    last_key = models.CharField("letzte Speicherung", max_length=32, blank=True, editable=False)
    taken = SealedTextField("übernommene Zeilen")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = "Mitschrift"
        verbose_name_plural = "Mitschriften"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "part"], name="notes_part_once"),
        ]

    def __str__(self) -> str:
        return f"Mitschrift {self.get_part_display()}"


class Decision(BaseModel):
    """What was decided, taken from the notes as it was written down."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name="Termin")
    part = models.PositiveSmallIntegerField("Teil", choices=Part)
    position = models.PositiveSmallIntegerField("Reihenfolge")
    text = SealedTextField("Beschluss")

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = "Beschluss"
        verbose_name_plural = "Beschlüsse"
        ordering = ["part", "position", "id"]

    def __str__(self) -> str:
        return f"Beschluss {self.position}"


class ReleaseQuerySet(MeetingScopeQuerySet):
    def visible_to(self, actor: Any) -> "ReleaseQuerySet":
        """Before it is released only those of the inner part see it; afterwards everybody who sees the meeting, and when it
        was forwarded also the round that it goes to (DP-08)."""
        inner = Attendance.objects.inner_of(actor).values("meeting_id")
        of_meeting = Q(pk__in=super().visible_to(actor).order_by().values("pk"))
        of_round = Q(forwarded_at__isnull=False) & hears_from(actor, "meeting__format__reports_to")
        return self.filter(Q(meeting_id__in=inner) | Q(released_at__isnull=False) & (of_meeting | of_round))


class Release(BaseModel):
    """Words from the inner part that all of it have agreed to let out: a copy with a history of its own (NW-05).

    Proposed by one of them, released by another after it was settled together; whoever objects stops it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="releases", verbose_name="Termin")
    text = SealedTextField("freigegebener Text")
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersetzt"
    )
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="vorgeschlagen von")
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="freigegeben von"
    )
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True)
    forwarded_at = models.DateTimeField("weitergegeben am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "Freigabe"
        verbose_name_plural = "Freigaben"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None, released_at=None)
                | Q(released_by__isnull=False, released_at__isnull=False) & ~Q(released_by=F("proposed_by")),
                name="release_by_another_than_proposed",
                violation_error_message="Freigeben muss eine zweite Person aus Teil 1.",
            ),
            models.CheckConstraint(
                condition=Q(forwarded_at=None) | Q(released_at__isnull=False),
                name="release_before_it_is_forwarded",
                violation_error_message="Weitergegeben wird nur, was freigegeben ist.",
            ),
        ]

    def __str__(self) -> str:
        return f"Freigabe, Fassung {self.version}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def was_replaced(self) -> bool:
        """By a later version that has been released too."""
        later = getattr(self, "replaced_by", None)
        return later is not None and later.is_released


class ObjectionQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "ObjectionQuerySet":
        """For those of the inner part, before and after the release (DP-08)."""
        inner = Attendance.objects.inner_of(actor).values("meeting_id")
        return self.filter(release__meeting_id__in=inner)

    def standing(self) -> "ObjectionQuerySet":
        return self.filter(withdrawn_at=None)


class Objection(BaseModel):
    """Somebody of the inner part does not want these words to leave it; until it is withdrawn they stay (NW-05)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    release = models.ForeignKey(Release, models.CASCADE, related_name="objections", verbose_name="Freigabe")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Einwand von")
    reason = SealedTextField("Grund")
    withdrawn_at = models.DateTimeField("zurückgenommen am", null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "Einwand"
        verbose_name_plural = "Einwände"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "by"],
                condition=Q(withdrawn_at=None),
                name="objection_standing_once",
                violation_error_message="Ihr Einwand steht schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"Einwand {self.public_id}"


class TaskQuerySet(OfPartQuerySet):
    def visible_to(self, actor: Any) -> "TaskQuerySet":
        """With the part it came from; her own of an open part also where she was not invited."""
        own = Q(owner_id=actor.person_id) & ~Q(part=Part.INNER)
        return self.filter(own | Q(pk__in=super().visible_to(actor).values("pk")))


class ActionItem(BaseModel):
    """A task from a meeting. It comes back in every following meeting of the format until it is closed with a result (NW-11)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    format = models.ForeignKey(NetworkFormat, models.PROTECT, related_name="tasks", verbose_name="Format")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks", verbose_name="aus dem Termin")
    part = models.PositiveSmallIntegerField("Teil", choices=Part, default=Part.OPEN)
    text = SealedTextField("Aufgabe")
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="network_tasks", verbose_name="Person"
    )
    owner_name = SealedTextField("Verantwortlich", blank=False)
    owner_email = models.EmailField("E-Mail", blank=True)
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vergeben von"
    )
    due_on = models.DateField("bis", null=True, blank=True)
    state = models.CharField("Stand", max_length=7, choices=TaskState, default=TaskState.OPEN)
    closed_on = models.DateField("erledigt am", null=True, blank=True)
    result = SealedTextField("Ergebnis")
    controlled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ergebnis geprüft von"
    )
    controlled_on = models.DateField("Ergebnis geprüft am", null=True, blank=True)
    reminded_of = models.DateField("zuletzt erinnert an", null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "Aufgabe"
        verbose_name_plural = "Aufgaben"
        ordering = [F("due_on").asc(nulls_last=True), "id"]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="action_item_mine", condition=Q(state=TaskState.OPEN)),
            models.Index(fields=["format", "due_on"], name="action_item_open", condition=Q(state=TaskState.OPEN)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, closed_on=None)
                | ~Q(state=TaskState.OPEN) & Q(closed_on__isnull=False),
                name="action_item_closed_has_day",
                violation_error_message="Was erledigt ist, hat einen Tag.",
            ),
            models.CheckConstraint(
                condition=~Q(part=Part.INNER) | Q(owner__isnull=False, owner_email=""),
                name="action_item_inner_owner_sits_there",
                violation_error_message="Eine Aufgabe aus Teil 1 übernimmt jemand, der in Teil 1 sitzt.",
            ),
            models.CheckConstraint(
                condition=Q(controlled_on=None, controlled_by=None)
                | ~Q(state=TaskState.OPEN) & Q(controlled_on__isnull=False, controlled_by__isnull=False),
                name="action_item_controlled_after_closing",
                violation_error_message="Geprüft wird, was abgeschlossen ist.",
            ),
            models.CheckConstraint(
                condition=Q(controlled_by=None) | Q(owner=None) | ~Q(controlled_by=F("owner")),
                name="action_item_controlled_by_another",
                violation_error_message="Das Ergebnis prüft jemand anderes als die Person, die es erledigt hat.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aufgabe {self.public_id}"
