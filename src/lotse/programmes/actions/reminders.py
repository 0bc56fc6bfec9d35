"""Mails about deadlines: to who hands in 8, 4, 2 and 1 weeks ahead, to the coordination when one is missed. One a day for each."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from lotse.auditlog.door import action, record
from lotse.organisations.actor import SystemActor
from lotse.organisations.models import Person
from lotse.organisations.notices import notify
from lotse.programmes.models import Obligation
from lotse.programmes.queries.people import coordinating, handing_in
from lotse.programmes.queries.reminders import step_of, to_escalate, to_remind


def remind_of_deadlines() -> int:
    """Nothing to say is nothing to log."""
    today, sent = timezone.localdate(), 0
    if to_remind(today).exists():
        sent += send_reminders(by=SystemActor("Erinnerung an Fristen"), today=today)
    if to_escalate(today):
        sent += tell_coordination(by=SystemActor("Versäumte Fristen"), today=today)
    return sent


@action("obligation.reminded", "hat an Fristen erinnert")
def send_reminders(*, by: SystemActor, today: date) -> int:
    rows = list(to_remind(today).select_for_update(of=("self",)))
    told: dict[Person, list[str]] = defaultdict(list)
    for bearer in {row.bearer for row in rows}:
        lines = [_due_line(row, today) for row in rows if row.bearer_id == bearer.pk]
        for person in handing_in(bearer, today):
            told[person] += lines
    for row in rows:
        row.reminded_weeks, row.warned_of = step_of(row, today) or row.reminded_weeks, _warned(row, today)
    Obligation.objects.bulk_update(rows, ["reminded_weeks", "warned_of"], batch_size=500)
    record(by, deadlines=len(rows), people=len(told))
    _send(told, "Fristen")
    return len(told)


def _due_line(row: Obligation, today: date) -> str:
    days = (row.internal_due - today).days
    left = {0: "heute", 1: "morgen"}.get(days, f"in {days} Tagen")
    return f"{row} ({row.bearer}): fällig am {date_format(row.internal_due, 'l, j. F Y')}, {left}."


def _warned(row: Obligation, today: date) -> date | None:
    return row.warn_due if row.warn_due and row.warn_due <= today else row.warned_of


@action("obligation.escalated", "hat der Koordination versäumte Fristen gemeldet")
def tell_coordination(*, by: SystemActor, today: date) -> int:
    found = to_escalate(today)
    told: dict[Person, Counter[str]] = defaultdict(Counter)
    people = {row.bearer_id: coordinating(row.bearer, today) for row, _on in found}
    for row, on in found:
        row.escalated_of = on
        for person in people[row.bearer_id]:
            told[person][_missed_line(row, today)] += 1
    Obligation.objects.bulk_update([row for row, _on in found], ["escalated_of"], batch_size=500)
    record(by, deadlines=len(found), people=len(told))
    _send({person: _counted(lines) for person, lines in told.items()}, "Fristen in Gefahr")
    return len(told)


def _missed_line(row: Obligation, today: date) -> str:
    """Without a name: many that miss the same are one line."""
    if row.is_overdue_external(today):
        return f"{row}: bei der Behörde seit {date_format(row.external_due, 'j. F Y')} überfällig"
    if row.is_overdue_internal(today):
        return f"{row}: seit {date_format(row.internal_due, 'j. F Y')} nicht eingereicht"
    return f"{row}: bei der Behörde fällig am {date_format(row.external_due, 'j. F Y')}, noch nicht abgegeben"


def _counted(lines: Counter[str]) -> list[str]:
    return [f"{line}. Betrifft {count} {'Stelle' if count == 1 else 'Stellen'}." for line, count in lines.items()]


def _send(told: dict[Person, list[str]], subject: str) -> None:
    for person, lines in told.items():
        notify([person], subject, "\n".join(_in_order(lines)))


def _in_order(lines: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(lines))
