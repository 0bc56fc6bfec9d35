"""The roster of a week on one sheet across: a line for each person, a column for each day."""

from collections import defaultdict

from lotse.documents.rendering import Document, Heading, Note, Table
from lotse.organisations.models import Person
from lotse.quality.models import Duty
from lotse.quality.queries.duty import Week

OPEN = "noch offen"
DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
FIRST, OTHER = 4, 5  # parts of the page
Who = tuple[bool, str, int, str]  # nobody last, then by name; two people may share one


def week_paper(week: Week, house: str) -> Document:
    title = f"Dienstplan Woche {week.number}: {week.monday:%d.%m.%Y} bis {week.last:%d.%m.%Y}"
    header = ("Wer", *(f"{DAYS[day.on.weekday()]} {day.on:%d.%m.}" for day in week.days))
    table = Table(header, _rows(week), (FIRST, *(OTHER for _day in week.days)))
    body = (table,) if table.rows else (Note("In dieser Woche ist nichts eingeteilt."),)
    return Document(
        title=title, blocks=(Heading(title), *body), author=house, footer=f"{house} · {title}", landscape=True
    )


def _rows(week: Week) -> tuple[tuple[str, ...], ...]:
    """By name; what nobody does stands last."""
    cells: dict[Who, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    has_places = len({shift.duty.site_id for shift in week.shifts if shift.duty.site_id}) > 1
    for day in week.days:
        for person in day.away:
            cells[_who(person)][day.ref].append("abwesend")
        for shift in day.shifts:
            if not shift.duty.is_off:
                cells[_who(shift.who)][day.ref].append(_said(shift.duty, has_places=has_places))
    return tuple((who[-1], *("\n".join(by_day[day.ref]) for day in week.days)) for who, by_day in sorted(cells.items()))


def _who(person: Person | None) -> Who:
    return (False, person.name_key, person.pk, str(person)) if person else (True, "", 0, OPEN)


def _said(duty: Duty, *, has_places: bool) -> str:
    place = f", {duty.site}" if duty.site and has_places else ""
    return f"{duty.begins:%H:%M}–{duty.ends:%H:%M} {duty.get_kind_display()}{place}"
