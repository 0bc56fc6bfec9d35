"""The lists beside the picture of the chain: everything that hangs on nothing first, the rest to be unfolded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lotse.agency.queries.chain import Places
from lotse.agency.queries.chain_gaps import Gaps
from lotse.agency.queries.chain_rows import Rows


@dataclass(frozen=True)
class Line:
    """`code`: its node in the picture."""

    label: str
    url: str
    gap: str = ""
    note: str = ""
    code: str = ""


@dataclass(frozen=True)
class Listed:
    name: str
    loose: tuple[Line, ...]
    linked: tuple[Line, ...]

    @property
    def number(self) -> int:
        return len(self.loose) + len(self.linked)


def chain_lists(rows: Rows, places: Places, codes: Mapping[str, str]) -> list[Listed]:
    """Of reports there is one or none; what it does not tell yet stands with the measures."""
    gaps = Gaps(rows)
    of_data = (
        Line(str(one), places.analysis, gaps.of_data(one), one.topic, codes[f"data-{one.pk}"]) for one in rows.data
    )
    of_needs = (Line(one.text, places.analysis, gaps.of_need(one), "", codes[f"need-{one.pk}"]) for one in rows.needs)
    of_tasks = (Line(one.title, places.task(one), gaps.of_task(one), "", codes[f"task-{one.pk}"]) for one in rows.tasks)
    of_measures = (
        Line(one.title, places.measure(one), gaps.of_measure(one), f"{one.on:%d.%m.}", codes[f"measure-{one.pk}"])
        for one in rows.measures
    )  # fmt: skip
    return [
        _listed("Daten", of_data), _listed("Bedarfe", of_needs), _listed("Aufgaben", of_tasks), _listed("Maßnahmen", of_measures),
        _listed("Sachbericht", _report(rows, places)), _listed("Nachweise", _proofs(rows, places, codes)),
    ]  # fmt: skip


def _listed(name: str, lines: Iterable[Line]) -> Listed:
    found = list(lines)
    loose = tuple(line for line in found if line.gap)
    return Listed(name, loose, tuple(line for line in found if not line.gap))


def _report(rows: Rows, places: Places) -> Iterable[Line]:
    if rows.report:
        yield Line(str(rows.report), places.report, note=rows.report.get_state_display())


def _proofs(rows: Rows, places: Places, codes: Mapping[str, str]) -> Iterable[Line]:
    """One that proves several measures stands once, with the first of them."""
    seen = set[int]()
    for measure in rows.measures:
        for proof in rows.proofs.get(measure.pk, ()):
            if proof.evidence_id not in seen:
                seen.add(proof.evidence_id)
                code = codes.get(f"measure-{measure.pk}-evidence", "")
                yield Line(str(proof.evidence), places.evidence(proof), note=measure.title, code=code)
