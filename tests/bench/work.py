"""What the worker does for minutes: a table taken over, files erased. Measured once, in seconds, and it stays done."""

import time
from collections.abc import Callable
from typing import Any

from lotse.casework.actions.erasure import confirm_run, erase_next, propose_run
from lotse.casework.models import ErasureRun
from lotse.imports.actions import choose_columns, request_import
from lotse.imports.columns import guessed
from lotse.imports.enums import Category
from lotse.imports.kinds import KINDS
from lotse.imports.models import Import
from lotse.imports.queries import headings_of
from lotse.organisations.actor import Actor, SystemActor
from tests.bench.measuring import Report, processor_time, statements
from tests.imports import tables

ROWS, ERASED = 10_000, 200


class _Login:
    """As the helpers of the import's tests know a persona."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor


def measure_import(report: Report, lead: Actor) -> None:
    """Ten thousand people: looked at, then written, also those who look like somebody whom the demo has invented."""
    content = tables.xlsx_of(*tables.rows(ROWS))
    checked = _step(report, f"import, {ROWS} rows, dry run", lambda: _check(lead, content))
    assert checked.count(Category.NEW) + checked.count(Category.DUPLICATE) == ROWS, checked.counts
    request_import(by=lead, run=checked, takes_duplicates=True)
    done = _step(report, f"import, {ROWS} rows, run", lambda: tables.worked(checked))
    assert done.made == ROWS, done.failure


def _check(lead: Actor, content: bytes) -> Import:
    """The columns as they are guessed; site and counsellor the same for all."""
    kind = KINDS[tables.CLIENT]
    options, run = kind.options(lead), tables.brought(_Login(lead), content)
    for_all = {key: f"={next(iter(options[key]))}" for key in ("site", "responsible")}
    mapping = for_all | guessed(kind, headings_of(run), {})
    choose_columns(by=lead, run=run, mapping=mapping, headings={})
    return tables.worked(run)


def measure_erasure(report: Report, proposes: Actor, agrees: Actor) -> None:
    """What is due, proposed and agreed to; then some of it file by file, as the worker does."""
    run = _step(report, "erasure, proposal", lambda: propose_run(by=proposes))
    confirm_run(by=agrees, run=run)
    by, wanted = SystemActor("Löschlauf", run.organisation_id), min(ERASED, run.total)

    def erase() -> ErasureRun:
        for _ in range(wanted):
            erase_next(by=by, run=run)
        return ErasureRun.objects.get(pk=run.pk)

    after = _step(report, f"erasure, {wanted} of {run.total} files", erase, wanted)
    assert after.erased == wanted, (after.erased, after.skipped)


def _step(report: Report, name: str, act: Callable[[], Any], pieces: int = 0) -> Any:
    with statements() as sent:
        begin, worked = time.perf_counter(), processor_time()
        found = act()
        seconds, at_work = time.perf_counter() - begin, (processor_time() - worked) / 1000
    each = f"{at_work / pieces * 1000:.0f} ms a file" if pieces else ""
    report.work(name, seconds, at_work, len(sent), each)
    return found
