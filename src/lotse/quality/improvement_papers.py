"""The list of improvements on paper and as a table."""

from collections.abc import Iterator, Sequence
from datetime import date

from lotse.documents.rendering import Document, Heading, Note, Table
from lotse.documents.rendering.sheets import Sheet
from lotse.quality.models import Improvement

TITLE = "Verbesserungen"
HEADER = ("Verbesserung", "Anlass", "Wer", "Bis", "Stand")
WIDTHS = (8, 4, 4, 3, 4)
COLUMNS = (
    "Titel", "Träger", "Anlass", "Kriterium", "Was nicht stimmt", "Was geschehen soll", "Wer", "Bis", "Durchgang", "Stand",
    "Wirkung prüfen am", "Wirkung", "angelegt am", "zuletzt bewegt am",
)  # fmt: skip


def improvements_paper(rows: Sequence[Improvement], narrowed: str, today: date) -> Document:
    houses = ", ".join(dict.fromkeys(row.organisation.name for row in rows))
    blocks = (Heading(TITLE), Note(f"Stand {today:%d.%m.%Y}: {narrowed} ({len(rows)})"), *_table(rows))
    return Document(title=TITLE, blocks=blocks, author=houses, footer=" · ".join(filter(None, (houses, TITLE))))


def _table(rows: Sequence[Improvement]) -> Iterator[Table]:
    if rows:
        yield Table(HEADER, tuple(_cells(row) for row in rows), WIDTHS)


def _cells(row: Improvement) -> tuple[str, ...]:
    return row.title, _from(row), str(row.owner), _day(row.next_day), _stand(row)


def _from(row: Improvement) -> str:
    return f"{row.get_source_display()} {row.criterion.code}" if row.criterion else row.get_source_display()


def _stand(row: Improvement) -> str:
    return f"{row.get_state_display()}, {row.get_effect_display()}" if row.is_over else row.get_state_display()


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def improvements_sheet(rows: Sequence[Improvement]) -> Sheet:
    return Sheet(TITLE, COLUMNS, (_line(row) for row in rows))


def _line(row: Improvement) -> tuple[object, ...]:
    return (
        row.title, row.organisation.name, row.get_source_display(), row.criterion.code if row.criterion else "", row.finding,
        row.plan, str(row.owner), row.due_on, row.round, row.get_state_display(), row.effect_due_on or "",
        row.get_effect_display(), row.raised_at, row.moved_at,
    )  # fmt: skip
