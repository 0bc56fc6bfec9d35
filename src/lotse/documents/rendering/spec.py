"""A document as neutral data: what stands in it, not how it looks. Apps build these, renderers print them."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
LOGO_WIDTH = 51  # millimetres; three stand side by side
# Control signs, halves of signs, and marks that turn the reading direction of what stands around them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


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
    """Running text; an empty line in it begins a new paragraph. The other language follows the German."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list of short points."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class SideBySide:
    """Texts to agree to: German on the left, the same paragraph in the reader's language on the right."""

    pairs: tuple[Bilingual, ...]


@dataclass(frozen=True)
class Note:
    """Set apart from the running text."""

    text: Text


@dataclass(frozen=True)
class KeyValues:
    """`columns`: pairs beside each other. `writable`: an empty value is a line to write on, else a dash."""

    rows: tuple[tuple[Text, Text], ...]
    columns: int = 2
    writable: bool = False


@dataclass(frozen=True)
class Choice:
    """Boxes, ticked (by their position) or left to be ticked on paper; also as the cell of a table."""

    options: tuple[Text, ...]
    ticked: tuple[int, ...] = ()
    label: Text = ""


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, beside words that say the same; `words` for whoever does not see it, `width` in millimetres."""

    svg: str
    words: str
    width: int = 10


@dataclass(frozen=True)
class Figure:
    """A picture that stands by itself, as broad as it says."""

    picture: Picture


@dataclass(frozen=True)
class PictureChoice:
    """A question whose answers are ticked under their pictures."""

    question: Text
    options: tuple[tuple[Picture, Text], ...]


@dataclass(frozen=True)
class Slip:
    """A small paper to hand over: a picture to photograph, `code` to type at `address` instead, something to `keep`, and a
    word in several languages under it."""

    picture: Picture
    title: str
    code: str
    address: str
    foot: str
    keep: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Slips:
    """Two beside each other, to be cut apart."""

    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class Above:
    """A cell that belongs to the one above it: several steps of one goal."""


ABOVE = Above()
Cell = Text | Choice | Above


@dataclass(frozen=True)
class Table:
    """`widths` in parts of the page; the header repeats on every sheet, rows joined by ABOVE stay together."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    caption: Text = ""

    def __post_init__(self) -> None:
        if {len(row) for row in self.rows} | {len(self.widths)} != {len(self.header)}:
            raise ValueError("Every row of a table, and its widths, have as many cells as the header.")
        if self.rows and ABOVE in self.rows[0]:
            raise ValueError("Nothing stands above the first row.")


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, side by side, each with place and date."""

    labels: tuple[Text, ...]
    place_date: Text


@dataclass(frozen=True)
class Spacer:
    """Room, in millimetres."""

    height: int = 6


@dataclass(frozen=True)
class PageBreak:
    """What follows stands on a new sheet, upright or `landscape`; None keeps the direction."""

    landscape: bool | None = None


@dataclass(frozen=True)
class Panel:
    """One part of a sheet that is folded, `left` and `width` in millimetres; read aloud in the order in which they are given."""

    left: int
    width: int
    blocks: "tuple[Block, ...]"
    is_cover: bool = False


Block = (
    Heading
    | Paragraph
    | Bullets
    | SideBySide
    | Note
    | KeyValues
    | Choice
    | Figure
    | PictureChoice
    | Slips
    | Table
    | Signatures
    | Spacer
    | PageBreak
    | Panel
)


@dataclass(frozen=True)
class Image:
    """A logo in the head of the first sheet, as PNG or JPEG, with the words that stand for it."""

    content: bytes
    media_type: str
    words: str

    @property
    def svg(self) -> str:
        """Around it room that is the same for every logo, whatever its form."""
        data = b64encode(self.content).decode()
        room = 'width="340" height="120" preserveAspectRatio="xMidYMid meet"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 120"><image {room} '
            f'href="data:{self.media_type};base64,{data}"/></svg>'
        )


@dataclass(frozen=True)
class Sheet:
    """Blocks between two page breaks; they may fill several pages."""

    landscape: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """`language`: the reader's language beside German, "de" for German alone. `watermark`: printed on every sheet.

    `logos` stand side by side above the title.
    """

    title: Text
    blocks: tuple[Block, ...]
    language: str = "de"
    author: str = ""
    footer: str = ""
    watermark: str = ""
    landscape: bool = False
    logos: tuple[Image, ...] = ()

    @property
    def name(self) -> str:
        """What a reader's window shows; a paper without a title would not be accessible."""
        return bilingual(self.title).de.strip() or "Dokument"

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(_sheets(_without_gaps(self.blocks), self.landscape))

    def as_data(self) -> dict[str, Any]:
        """For a renderer: every text as {de, other}, every block and special cell with its kind."""
        head = {name: bilingual(getattr(self, name)).de for name in ("author", "footer", "watermark")}
        sheets = [_data(sheet) for sheet in self.sheets]
        logos = [_data(Picture(logo.svg, logo.words, LOGO_WIDTH)) for logo in self.logos]
        about = {"title": self.name, "language": self.language, "direction": self.direction}
        return {**head, **about, "logos": logos, "sheets": sheets}


def direction_of(language: str) -> str:
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def bilingual(text: Text) -> Bilingual:
    """As every renderer takes it: both languages, nothing in them that cannot be printed."""
    pair = text if isinstance(text, Bilingual) else Bilingual(text)
    return Bilingual(_printable(pair.de), _printable(pair.other))


def _printable(words: str) -> str:
    return UNPRINTABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def _without_gaps(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """A reader who jumps from heading to heading must not miss a level, so none is left out, and none is empty."""
    deepest = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
        elif bilingual(block.text).de.strip():
            deepest = min(block.level, deepest + 1)
            yield Heading(block.text, deepest)


def _sheets(blocks: Iterator[Block], landscape: bool) -> Iterator[Sheet]:
    collected: list[Block] = []
    for block in blocks:
        if not isinstance(block, PageBreak):
            collected.append(block)
            continue
        if collected:
            yield Sheet(landscape, tuple(collected))
        collected = []
        landscape = landscape if block.landscape is None else block.landscape
    if collected:
        yield Sheet(landscape, tuple(collected))


def _data(value: Any) -> Any:
    if isinstance(value, str | Bilingual):
        return {"kind": "Bilingual", **asdict(bilingual(value))}
    if is_dataclass(value):
        return {"kind": type(value).__name__, **{f.name: _data(getattr(value, f.name)) for f in fields(value)}}
    return [_data(item) for item in value] if isinstance(value, tuple) else value
