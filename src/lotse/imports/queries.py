from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from lotse.auditlog.recorder import record_reads
from lotse.core.finding import found
from lotse.core.paging import Page, keyset
from lotse.documents import blobs
from lotse.documents.rendering.sheets import Sheet, write_xlsx
from lotse.documents.tables import FORMULA, Heading, Line, Table, read_table
from lotse.imports.enums import Category
from lotse.imports.kinds import KINDS, Kind
from lotse.imports.models import Import, ImportRow
from lotse.imports.values import Desk
from lotse.organisations.actor import Actor

PAGE = 50
MESSAGE, WHAT = "Meldung", "Art"


def kind_for(actor: Actor | None, key: str) -> Kind:
    """A kind that this person may not take over does not exist for her."""
    kind = KINDS.get(key)
    if kind is None or not actor or not kind.may(actor):
        raise Http404
    return kind


def get_import(actor: Actor | None, public_id: str) -> Import:
    mine = Import.objects.visible_to(actor).select_related("file") if actor else Import.objects.none()
    run = found(mine, public_id)
    if not KINDS[run.kind].may(actor):
        raise Http404
    return run


def my_imports(actor: Actor, kind: Kind, limit: int = 10) -> list[Import]:
    return list(Import.objects.visible_to(actor).filter(kind=kind.key).select_related("file").order_by("-id")[:limit])


def rows_page(run: Import, category: str, cursor: str) -> Page[ImportRow]:
    """Without a category everything that has something to say, the rest under its own tab."""
    rows = run.rows.filter(category=category) if category in Category.values else run.rows.all()
    return keyset(rows, cursor, by="line", size=PAGE)


def table_of(run: Import) -> Table:
    return read_table(blobs.read(run.file.storage_name, run.file.public_id), run.file.media_type)


def headings_of(run: Import) -> tuple[Heading, ...]:
    return table_of(run).headings


def report(run: Import) -> bytes:
    """The table as it was brought, with what was found in each row."""
    table, told = table_of(run), {row.line: row for row in run.rows.all()}
    header = [*(heading.text for heading in table.headings), WHAT, MESSAGE]
    lines = (_reported(line, told.get(line.number), len(table.headings)) for line in table.lines)
    return write_xlsx([Sheet("Meldungen", header, lines)])


def _reported(line: Line, row: ImportRow | None, width: int) -> list[Any]:
    cells = [str(value) if value is FORMULA else value for value in line.values[:width]]
    padding = [None] * (width - len(cells))
    said = [row.get_category_display(), " ".join(row.told["messages"])] if row else [None, None]
    return [*cells, *padding, *said]


def made_rows(run: Import) -> QuerySet[ImportRow]:
    return run.rows.exclude(object_ref="")


def tied(actor: Actor, run: Import) -> list[tuple[str, str]]:
    """What cannot be taken back: its name, where the actor may see it, and why."""
    kind = KINDS[run.kind]
    ties = kind.ties(list(made_rows(run).values_list("object_ref", flat=True)))
    names = kind.names(actor, list(ties))
    return sorted((names.get(ref, "eine Akte, die Ihnen nicht mehr offen ist"), why) for ref, why in ties.items())


def export(actor: Actor, kind: Kind) -> bytes:
    """Everything of the kind that the actor may see, under the same headings that the import knows."""
    found, desk = list(kind.existing(actor)), kind.desk(actor)
    if kind.read_as:
        record_reads(by=actor, files=found, what=kind.read_as, kind="downloaded")
    return write_xlsx([Sheet(kind.many, [column.label for column in kind.going_out], _exported(kind, desk, found))])


def _exported(kind: Kind, desk: Desk, objects: list[Any]) -> Iterator[list[Any]]:
    for obj in objects:
        values = ((column, column.of(obj)) for column in kind.going_out)
        yield [None if value in (None, "", []) else column.reader.show(value, desk) for column, value in values]
