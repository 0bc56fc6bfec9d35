"""The chain data → need → task → measure → report → evidence as nodes and edges for its picture."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.urls import reverse

from lotse.agency.enums import MeasureState
from lotse.agency.models import DataItem, Measure, MeasureEvidence, Task
from lotse.agency.queries.chain_gaps import Gaps
from lotse.agency.queries.chain_rows import Rows

EACH = 12  # up to so many measures, each stands for itself
MOST_DATA = 24
WITHOUT_TASK = "ohne"


class Station(IntEnum):
    DATA = 0
    NEED = 1
    TASK = 2
    MEASURE = 3
    REPORT = 4
    EVIDENCE = 5


LETTERS = {
    Station.DATA: "D", Station.NEED: "B", Station.TASK: "A", Station.MEASURE: "M", Station.REPORT: "S", Station.EVIDENCE: "N"
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """`code`: its short name in picture and lists. `gap`: what is missing here; empty where all is linked."""

    station: Station
    key: str
    code: str
    label: str
    url: str
    gap: str = ""
    is_ahead: bool = False  # not there yet, and nobody's omission


class Places:
    """Where the rows of the chain open."""

    def __init__(self, agency_id: str, year: int, rows: Rows) -> None:
        self.page = f"{reverse('agency:chain', args=[agency_id])}?jahr={year}"
        agency = reverse("agency:agency", args=[agency_id])
        self.analysis = reverse("agency:analysis", args=[rows.analysis.public_id]) if rows.analysis else agency
        self.report = reverse("agency:report", args=[rows.report.public_id]) if rows.report else agency

    def task(self, task: Task) -> str:
        return reverse("agency:task", args=[task.public_id])

    def measure(self, measure: Measure) -> str:
        return reverse("agency:measure", args=[measure.public_id])

    def evidence(self, proof: MeasureEvidence) -> str:
        return reverse("agency:evidence", args=[proof.evidence.public_id])

    def group(self, task: Task | None) -> str:
        return f"{self.page}&aufgabe={task.public_id if task else WITHOUT_TASK}"


class Weaver:
    """Makes nodes and edges, station by station. `opened`: the task whose measures are shown one by one."""

    def __init__(self, rows: Rows, places: Places, opened: str = "") -> None:
        self.rows, self.places, self.opened, self.gaps = rows, places, opened, Gaps(rows)
        self.nodes: list[Node] = []
        self.edges: list[tuple[str, str]] = []
        self.told: Counter[Station] = Counter()
        self.codes: dict[str, str] = {}  # of every row the code of the node that it is in

    def weave(self) -> None:
        self._data()
        for need in self.rows.needs:
            self._add(Station.NEED, f"need-{need.pk}", need.text, self.places.analysis, self.gaps.of_need(need))
        for task in self.rows.tasks:
            self._task(task)
        for task, measures in self._bundles():
            self._measures(task, measures)

    def _add(self, station: Station, key: str, label: str, url: str, gap: str = "", *, is_ahead: bool = False) -> None:
        self.told[station] += 1
        self.codes[key] = f"{LETTERS[station]}{self.told[station]}"
        self.nodes.append(Node(station, key, self.codes[key], label, url, gap, is_ahead))

    def _data(self) -> None:
        if len(self.rows.data) <= MOST_DATA:
            for item in self.rows.data:
                self._items(f"data-{item.pk}", item.label, [item], self.gaps.of_data(item))
            return
        for number, (topic, items) in enumerate(self._topics().items()):
            bare = sum(bool(self.gaps.of_data(item)) for item in items)
            self._items(f"topic-{number}", f"{topic} ({len(items)})", items, f"{bare} ohne Bedarf" if bare else "")

    def _topics(self) -> dict[str, list[DataItem]]:
        found: dict[str, list[DataItem]] = defaultdict(list)
        for item in self.rows.data:
            found[item.topic].append(item)
        return found

    def _items(self, key: str, label: str, items: Sequence[DataItem], gap: str) -> None:
        self._add(Station.DATA, key, label, self.places.analysis, gap)
        self.codes |= {f"data-{item.pk}": self.codes[key] for item in items}
        needs = {pk for item in items for pk in self.rows.needs_of_data.get(item.pk, ())}
        self.edges += [(key, f"need-{pk}") for pk in sorted(needs)]

    def _task(self, task: Task) -> None:
        self._add(Station.TASK, f"task-{task.pk}", task.title, self.places.task(task), self.gaps.of_task(task))
        needs = self.rows.needs_of_task.get(task.pk, set()) & self.gaps.needs
        self.edges += [(f"need-{pk}", f"task-{task.pk}") for pk in sorted(needs)]

    def _bundles(self) -> Iterable[tuple[Task | None, list[Measure]]]:
        """Few measures, or those of the opened task, one by one; else all of a task together. Those without a task come last."""
        by_task: dict[int | None, list[Measure]] = defaultdict(list)
        for measure in self.rows.measures:
            by_task[measure.task_id if measure.task_id in self.gaps.tasks else None].append(measure)
        for task in [*self.rows.tasks, None]:
            measures = by_task[task.pk if task else None]
            is_open = self.opened == (task.public_id if task else WITHOUT_TASK)
            bundles = [[one] for one in measures] if is_open or len(self.rows.measures) <= EACH else [measures]
            yield from ((task, bundle) for bundle in bundles if bundle)

    def _measures(self, task: Task | None, measures: list[Measure]) -> None:
        first, is_one = measures[0], len(measures) == 1
        key, label = f"measure-{first.pk}", first.title if is_one else f"{len(measures)} Maßnahmen"
        url = self.places.measure(first) if is_one else self.places.group(task)
        self._add(Station.MEASURE, key, label, url, "" if task else "ohne Aufgabe")
        self.codes |= {f"measure-{one.pk}": self.codes[key] for one in measures}
        if task:
            self.edges.append((f"task-{task.pk}", key))
        held = [measure for measure in measures if measure.state == MeasureState.HELD]
        if held:
            self._report(key, held)
            self._evidence(key, held, url)

    def _report(self, key: str, measures: list[Measure]) -> None:
        told, number, is_ahead = (
            sum(one.pk in self.rows.reported for one in measures),
            len(measures),
            not self.rows.report,
        )
        label = f"{told} von {number} im Bericht" if number > 1 else "Sachbericht"
        words, gap = ("noch kein Bericht", "") if is_ahead else (label, "" if told == number else "nicht im Bericht")
        self._add(Station.REPORT, f"{key}-report", words, self.places.report, gap, is_ahead=is_ahead)
        self.edges.append((key, f"{key}-report"))

    def _evidence(self, key: str, measures: list[Measure], url: str) -> None:
        """A single proof is opened, else the measures with theirs."""
        proofs = [proof for measure in measures for proof in self.rows.proofs.get(measure.pk, ())]
        bare = sum(not self.rows.proofs.get(measure.pk) for measure in measures)
        words = f"{bare} ohne Nachweis" if len(measures) > 1 else "ohne Nachweis"
        label = f"{len(proofs)} {'Nachweis' if len(proofs) == 1 else 'Nachweise'}"
        to = self.places.evidence(proofs[0]) if len(proofs) == len(measures) == 1 else url
        self._add(Station.EVIDENCE, f"{key}-evidence", label, to, words if bare else "")
        self.edges.append((f"{key}-report", f"{key}-evidence"))
