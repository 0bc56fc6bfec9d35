"""Lines of the notes that mean something: "Beschluss: …" and "Aufgabe: … – Name, bis 12.03."."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lotse.core.search import fold

_DECISION = re.compile(r"^\s*[-*•]?\s*Beschlu(?:ss|ß)\s*:\s*(.+?)\s*$", re.IGNORECASE)
_TASK = re.compile(r"^\s*[-*•]?\s*Aufgabe\s*:\s*(.+?)\s*$", re.IGNORECASE)
_OWNER = re.compile(r"^(?P<text>.+)\s[-–—]\s(?P<rest>[^–—]+?)$")
_DUE = re.compile(r"[,;]?\s*\bbis\s+(?:zum\s+)?(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2}))?\s*\.?$", re.IGNORECASE)
NOBODY = "noch offen"


@dataclass(frozen=True)
class TaskLine:
    """`key` tells equal lines apart, so that each becomes one task however often the notes are saved."""

    key: str
    text: str
    owner_name: str
    due_on: date | None


def decisions_in(text: str) -> list[str]:
    return [found.group(1) for line in text.splitlines() if (found := _DECISION.match(line))]


def tasks_in(text: str, day: date) -> list[TaskLine]:
    """`day` is that of the meeting: a due day without a year is the next one after it."""
    seen: Counter[str] = Counter()
    lines = []
    for line in text.splitlines():
        if found := _TASK.match(line):
            words = found.group(1)
            seen[words] += 1
            lines.append(_task(words, f"{words}#{seen[words]}", day))
    return lines


def _task(words: str, key: str, day: date) -> TaskLine:
    rest, due_on = _without_due(words, day)
    owned = _OWNER.match(rest)
    text, owner = (owned["text"], owned["rest"]) if owned else (rest, "")
    if owned and due_on is None:
        text, due_on = _without_due(text, day)
    return TaskLine(key, text.strip(" ,;"), owner.strip(" ,;.") or NOBODY, due_on)


def _without_due(words: str, day: date) -> tuple[str, date | None]:
    found = _DUE.search(words)
    due_on = _date(found.groups(), day) if found else None
    return (words[: found.start()].rstrip(), due_on) if found and due_on else (words, None)


def _date(parts: tuple[str, ...], day: date) -> date | None:
    number, month, year = parts
    try:
        if year:
            return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(number))
        due_on = day.replace(month=int(month), day=int(number))
        return due_on if due_on >= day else due_on.replace(year=day.year + 1)
    except ValueError:
        return None


def whose(name: str, people: Iterable[tuple[str, int]]) -> int | None:
    """The number beside the one name that is meant: whole, or a first or last name that only one of them has."""
    known = [(fold(full), number) for full, number in people]
    asked = fold(name)
    exact = [number for full, number in known if full == asked]
    parts = [number for full, number in known if asked and asked in full.split()]
    meant = exact or parts
    return meant[0] if len(set(meant)) == 1 else None


def only_mine(mine: str, other: str) -> str:
    """What of my text the other one does not begin with: the lines typed last."""
    own, theirs = mine.replace("\r\n", "\n").splitlines(), other.splitlines()
    same = 0
    while same < min(len(own), len(theirs)) and own[same] == theirs[same]:
        same += 1
    return "\n".join(own[same:]).strip()
