"""What a referral may tell, section by section, and the words in which it tells it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from lotse.casework import rules
from lotse.casework.actions.parts_a import answers_of
from lotse.casework.models import Client, CounsellingCase, PlanGoal
from lotse.casework.part_a_template import CURRENT, TEMPLATES, Chapter, Field, shown_fields
from lotse.casework.queries import current_case, current_part_a, plan_of
from lotse.catalogues.own_lists import OwnLists, lists_of

COMMA = {"ar": "، "}
PART_A = rules.PART_A_SECTION
TITLES = {
    "contact": "Name und Kontaktdaten",
    "concern": "Anliegen und Bedarf",
    "goals": "Ziele",
    **{f"{PART_A}{chapter.key}": f"Angaben zu: {chapter.title}" for chapter in CURRENT.chapters},
}


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: tuple[tuple[str, str], ...]


def titles_of(keys: Iterable[str]) -> str:
    """For a sentence: "Name und Kontaktdaten, Ziele"."""
    return ", ".join(TITLES[key] for key in keys if key in TITLES)


def titles_for_reader(keys: Iterable[str], lists: OwnLists, language: str) -> str:
    """The same for a sheet, in the language of who signs it."""
    words, chapters = lists.get("consent_word"), lists.get("part_a_word")

    def title(key: str) -> str:
        if not key.startswith(PART_A):
            return words.label(key, language)
        chapter = chapters.label(f"chapter_{key.removeprefix(PART_A)}", language)
        return words.label("chapter", language).replace("{chapter}", chapter)

    return COMMA.get(language, ", ").join(title(key) for key in keys if key in TITLES)


def sections_of(client: Client) -> list[Section]:
    """All that could be told of this person today: what is empty or closed is not offered."""
    case = current_case(client)
    found = [Section("contact", TITLES["contact"], tuple(_contact(client)))]
    if case:
        found += [Section("concern", TITLES["concern"], tuple(_concern(case)))]
        found += [Section("goals", TITLES["goals"], tuple(_goals(client)))]
        found += _chapters(client, case)
    return [section for section in found if section.rows and rules.section_is_open(client, section.key)]


def _contact(client: Client) -> Iterator[tuple[str, str]]:
    words = lists_of(client.organisation_id)
    yield "Name", client.full_name
    told = (("Telefon", client.phone), ("E-Mail", client.email), ("Anschrift", client.address))
    yield from ((label, text) for label, text in told if text)
    if client.contact_language:
        yield "Sprache", words.label("language", client.contact_language)
    if client.interpreter_needed:
        yield "Sprachmittlung", "nötig"


def _concern(case: CounsellingCase) -> Iterator[tuple[str, str]]:
    told = (("Anliegen", case.concern), ("Unterstützungsbedarf", case.support_need), ("Erwartungen", case.expectation))
    yield from ((label, text) for label, text in told if text)


def _goals(client: Client) -> Iterator[tuple[str, str]]:
    plan = plan_of(client)
    words = lists_of(client.organisation_id)

    def pair(goal: PlanGoal) -> tuple[str, str]:
        area = words.label("goal_area", goal.area) if goal.area else goal.area_text
        return area, words.label("goal", goal.goal) if goal.goal else goal.goal_text

    yield from (pair(goal) for goal in (plan.goals.all() if plan else ()))


def _chapters(client: Client, case: CounsellingCase) -> Iterator[Section]:
    part_a = current_part_a(case)
    if part_a is None:
        return
    answers = answers_of(part_a)
    for chapter in TEMPLATES[part_a.template_version].chapters:
        key = f"{PART_A}{chapter.key}"
        yield Section(key, TITLES.get(key, chapter.title), tuple(_answers(chapter, answers, client)))


def _answers(chapter: Chapter, answers: dict, client: Client) -> Iterator[tuple[str, str]]:
    """A tick says something only when it is set."""
    words = lists_of(client.organisation_id)
    for field in shown_fields(chapter, answers):
        value = answers.get(field.key)
        if value not in (None, "", []) and not (field.kind == "tick" and not value):
            yield field.label.rstrip("?"), _in_words(field, value, words)


def _in_words(field: Field, value: Any, words: OwnLists) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    name = field.catalogue or ("language" if field.kind == "language" else "")
    if not name:
        return str(value)
    return ", ".join(words.get(name).labels(value if isinstance(value, list) else [value]))


def as_stored(sections: Iterable[Section]) -> str:
    return json.dumps([asdict(section) for section in sections], ensure_ascii=False)


def stored_sections(content: str) -> list[Section]:
    rows = json.loads(content) if content else []
    return [Section(row["key"], row["title"], tuple((label, text) for label, text in row["rows"])) for row in rows]
