"""What a list is made of: frozen values that know no file and no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from lotse.core.search import fold

Choices = list[tuple[str, str]]


class BadCatalogue(Exception):
    """A catalogue file does not have the agreed form."""


class UnknownEntry(KeyError):
    """No catalogue, or no entry, of that key."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Source:
    title: str
    url: str = ""
    date: str = ""


@dataclass(frozen=True)
class Entry:
    """`labels` and `texts` by language for what clients read.

    `export` False keeps a value inside the house, `hidden` is an organisation's wish: not offered, still readable.
    """

    key: str
    label: str
    group: str = ""
    hint: str = ""
    text: str = ""
    aliases: tuple[str, ...] = ()
    export: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    hidden: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key, self.label, *self.aliases)

    def is_offered_on(self, day: date) -> bool:
        has_begun = self.valid_from is None or self.valid_from <= day
        has_ended = self.valid_to is not None and self.valid_to < day
        return has_begun and not has_ended and not self.hidden

    def label_in(self, language: str) -> str:
        """The label in that language, German where there is none."""
        return self.labels.get(language, self.label)

    def text_in(self, language: str) -> str:
        return self.texts.get(language, self.text)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """One release of a list.

    `is_default`: proposed by Lotse where no official list is printed, open to changes by the organisation.
    `for_clients`: people read these words in their own language, so every translation must have them.
    `is_sensitive`: the words say something about health, belief or descent.
    """

    name: str
    version: str
    title: str
    valid_from: date
    source: Source
    entries: Mapping[str, Entry]
    is_default: bool = False
    is_sensitive: bool = False
    for_clients: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.entries)

    @property
    def choices(self) -> Choices:
        """What can be chosen today."""
        return self.choices_on(date.today())

    @property
    def grouped_choices(self) -> list[tuple[str, Choices]]:
        return self.grouped_choices_on(date.today())

    def offered_on(self, day: date, keep: Iterable[str] = ()) -> list[Entry]:
        """In order; `keep` names stored keys that must stay choosable although they ended."""
        kept = set(keep)
        return [entry for entry in self.entries.values() if entry.is_offered_on(day) or entry.key in kept]

    def choices_on(self, day: date, keep: Iterable[str] = ()) -> Choices:
        return [(entry.key, entry.label) for entry in self.offered_on(day, keep)]

    def grouped_choices_on(self, day: date, keep: Iterable[str] = ()) -> list[tuple[str, Choices]]:
        groups: dict[str, Choices] = {}
        for entry in self.offered_on(day, keep):
            groups.setdefault(entry.group, []).append((entry.key, entry.label))
        return list(groups.items())

    def entry(self, key: str) -> Entry:
        try:
            return self.entries[key]
        except KeyError:
            raise UnknownEntry(f"{self.name}: {key}") from None

    def label(self, key: str, language: str = "de") -> str:
        """The words for a stored key, ended ones too; the key itself where no release knows it.

        A page of a client must not fail over one word; what must be known is asked with `entry`.
        """
        return self.entries[key].label_in(language) if key in self.entries else key

    def labels(self, keys: Iterable[str], language: str = "de") -> list[str]:
        return [self.label(key, language) for key in keys]

    def key_of(self, word: str) -> str:
        """The key behind a written word: key, label or alias, as near as it is spelt (imports). Two meanings are none."""
        for spelt in (str.strip, str.casefold, fold):
            found = [entry.key for entry in self.entries.values() if spelt(word) in map(spelt, entry.names)]
            if len(found) == 1:
                return found[0]
        raise UnknownEntry(f"{self.name}: {word}")
