"""What assessors and board are asked for in their rooms."""

from dataclasses import dataclass

from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Side
from lotse.quality.models import Participant
from lotse.quality.queries.rooms import Seat, own_vote, standing


@dataclass(frozen=True)
class Todo:
    """What is hers to do now, where, and what stands on the button that leads there."""

    words: str
    place: str
    button: str


TODO = {
    (Side.ASSESSOR, State.CHECKLIST_SUBMITTED): Todo("Prüfen Sie Checkliste und Nachweise.", "checklist", "Zur Checkliste"),
    (Side.ASSESSOR, State.DOCUMENTS_REVIEWED): Todo("Planen und machen Sie den Besuch.", "visit", "Zum Besuch"),
    (Side.ASSESSOR, State.VISIT_DONE): Todo("Schreiben Sie den Auditbericht und legen Sie ihn vor.", "report", "Zum Auditbericht"),
    (Side.BOARD, State.AUDIT_REPORT_PRESENTED): Todo("Lesen Sie den Auditbericht und stimmen Sie ab.", "vote", "Zur Abstimmung"),
    (Side.BOARD, State.CONDITIONS): Todo("Prüfen Sie die Auflagen, wenn ihre Frist kommt.", "vote", "Zu den Auflagen"),
}  # fmt: skip
RECORD = Todo("Der Beirat ist beschlussfähig. Halten Sie fest, was er entschieden hat.", "vote", "Zur Entscheidung")


def todo(seat: Seat) -> Todo | None:
    """Whoever has voted waits for the others; then it is the chair's turn, and so are conditions."""
    found = TODO.get((Side(seat.participant.side), State(seat.certification.state)))
    if found is None or seat.is_assessor:
        return found
    if seat.certification.state == State.CONDITIONS:
        return found if seat.is_chair else None
    if own_vote(seat) is None:
        return found
    return RECORD if seat.is_chair and standing(seat).has_quorum else None


def is_asked(row: Participant) -> bool:
    """The same in a list, for a row of `rooms.seats`: without who is to record the decision."""
    state = row.certification.state
    if (row.side, state) not in TODO or (state == State.CONDITIONS and not row.is_chair):
        return False
    return not row.has_voted or state == State.CONDITIONS  # type: ignore[attr-defined]
