"""Questionnaires as data: versioned YAML, every text in every language, frozen by checksum (ADR 0033)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from lotse.core.frozen import FrozenData

PACKAGE = files("lotse.surveys")
DATA = PACKAGE / "data"
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")
SOURCE_LANGUAGE = "de"
SKIPPED = ""
Texts = Mapping[str, str]


class BadQuestionnaire(Exception):
    """A file says something that cannot be asked."""


@dataclass(frozen=True)
class Value:
    """An answer to choose from. `rank`: the higher, the better it goes; for the comparison of before and after."""

    key: str
    rank: int
    picture: str
    texts: Texts


@dataclass(frozen=True)
class Question:
    key: str
    texts: Texts
    values: tuple[Value, ...]

    @property
    def title(self) -> str:
        return self.texts[SOURCE_LANGUAGE]

    @property
    def labels(self) -> dict[str, str]:
        """Key → German words."""
        return {value.key: value.texts[SOURCE_LANGUAGE] for value in self.values}

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(value.key for value in self.values)

    def rank(self, key: str) -> int:
        return next(value.rank for value in self.values if value.key == key)


@dataclass(frozen=True)
class Language:
    """How a language names itself, and how German names it."""

    code: str
    own_name: str
    title: str
    direction: str


@dataclass(frozen=True)
class Survey:
    key: str
    version: str
    valid_from: date
    title: Texts
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        return self.title[SOURCE_LANGUAGE]

    def question(self, key: str) -> Question:
        return next(question for question in self.questions if question.key == key)

    def pairs(self, language: str) -> list[tuple[str, str]]:
        """German and the same in another language, of all that a client reads."""
        answers = {value.key: value.texts for question in self.questions for value in question.values}
        texts = [
            self.title,
            *(question.texts for question in self.questions),
            *answers.values(),
            *_words()["words"].values(),
        ]
        return [(one[SOURCE_LANGUAGE], one[language]) for one in texts]

    @property
    def wording(self) -> str:
        """The exact words that somebody checks: of the questions, the answers and the page around them."""
        return "/".join((self.version, _scales()["version"], _words()["version"]))


def languages() -> dict[str, Language]:
    return {code: Language(code, **named) for code, named in _words()["languages"].items()}


def word(key: str, language: str) -> str:
    return str(_words()["words"][key][language])


def words_in(language: str) -> dict[str, str]:
    return {key: texts[language] for key, texts in _words()["words"].items()}


def surveys(on: date | None = None) -> list[Survey]:
    """Of each the release that is valid on a day, by title."""
    day = on or date.today()
    valid = [survey for survey in all_surveys() if survey.valid_from <= day]
    newest = {survey.key: survey for survey in sorted(valid, key=lambda s: (s.valid_from, s.version))}
    return sorted(newest.values(), key=lambda survey: survey.name)


def survey(key: str, version: str) -> Survey:
    return next(found for found in all_surveys() if (found.key, found.version) == (key, version))


@cache
def all_surveys() -> tuple[Survey, ...]:
    return tuple(_load(path) for folder in _sorted(DATA / "surveys") for path in _sorted(folder))


def _load(path: Traversable) -> Survey:
    raw = _read(path)
    if path.name != f"{raw['version']}.yaml":
        raise BadQuestionnaire(f"{path.name} holds version {raw['version']}")
    questions = tuple(_question(row) for row in raw["questions"])
    if not 3 <= len(questions) <= 6:
        raise BadQuestionnaire(f"{raw['survey']} has {len(questions)} questions")
    return Survey(raw["survey"], raw["version"], raw["valid_from"], _complete(raw["title"]), questions)


def _question(row: Mapping[str, Any]) -> Question:
    values = (
        Value(v["key"], v["rank"], v["picture"], _complete(v["texts"])) for v in _scales()["scales"][row["scale"]]
    )
    return Question(row["key"], _complete(row["texts"]), tuple(values))


def _complete(texts: Texts) -> Texts:
    if set(texts) != set(_words()["languages"]) or not all(texts.values()):
        raise BadQuestionnaire(f"a language is missing, or there is one too many: {texts}")
    return texts


@cache
def _scales() -> dict[str, Any]:
    return _read(_sorted(DATA / "scales")[-1])


@cache
def _words() -> dict[str, Any]:
    return _read(_sorted(DATA / "words")[-1])


def _read(path: Traversable) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda path: path.name)
