"""What can be taken over from tables. Each app registers its own kind, so that this floor knows none of them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from lotse.auditlog.door import Recordable
from lotse.catalogues.own_lists import lists_of
from lotse.imports.enums import Category
from lotse.imports.values import Desk, Reader
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission


@dataclass(frozen=True)
class Column:
    """`of` reads the value from what exists; without it the column only comes in. `needed`: said where a cell is empty.

    `missing`: what to say where the table has no such column. `for_all`: one value may hold for every row.
    """

    key: str
    label: str
    reader: Reader
    of: Callable[[Any], Any] | None
    aliases: tuple[str, ...] = ()
    needed: str = ""
    missing: str = "Bitte eine Spalte wählen."
    for_all: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)


@dataclass
class Row:
    """A line as the house understands it. `stands`: it is there already and will not be made again."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_unchanged: bool = False
    stands: bool = False

    @property
    def category(self) -> Category:
        if self.errors:
            return Category.ERROR
        if self.is_unchanged:
            return Category.UNCHANGED
        if self.twins:
            return Category.DUPLICATE
        return Category.WARNING if self.warnings else Category.NEW

    @property
    def messages(self) -> list[str]:
        return [] if self.is_unchanged else list(dict.fromkeys([*self.errors, *self.twins, *self.warnings]))

    def is_wanted(self, takes_duplicates: bool) -> bool:
        if self.category is Category.DUPLICATE:
            return takes_duplicates and not self.stands
        return self.category in (Category.NEW, Category.WARNING)


class Kind(ABC):
    """One kind of thing: its columns, how a row is judged against what is there, how it is made and taken back.

    `read_as`: what the log of each file says when it goes out in a table; empty where nothing secret does.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    many: ClassVar[str]
    permission: ClassVar[Permission]
    back: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    read_as: ClassVar[str] = ""

    def may(self, actor: Actor) -> bool:
        return actor.may(self.permission)

    @property
    def going_out(self) -> list[Column]:
        return [column for column in self.columns if column.of]

    def options(self, actor: Actor) -> dict[str, dict[str, str]]:
        """Names that a table may use, by column: value → label."""
        return {}

    def desk(self, actor: Actor) -> Desk:
        return Desk(lists_of(actor.organisation_id), self.options(actor))

    @abstractmethod
    def name_of(self, values: dict[str, Any]) -> str:
        """What the list of rows calls it."""

    @abstractmethod
    def judge(self, actor: Actor, rows: Sequence[Row]) -> None:
        """Add messages about each row by itself and against what is there."""

    @abstractmethod
    def write(self, actor: Actor, rows: Sequence[Row]) -> list[Recordable]:
        """Make them, in the order of the rows, inside the running action."""

    @abstractmethod
    def existing(self, actor: Actor) -> Iterable[Any]:
        """What the actor may read, for the table that goes out."""

    @abstractmethod
    def ties(self, refs: Sequence[str]) -> dict[str, str]:
        """Which of them cannot be taken back, and why."""

    @abstractmethod
    def names(self, actor: Actor, refs: Sequence[str]) -> dict[str, str]:
        """What they are called, as far as the actor may see them."""

    @abstractmethod
    def remove(self, refs: Sequence[str]) -> None:
        """Take them back, inside the running action."""


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.key in KINDS:
        raise ValueError(f"kind {kind.key} is registered twice")
    KINDS[kind.key] = kind
