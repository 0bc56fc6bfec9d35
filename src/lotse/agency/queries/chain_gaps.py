"""What of the chain hangs on nothing, in words (IA-03, IA-10, IA-12). Pure: rows in, words out; empty where all is linked."""

from functools import cached_property

from lotse.agency.enums import MeasureState
from lotse.agency.models import DataItem, Measure, Need, Task
from lotse.agency.queries.chain_rows import Links, Rows


class Gaps:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    @cached_property
    def needs(self) -> set[int]:
        """Of the analysis that holds: what a task names from an older one is no link."""
        return {need.pk for need in self.rows.needs}

    @cached_property
    def tasks(self) -> set[int]:
        return {task.pk for task in self.rows.tasks}

    @cached_property
    def needs_with_data(self) -> set[int]:
        return _ends(self.rows.needs_of_data)

    @cached_property
    def needs_with_task(self) -> set[int]:
        return _ends(self.rows.needs_of_task)

    @cached_property
    def tasks_with_measure(self) -> set[int | None]:
        return {measure.task_id for measure in self.rows.measures}

    def of_data(self, item: DataItem) -> str:
        return _said(("ohne Bedarf", bool(self.rows.needs_of_data.get(item.pk))))

    def of_need(self, need: Need) -> str:
        has_data, has_task = need.pk in self.needs_with_data, need.pk in self.needs_with_task
        return _said(("ohne Daten", has_data), ("ohne Aufgabe", has_task))

    def of_task(self, task: Task) -> str:
        has_need = bool(self.rows.needs_of_task.get(task.pk, set()) & self.needs)
        return _said(("ohne Bedarf", has_need), ("ohne Maßnahme", task.pk in self.tasks_with_measure))

    def of_measure(self, measure: Measure) -> str:
        """What is only planned has nothing to tell or to prove yet; before the report is begun, nobody can tell of it."""
        is_ahead = measure.state == MeasureState.PLANNED
        return _said(
            ("ohne Aufgabe", measure.task_id in self.tasks),
            ("nicht im Bericht", is_ahead or not self.rows.report or measure.pk in self.rows.reported),
            ("ohne Nachweis", is_ahead or bool(self.rows.proofs.get(measure.pk))),
        )


def _ends(links: Links) -> set[int]:
    return {need for needs in links.values() for need in needs}


def _said(*checks: tuple[str, bool]) -> str:
    return ", ".join(words for words, is_linked in checks if not is_linked)
