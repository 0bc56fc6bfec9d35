"""What stands on the public page, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyRound
from lotse.surveys.papers import DRAFT_MARK
from lotse.surveys.pictures import on_page
from lotse.surveys.queries import is_draft
from lotse.surveys.questionnaires import SKIPPED, SOURCE_LANGUAGE, Language, Question, languages, words_in


@dataclass(frozen=True)
class Option:
    key: str
    label: str
    picture: SafeString | str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    key: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Page:
    """`round` is None until a code has opened one."""

    language: str
    code: str = ""
    round: SurveyRound | None = None
    refusal: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    keyword: str = ""

    def asking(self, asked: SurveyRound) -> "Page":
        return replace(self, round=asked)

    def refused(self, word: str) -> "Page":
        return replace(self, refusal=self.words[word])

    def filled(self, answers: Mapping[str, str], keyword: str) -> "Page":
        return replace(self, chosen=answers, keyword=keyword)

    @property
    def words(self) -> dict[str, str]:
        return words_in(self.language)

    @property
    def spoken(self) -> Language:
        return languages()[self.language]

    @property
    def title(self) -> str:
        return self.round.survey.title[self.language] if self.round else self.words["welcome"]

    @property
    def house(self) -> str:
        return self.round.organisation.name if self.round else "Lotse"

    @property
    def draft_mark(self) -> str:
        asked = self.round
        return DRAFT_MARK if asked and is_draft(asked.survey, self.language, asked.organisation_id) else ""

    @property
    def others(self) -> list[tuple[Language, str]]:
        """Every language, with the address of the same page in it."""
        code = {"c": self.code} if self.code else {}
        return [(language, urlencode({**code, "l": language.code})) for language in languages().values()]

    @property
    def questions(self) -> list[Asked]:
        return [self._asked(question) for question in self.round.survey.questions] if self.round else []

    @property
    def keyword_hint(self) -> str:
        """Empty where the round asks once and needs no keyword."""
        moment = self.round.moment if self.round else Moment.SINGLE
        return "" if moment == Moment.SINGLE else self.words[f"keyword_{moment}"]

    def _asked(self, question: Question) -> Asked:
        chosen = self.chosen.get(question.key, SKIPPED)
        options = [
            Option(value.key, value.texts[self.language], on_page(value.picture), value.key == chosen)
            for value in question.values
        ]
        skip = Option(SKIPPED, self.words["skip"], "", chosen == SKIPPED)
        return Asked(question.key, question.texts[self.language], (*options, skip))


def language_of(request: HttpRequest) -> str:
    """As chosen on the page, else the first one of the browser that is there, else German."""
    wanted = request.POST.get("l") or request.GET.get("l") or ""
    spoken = request.headers.get("Accept-Language", "").split(",")
    found = [wanted, *(part.split(";")[0].split("-")[0].strip().lower() for part in spoken)]
    return next((language for language in found if language in languages()), SOURCE_LANGUAGE)


def typed_answers(asked: SurveyRound, sent: QueryDict) -> dict[str, str]:
    """What was ticked, unchecked; a question that was not sent is skipped."""
    return {question.key: sent.get(question.key, SKIPPED) for question in asked.survey.questions}
