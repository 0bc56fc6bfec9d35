"""Out of the first part of the forum: a text that was let out, tasks with results, and topics in every state of the way.

The actions act today, so what happened in the last two quarters is dated back afterwards.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lotse.network.actions import releases, tasks, topics
from lotse.network.enums import MeetingState, Part, TopicState
from lotse.network.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Mandate,
    Meeting,
    NetworkFormat,
    Objection,
    Release,
    Topic,
    TopicStep,
)
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage

APPOINTMENTS = {
    "title": "Keine Termine bei der Ausländerbehörde",
    "text": "In den letzten 3 Monaten haben mindestens 10 Personen über Wochen keinen Termin bekommen. Arbeitsverträge liefen deshalb aus.",
    "wish": "Eine offene Sprechstunde oder Termine über das Internet.",
}
CHILD_CARE = {
    "title": "Kinderbetreuung während der Kurse",
    "text": "Mindestens 5 Personen konnten einen Kurs nicht beginnen, weil niemand die Kinder betreut.",
    "wish": "Betreuung am Kursort, wenigstens vormittags.",
}
SCHOOL = {
    "title": "Schulplätze erst nach Monaten",
    "text": "Mindestens 5 Familien warten länger als acht Wochen auf einen Schulplatz.",
    "wish": "Eine Stelle, die Plätze vergibt und den Stand nennt.",
}
INTERPRETING = {
    "title": "Dolmetschen beim Jobcenter",
    "text": "Mindestens 5 Personen wurden weggeschickt, weil niemand übersetzen konnte.",
    "wish": "Dolmetschen am Telefon, auch im Jobcenter.",
}
OUT = "Auf Termine bei der Ausländerbehörde warten viele seit Wochen. Wir bitten um eine Antwort bis zum nächsten Treffen."
WAITING = "Für Kurse fehlt Kinderbetreuung. Das Forum bittet um ein Gespräch mit dem Jugendamt."
ANSWER = "Ab dem nächsten Monat gibt es jeden ersten Dienstag eine offene Sprechstunde, zunächst bis zum Sommer."


def tell(stage: Stage) -> None:
    forum = NetworkFormat.objects.filter(kind="intman_forum", has_inner_part=True).order_by("pk")[0]
    earlier, last = _held(forum)
    for meeting in (earlier, last):
        _as_it_was(meeting)
    _let_out(stage, earlier, last)
    _tasks(stage, earlier, last)
    _up_and_back(stage, forum, earlier)
    _unanswered(stage, forum, earlier)
    _to_politics(stage, forum, last)
    topics.raise_topic(by=_neighbour().actor, format=forum, **INTERPRETING)


def _held(format: NetworkFormat) -> list[Meeting]:
    return list(Meeting.objects.filter(format=format, state=MeetingState.HELD).order_by("starts_at")[:2])


def _neighbour() -> Player:
    return Player.known_as("nachbarin")


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(11)))


def _day(meeting: Meeting, later: int = 0) -> date:
    return timezone.localdate(meeting.starts_at) + timedelta(days=later)


def _as_it_was(meeting: Meeting) -> None:
    """The door of part 1 was shut when it began; places and mandates are older than that."""
    begun = meeting.starts_at
    Attendance.objects.filter(meeting=meeting, inner_since__isnull=False).update(inner_since=begun)
    Mandate.objects.filter(format=meeting.format_id, created_at__gt=begun).update(created_at=begun - timedelta(days=30))
    Meeting.objects.filter(pk=meeting.pk).update(inner_begun_at=begun)


def _let_out(stage: Stage, earlier: Meeting, last: Meeting) -> None:
    """Mara speaks for the forum: she confirms and passes on. Another text waits for her."""
    proposed = releases.propose_release(by=stage.jonas.actor, meeting=earlier, text=OUT)
    said = releases.object_to(by=_neighbour().actor, release=proposed, reason="Bitte ohne die Zahl der Wochen.")
    releases.withdraw_objection(by=_neighbour().actor, objection=said)
    out = releases.release_text(by=stage.mara.actor, release=proposed, revision=proposed.revision)
    releases.forward_release(by=stage.mara.actor, release=out)
    at = _at(_day(earlier, 1))
    Release.objects.filter(pk=out.pk).update(created_at=at, released_at=at, forwarded_at=at + timedelta(hours=2))
    Objection.objects.filter(pk=said.pk).update(created_at=at, withdrawn_at=at)
    releases.propose_release(by=_neighbour().actor, meeting=last, text=WAITING)


def _tasks(stage: Stage, earlier: Meeting, last: Meeting) -> None:
    lead, mara = stage.district.lead, stage.mara
    done = tasks.create_task(
        by=lead.actor, meeting=earlier, part=Part.OPEN, text="Beim Jobcenter nach Ansprechpersonen je Stadtteil fragen", owner_name="",
        owner=mara.person, due_on=_day(earlier, 21),
    )  # fmt: skip
    tasks.finish_task(by=mara.actor, task=done, result="Liste mit sechs Namen, liegt bei der Koordination.")
    tasks.control_task(by=lead.actor, task=done)
    ActionItem.objects.filter(pk=done.pk).update(closed_on=_day(earlier, 18), controlled_on=_day(last))
    tasks.create_task(
        by=mara.actor, meeting=last, part=Part.INNER, text="Beispiele für die Wartezeiten sammeln, ohne Namen", owner_name="",
        owner=mara.person, due_on=stage.ahead(4),
    )  # fmt: skip


def _released(stage: Stage, forum: NetworkFormat, words: Mapping[str, str]) -> Topic:
    topic = topics.raise_topic(by=stage.mara.actor, format=forum, **words, basis={"persons_at_least": 5})
    return topics.release_topic(by=stage.jonas.actor, topic=topic, revision=topic.revision)


def _discussed(stage: Stage, forum: NetworkFormat, words: Mapping[str, str], note: str) -> Topic:
    topic, lead = _released(stage, forum, words), stage.district.lead.actor
    topics.put_on_agenda(by=lead, topic=topic)
    return topics.discuss_topic(by=lead, topic=topic, note=note)


def _dated(topic: Topic, forum: Meeting, days: Mapping[TopicState, date]) -> None:
    """Back to the meetings in which it happened: the forum, and the first round after it."""
    round_ = Meeting.objects.filter(
        format=topic.format.reports_to, state=MeetingState.HELD, starts_at__gt=forum.starts_at
    )
    discussed_in = round_.order_by("starts_at")[0]
    days = {TopicState.RAISED: _day(forum, -4), TopicState.RELEASED: _day(forum), **days}
    for state, day in days.items():
        TopicStep.objects.filter(topic=topic, state=state).update(on=day)
    TopicStep.objects.filter(topic=topic, meeting__isnull=False).update(meeting=discussed_in)
    TopicStep.objects.filter(topic=topic, state=TopicState.ON_AGENDA).update(on=_day(forum, 1))
    TopicStep.objects.filter(topic=topic, state=TopicState.DISCUSSED).update(on=_day(discussed_in))
    AgendaItem.objects.filter(topic=topic).update(meeting=discussed_in)
    answered = days.get(TopicState.ANSWERED)
    Topic.objects.filter(pk=topic.pk).update(
        created_at=_at(days[TopicState.RAISED]), meeting=forum, released_on=_day(forum), answered_on=answered
    )


def _up_and_back(stage: Stage, forum: NetworkFormat, meeting: Meeting) -> None:
    topic = _discussed(
        stage, forum, APPOINTMENTS, "Die Behörde nennt Personalwechsel als Grund und prüft eine offene Sprechstunde."
    )
    topics.answer_topic(by=stage.district.lead.actor, topic=topic, answer=ANSWER)
    _dated(topic, meeting, {TopicState.ANSWERED: _day(meeting, 52)})


def _unanswered(stage: Stage, forum: NetworkFormat, meeting: Meeting) -> None:
    topic = _discussed(stage, forum, CHILD_CARE, "Das Jugendamt war nicht vertreten; die Koordination lädt es ein.")
    _dated(topic, meeting, {})


def _to_politics(stage: Stage, forum: NetworkFormat, meeting: Meeting) -> None:
    topic = _discussed(stage, forum, SCHOOL, "Dafür fehlt der Stadt eine Stelle. Das kann nur der Rat entscheiden.")
    topics.pass_to_politics(
        by=stage.district.lead.actor, topic=topic, note="An den Schulausschuss, mit der Bitte um eine zentrale Vergabe."
    )
    _dated(topic, meeting, {TopicState.TO_POLITICS: stage.ago(2)})
