"""What is printed and sent: the charter of a network, and the minutes of a meeting's open part."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format

from lotse.documents.rendering import Bullets, Document, Heading, KeyValues, Note, Paragraph, Table
from lotse.documents.rendering.spec import Block
from lotse.network.models import ActionItem, Attendance, Charter
from lotse.network.queries.minutes import Minutes

CHARTER_PARTS = (
    ("participants", "Wer gehört dazu?"),
    ("goals", "Was wollen wir erreichen?"),
    ("rhythm", "Wie oft treffen wir uns?"),
    ("organising", "Wer organisiert was?"),
)


CHARTER_FILE = "vereinbarung.pdf"


def charter_parts(charter: Charter) -> list[tuple[str, str]]:
    return [(title, getattr(charter, name)) for name, title in CHARTER_PARTS]


def charter_paper(charter: Charter) -> Document:
    house, format = charter.format.organisation.name, charter.format
    agreed = f"vereinbart am {charter.agreed_on:%d.%m.%Y}" if charter.agreed_on else "noch nicht vereinbart"
    parts = ((Heading(title, 2), Paragraph(text)) for title, text in charter_parts(charter))
    title = f"Vereinbarung: {format.name}"
    return Document(
        title=title,
        blocks=(
            Heading(title),
            Paragraph(f"Fassung {charter.version}, {agreed}"),
            *(b for pair in parts for b in pair),
        ),
        author=house,
        footer=f"{house} · {charter}",
        watermark="" if charter.agreed_on else "Entwurf",
    )


def minutes_paper(minutes: Minutes) -> Document:
    """Nothing of a protected part stands here but what was let out together (DP-08)."""
    meeting, house = minutes.meeting, minutes.meeting.format.organisation.name
    title = f"Protokoll: {meeting.format.name}"
    return Document(
        title=title,
        blocks=(Heading(title), _head(minutes), *_people(minutes), *_course(minutes), *_outcome(minutes)),
        author=house,
        footer=f"{house} · {meeting.format.name}, {timezone.localtime(meeting.starts_at):%d.%m.%Y}",
        watermark="" if meeting.is_held else "Entwurf",
    )


def _head(minutes: Minutes) -> KeyValues:
    meeting = minutes.meeting
    begins, ends = timezone.localtime(minutes.begins_at), timezone.localtime(meeting.ends_at)
    rows = [
        ("Datum", f"{date_format(begins, 'l, j. F Y')}, {begins:%H:%M} bis {ends:%H:%M} Uhr"),
        ("Ort", meeting.place or ("Videokonferenz" if meeting.video_link else "–")),
        ("Moderation", str(meeting.moderator or "–")),
        ("Protokoll", str(meeting.minute_taker or "–")),
    ]
    if meeting.presents:
        rows.append(("Vorgestellt hat", meeting.presents))
    return KeyValues(tuple(rows))


def _people(minutes: Minutes) -> list[Block]:
    groups = (("Anwesend", minutes.present), ("Entschuldigt", minutes.excused), ("Gefehlt haben", minutes.absent))
    return [block for title, places in groups if places for block in (Heading(title, 2), Bullets(_names(places)))]


def _names(places: Iterable[Attendance]) -> tuple[str, ...]:
    return tuple(
        ", ".join(part for part in (place.name, place.institution, "Gast" if place.is_guest else "") if part)
        for place in places
    )


def _course(minutes: Minutes) -> list[Block]:
    blocks: list[Block] = []
    if minutes.released:
        blocks += [Heading("Aus Teil 1 freigegeben", 2), *(Note(text) for text in minutes.released)]
    if minutes.text.strip():
        blocks += [Heading("Verlauf", 2), *(Paragraph(part) for part in _paragraphs(minutes.text))]
    return blocks


def _paragraphs(text: str) -> list[str]:
    """A line of notes is a paragraph of its own."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _outcome(minutes: Minutes) -> list[Block]:
    blocks: list[Block] = []
    if minutes.decisions:
        blocks += [Heading("Beschlüsse", 2), Bullets(tuple(minutes.decisions))]
    if minutes.tasks:
        rows = tuple((task.text, task.owner_name, _due(task)) for task in minutes.tasks)
        blocks += [Heading("Aufgaben", 2), Table(("Was", "Wer", "Bis"), rows, (5, 3, 2))]
    return blocks


def _due(task: ActionItem) -> str:
    return f"{task.due_on:%d.%m.%Y}" if task.due_on else "–"
