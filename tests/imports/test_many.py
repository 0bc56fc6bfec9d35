"""Ten thousand rows: measured and printed (`pytest -s`), not timed, because a busy machine is no fault of the code."""

import time

import pytest

from lotse.casework.models import Client
from lotse.imports.actions import request_import, undo_import
from lotse.imports.enums import State
from tests.imports.tables import checked, csv_of, rows, worked, xlsx_of

pytestmark = pytest.mark.django_db
MANY = 10_000


@pytest.mark.once
def test_ten_thousand_rows_come_in_and_go_again(world):
    content, marks = csv_of(*rows(MANY)), [time.perf_counter()]

    def lap():
        marks.append(time.perf_counter())
        return f"{marks[-1] - marks[-2]:.1f} s"

    run = checked(world, content)
    check = lap()
    assert run.counts == {"new": MANY}
    request_import(by=world.technical_lead.actor, run=run, takes_duplicates=False)
    run = worked(run)
    write = lap()
    assert (run.state, Client.objects.count()) == (State.DONE, MANY)
    again = checked(world, content)
    unchanged = lap()
    assert again.counts == {"unchanged": MANY}
    undo_import(by=world.technical_lead.actor, run=run)
    assert Client.objects.count() == 0
    print(f"\n{MANY} rows: check {check}, write {write}, check again {unchanged}, undo {lap()}")


def test_ten_thousand_rows_are_read_from_a_workbook(world):
    run = checked(world, xlsx_of(*rows(MANY)))
    assert (run.state, run.counts) == (State.CHECKED, {"new": MANY})
