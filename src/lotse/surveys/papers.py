"""What is printed: slips with a code each, and the questionnaire to tick with a pen."""

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from lotse.documents.codes import qr
from lotse.documents.rendering import (
    Bilingual,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    PictureChoice,
    Slip,
    Slips,
)
from lotse.surveys.codes import new_code, spoken
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyRound
from lotse.surveys.pictures import svg
from lotse.surveys.questionnaires import SOURCE_LANGUAGE, Question, Texts, Value, languages, word

ON_A_SHEET = 8
DRAFT_MARK = "Entwurf, nicht geprüft"


def public_address() -> str:
    return f"{settings.BASE_URL.rstrip('/')}{reverse('answering:answer')}"


def slips(asked: SurveyRound, codes: list[str]) -> Document:
    """One for each code. The keyword beside it is made here and kept nowhere: only the paper has it."""
    made = tuple(_slip(asked, code) for code in codes)
    sheets = [made[start : start + ON_A_SHEET] for start in range(0, len(made), ON_A_SHEET)]
    blocks = [block for sheet in sheets for block in (PageBreak(), Slips(sheet))]
    return Document(f"Zettel: {asked}", tuple(blocks), author=asked.organisation.name)


def _slip(asked: SurveyRound, code: str) -> Slip:
    link = f"{public_address()}?{urlencode({'c': code})}"
    picture = Picture(qr(link), f"QR-Code zu {link}", 34)
    address = public_address().split("//", 1)[1]
    foot = " · ".join(word("welcome", language) for language in languages() if language != "de-x-leicht")
    return Slip(picture, asked.organisation.name, spoken(code), address, foot, _keep(asked))


def _keep(asked: SurveyRound) -> tuple[str, str]:
    if asked.moment != Moment.BEFORE:
        return "", ""
    return f"{word('keep', 'de')} · {word('keep', 'en')}", spoken(new_code())


def questionnaire(asked: SurveyRound, language: str, is_draft: bool) -> Document:
    """German beside the other language, so that whoever enters the answers can read it."""
    survey = asked.survey
    questions = tuple(_question(question, language) for question in survey.questions)
    head = (
        Heading(_both(survey.title, language)),
        Paragraph(_word("promise", language)),
        Paragraph(_word("tick", language)),
    )
    return Document(
        _both(survey.title, language),
        (*head, *questions),
        language="de" if _is_german(language) else language,
        author=asked.organisation.name,
        footer=f"{asked.organisation.name}, {asked.site.name}",
        watermark=DRAFT_MARK if is_draft else "",
    )


def _question(question: Question, language: str) -> PictureChoice:
    return PictureChoice(_both(question.texts, language), tuple(_option(value, language) for value in question.values))


def _option(value: Value, language: str) -> tuple[Picture, str | Bilingual]:
    return Picture(svg(value.picture), value.texts[SOURCE_LANGUAGE], 15), _both(value.texts, language)


def _both(texts: Texts, language: str) -> str | Bilingual:
    return texts[language] if _is_german(language) else Bilingual(texts[SOURCE_LANGUAGE], texts[language])


def _word(key: str, language: str) -> str | Bilingual:
    return _both({code: word(key, code) for code in languages()}, language)


def _is_german(language: str) -> bool:
    return language.split("-")[0] == SOURCE_LANGUAGE
