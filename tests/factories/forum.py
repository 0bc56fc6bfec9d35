"""A forum of two carriers with a closed first part, and the round that it reports to. Rows, made beneath the actions."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from lotse.network.enums import Level, Part
from lotse.network.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    Mandate,
    Meeting,
    Member,
    NetworkFormat,
    Notes,
    Objection,
    Release,
    Topic,
    TopicStep,
)
from lotse.organisations.models import Person
from tests.personas import START, World, grant, persona

SECRET = "Kanarienvogel"
DAYS_AHEAD = 7


@dataclass
class Forum:
    world: World
    round: NetworkFormat
    format: NetworkFormat
    meeting: Meeting

    def seat(self, name, meeting=None, **more):
        who = self.world.personas[name].person
        values = {"in_inner_part": True, **more}
        meeting = meeting or self.meeting
        return Attendance.objects.create(
            organisation_id=meeting.organisation_id, meeting=meeting, person=who, name=str(who), **values
        )

    def mandate(self, name, **more):
        who = self.world.personas[name].person
        values = {"granted_by": self.world.technical_lead.person, "valid_from": START, "scope": "alles", **more}
        return Mandate.objects.create(organisation_id=who.organisation_id, format=self.format, person=who, **values)

    def member(self, name, **more):
        who = self.world.personas[name].person
        values = {"organisation_id": self.format.organisation_id, "valid_from": START, "name": str(who), **more}
        return Member.objects.create(format=self.format, person=who, **values)

    def begin(self, days_ago=0):
        """The first word of part 1 was written."""
        self.meeting.inner_begun_at = timezone.now() - timedelta(days=days_ago)
        self.meeting.save()


def network_format(world, name, **more):
    values = {"kind": "intman_forum", "level": Level.MICRO, "begun_on": START, "organisation": world.nordstadt, **more}
    return NetworkFormat.objects.create(name=name, **values)


def meeting_of(format, days=DAYS_AHEAD, **more):
    starts = timezone.now() + timedelta(days=days)
    values = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), **more}
    return Meeting.objects.create(organisation_id=format.organisation_id, format=format, **values)


def forum(world, inside=("counsellor", "outsider"), where="", **more):
    """`counsellor` and `outsider` sit inside; the officer organises; `colleague` belongs to no part of it."""
    if "officer" not in world.personas:
        persona(world, "officer", world.nordstadt, "integration_officer")
    coordination = network_format(
        world, f"Koordinierungsrunde{where}", kind="coordination_round", level=Level.MESO, **more
    )
    format = network_format(
        world, f"Austauschforum{where}", has_inner_part=True, needs_mandate=True, reports_to=coordination, **more
    )
    made = Forum(world, coordination, format, meeting_of(format))
    for name in inside:
        made.mandate(name)
        made.member(name, in_inner_part=True)
        made.seat(name)
    return made


def secrets(forum, word=SECRET):
    """A row of every kind that the inner part can hold, each with the word that nobody outside may read."""
    by, other, meeting = forum.world.counsellor.person, forum.world.outsider.person, forum.meeting
    of = {"organisation_id": meeting.organisation_id}
    inner = {**of, "meeting": meeting, "part": Part.INNER}
    proposal = Release.objects.create(**of, meeting=meeting, text=word, proposed_by=by)
    topic = Topic.objects.create(**of, format=forum.format, meeting=meeting, raised_by=by, title=word, text=word)
    return [
        Notes.objects.create(**inner, text=word),
        AgendaItem.objects.create(**inner, position=1, lasts=5, title=word, responsible=word, topic=topic),
        Decision.objects.create(**inner, position=1, text=word),
        ActionItem.objects.create(**inner, format=forum.format, text=word, owner=by, owner_name=word),
        proposal,
        Objection.objects.create(**of, release=proposal, by=other, reason=word),
        topic,
        TopicStep.objects.create(**of, topic=topic, state="raised", on=timezone.localdate(), by=by, note=word),
    ]


KINDS = (Notes, AgendaItem, Decision, ActionItem, Release, Objection, Topic, TopicStep)


def seen_by(actor):
    """The kinds of rows of the inner part that she sees."""
    return {model.__name__ for model in KINDS if model.objects.visible_to(actor).exists()}


def also(world, name, *roles):
    """Somebody of the Nordstadt with these roles."""
    persona(world, name, world.nordstadt)
    for role in roles:
        grant(world.personas[name].person, role, world.nordstadt, world.site)
    return Person.objects.get(pk=world.personas[name].person.pk)


def ids(world, word):
    """What addresses need, of a forum that the district organises, with the word in everything of its part 1."""
    made = forum(world, inside=("counsellor",), where=" der Stadt", organisation=world.district)
    made.begin()
    rows = {type(row).__name__: row.public_id for row in secrets(made, word)}
    return {
        "inner_id": made.meeting.public_id, "release_id": rows["Release"], "task_id": rows["ActionItem"], "topic_id": rows["Topic"],
    }  # fmt: skip
