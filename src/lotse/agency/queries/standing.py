"""How far all agencies are with the four documents of a year: three statements, for 13 agencies or for 200."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from lotse.agency.enums import DocumentKind
from lotse.agency.enums import DocumentState as State
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.agencies import agencies
from lotse.agency.queries.papers import documents
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.enums import ObligationState
from lotse.programmes.models import Obligation

SHORT = {
    DocumentKind.ANALYSIS: "Analyse",
    DocumentKind.TASK_PLAN: "Planung",
    DocumentKind.REPORT: "Sachbericht",
    DocumentKind.CONTROLLING: "Controlling",
}
HANDED_IN = (State.READY, State.RELEASED, State.TRANSMITTED, State.ACCEPTED)
NEVER = date.max


@dataclass(frozen=True)
class Cell:
    """One document of one agency; `document` is None where nobody has begun it."""

    kind: DocumentKind
    document: AgencyDocument | None
    owed: Obligation | None
    today: date

    @property
    def short(self) -> str:
        return SHORT[self.kind]

    @property
    def is_handed_in(self) -> bool:
        return self.document is not None and self.document.state in HANDED_IN

    @property
    def waits(self) -> bool:
        return self.document is not None and self.document.state == State.READY

    @property
    def is_back(self) -> bool:
        return self.document is not None and self.document.state in (State.RETURNED, State.CORRECTION)

    @property
    def due(self) -> date | None:
        """The inner day as long as it is to be handed in, then the one of the authority."""
        if self.owed is None or self.owed.state == ObligationState.DROPPED:
            return None
        if not self.is_handed_in:
            return self.owed.internal_due
        at_authority = self.document is not None and self.document.state in (State.TRANSMITTED, State.ACCEPTED)
        return None if at_authority else self.owed.external_due

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < self.today

    @property
    def lacks(self) -> int:
        return (self.document.missing or 0) if self.document and self.document.is_writable else 0


@dataclass(frozen=True)
class Row:
    agency: Organisation
    cells: list[Cell]

    @property
    def due(self) -> date:
        return min((cell.due for cell in self.cells if cell.due), default=NEVER)

    @property
    def lacks(self) -> int:
        return sum(cell.lacks for cell in self.cells)


FILTERS: dict[str, tuple[str, Callable[[Cell], bool]]] = {
    "": ("Alle", lambda cell: True),
    "wartet": ("Wartet auf Freigabe", lambda cell: cell.waits),
    "zurueck": ("Zurückgegeben", lambda cell: cell.is_back),
    "offen": ("Noch nicht eingereicht", lambda cell: not cell.is_handed_in),
    "spaet": ("Überfällig", lambda cell: cell.is_late),
}
SORTS: dict[str, tuple[str, Callable[[Row], tuple[object, ...]]]] = {
    "": ("Name", lambda row: (row.agency.name,)),
    "frist": ("Frist", lambda row: (row.due, row.agency.name)),
    "fehlt": ("was fehlt", lambda row: (-row.lacks, row.agency.name)),
}


def standing(actor: Actor, year: int, today: date) -> list[Row]:
    newest, owed = _documents(actor, year), _owed(actor, year)
    return [
        Row(one, [Cell(kind, newest.get((one.pk, kind)), owed.get((one.pk, kind)), today) for kind in DocumentKind])
        for one in agencies(actor, date(year, 12, 31))
    ]


def _documents(actor: Actor, year: int) -> dict[tuple[int, str], AgencyDocument]:
    """The last version that holds in the year, of every agency and kind."""
    return {(one.agency_id, one.kind): one for one in documents(actor).holding_in(year)}


def _owed(actor: Actor, year: int) -> dict[tuple[int, str], Obligation]:
    return {
        (one.bearer_id, one.document): one for one in Obligation.objects.visible_to(actor).filter(funding_year=year)
    }


def chosen(rows: Iterable[Row], state: str, kind: str, sort: str) -> list[Row]:
    """Agencies with at least one document, of this kind where one is named, that the filter lets through."""
    _label, lets_through = FILTERS.get(state, FILTERS[""])
    kept = [row for row in rows if any(lets_through(cell) for cell in row.cells if kind in ("", cell.kind))]
    return sorted(kept, key=SORTS.get(sort, SORTS[""])[1])


def counted(rows: list[Row], kind: str) -> dict[str, int]:
    """How many documents each filter finds."""
    cells = [cell for row in rows for cell in row.cells if kind in ("", cell.kind)]
    return {name: sum(map(lets_through, cells)) for name, (_label, lets_through) in FILTERS.items() if name}
