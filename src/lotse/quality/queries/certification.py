"""Procedures of certification: which there are, where one stands, who has the ball and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.utils import timezone

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.quality import rules
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Side, Station, Validity
from lotse.quality.models import (
    AuditReport,
    BoardDecision,
    Certificate,
    Certification,
    CertificationContract,
    CertificationEvent,
    Framework,
    Participant,
    ScheduleItem,
)
from lotse.quality.models.certification import OVER

MOST_EVENTS = 50
TONES = {
    State.GRANTED: "good", State.CONDITIONS: "warn", State.REWORK: "warn", State.REFUSED: "bad", State.WITHDRAWN: "none",
}  # fmt: skip
VALIDITY_TONES = {
    Validity.VALID: "good", Validity.EXPIRING: "warn", Validity.EXPIRED: "none", Validity.REVOKED: "bad",
}  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """What is next, and with whom: nobody where the procedure is over."""

    station: Station
    side: Side | None
    words: str


# State → where the procedure stands now, who has the ball, and what is to be done.
TURNS: Mapping[str, Turn] = {
    State.REGISTERED: Turn(Station.CONTRACT, Side.ORGANISATION, "Vertrag eintragen, sobald beide Seiten unterschrieben haben"),
    State.CONTRACT_SIGNED: Turn(Station.SCHEDULE, Side.ORGANISATION, "Zeitplan vorschlagen"),
    State.SCHEDULE_AGREED: Turn(Station.CHECKLIST, Side.ORGANISATION, "Checkliste beantworten, Nachweise beifügen, einreichen"),
    State.CHECKLIST_SUBMITTED: Turn(Station.REVIEW, Side.ASSESSOR, "Dokumente prüfen, Rückmeldebericht ausgeben"),
    State.DOCUMENTS_REVIEWED: Turn(Station.VISIT, Side.ASSESSOR, "Einrichtung besuchen"),
    State.REWORK: Turn(Station.CHECKLIST, Side.ORGANISATION, "Nacharbeiten, was im Rückmeldebericht steht, und neu einreichen"),
    State.VISIT_DONE: Turn(Station.REPORT, Side.ASSESSOR, "Auditbericht schreiben und dem Beirat vorlegen"),
    State.AUDIT_REPORT_PRESENTED: Turn(Station.DECISION, Side.BOARD, "Abstimmen und entscheiden"),
    State.CONDITIONS: Turn(Station.DECISION, Side.ORGANISATION, "Auflagen erfüllen; der Beirat stellt es fest"),
    State.GRANTED: Turn(Station.CERTIFICATE, None, ""),
    State.REFUSED: Turn(Station.DECISION, None, ""),
}  # fmt: skip
# The step that ends a station.
ENDS: Mapping[str, tuple[str, ...]] = {
    Station.CONTRACT: (State.CONTRACT_SIGNED,), Station.SCHEDULE: (State.SCHEDULE_AGREED,),
    Station.CHECKLIST: (State.CHECKLIST_SUBMITTED,), Station.REVIEW: (State.DOCUMENTS_REVIEWED,),
    Station.VISIT: (State.VISIT_DONE,), Station.REPORT: (State.AUDIT_REPORT_PRESENTED,),
    Station.DECISION: (State.GRANTED, State.CONDITIONS, State.REFUSED), Station.CERTIFICATE: (State.GRANTED,),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A station as the page shows it. `on`: when it ended; `planned`: when it shall, as agreed."""

    station: Station
    is_done: bool
    is_here: bool
    on: date | None
    planned: date | None


@dataclass(frozen=True)
class Standing:
    """A certificate today."""

    certificate: Certificate
    day: date

    @property
    def validity(self) -> Validity:
        return rules.validity(self.certificate, self.day)

    @property
    def tone(self) -> str:
        return VALIDITY_TONES[self.validity]

    @property
    def months_left(self) -> int | None:
        return rules.months_left(self.certificate, self.day) if self.validity == Validity.EXPIRING else None


@dataclass(frozen=True)
class Path:
    certification: Certification
    steps: list[Step]
    turn: Turn
    contract: CertificationContract | None
    decision: BoardDecision | None
    standing: Standing | None
    schedule: list[ScheduleItem]
    may_agree: bool


def certifications(actor: Actor) -> QuerySet[Certification]:
    rows = Certification.objects.visible_to(actor).select_related("organisation", "framework")
    return rows.prefetch_related("certificates")


def get_certification(actor: Actor, public_id: str) -> Certification:
    rows = Certification.objects.visible_to(actor)
    return found(rows.select_related("organisation", "framework", "recertifies"), public_id)


def overseen(actor: Actor) -> QuerySet[Certification]:
    """The state alone, for who looks over the carriers of a district: of each catalogue of a carrier the last procedure."""
    all_of_them = Certification.objects.overseen_by(actor)
    latest = all_of_them.order_by().values("organisation", "framework").annotate(last=Max("id")).values("last")
    rows = Certification.objects.filter(pk__in=latest).select_related("organisation", "framework")
    return rows.prefetch_related("certificates").order_by(
        "organisation__name", "organisation_id", "framework__title", "-id"
    )


@dataclass(frozen=True)
class Row:
    """A procedure in a list."""

    certification: Certification
    standing: Standing | None

    @property
    def tone(self) -> str:
        return TONES.get(State(self.certification.state), "")

    @property
    def turn(self) -> Turn | None:
        return TURNS.get(self.certification.state)


def as_rows(found_rows: list[Certification]) -> list[Row]:
    """Of rows with their certificates at hand."""
    today = timezone.localdate()
    return [Row(one, _standing(next(iter(one.certificates.all()), None), today)) for one in found_rows]


def path_of(actor: Actor, certification: Certification) -> Path:
    schedule = list(certification.schedule.all())
    turn = _turn(certification, schedule)
    ended = _ended(certification)
    planned = {row.station: row.on for row in schedule}
    steps = [_step(Station(one), turn, certification, ended, planned) for one in Station.values]
    return Path(
        certification, steps, turn, certification.contracts.first(), certification.decisions.first(),
        _standing(certification.certificates.first(), timezone.localdate()), schedule,
        may_agree=any(not row.house_agreed_on for row in schedule) and certification.state == State.CONTRACT_SIGNED,
    )  # fmt: skip


def _turn(certification: Certification, schedule: list[ScheduleItem]) -> Turn:
    if certification.state == State.WITHDRAWN:
        last = certification.events.filter(to_state=State.WITHDRAWN).values_list("from_state", flat=True).get()
        return Turn(TURNS[last].station, None, "")
    if certification.state == State.CONTRACT_SIGNED and schedule:
        waits_for_house = any(not row.house_agreed_on for row in schedule)
        side = Side.ORGANISATION if waits_for_house else Side.ASSESSOR
        return Turn(Station.SCHEDULE, side, "Dem Zeitplan zustimmen oder einen anderen vorschlagen")
    return TURNS[certification.state]


def _ended(certification: Certification) -> dict[str, date]:
    """State → the day on which it was last reached."""
    rows = certification.events.order_by("id").values_list("to_state", "created_at")
    return {state: timezone.localtime(at).date() for state, at in rows}


def _step(
    station: Station, turn: Turn, certification: Certification, ended: Mapping[str, date], planned: Mapping[str, date]
) -> Step:
    granted = certification.state == State.GRANTED
    is_done = granted or station.value < turn.station.value
    on = max((ended[state] for state in ENDS[station] if state in ended), default=None) if is_done else None
    is_here = station == turn.station and not granted
    return Step(station, is_done, is_here, on, planned.get(station.value))


def _standing(certificate: Certificate | None, day: date) -> Standing | None:
    return Standing(certificate, day) if certificate else None


def participants(actor: Actor, certification: Certification) -> list[Participant]:
    rows = Participant.objects.visible_to(actor).filter(certification=certification).select_related("person")
    return list(rows.order_by("side", "-is_chair", "id"))


def by_token(token: str) -> Standing | None:
    """For the public page: nothing but what a certificate says of itself."""
    row = Certificate.objects.filter(token=token).select_related("organisation", "certification__framework").first()
    return _standing(row, timezone.localdate())


def frameworks_to_certify(actor: Actor) -> dict[str, Framework]:
    """Of houses whose quality she keeps, where no procedure runs."""
    running = Certification.objects.exclude(state__in=OVER).order_by().values("framework")
    kept = Framework.objects.filter(in_branches(actor.quality_paths, "organisation"))
    return {row.public_id: row for row in kept.exclude(pk__in=running).select_related("organisation")}


def newest_version(framework: Framework) -> Framework:
    """What a re-certification is made by."""
    same = Framework.objects.filter(organisation=framework.organisation_id, key=framework.key)
    return same.order_by("-id").first() or framework


def presented_report(actor: Actor, certification: Certification) -> AuditReport | None:
    rows = AuditReport.objects.visible_to(actor).filter(certification=certification, presented_on__isnull=False)
    return rows.select_related("certification__organisation", "certification__framework").first()


def last_events(actor: Actor, certification: Certification) -> list[CertificationEvent]:
    """The last first; a procedure has few, whatever its checklist."""
    rows = CertificationEvent.objects.visible_to(actor).filter(certification=certification)
    return list(rows.order_by("-id")[:MOST_EVENTS])


def followed_by(actor: Actor, certification: Certification) -> Certification | None:
    return Certification.objects.visible_to(actor).renewing().filter(recertifies=certification).first()
