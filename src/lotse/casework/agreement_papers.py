"""An agreement on paper: German beside the reader's language, what each side does, lines to sign on."""

from lotse.casework.documents import Words, day, watermark
from lotse.casework.enums import AgreementKind
from lotse.casework.models import Agreement
from lotse.documents.rendering import Bullets, Document, Heading, KeyValues, Note, Paragraph, Signatures
from lotse.documents.rendering.spec import Block, Text

PARTS = ("house_part", "client_part", "others_part", "rights")


class AgreementWords(Words):
    def __call__(self, key: str, name: str = "agreement_word") -> Text:
        return super().__call__(key, name)


def agreement_paper(agreement: Agreement, language: str) -> Document:
    client, word = agreement.client, AgreementWords(language, agreement.organisation_id)
    title = word(agreement.kind)
    return Document(
        title=title,
        blocks=(
            Heading(title),
            _frame(agreement, word),
            *_parts(agreement, word),
            Note(word("free")),
            _signed(agreement, word),
        ),
        language=language,
        author=client.site.name,
        footer=f"{client.site.name} · {client.number} · {agreement}",
        watermark=watermark(language, agreement.organisation_id),
    )


def _frame(agreement: Agreement, word: AgreementWords) -> KeyValues:
    client = agreement.client
    partners = ", ".join(partner.name for partner in agreement.partners.all())
    rows: list[tuple[Text, Text]] = [
        (word("name", "plan_word"), client.full_name),
        (word("site", "plan_word"), client.site.name),
        (word("counsellor", "plan_word"), str(client.responsible)),
    ]
    if partners:
        rows.append((word("partners"), partners))
    return KeyValues(
        (*rows, (word("agreed_on"), day(agreement.agreed_on)), (word("review_on"), day(agreement.review_on))),
        writable=True,
    )


def _parts(agreement: Agreement, word: AgreementWords) -> list[Block]:
    blocks: list[Block] = [Heading(word("goal"), 2), Paragraph(agreement.goal)]
    for key in PARTS:
        if lines := getattr(agreement, key).splitlines():
            blocks += [Heading(word(key), 2), Bullets(tuple(line for line in lines if line.strip()))]
    if agreement.appointments:
        blocks += [Heading(word("appointments"), 2), Paragraph(agreement.appointments)]
    return blocks


def _signed(agreement: Agreement, word: AgreementWords) -> Signatures:
    who = [word("signature_client", "plan_word"), word("signature_counsellor", "plan_word")]
    if agreement.kind == AgreementKind.WORKING:
        who += [partner.name for partner in agreement.partners.all()]
    return Signatures(tuple(who), word("place_date", "plan_word"))
