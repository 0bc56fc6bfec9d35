"""The consent to one disclosure as a paper: German beside the reader's language, with a place to sign."""

from lotse.casework.documents import Words, side_by_side
from lotse.casework.models import Referral
from lotse.casework.referral_content import titles_for_reader
from lotse.catalogues.own_lists import lists_of
from lotse.catalogues.queries import texts_for_organisation
from lotse.catalogues.texts import ClientText
from lotse.documents.rendering import Choice, Document, Heading, Signatures
from lotse.documents.rendering.spec import Block

TEXTS = ("disclosure", "withdrawal")


def disclosure_paper(referral: Referral, language: str) -> Document:
    """Recipient, purpose and what is told are filled in: nobody signs a text with a gap in it."""
    client = referral.client
    word = Words(language, client.organisation_id)
    german = texts_for_organisation("de", client.organisation_id, TEXTS)
    other = texts_for_organisation(language, client.organisation_id, TEXTS)
    named = {"recipient": referral.partner.name, "purpose": referral.purpose}
    blocks: list[Block] = []
    for key in TEXTS:
        blocks.append(Heading(word.pair(german[key].title, other[key].title), 1 if key == "disclosure" else 2))
        blocks += side_by_side(word, *(_filled(found[key], referral, named) for found in (german, other)))
        if key == "disclosure":
            blocks.append(Choice((word("yes", "achievement"), word("no", "achievement"))))
    blocks.append(Signatures((word("signature_client"), word("signature_counsellor")), word("place_date")))
    return Document(
        title=word.pair(german["disclosure"].title, other["disclosure"].title),
        blocks=tuple(blocks),
        language=language,
        author=client.site.name,
        footer=f"{client.site.name} · {client.number}",
        watermark=next((text.draft_mark for text in other.values() if text.draft_mark), ""),
    )


def _filled(found: ClientText, referral: Referral, named: dict[str, str]) -> ClientText:
    if not found.placeholders:
        return found
    lists = lists_of(referral.organisation_id)
    return found.filled(data=titles_for_reader(referral.sections, lists, found.language), **named)
