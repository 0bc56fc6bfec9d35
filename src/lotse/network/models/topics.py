from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.network.enums import Part, TopicState
from lotse.network.models.formats import NetworkFormat
from lotse.network.models.meetings import AgendaItem, Attendance, Meeting
from lotse.network.models.scope import hears_from
from lotse.organisations.models import Organisation, Person


class TopicQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "TopicQuerySet":
        """Before the forum lets it out: who raised it, and who sits in the inner part that speaks about it. Then also who
        organises, who belongs to the forum or where it is discussed, and a guest who was invited to a meeting with it (DP-08).
        """
        outside = (
            hears_from(actor, "format") | hears_from(actor, "format__reports_to") | Q(pk__in=_on_agendas_of(actor))
        )
        return self.filter(Q(raised_by_id=actor.person_id) | _inside(actor) | outside & Q(released_on__isnull=False))

    def inside(self, actor: Any) -> "TopicQuerySet":
        """Those that her inner part speaks about, whoever raised them."""
        return self.filter(_inside(actor))


def _inside(actor: Any) -> Q:
    """A place in the meeting where it was raised, in one to come, or in one that began when the topic was there already."""
    places = Attendance.objects.inner_of(actor).filter(meeting__format_id=OuterRef("format_id"))
    since = Q(meeting__inner_begun_at=None) | Q(meeting__inner_begun_at__gte=OuterRef("created_at"))
    since |= Q(meeting_id=OuterRef("meeting_id"))
    return Q(Exists(places.filter(since)))


def _on_agendas_of(actor: Any) -> Any:
    seen = AgendaItem.objects.filter(
        part=Part.OPEN, topic__isnull=False, meeting__attendances__person_id=actor.person_id
    )
    return seen.values("topic_id")


class Topic(BaseModel):
    """A pattern from single cases that the system must answer: raised, released, discussed, answered (model.md §12.8).

    It names no case (DP-06). `basis` is what was counted when it was raised: {"figure", "persons_at_least", "from", "to"}.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    format = models.ForeignKey(NetworkFormat, models.PROTECT, related_name="topics", verbose_name="eingebracht in")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name="im Termin"
    )
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eingebracht von")
    title = SealedTextField("Worum geht es?")
    text = SealedTextField("Was beobachten Sie?")
    wish = SealedTextField("Was soll sich ändern?")
    basis = models.JSONField("Grundlage", default=dict, blank=True)
    state = models.CharField("Stand", max_length=22, choices=TopicState, default=TopicState.RAISED)
    released_on = models.DateField("freigegeben am", null=True, blank=True)
    answered_on = models.DateField("beantwortet am", null=True, blank=True)
    answer = SealedTextField("Rückmeldung")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "Thema"
        verbose_name_plural = "Themen"
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "state"], name="topic_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=(TopicState.RAISED, TopicState.CLOSED)) | Q(released_on__isnull=False),
                name="topic_released_before_it_leaves_the_forum",
                violation_error_message="Erst gibt das Forum das Thema frei.",
            ),
            models.CheckConstraint(
                condition=~Q(state=TopicState.ANSWERED) | Q(answered_on__isnull=False),
                name="topic_answer_has_day",
                violation_error_message="Eine Rückmeldung hat einen Tag.",
            ),
        ]

    def __str__(self) -> str:
        return f"Thema {self.public_id}"


class TopicStepQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "TopicStepQuerySet":
        """Who does not sit inside reads nothing that was noted before the topic was let out."""
        seen = self.filter(topic__in=Topic.objects.visible_to(actor))
        within = Topic.objects.inside(actor)
        return seen.filter(Q(note=b"") | Q(by_id=actor.person_id) | ~Q(state=TopicState.RAISED) | Q(topic__in=within))


class TopicStep(BaseModel):
    """A step on the way of a topic, with the day, where it happened, and what was said."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="steps", verbose_name="Thema")
    state = models.CharField("Stand", max_length=22, choices=TopicState)
    on = models.DateField("am")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="im Termin"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    note = SealedTextField("Anmerkung")

    objects = TopicStepQuerySet.as_manager()

    class Meta:
        verbose_name = "Schritt eines Themas"
        verbose_name_plural = "Schritte eines Themas"
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} am {self.on:%d.%m.%Y}"
