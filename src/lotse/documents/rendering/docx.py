"""The same document for a word processor, to be changed by hand. The paper that is signed is the PDF."""

import io
from collections.abc import Iterable
from functools import singledispatch

import docx
from docx.document import Document as File
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as Grid
from docx.table import _Cell as Place
from docx.text.paragraph import Paragraph as Line

from lotse.documents.rendering import spec

FONT = "Arial"  # stands on every machine, with Cyrillic and Arabic
ACCENT, QUIET = RGBColor(0x1B, 0x4D, 0x5C), RGBColor(0x4A, 0x5A, 0x5F)
HEADING_SIZES = {1: 19, 2: 13, 3: 10.5}
LONG, SHORT, MARGIN = Mm(297), Mm(210), Mm(18)
BODY, SMALL = "Normal", "Klein"


def render_docx(document: spec.Document) -> bytes:
    file = docx.Document()
    _set_styles(file)
    file.core_properties.title = document.name
    file.core_properties.author = spec.bilingual(document.author).de or "Lotse"
    file.core_properties.language = "de-DE"
    _add_logos(file, document.logos)
    for number, sheet in enumerate(document.sheets):
        section = file.sections[0] if number == 0 else file.add_section(WD_SECTION.NEW_PAGE)
        _turn(section, sheet.landscape)
        for block in sheet.blocks:
            draw(block, file, document.language)
    _set_frame(file.sections[0], document)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


# One function for each kind of block ---------------------------------------------------------------------------------
@singledispatch
def draw(block: spec.Block, file: File, language: str) -> None:
    raise NotImplementedError(type(block))


@draw.register
def _(block: spec.Heading, file: File, language: str) -> None:
    words = spec.bilingual(block.text)
    line = file.add_heading(words.de, block.level)
    if _differs(words):
        line.add_run(" · ")
        _add_other(line, words.other, language)


@draw.register
def _(block: spec.Paragraph, file: File, language: str) -> None:
    words = spec.bilingual(block.text)
    for part in words.de.split("\n\n"):
        file.add_paragraph(part)
    for part in words.other.split("\n\n") if _differs(words) else ():
        _other_line(file.add_paragraph(), part, language)


@draw.register
def _(block: spec.Bullets, file: File, language: str) -> None:
    for item in block.items:
        words = spec.bilingual(item)
        line = file.add_paragraph(words.de, style="List Bullet")
        if _differs(words):
            line.add_run(" · ")
            _add_other(line, words.other, language)


@draw.register
def _(block: spec.SideBySide, file: File, language: str) -> None:
    grid = _grid(file, len(block.pairs), (1, 1))
    for row, pair in zip(grid.rows, block.pairs, strict=True):
        words = spec.bilingual(pair)
        row.cells[0].paragraphs[0].add_run(words.de)
        _other_line(row.cells[1].paragraphs[0], words.other, language)


@draw.register
def _(block: spec.Note, file: File, language: str) -> None:
    grid = _grid(file, 1, (1,))
    _fill(grid.cell(0, 0), block.text, language, BODY)
    _shade(grid.cell(0, 0))


@draw.register
def _(block: spec.KeyValues, file: File, language: str) -> None:
    lines = [block.rows[start : start + block.columns] for start in range(0, len(block.rows), block.columns)]
    grid = _grid(file, len(lines), (1, 1) * block.columns)
    for row, pairs in zip(grid.rows, lines, strict=True):
        for place, (label, value) in enumerate(pairs):
            _fill(row.cells[2 * place], label, language, SMALL)
            _fill(row.cells[2 * place + 1], value or ("_" * 24 if block.writable else "–"), language, BODY)


@draw.register
def _(block: spec.Choice, file: File, language: str) -> None:
    line = file.add_paragraph()
    _add_options(line, block, language, "     ")


@draw.register
def _(block: spec.Figure, file: File, language: str) -> None:
    """A word processor takes no SVG of ours: the sentence that says the same."""
    file.add_paragraph(block.picture.words, style=SMALL)


@draw.register
def _(block: spec.PictureChoice, file: File, language: str) -> None:
    """The words alone: they say what the pictures show."""
    _fill_line(file, block.question, language)
    _add_options(file.add_paragraph(), spec.Choice(tuple(words for _, words in block.options)), language, "     ")


@draw.register
def _(block: spec.Slips, file: File, language: str) -> None:
    for slip in block.slips:
        for words in (slip.title, slip.code, slip.address, *slip.keep, slip.foot):
            _fill_line(file, words, language)


@draw.register
def _(block: spec.Table, file: File, language: str) -> None:
    if block.caption:
        file.add_paragraph(_one_line(block.caption), style=SMALL)
    grid = _grid(file, 1 + len(block.rows), block.widths, "Table Grid")
    _repeat_on_every_page(grid)
    for cell, words in zip(grid.rows[0].cells, block.header, strict=True):
        _fill(cell, words, language, SMALL, bold=True)
        _shade(cell)
    for number, row in enumerate(block.rows, start=1):
        _draw_row(grid, number, row, language)


@draw.register
def _(block: spec.Signatures, file: File, language: str) -> None:
    grid = _grid(file, 1, (1,) * len(block.labels))
    for cell, label in zip(grid.rows[0].cells, block.labels, strict=True):
        cell.paragraphs[0].paragraph_format.space_before = Mm(10)
        _line_above(cell.paragraphs[0], block.place_date)
        _line_above(cell.add_paragraph(style=SMALL), label)


@draw.register
def _(block: spec.Panel, file: File, language: str) -> None:
    """A Word file is not folded: the parts follow each other."""
    for inner in block.blocks:
        draw(inner, file, language)


@draw.register
def _(block: spec.Spacer, file: File, language: str) -> None:
    file.add_paragraph().paragraph_format.space_before = Mm(block.height)


# Words ---------------------------------------------------------------------------------------------------------------
def _differs(words: spec.Bilingual) -> bool:
    return words.other not in ("", words.de)


def _one_line(text: spec.Text) -> str:
    words = spec.bilingual(text)
    return f"{words.de} · {words.other}" if _differs(words) else words.de


def _fill_line(file: File, text: spec.Text, language: str) -> None:
    words = spec.bilingual(text)
    line = file.add_paragraph(words.de)
    if _differs(words):
        line.add_run(" · ")
        _add_other(line, words.other, language)


def _fill(cell: Place, text: spec.Text, language: str, style: str, bold: bool = False) -> None:
    words = spec.bilingual(text)
    line = cell.paragraphs[0]
    line.style = style
    line.add_run(words.de).bold = bold
    if _differs(words):
        _other_line(cell.add_paragraph(style=style), words.other, language)


def _add_options(line: Line, choice: spec.Choice, language: str, gap: str) -> None:
    label = [_one_line(choice.label)] if choice.label else []
    boxes = [f"{'☒' if n in choice.ticked else '☐'} {_one_line(words)}" for n, words in enumerate(choice.options)]
    line.add_run(gap.join(label + boxes))


def _other_line(line: Line, words: str, language: str) -> None:
    if spec.direction_of(language) == "rtl":
        line._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    _add_other(line, words, language)


def _add_other(line: Line, words: str, language: str) -> None:
    """In its own direction and language, so that a word processor shapes, checks and reads it right."""
    run = line.add_run(words)
    run.font.color.rgb = QUIET
    rtl = spec.direction_of(language) == "rtl"
    run.font.rtl = rtl or None
    mark = OxmlElement("w:lang")
    mark.set(qn("w:bidi" if rtl else "w:val"), language)
    run._r.get_or_add_rPr().append(mark)


# Tables --------------------------------------------------------------------------------------------------------------
def _grid(file: File, rows: int, widths: Iterable[int], style: str | None = None) -> Grid:
    """Room before it: a word processor joins two tables that touch."""
    file.add_paragraph(style=SMALL)
    parts = tuple(widths)
    turned = file.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    room = (LONG if turned else SHORT) - 2 * MARGIN
    grid = file.add_table(rows, len(parts), style)
    grid.autofit = False
    for column, part in zip(grid.columns, parts, strict=True):
        column.width = room * part // sum(parts)
        for cell in column.cells:
            cell.width = column.width
    return grid


def _draw_row(grid: Grid, number: int, row: tuple[spec.Cell, ...], language: str) -> None:
    for place, content in enumerate(row):
        cell = grid.cell(number, place)
        if isinstance(content, spec.Above):
            grid.cell(number - 1, place).merge(cell)
        elif isinstance(content, spec.Choice):
            cell.paragraphs[0].style = SMALL
            _add_options(cell.paragraphs[0], content, language, "\n")
        else:
            _fill(cell, content, language, SMALL)


def _repeat_on_every_page(grid: Grid) -> None:
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _shade(cell: Place) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "EEF4F5")
    cell._tc.get_or_add_tcPr().append(shade)


def _line_above(line: Line, text: spec.Text) -> None:
    line.style = SMALL
    line.add_run("_" * 34 + "\n" + _one_line(text))
    line.paragraph_format.space_before = Mm(12)


# The page ------------------------------------------------------------------------------------------------------------
def _turn(section: Section, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def _add_logos(file: File, logos: Iterable[spec.Image]) -> None:
    """Side by side in one line, each with the words that stand for it."""
    for place, logo in enumerate(logos):
        line = file.paragraphs[-1] if place else file.add_paragraph()
        picture = line.add_run("   " if place else "").add_picture(io.BytesIO(logo.content), height=Mm(14))
        picture._inline.docPr.set("descr", logo.words)


def _set_frame(section: Section, document: spec.Document) -> None:
    """Later sections take header and footer from the first."""
    if document.watermark:
        section.header.paragraphs[0].add_run(spec.bilingual(document.watermark).de).font.color.rgb = QUIET
    line = section.footer.paragraphs[0]
    line.style = SMALL
    line.add_run(f"{spec.bilingual(document.footer).de}     Seite ")
    _add_field(line, "PAGE")
    line.add_run(" von ")
    _add_field(line, "NUMPAGES")


def _add_field(line: Line, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    line._p.append(field)


def _set_styles(file: File) -> None:
    file.styles.add_style(SMALL, WD_STYLE_TYPE.PARAGRAPH)
    _set_style(file.styles[BODY], 10)
    _set_style(file.styles[SMALL], 9)
    for level, size in HEADING_SIZES.items():
        style = file.styles[f"Heading {level}"]
        _set_style(style, size)
        style.font.color.rgb = ACCENT


def _set_style(style: ParagraphStyle, size: float) -> None:
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.paragraph_format.space_after = Pt(4)
