"""Until when: the clocks that run for a case, ready to be shown (D-03)."""

from dataclasses import dataclass
from datetime import date, timedelta

from lotse.casework import rules
from lotse.casework.models import Client, CounsellingCase
from lotse.core.dates import years_later

YOUTH = "jmd"


@dataclass(frozen=True)
class Clock:
    title: str
    ends_on: date | None
    explanation: str
    is_over: bool = False
    ends_soon: bool = False


def clocks(case: CounsellingCase, today: date) -> list[Clock]:
    """The way into the programme, its longest duration, and the aim that outside support recedes."""
    return [*_of_programme(case, today), _aim(case.client, today)]


def _of_programme(case: CounsellingCase, today: date) -> list[Clock]:
    client, years = case.client, case.programme.max_years
    if case.programme.code == YOUTH:
        return [_running("Alter", _last_day_of_youth(client), today, "bis zum 27. Geburtstag")]
    if not years:
        return []
    end = case.extended_until or years_later(case.first_contact_on, years)
    return [
        _running("Zugang", _window_end(client), today, "drei Jahre nach Einreise oder dauerhaftem Aufenthalt"),
        _running("Beratung", end, today, "längste Dauer des Angebots"),
    ]


def _aim(client: Client, today: date) -> Clock:
    end = years_later(client.entered_germany_on, 3) if client.entered_germany_on else None
    return Clock("Ziel", end, "danach sollen Regeldienste genügen", is_over=bool(end and today > end))


def _running(title: str, ends_on: date | None, today: date, explanation: str) -> Clock:
    is_over = bool(ends_on and today > ends_on)
    return Clock(title, ends_on, explanation, is_over, rules.ends_soon(ends_on, today))


def _window_end(client: Client) -> date | None:
    starts = [client.entered_germany_on, None if client.is_resettler else client.permanent_status_on]
    known = [start for start in starts if start]
    return years_later(max(known), 3) if known else None


def _last_day_of_youth(client: Client) -> date | None:
    return years_later(client.birth_date, 27) - timedelta(days=1) if client.birth_date else None
