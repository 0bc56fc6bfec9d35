"""Papers for people who are counselled: the form to fill in, that it came, and the answer. Plain words, two languages."""

from datetime import date

from lotse.catalogues.own_lists import lists_of
from lotse.catalogues.queries import are_words_released
from lotse.catalogues.texts import DRAFT_MARK, language_or_german, languages
from lotse.documents.rendering import Bilingual, Bullets, Choice, Document, Heading, KeyValues, Note, Paragraph
from lotse.documents.rendering.spec import Block, Spacer, Text
from lotse.organisations.models import Organisation
from lotse.quality.enums import Voice
from lotse.quality.models import Complaint

LIST = "voice_word"
SAFE = ("safe_advice", "safe_name", "safe_file", "safe_person", "safe_answer")
ROOM = 70  # millimetres to write in


def offered() -> dict[str, str]:
    """Language → its German name."""
    return languages()


def language_of(complaint: Complaint) -> str:
    """That of the person where there are words in it."""
    return language_or_german(complaint.language)


class _Paper:
    """Words in German and in the reader's language; the organisation's own where it has some."""

    def __init__(self, house: Organisation, language: str) -> None:
        self.house, self.language = house, language
        self.words = lists_of(house.pk).get(LIST)

    def __call__(self, key: str) -> Text:
        german = self.words.label(key)
        return german if self.language == "de" else Bilingual(german, self.words.label(key, self.language))

    def document(self, title: str, *blocks: Block) -> Document:
        is_draft = self.language != "de" and not are_words_released(self.language, self.house.pk)
        return Document(
            title=self(title), blocks=(Heading(self(title)), *blocks), language=self.language, author=self.house.name,
            footer=self.house.name, watermark=DRAFT_MARK if is_draft else "",
        )  # fmt: skip


def blank_paper(house: Organisation, language: str) -> Document:
    word = _Paper(house, language_or_german(language))
    return word.document(
        "form_title",
        Paragraph(word("form_intro")),
        Bullets(tuple(word(key) for key in SAFE)),
        Choice(tuple(word(kind) for kind in Voice.values), label=word("it_is")),
        Heading(word("what"), 2),
        Spacer(ROOM),
        Heading(word("wish"), 2),
        Spacer(ROOM // 2),
        KeyValues(((word("reach"), ""), (word("day"), "")), columns=1, writable=True),
    )


def receipt_paper(complaint: Complaint) -> Document:
    """Nothing of what was said stands on it: others may be there when it is read."""
    word = _Paper(complaint.organisation, language_of(complaint))
    return word.document(
        "receipt_title",
        Paragraph(word("receipt_text")),
        KeyValues(
            (
                (word("came_on"), _day(complaint.received_on)),
                (word("answer_until"), _day(complaint.answer_due_on)),
                (word("questions"), _contact(complaint)),
            ),
            columns=1,
        ),
    )


def answer_paper(complaint: Complaint) -> Document:
    word = _Paper(complaint.organisation, language_of(complaint))
    said = (Paragraph(word(f"result_{complaint.result}")),) if complaint.result else ()
    return word.document(
        "answer_title",
        KeyValues(
            ((word("came_on"), _day(complaint.received_on)), (word("day"), _day(complaint.answered_on))), columns=1
        ),
        Paragraph(word("answer_intro")),
        *said,
        Note(complaint.answer),
        Paragraph(word("not_content")),
        KeyValues(((word("questions"), _contact(complaint)),), columns=1),
    )


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _contact(complaint: Complaint) -> str:
    person = complaint.handled_by
    return ", ".join(filter(None, (str(person), person.phone, person.email)))
