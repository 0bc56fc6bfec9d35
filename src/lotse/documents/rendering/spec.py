"""A document as neutral data: what stands in it, not how it looks. Apps build these, renderers print them."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Bilingual:
    """German, and the same in the reader's language; `other` is empty in a German document."""

    de: str
    other: str = ""


Text = str | Bilingual


@dataclass(frozen=True)
class Heading:
    text: Text
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class Note:
    """Set apart from the running text."""

    text: Text


@dataclass(frozen=True)
class KeyValues:
    rows: tuple[tuple[Text, Text], ...]
    columns: int = 2


@dataclass(frozen=True)
class Table:
    """`widths` in parts of the page; the header repeats on every sheet."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...]
    caption: Text = ""


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, side by side, each with place and date."""

    labels: tuple[Text, ...]
    place_date: Text


@dataclass(frozen=True)
class Choice:
    """Empty boxes to tick on paper."""

    options: tuple[Text, ...]


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Note | Choice | KeyValues | Table | Signatures | PageBreak


@dataclass(frozen=True)
class Document:
    """`language`: the reader's language beside German, "de" for German alone. `watermark`: printed on every sheet."""

    title: Text
    blocks: tuple[Block, ...]
    language: str = "de"
    author: str = ""
    footer: str = ""
    watermark: str = ""
    landscape: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """For the renderer: every text as {de, other}, every block with its kind."""
        head = {k: v for k, v in asdict(self).items() if k not in ("blocks", "title")}
        return {**head, "title": _text(self.title), "blocks": [_block(block) for block in self.blocks]}


def _text(text: Text) -> dict[str, str]:
    return {"de": text.de, "other": text.other} if isinstance(text, Bilingual) else {"de": text, "other": ""}


def _block(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__, **{name: _value(value) for name, value in vars(block).items()}}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return _text(value) if isinstance(value, str | Bilingual) else value
