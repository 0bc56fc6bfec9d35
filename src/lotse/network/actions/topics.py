"""What is done to a topic: raised, let out by the forum, put on the agenda, discussed, answered, passed on, closed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.network import rules, states
from lotse.network.actions.agenda import put_in_place
from lotse.network.enums import Part, TopicState
from lotse.network.models import AgendaItem, Meeting, NetworkFormat, Topic, TopicStep
from lotse.network.queries.inner import takes_part
from lotse.network.queries.topics import forums, inside, next_meeting
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.notices import notify

MINUTES = 10  # on the agenda, until somebody says otherwise
NOT_MEMBER = "Themen bringt ein, wer im Teil 1 dieses Forums sitzt und ein Mandat hat."
NOT_INSIDE = "Das entscheidet, wer im Forum dabei ist."
NOT_ROUND = "Das hält fest, wer die Koordinierungsrunde organisiert, moderiert oder protokolliert."
NO_ROUND = "Dieses Forum gibt seine Themen noch nirgendwohin weiter. Bitte die Organisation, das einzutragen."
NO_MEETING = "Für „{}“ ist noch kein Termin geplant. Bitte zuerst einen Termin anlegen."
FUTURE = "Dieser Tag liegt in der Zukunft."


@action("topic.raised", "hat ein Thema eingebracht")
def raise_topic(
    *, by: Actor, format: NetworkFormat, title: str, text: str, wish: str = "", basis: Mapping[str, Any] | None = None
) -> Topic:
    """It names no case (DP-06); `basis` is what was counted, in steps of five and never fewer than five."""
    require(forums(by).filter(pk=format.pk).exists(), NOT_MEMBER)
    refuse_if(not title.strip(), "Bitte sagen, worum es geht.", "title")
    refuse_if(not text.strip(), "Bitte beschreiben, was Sie beobachten.", "text")
    topic = Topic(
        organisation_id=format.organisation_id, format=format, meeting=_own_meeting(by, format), raised_by_id=by.person_id,
        title=title.strip(), text=text.strip(), wish=wish.strip(), basis=dict(basis or {}),
    )  # fmt: skip
    topic.save()
    _note(by, topic)
    record(topic)
    return topic


def _own_meeting(by: Actor, format: NetworkFormat) -> Meeting | None:
    """Where it will be spoken about, if she is invited there already."""
    meeting = next_meeting(format)
    return meeting if meeting and takes_part(by, meeting) else None


def _note(by: Actor, topic: Topic, note: str = "", on: date | None = None, meeting: Meeting | None = None) -> None:
    refuse_if(on is not None and on > timezone.localdate(), FUTURE, "on")
    TopicStep(
        organisation_id=topic.organisation_id, topic=topic, state=topic.state, on=on or timezone.localdate(), meeting=meeting,
        by_id=by.person_id, note=note.strip(),
    ).save()  # fmt: skip


def _locked(topic: Topic) -> Topic:
    rows = Topic.objects.select_for_update(of=("self",)).select_related("format__reports_to")
    return rows.get(pk=topic.pk)


def _step(topic: Topic, to: TopicState) -> None:
    states.require_step(states.TOPIC, TopicState(topic.state), to)
    topic.state = to
    topic.revision += 1


@action("topic.changed", "hat ein Thema geändert")
def change_topic(*, by: Actor, topic: Topic, revision: int, title: str, text: str, wish: str) -> Topic:
    """Until the forum has let it out; then the words stand."""
    fresh = _locked(topic)
    require(fresh.raised_by_id == by.person_id, "Ein Thema ändert, wer es eingebracht hat.")
    refuse_if(
        fresh.state != TopicState.RAISED, "Das Forum hat dieses Thema schon freigegeben. Sein Text bleibt stehen."
    )
    refuse_if(fresh.revision != revision, "Inzwischen wurde das Thema geändert. Bitte neu laden.")
    refuse_if(not title.strip(), "Bitte sagen, worum es geht.", "title")
    fresh.title, fresh.text, fresh.wish = title.strip(), text.strip(), wish.strip()
    fresh.revision += 1
    fresh.save()
    record(fresh, fields=["title", "text", "wish"])
    return fresh


@action("topic.released", "hat ein Thema für das Forum freigegeben")
def release_topic(*, by: Actor, topic: Topic, revision: int) -> Topic:
    """By another of the inner part than who raised it, and in the words that she has read."""
    fresh = _locked(topic)
    require(rules.may_let_out(by, fresh, inside(by, fresh)), "Freigeben muss eine zweite Person aus Teil 1 des Forums.")
    refuse_if(fresh.revision != revision, "Das Thema wurde inzwischen geändert. Bitte lesen Sie es noch einmal.")
    _step(fresh, TopicState.RELEASED)
    fresh.released_on = timezone.localdate()
    fresh.save()
    _note(by, fresh)
    record(fresh, fields=["state"])
    return fresh


@action("topic.on_agenda", "hat ein Thema auf die Tagesordnung der Koordinierungsrunde gesetzt")
def put_on_agenda(*, by: Actor, topic: Topic) -> AgendaItem:
    """Of the round's next meeting, as a point of its open part."""
    fresh = _locked(topic)
    target = fresh.format.reports_to
    if target is None:
        raise ValidationError(NO_ROUND)
    meeting = next_meeting(target)
    if meeting is None:
        raise ValidationError(NO_MEETING.format(target))
    require(rules.organises(by, target.organisation_id) or takes_part(by, meeting) or inside(by, fresh), NOT_ROUND)
    _step(fresh, TopicState.ON_AGENDA)
    fresh.save()
    _note(by, fresh, meeting=meeting)
    record(fresh, fields=["state"])
    return _agenda_item(by, fresh, meeting)


def _agenda_item(by: Actor, topic: Topic, meeting: Meeting) -> AgendaItem:
    item = AgendaItem(
        organisation_id=meeting.organisation_id, meeting=meeting, part=Part.OPEN, lasts=MINUTES, title=topic.title,
        topic=topic, proposed_by_id=by.person_id,
    )  # fmt: skip
    put_in_place(item)
    return item


def works_on(by: Actor, topic: Topic) -> bool:
    """In the round: who organises it, moderates a meeting with this topic, or takes its minutes."""
    target = topic.format.reports_to
    if target is not None and rules.organises(by, target.organisation_id):
        return True
    meetings = Meeting.objects.filter(agenda__topic=topic, agenda__part=Part.OPEN)
    return any(by.person_id in (m.moderator_id, m.minute_taker_id) for m in meetings)


def _worked_on(by: Actor, topic: Topic) -> Topic:
    fresh = _locked(topic)
    require(fresh.released_on is not None and works_on(by, fresh), NOT_ROUND)
    return fresh


def _last_meeting(topic: Topic) -> Meeting | None:
    meetings = Meeting.objects.filter(agenda__topic=topic, agenda__part=Part.OPEN)
    return meetings.exclude(state__in=states.CALLED_OFF).order_by("-starts_at").first()


@action("topic.discussed", "hat festgehalten, dass ein Thema besprochen wurde")
def discuss_topic(*, by: Actor, topic: Topic, note: str, on: date | None = None) -> Topic:
    return _noted(by, _worked_on(by, topic), TopicState.DISCUSSED, note, on)


@action("topic.to_politics", "hat ein Thema an die Politik gegeben")
def pass_to_politics(*, by: Actor, topic: Topic, note: str, on: date | None = None) -> Topic:
    refuse_if(not note.strip(), "Bitte sagen, an wen das Thema geht.", "note")
    return _noted(by, _worked_on(by, topic), TopicState.TO_POLITICS, note, on)


def _noted(by: Actor, topic: Topic, to: TopicState, note: str, on: date | None) -> Topic:
    _step(topic, to)
    topic.save()
    _note(by, topic, note, on, _last_meeting(topic))
    record(topic, fields=["state"])
    return topic


@action("topic.answered", "hat zu einem Thema Rückmeldung gegeben")
def answer_topic(*, by: Actor, topic: Topic, answer: str, on: date | None = None) -> Topic:
    """The forum hears it: who raised it, by a mail without content and on *Heute* (NW-06)."""
    fresh = _worked_on(by, topic)
    refuse_if(not answer.strip(), "Bitte schreiben Sie, was das Forum erfahren soll.", "answer")
    _step(fresh, TopicState.ANSWERED)
    fresh.answer, fresh.answered_on = answer.strip(), on or timezone.localdate()
    fresh.save()
    _note(by, fresh, answer, on, _last_meeting(fresh))
    record(fresh, fields=["state", "answer"])
    raised_by = Person.objects.select_related("user").get(pk=fresh.raised_by_id)
    notify(
        [raised_by],
        "Rückmeldung zu einem Thema",
        "zu einem Thema, das Sie eingebracht haben, gibt es eine Rückmeldung.",
    )
    return fresh


@action("topic.closed", "hat ein Thema abgeschlossen")
def close_topic(*, by: Actor, topic: Topic, note: str = "") -> Topic:
    """By the forum: who raised it, or another of its inner part."""
    fresh = _locked(topic)
    require(fresh.raised_by_id == by.person_id or inside(by, fresh), NOT_INSIDE)
    _step(fresh, TopicState.CLOSED)
    fresh.save()
    _note(by, fresh, note)
    record(fresh, fields=["state"])
    return fresh
