"""What the pages about lists show: each entry beside its proposal."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from lotse.catalogues.entries import Catalogue, Choices, Entry, UnknownEntry
from lotse.catalogues.loader import all_catalogues, catalogue
from lotse.catalogues.models import CatalogueOverride
from lotse.catalogues.own_lists import lists_of
from lotse.catalogues.texts import TEXTS
from lotse.core.search import fold
from lotse.organisations.actor import Actor


@dataclass(frozen=True)
class ListLine:
    found: Catalogue
    changes: int

    @property
    def size(self) -> int:
        return len(self.found.entries)


@dataclass(frozen=True)
class EntryLine:
    """`proposed` None: the organisation's own. `is_changed`: the organisation has a wish about it."""

    entry: Entry
    proposed: Entry | None
    group: str
    is_changed: bool

    @property
    def is_own(self) -> bool:
        return self.proposed is None

    @property
    def old_label(self) -> str:
        return self.proposed.label if self.proposed and self.proposed.label != self.entry.label else ""

    @property
    def state(self) -> tuple[str, str]:
        """Words and the tone of the badge; what is as usual gets none."""
        today, begins, ends = timezone.localdate(), self.entry.valid_from, self.entry.valid_to
        if self.entry.hidden:
            return "ausgeschaltet", "warn"
        if begins and begins > today:
            return "gilt noch nicht", "warn"
        if ends and ends < today:
            return "gilt nicht mehr", "warn"
        return "wird angeboten", ""

    def matches(self, key: str) -> bool:
        return key in fold(f"{self.entry.label} {self.old_label} {self.entry.key} {self.group}")


def list_lines(actor: Actor) -> list[ListLine]:
    """Every list but the texts, which have pages of their own."""
    changes = lists_of(actor.organisation_id).changes
    return [ListLine(found, len(changes.get(found.name, ()))) for found in all_catalogues() if found.name != TEXTS]


def get_list(actor: Actor, name: str) -> Catalogue:
    try:
        found = lists_of(actor.organisation_id).get(name)
    except UnknownEntry:
        raise Http404 from None
    if found.name == TEXTS:
        raise Http404
    return found


def entry_lines(actor: Actor, name: str, asked: str = "") -> list[EntryLine]:
    """In the organisation's order; `asked` finds own and proposed words, keys and groups."""
    lists = lists_of(actor.organisation_id)
    proposed, found = catalogue(name), lists.get(name)
    changed = {row.key for row in lists.changes.get(name, ())} if found.is_default else set()
    words = dict(group_choices(actor, found))
    lines = [
        EntryLine(entry, proposed.entries.get(key), words.get(entry.group, ""), key in changed)
        for key, entry in found.entries.items()
    ]
    return [line for line in lines if line.matches(fold(asked))]


def get_entry(actor: Actor, name: str, key: str) -> EntryLine:
    """An entry that may be changed."""
    line = next((line for line in entry_lines(actor, get_list(actor, name).name) if line.entry.key == key), None)
    if line is None or not catalogue(name).is_default:
        raise Http404
    return line


def get_change(actor: Actor, name: str, key: str) -> CatalogueOverride | None:
    return CatalogueOverride.objects.visible_to(actor).filter(catalogue=name, key=key).first()


def group_choices(actor: Actor, found: Catalogue) -> Choices:
    """The groups of a list in their order, with the words for them."""
    lists = lists_of(actor.organisation_id)
    groups = dict.fromkeys(entry.group for entry in found.entries.values() if entry.group)
    return [(group, lists.group_label(found.name, group)) for group in groups]
