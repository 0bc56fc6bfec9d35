"""The letter that asks for money, and all that goes with it as one file. Its wording is an example."""

import io
from collections.abc import Sequence
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.exceptions import ValidationError
from django.template.defaultfilters import floatformat

from lotse.documents import blobs
from lotse.documents.rendering import (
    Bullets,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Signatures,
    Spacer,
    Table,
    render_pdf,
)
from lotse.documents.rendering.spec import Block
from lotse.funding.models import Subsidy, SubsidyAttachment
from lotse.funding.queries.subsidies import PostWords, fte_of

WAITS = "Eine Anlage wartet noch auf die Virenprüfung oder fehlt. Bitte später noch einmal versuchen."
POSTS = ("Person", "Qualifikation", "Sprachen", "VZÄ", "seit")


def euro(amount: Decimal) -> str:
    return f"{floatformat(amount, '2g')} €"


def letter(subsidy: Subsidy, posts: Sequence[PostWords], attachments: Sequence[SubsidyAttachment]) -> Document:
    house = subsidy.organisation
    title = f"Antrag auf Zuschuss: {subsidy.subject}"
    blocks: list[Block] = [
        Paragraph(f"{house.name}\n{house.address}"),
        Spacer(),
        Paragraph(f"{subsidy.addressee}\n{subsidy.address}"),
        Spacer(),
        KeyValues(_references(subsidy), columns=3),
        Heading(title),
        Paragraph("Sehr geehrte Damen und Herren,"),
        Paragraph(_asking(subsidy)),
        *([Paragraph(subsidy.text)] if subsidy.text else []),
        *_posts(posts),
        Heading("Finanzierung", 2),
        KeyValues(_amounts(subsidy), columns=1),
        Spacer(),
        Paragraph("Mit freundlichen Grüßen"),
        Signatures((house.name,), "Ort, Datum"),
        *_listed("Anlagen", [one.title for one in attachments]),
        *_listed("Durchschrift an", subsidy.copies),
    ]
    return Document(
        title=title, blocks=tuple(blocks), author=house.name, footer=f"{house.name} · {subsidy.addressee}",
        watermark="Entwurf" if subsidy.is_draft else "",
    )  # fmt: skip


def _references(subsidy: Subsidy) -> tuple[tuple[str, str], ...]:
    return (
        ("Unser Zeichen", subsidy.own_reference), ("Ihr Zeichen", subsidy.their_reference),
        ("Datum", f"{subsidy.dated_on:%d.%m.%Y}"),
    )  # fmt: skip


def _asking(subsidy: Subsidy) -> str:
    years = "für das Jahr" if len(subsidy.years) == 1 else "im Jahr, für die Jahre"
    words = f"wir bitten um einen Zuschuss von {euro(subsidy.requested)} {years} {subsidy.time}."
    if not subsidy.funder:
        return words
    until = f" Diese Förderung erwarten wir bis {subsidy.funded_until:%d.%m.%Y}." if subsidy.funded_until else ""
    return f"{words} Die Arbeit fördert {subsidy.funder}, jedoch nicht kostendeckend.{until}"


def _posts(posts: Sequence[PostWords]) -> list[Block]:
    if not posts:
        return []
    rows = tuple(
        (post.name, post.qualification, post.languages, floatformat(post.fte, 2), f"{post.since:%d.%m.%Y}" if post.since else "–")
        for post in posts
    )  # fmt: skip
    total = ("zusammen", "", "", floatformat(fte_of(posts), 2), "")
    return [Heading("Stellen", 2), Table(POSTS, (*rows, total), (4, 4, 3, 1, 2))]


def _amounts(subsidy: Subsidy) -> tuple[tuple[str, str], ...]:
    share = floatformat(subsidy.uncovered * 100 / subsidy.eligible_costs, "-1") if subsidy.eligible_costs else "–"
    number = len(subsidy.years)
    in_all = f"{euro(subsidy.requested_in_all)} ({number} × {euro(subsidy.requested)})"
    return (
        ("Zuwendungsfähige Kosten im Jahr", euro(subsidy.eligible_costs)),
        ("Davon nicht gedeckt", f"{euro(subsidy.uncovered)} ({share} %)"),
        ("Beantragt im Jahr", euro(subsidy.requested)),
        (f"Zusammen {subsidy.time}", in_all),
    )


def _listed(title: str, lines: Sequence[str]) -> list[Block]:
    return [Heading(title, 2), Bullets(tuple(lines))] if lines else []


def package(subsidy: Subsidy, posts: Sequence[PostWords], attachments: Sequence[SubsidyAttachment]) -> bytes:
    """Letter and attachments in their order; nothing where one of them cannot be read."""
    if not all(one.file.is_readable for one in attachments):
        raise ValidationError(WAITS)
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("00 Antrag.pdf", render_pdf(letter(subsidy, posts, attachments)))
        for number, one in enumerate(attachments, 1):
            archive.writestr(f"{number:02} {one.file.name}", blobs.read(one.file.storage_name, one.file.public_id))
    return made.getvalue()
