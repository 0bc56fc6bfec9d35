"""Letters of an organisation as Word files with gaps like {{Vorname}}. Names only: nothing in a letter is ever run."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from difflib import get_close_matches
from typing import Any

import docx
from django.core.exceptions import ValidationError
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from lotse.core.search import fold
from lotse.documents.archives import DAMAGED, refuse_active

_GAP = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_PARAGRAPH, _TEXT, _ROW, _BODY = qn("w:p"), qn("w:t"), qn("w:tr"), qn("w:body")
DOT = "."
_PARTS = ("/header", "/footer")
Rows = Mapping[str, Sequence[Mapping[str, str]]]
NO_GAPS = "In der Vorlage steht kein Platzhalter wie {{Nachname}}. Ist es die richtige Datei?"
TORN = "Ein Platzhalter ist nicht richtig geschlossen: „{}“. Geschrieben wird er {{{{so}}}}."


def refuse_unknown(content: bytes, known: Iterable[str]) -> list[str]:
    """The gaps of a template; refused with the names that nobody can fill, each with the nearest that somebody can."""
    refuse_active(content)
    used, names = gaps_in(content), {fold(name): name for name in known}
    if wrong := [gap for gap in used if fold(gap) not in names]:
        raise ValidationError([_unknown(gap, names) for gap in wrong])
    if not used:
        raise ValidationError(NO_GAPS)
    return [names[fold(gap)] for gap in used]


def _unknown(gap: str, names: Mapping[str, str]) -> str:
    near = get_close_matches(fold(gap), names, n=1, cutoff=0.6)
    return f"Den Platzhalter „{gap}“ gibt es nicht." + (f" Meinten Sie „{names[near[0]]}“?" if near else "")


def gaps_in(content: bytes) -> list[str]:
    """In the order of the letter, each once."""
    found: dict[str, None] = {}
    for text in _texts(_opened(content)):
        if _BRACES.search(_GAP.sub("", text)):
            raise ValidationError(TORN.format(text.strip()[:60]))
        found |= dict.fromkeys(_GAP.findall(text))
    return list(found)


def filled(content: bytes, values: Mapping[str, str], rows: Rows | None = None) -> bytes:
    """The letter with every gap filled, in the type of the place where the gap begins.

    A row of a table with gaps like {{Ziel.bis}} stands there once for every entry of `rows["Ziel"]`.
    """
    file = _opened(content)
    repeated = [(row, name) for row in _rows(file) if (name := _list_of(row))]
    alone = [paragraph for paragraph in _paragraphs(file) if not _list_around(paragraph)]
    for paragraph in alone:
        _fill(paragraph, _looked_up(values))
    for row, name in repeated:
        _repeat(row, [{**values, **entry} for entry in _entries(rows or {}, name)])
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _looked_up(values: Mapping[str, str]) -> Callable[[str], str]:
    known = {fold(name): value for name, value in values.items()}
    return lambda gap: known[fold(gap)]


def _entries(rows: Rows, name: str) -> list[dict[str, str]]:
    """With the name before every gap, as the letter writes it."""
    found = {fold(key): entries for key, entries in rows.items()}[fold(name)]
    return [{f"{name}{DOT}{gap}": value for gap, value in entry.items()} for entry in found]


def _list_of(row: Any) -> str:
    """The list whose entries this row shows."""
    text = "".join(e.text or "" for e in row.iter(_TEXT))
    return next((gap.split(DOT)[0] for gap in _GAP.findall(text) if DOT in gap), "")


def _rows(file: Any) -> list[Any]:
    return [row for row in file.element.body.iter(_ROW) if _is_innermost(row)]


def _is_innermost(row: Any) -> bool:
    return next(row.iterdescendants(_ROW), None) is None


def _list_around(paragraph: Any) -> str:
    row = next(paragraph.iterancestors(_ROW), None)
    in_body = next(paragraph.iterancestors(_BODY), None) is not None
    return _list_of(row) if row is not None and in_body and _is_innermost(row) else ""


def _repeat(row: Any, entries: Sequence[Mapping[str, str]]) -> None:
    """Of an empty list a row of dashes stays: a table without rows is damaged."""
    for entry in entries:
        copy = deepcopy(row)
        row.addprevious(copy)
        for paragraph in list(copy.iter(_PARAGRAPH)):
            _fill(paragraph, _looked_up(entry))
    if entries:
        row.getparent().remove(row)
        return
    for paragraph in list(row.iter(_PARAGRAPH)):
        _fill(paragraph, lambda _gap: "–")


def stray_gaps(content: bytes) -> list[str]:
    """Gaps of a list outside of a row of a table, or beside those of another list."""
    gaps = [(gap, p) for p in _paragraphs(_opened(content)) for gap in _GAP.findall(_text(p)) if DOT in gap]
    return [gap for gap, paragraph in gaps if gap.split(DOT)[0] != _list_around(paragraph)]


def lines_of(content: bytes) -> list[str]:
    """What the letter says, paragraph by paragraph, for a preview and for the plain print."""
    return [text.strip() for text in _texts(_opened(content)) if text.strip()]


def _opened(content: bytes) -> Any:
    try:
        return docx.Document(io.BytesIO(content))
    except Exception as error:  # a damaged file fails in as many ways as it has parts
        raise ValidationError(DAMAGED) from error


def _paragraphs(file: Any) -> Iterator[Any]:
    """Head, body with its tables and boxes, foot."""
    related = [
        rel.target_part for rel in file.part.rels.values() if not rel.is_external and rel.reltype.endswith(_PARTS)
    ]
    heads = [part.element for part in related if "header" in part.partname]
    feet = [part.element for part in related if "footer" in part.partname]
    for root in (*heads, file.element.body, *feet):
        yield from root.iter(_PARAGRAPH)


def _runs(paragraph: Any) -> list[Any]:
    """The texts of this paragraph, not of one in a box within it."""
    return [text for text in paragraph.iter(_TEXT) if next(text.iterancestors(_PARAGRAPH)) is paragraph]


def _texts(file: Any) -> Iterator[str]:
    for paragraph in _paragraphs(file):
        yield _text(paragraph)


def _text(paragraph: Any) -> str:
    """A line break within a paragraph is one here too."""
    signs = {_TEXT: lambda e: e.text or "", qn("w:br"): lambda e: "\n", qn("w:tab"): lambda e: " "}
    own = (e for e in paragraph.iter(*signs) if next(e.iterancestors(_PARAGRAPH)) is paragraph)
    return "".join(signs[e.tag](e) for e in own)


def _fill(paragraph: Any, value_of: Callable[[str], str]) -> None:
    """A word processor may have cut a gap into several runs; the value goes where it begins. Last first, so that places stay right."""
    runs = _runs(paragraph)
    text = "".join(run.text or "" for run in runs)
    for gap in reversed(list(_GAP.finditer(text))):
        _replace(runs, gap.start(), gap.end(), value_of(gap[1]))
    for run in runs:
        _break_lines(run)


def _replace(runs: list[Any], start: int, end: int, value: str) -> None:
    position = 0
    for run in runs:
        own = run.text or ""
        begin, stop = max(start - position, 0), min(end - position, len(own))
        if begin < stop:
            run.text = own[:begin] + (value if position <= start else "") + own[stop:]
        position += len(own)


def _break_lines(run: Any) -> None:
    """An address has several lines."""
    first, *more = (run.text or "").split("\n")
    run.text = first
    run.set(qn("xml:space"), "preserve")
    after = run
    for line in more:
        broken, text = OxmlElement("w:br"), OxmlElement("w:t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        after.addnext(broken)
        broken.addnext(text)
        after = text
