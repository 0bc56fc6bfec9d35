"""Two quarters of a forum and a coordination round, the circle of the agencies, a year ahead: past and to come."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils import timezone

from lotse.network.actions.agenda import keep_template, propose_item
from lotse.network.actions.charters import share_charter, write_charter
from lotse.network.actions.closing import close_meeting, note_presence, send_minutes
from lotse.network.actions.formats import add_member, begin_format
from lotse.network.actions.live import Words, lay_down_pen, save_words, take_pen
from lotse.network.actions.mandates import grant_mandate
from lotse.network.actions.meetings import Day, add_guest, call_off, change_meeting, invite, plan_meetings, reply
from lotse.network.enums import Function, Part, Presence, Reply
from lotse.network.forms.formats import start_of
from lotse.network.holidays import working_day_from
from lotse.network.models import Attendance, Meeting, Member, NetworkFormat
from lotse.network.packaged import kind
from lotse.organisations.models import Person
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage

ROUND_NOTES = """Aus dem Forum liegt ein Punkt vor: lange Wartezeiten auf Termine.
Die Ausländerbehörde nennt Personalwechsel als Grund.
Beschluss: Offene Sprechstunde jeden ersten Dienstag, zunächst bis zum Sommer.
Aufgabe: Rückmeldung an das Forum geben – Deniz Demobach, bis {soon}
Aufgabe: Aushang in vier Sprachen vorbereiten – Frau Muster, bis {later}"""
FORUM_NOTES = """Die Stabsstelle berichtet aus der Koordinierungsrunde.
Beschluss: Beim nächsten Mal stellt das Jobcenter sein Dolmetscherangebot vor.
Aufgabe: Einladung an das Jobcenter – Deniz Demobach, bis {soon}"""
FIRST_ROUND_NOTES = """Die Runde gibt sich einen Takt: einmal im Quartal, immer donnerstags.
Beschluss: Das Forum bringt seine Punkte eine Woche vorher ein."""
FIRST_FORUM_NOTES = """Die Stabsstelle stellt sich vor und fragt, was am meisten Zeit kostet.
Beschluss: Punkte aus Teil 1 gehen eine Woche vor der Runde an die Stabsstelle."""
INNER_NOTES = "Alle drei warten seit Wochen auf Termine. Gemeinsam als Muster einbringen, ohne einzelne Fälle."
LATER_CIRCLE_NOTES = "Kleve hat die Lesepaten vorgestellt.\nBeschluss: Beim nächsten Mal geht es um Ehrenamtliche."
CIRCLE_NOTES = "Meerbusch hat das Nachbarschaftscafé vorgestellt.\nBeschluss: Die Vorlage für Aushänge wird geteilt."


def tell(stage: Stage) -> None:
    round_ = _round(stage)
    forum = _forum(stage, round_)
    circle = _circle(stage)
    _charters(stage, round_, forum)
    for days, of_forum, of_round in ((100, FIRST_FORUM_NOTES, FIRST_ROUND_NOTES), (16, FORUM_NOTES, ROUND_NOTES)):
        _held(stage, forum, days, of_forum, inside=INNER_NOTES)
        _held(stage, round_, days - 7, of_round)
    _held(stage, circle, 120, CIRCLE_NOTES, presents="Integrationsagentur Meerbusch")
    _held(stage, circle, 45, LATER_CIRCLE_NOTES, presents="Integrationsagentur Kleve", is_sent=False)
    _coming(stage, round_, forum, circle)


def _neighbour() -> Player:
    return Player.known_as("nachbarin")


def _begin(stage: Stage, key: str, **more: object) -> NetworkFormat:
    start = {**start_of(key), "reports_to": None, "begun_on": date(stage.last_year, 1, 1), **more}
    return begin_format(by=stage.district.lead.actor, kind=key, **start)


def _add(stage: Stage, format: NetworkFormat, name: str, email: str = "", **more: object) -> None:
    values = {"function": Function.MEMBER, "institution": "", **more}
    made = add_member(by=stage.district.lead.actor, format=format, name=name, email=email, **values)
    Member.objects.filter(pk=made.pk).update(valid_from=format.begun_on)


def _add_player(stage: Stage, format: NetworkFormat, who: Player, **more: object) -> None:
    email = who.person.user.email if who.person.user else ""
    _add(stage, format, str(who.person), email, institution=who.person.organisation.name, **more)


def _round(stage: Stage) -> NetworkFormat:
    made = _begin(stage, "coordination_round", place="Rathaus, Raum 2.14")
    _add_player(stage, made, stage.district.lead, function=Function.ORGANISER)
    for who in (stage.helin, stage.petra, stage.neighbours.lead, stage.jonas):
        _add_player(stage, made, who)
    _add(stage, made, "Frau Muster", "muster@stadt.example", institution="Amt für Migration, Beispielstadt")
    _add(stage, made, "Herr Probe", "probe@jobcenter.example", institution="Jobcenter Beispielstadt")
    return made


def _forum(stage: Stage, round_: NetworkFormat) -> NetworkFormat:
    made = _begin(stage, "intman_forum", reports_to=round_, video_link="https://video.lotse.example/forum")
    _add_player(stage, made, stage.district.lead, function=Function.ORGANISER)
    inside = (
        (stage.mara, stage.helin, Function.SPEAKER),
        (stage.jonas, stage.helin, Function.MEMBER),
        (_neighbour(), stage.neighbours.lead, Function.MEMBER),
    )
    for who, lead, function in inside:
        _add_player(stage, made, who, function=function, in_inner_part=True)
        grant_mandate(
            by=lead.actor, person=who.person, format=made, scope="spricht für die IntMan des Trägers",
            valid_from=stage.ago(320), valid_to=stage.ahead(40 if who is stage.mara else 300),
        )  # fmt: skip
    return made


def _circle(stage: Stage) -> NetworkFormat:
    """People of the agencies have no login here; they are invited by mail."""
    made = _begin(
        stage, "specialist_circle", name="Facharbeitskreis Integrationsagenturen", place="Bezirksgeschäftsstelle Essen"
    )
    _add_player(stage, made, stage.district.lead, function=Function.ORGANISER)
    people = Person.objects.filter(memberships__role="integration_specialist", user=None).distinct().order_by("pk")[:13]
    for number, person in enumerate(people):
        where = person.memberships.select_related("organisation").filter(role="integration_specialist").first()
        email = f"agentur{number + 1}@lotse.example"
        _add(stage, made, str(person), email, institution=str(where.organisation.name if where else ""))
    return made


def _charters(stage: Stage, round_: NetworkFormat, forum: NetworkFormat) -> None:
    by = stage.district.lead.actor
    parts = {
        "participants": "Stabsstelle, Amt für Migration, Jobcenter, alle Träger des Integrationsmanagements",
        "goals": "Kürzere Wege zwischen Beratung und Behörden. Jeder Punkt aus dem Forum bekommt eine Antwort.",
        "rhythm": "Einmal im Quartal, 60 Minuten",
        "organising": "Die Koordination lädt ein, moderiert und schreibt das Protokoll.",
    }
    agreed = write_charter(by=by, format=round_, **parts, agreed_on=stage.ago(200))
    share_charter(by=by, charter=agreed)
    write_charter(by=by, format=forum, **{**parts, "rhythm": "Einmal im Quartal, 120 Minuten in zwei Teilen"})


def _at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(working_day_from(day), time(hour)))


def _held(
    stage: Stage,
    format: NetworkFormat,
    days: int,
    notes: str,
    *,
    inside: str = "",
    presents: str = "",
    is_sent: bool = True,
) -> None:
    by = stage.district.lead.actor
    begins = _at(stage.ago(days))
    (meeting,) = plan_meetings(by=by, planned=[(format, Day(begins, format.lasts))])
    lead = stage.district.lead.person
    more = {"moderator": lead, "minute_taker": lead, "presents": presents}
    change_meeting(by=by, meeting=meeting, day=Day(begins, format.lasts), **more)
    note_presence(by=by, meeting=meeting, presences=_presences(meeting), represented=kind(format.kind).composition)
    if inside:
        _note(stage.mara, meeting, Part.INNER, inside)
    due = {"soon": f"{stage.ahead(10):%d.%m.%Y}", "later": f"{stage.ahead(40):%d.%m.%Y}"}
    _note(stage.district.lead, meeting, Part.OPEN, notes.format(**due))
    close_meeting(by=by, meeting=meeting)
    if is_sent:
        send_minutes(by=by, meeting=meeting)


def _presences(meeting: Meeting) -> Mapping[str, Presence]:
    """Everybody was there but the last one of the list who does not sit inside, who was excused."""
    refs = list(Attendance.objects.filter(meeting=meeting, in_inner_part=False).values_list("public_id", flat=True))
    inside = Attendance.objects.filter(meeting=meeting, in_inner_part=True).values_list("public_id", flat=True)
    found = dict.fromkeys([*refs, *inside], Presence.PRESENT)
    return found | ({refs[-1]: Presence.EXCUSED} if len(refs) > 1 else {})


def _note(who: Player, meeting: Meeting, part: Part, text: str) -> None:
    notes = take_pen(by=who.actor, meeting=meeting, part=part)
    save_words(by=who.actor, meeting=meeting, part=part, words=Words(text, notes.revision, "demo"))
    lay_down_pen(by=who.actor, meeting=meeting, part=part)


def _coming(stage: Stage, round_: NetworkFormat, forum: NetworkFormat, circle: NetworkFormat) -> None:
    by = stage.district.lead.actor
    first, second, _third = plan_meetings(
        by=by,
        planned=[
            (forum, Day(_at(stage.ahead(5)), 120)), (round_, Day(_at(stage.ahead(12), 14), 60)),
            (circle, Day(_at(stage.ahead(30)), 180)),
        ],
    )  # fmt: skip
    for meeting in (first, second):
        invite(by=by, meeting=meeting)
    add_guest(
        by=by, meeting=first, name="Herr Probe", email="probe@jobcenter.example", institution="Jobcenter Beispielstadt"
    )
    propose_item(by=_neighbour().actor, meeting=first, title="Dolmetschen am Telefon", lasts=10)
    propose_item(
        by=stage.jonas.actor, meeting=first, part=Part.INNER, title="Wer spricht für uns im nächsten Jahr?", lasts=5
    )
    reply(
        by=stage.jonas.actor, place=Attendance.objects.get(meeting=first, person=stage.jonas.person), answer=Reply.YES
    )
    keep_template(by=by, meeting=second, name="Unsere Koordinierungsrunde")
    call_off(by=by, meeting=second, reason="Der Saal ist gesperrt.", instead=Day(_at(stage.ahead(19), 14), 60))
    year = {
        date(stage.today.year + 1, month, 9): format
        for month, format in ((2, circle), (3, round_), (6, circle), (10, circle))
    }
    plan_meetings(by=by, planned=[(format, Day(_at(day), format.lasts)) for day, format in year.items()])
