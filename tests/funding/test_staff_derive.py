"""Which processes follow from an event: the table of model.md §9.4 and 9.5."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.funding.enums_staff import ChangeKind, ProcessCode, ProcessKind
from lotse.funding.staff_processes import Event, Needed, derive

DAY, NEXT, LATER = date(2026, 5, 1), date(2026, 5, 2), date(2026, 6, 1)
N, C = ProcessKind.NOTIFY, ProcessKind.CONSENT
HALF, MORE = Decimal("0.50"), Decimal("0.75")
SUBSTITUTE = {"newcomer_from": LATER}
UNUSUAL = {"newcomer_from": LATER, "qualification_deviates": True}
COMES = Needed(C, ProcessCode.NEW_HIRE, LATER)
DEVIATES = Needed(C, ProcessCode.DEVIATING_QUALIFICATION, LATER)

TABLE = [
    ("illness", {}, [Needed(N, ProcessCode.VACANCY_ILLNESS, NEXT, due_from=DAY)]),
    ("illness", SUBSTITUTE, [Needed(N, ProcessCode.VACANCY_ILLNESS, NEXT, due_from=DAY), COMES]),
    ("maternity", {}, [Needed(N, ProcessCode.VACANCY_MATERNITY, DAY)]),
    ("maternity", SUBSTITUTE, [Needed(N, ProcessCode.VACANCY_MATERNITY, DAY), COMES]),
    ("parental", {}, [Needed(N, ProcessCode.VACANCY_PARENTAL, DAY)]),
    ("parental", SUBSTITUTE, [Needed(N, ProcessCode.VACANCY_PARENTAL, DAY), COMES]),
    ("parental", UNUSUAL, [Needed(N, ProcessCode.VACANCY_PARENTAL, DAY), COMES, DEVIATES]),
    ("vacant", {}, [Needed(N, ProcessCode.VACANCY_UNFILLED, DAY)]),
    ("vacant", SUBSTITUTE, [Needed(N, ProcessCode.VACANCY_UNFILLED, DAY), COMES]),
    ("termination", {}, [Needed(N, ProcessCode.END_TERMINATION, NEXT)]),
    ("termination", SUBSTITUTE, [Needed(N, ProcessCode.END_TERMINATION, NEXT), COMES]),
    ("mutual", {}, [Needed(N, ProcessCode.END_MUTUAL, NEXT)]),
    ("fixed_term", {}, [Needed(N, ProcessCode.END_FIXED_TERM, NEXT)]),
    ("retirement", {}, [Needed(N, ProcessCode.END_RETIREMENT, NEXT)]),
    ("new_hire", SUBSTITUTE, [COMES]),
    ("new_hire", UNUSUAL, [COMES, DEVIATES]),
    ("extension", {}, [Needed(C, ProcessCode.EXTENSION, DAY)]),
    ("qualification", {}, [Needed(C, ProcessCode.DEVIATING_QUALIFICATION, DAY)]),
    ("hours", {"fte_before": HALF, "fte_after": MORE}, [Needed(C, ProcessCode.FTE_INCREASE, DAY)]),
    ("hours", {"fte_before": MORE, "fte_after": HALF}, [Needed(N, ProcessCode.FTE_REDUCTION, DAY)]),
    ("personal", {}, [Needed(N, ProcessCode.PERSONAL_CHANGE, DAY)]),
    ("agency_data", {}, [Needed(N, ProcessCode.AGENCY_DATA_CHANGE, DAY)]),
    ("site_open", {}, [Needed(C, ProcessCode.SITE_OPEN, DAY)]),
    ("site_close", {}, [Needed(C, ProcessCode.SITE_CLOSE, DAY)]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "told", "needed"), TABLE)
def test_an_event_needs_exactly_these_processes(kind, told, needed):
    assert derive(Event(ChangeKind(kind), DAY, **told)) == needed


def test_the_table_knows_every_kind_of_event_and_every_process():
    assert {kind for kind, _told, _needed in TABLE} == set(ChangeKind.values)
    assert {one.code for _kind, _told, needed in TABLE for one in needed} == set(ProcessCode)
