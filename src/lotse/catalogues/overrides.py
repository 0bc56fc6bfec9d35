"""An organisation's own words on a list that Lotse only proposes: pure, so that it is easy to trust."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Protocol

from lotse.catalogues.entries import Catalogue, Entry

OWN = "own_"
ENDLESS = date.max  # a wish: what is proposed to end does not


class Override(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def order(self) -> int | None: ...
    @property
    def text(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


def merged(catalogue: Catalogue, overrides: Iterable[Override]) -> Catalogue:
    """The list with its entries renamed, hidden, moved and added to; hidden ones stay readable.

    `order` is the wanted place, counted from 1; what has none keeps its turn. Official lists do not change.
    """
    if not catalogue.is_default:
        return catalogue
    entries, places = dict(catalogue.entries), {}
    for override in overrides:
        entries[override.key] = _changed(entries.get(override.key), override)
        if override.order is not None:
            places[override.key] = override.order
    return replace(catalogue, entries=MappingProxyType({key: entries[key] for key in _in_order(list(entries), places)}))


def _changed(entry: Entry | None, override: Override) -> Entry:
    proposed = entry or Entry(override.key, override.label, override.group)
    changed = replace(
        proposed,
        hidden=override.hidden,
        text=override.text or proposed.text,
        valid_from=override.valid_from or proposed.valid_from,
        valid_to=_end(override.valid_to, proposed.valid_to),
    )
    if override.label in ("", proposed.label):
        return changed
    # The translations say the old label; a wrong word in the reader's language is worse than a German one.
    return replace(changed, label=override.label, labels=MappingProxyType({}))


def _end(wished: date | None, proposed: date | None) -> date | None:
    return None if wished == ENDLESS else wished or proposed


def _in_order(keys: list[str], places: dict[str, int]) -> list[str]:
    ordered = [key for key in keys if key not in places]
    for key, place in sorted(places.items(), key=lambda pair: (pair[1], pair[0])):
        ordered.insert(place - 1, key)
    return ordered
