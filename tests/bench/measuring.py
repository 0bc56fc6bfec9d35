"""How long something takes and how many statements it sends, and the line that says so."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

Times = tuple[float, float, float]
WARM_UP, ROUNDS, FEWEST = 3, 40, 5
PATIENCE = 30  # seconds for a page that takes seconds: then the fewest rounds must do


def processor_time() -> float:
    """Milliseconds that this process and the server behind its connection have been at work.

    On a busy machine the clock on the wall measures the others.
    """
    return time.process_time() * 1000 + _of_server()


def _of_server() -> float:
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0
    schedule = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(schedule.read_text().split()[0]) / 1e6


def timed(*acts: Callable[[], Any]) -> list[Times]:
    """p50 and p95 by the clock, and the limit of the quickest fifth by processor time, of each, in milliseconds.

    They take turns, so that whatever else the machine does meets all of them alike; ratios compare the quickest fifth.
    """
    walls: list[list[float]] = [[] for _ in acts]
    works: list[list[float]] = [[] for _ in acts]
    started = time.perf_counter()
    for number in range(WARM_UP + ROUNDS):
        if number >= WARM_UP + FEWEST and time.perf_counter() - started > PATIENCE:
            break
        for act, wall, work in zip(acts, walls, works, strict=True):
            begin, worked = time.perf_counter(), processor_time()
            act()
            if number >= WARM_UP:
                work.append(processor_time() - worked)
                wall.append((time.perf_counter() - begin) * 1000)
    return [(_limit(wall, 0.5), _limit(wall, 0.95), _limit(work, 0.2)) for wall, work in zip(walls, works, strict=True)]


def _limit(times: list[float], part: float) -> float:
    return sorted(times)[int(len(times) * part)]


@contextmanager
def statements() -> Iterator[list[str]]:
    """The first word of each one sent. Django's own list forgets after nine thousand."""
    sent: list[str] = []

    def noted(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        sent.append(sql[:6])
        return execute(sql, *arguments)

    with connection.execute_wrapper(noted):
        yield sent


class Report:
    """Lines of one table."""

    def __init__(self, size: str) -> None:
        self.size = size

    def line(self, name: str, *cells: str) -> None:
        print(f"{self.size:>8} {connection.vendor:11} {name:34} {' '.join(cells)}".rstrip(), flush=True)

    def page(self, name: str, times: Times, sent: int, kilobytes: float, floor: float) -> None:
        """`floor`: its time at work, 0 where there is none."""
        share = f"{times[2] / floor:7.2f}" if floor else ""
        self.line(name, f"{times[0]:8.1f} {times[1]:8.1f} {times[2]:8.1f} {sent:6} {kilobytes:8.1f}", share)

    def work(self, name: str, seconds: float, at_work: float, sent: int, more: str) -> None:
        """`at_work`: seconds of processor time."""
        self.line(name, f"{seconds * 1000:8.0f} {'':8} {at_work * 1000:8.0f} {sent:6} {'':8} {more}")
