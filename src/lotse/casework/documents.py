"""The papers of casework as neutral documents: the plan that both sign, and the texts before it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from lotse.casework.actions.parts_a import answers_of
from lotse.casework.enums import Achievement
from lotse.casework.models import Client, PlanGoal, PlanStep, SupportPlan
from lotse.casework.part_a_template import TEMPLATES, Chapter, Field, shown_fields
from lotse.catalogues.loader import label
from lotse.catalogues.own_lists import lists_of
from lotse.catalogues.queries import are_words_released, texts_for_organisation
from lotse.catalogues.texts import DRAFT_MARK, ClientText
from lotse.core.fields import format_partial_date
from lotse.documents.queries import retention_of
from lotse.documents.rendering import (
    ABOVE,
    Bilingual,
    Choice,
    Document,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    SideBySide,
    Signatures,
    Table,
)
from lotse.documents.rendering.spec import Block, Cell, Text

PLAN_COLUMNS = ("area", "goal", "step", "who", "agreed_on", "due_on", "achieved", "services", "notes")
PLAN_WIDTHS = (10, 15, 25, 10, 10, 10, 12, 16, 16)
THREE_YEARS = 36  # months
NOT_ASKED = "nicht erhoben"
INFORMATION = ("information", "information_contacts")
CONSENT_TEXTS = (
    *INFORMATION,
    "counselling_agreement",
    "recording",
    "competence_recording",
    "health_data",
    "email_channel",
)


JOINT_TEXTS = ("joint_counselling", "withdrawal")
NO_ACT = (*INFORMATION, "withdrawal")


def day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


class Words:
    """Words of a paper in German and in the reader's language, by catalogue and key; the organisation's own where it has some."""

    def __init__(self, language: str, organisation_id: int) -> None:
        self.language = language
        self.lists = lists_of(organisation_id)

    def __call__(self, key: str, name: str = "plan_word") -> Text:
        found = self.lists.get(name)
        return self.pair(found.label(key), found.label(key, self.language))

    def german(self, key: str) -> str:
        return self.lists.label("plan_word", key)

    def all(self, keys: list[str], name: str) -> Text:
        found = self.lists.get(name)
        return self.pair(", ".join(found.labels(keys)), ", ".join(found.labels(keys, self.language)))

    def pair(self, german: str, other: str) -> Text:
        return german if self.language == "de" else Bilingual(german, other)


def consent_paper(client: Client, language: str, keys: tuple[str, ...] = CONSENT_TEXTS) -> Document:
    """Information, agreement and the separate consents, each with its own boxes to tick and one place to sign."""
    word = Words(language, client.organisation_id)
    german = texts_for_organisation("de", client.organisation_id, keys)
    other = texts_for_organisation(language, client.organisation_id, keys)
    choice = Choice((word("yes", "achievement"), word("no", "achievement")))
    blocks: list[Block] = []
    for key in keys:
        blocks.append(Heading(word.pair(german[key].title, other[key].title), 1 if key == keys[0] else 2))
        blocks += _paragraphs(word, german[key], other[key], client)
        if key not in NO_ACT:
            blocks.append(choice)
    blocks.append(Signatures((word("signature_client"), word("signature_counsellor")), word("place_date")))
    return Document(
        title=word.pair(german[keys[0]].title, other[keys[0]].title),
        blocks=tuple(blocks),
        language=language,
        author=client.site.name,
        footer=f"{client.site.name} · {client.number}",
        watermark=next((text.draft_mark for text in other.values() if text.draft_mark), ""),
    )


def _paragraphs(word: Words, german: ClientText, other: ClientText, client: Client) -> list[Block]:
    """Paragraph beside paragraph; who is responsible is filled in from the organisation."""
    if german.placeholders:
        german, other = (found.filled(**_responsible(client, found.language)) for found in (german, other))
    return side_by_side(word, german, other)


def side_by_side(word: Words, german: ClientText, other: ClientText) -> list[Block]:
    if word.language == "de":
        return [Paragraph(part) for part in german.paragraphs]
    return [
        SideBySide(
            tuple(Bilingual(left, right) for left, right in zip(german.paragraphs, other.paragraphs, strict=True))
        )
    ]


def _responsible(client: Client, language: str) -> dict[str, str]:
    """What Art. 13 DSGVO wants named; what the house does not know is left as a line to write on."""
    site = client.site
    controller = ", ".join(
        part for part in (client.organisation.name, site.address.replace("\n", ", "), site.phone) if part
    )
    to_write = "__________________"
    return {
        "controller": controller,
        "data_protection_officer": to_write,
        "retention": _retention(client.organisation_id, language),
        "supervisory_authority": to_write,
    }


def _retention(organisation_id: int, language: str) -> str:
    """As long as the organisation has decided."""
    months = retention_of(organisation_id)["client_file"].months
    words = lists_of(organisation_id).get("consent_word")
    if months == THREE_YEARS:
        return words.label("retention_three_years", language)
    return words.label("retention_months", language).replace("{months}", str(months))


def watermark(language: str, organisation_id: int) -> str:
    """Translations are drafts until the organisation releases them."""
    return "" if are_words_released(language, organisation_id) else DRAFT_MARK


def plan_paper(plan: SupportPlan, language: str = "de") -> Document:
    """Frame data, Teil A, Teil B with signatures, and the evaluation sheet without name and birth date (DP-10)."""
    word = Words(language, plan.organisation_id)
    blocks: list[Block] = [
        Heading(word("title")),
        _frame(plan, word),
        Note(word("together")),
        *_part_a(plan, word),
        PageBreak(landscape=True),
        Heading(word("part_b"), 2),
        _part_b(plan, word),
        Signatures((word("signature_client"), word("signature_counsellor")), word("place_date")),
        PageBreak(landscape=False),
        Heading(word.german("evaluation"), 2),
        Paragraph(word.german("evaluation_note")),
        evaluation_block(plan, plan.agreed_on or plan.drafted_on),
    ]
    return Document(
        title=word("title"),
        blocks=tuple(blocks),
        language=language,
        author=plan.client.site.name,
        footer=f"{plan.client.site.name} · Plan {plan.number}, Fassung {plan.version}",
        watermark=watermark(language, plan.organisation_id),
    )


def _frame(plan: SupportPlan, word: Words) -> KeyValues:
    client = plan.client
    rows: tuple[tuple[Text, Text], ...] = (
        (word("name"), client.full_name),
        (word("birth_date"), format_partial_date(client.birth_date, client.birth_precision)),
        (word("site"), client.site.name),
        (word("counsellor"), str(client.responsible)),
        (word("first_contact"), day(plan.case.first_contact_on)),
        (word("plan_number"), f"{plan.number} / {plan.version}"),
        (word("agreed_on"), day(plan.agreed_on)),
        ("Gemeindekennziffer", plan.municipality_code),
    )
    return KeyValues(rows)


def _part_a(plan: SupportPlan, word: Words) -> list[Block]:
    """The chapters that hold an answer; health is printed only where its consent was given."""
    part_a = plan.case.parts_a.first()
    if part_a is None:
        return []
    answers = answers_of(part_a)
    blocks: list[Block] = [Heading(word("part_a"), 2)]
    for chapter in TEMPLATES[part_a.template_version].chapters:
        rows = _chapter_rows(chapter, answers, word)
        if rows:
            blocks += [Heading(word(f"chapter_{chapter.key}", "part_a_word"), 3), KeyValues(tuple(rows))]
    return blocks


def _chapter_rows(chapter: Chapter, answers: dict[str, Any], word: Words) -> list[tuple[Text, Text]]:
    """A tick says something only when it is set; every other answer is printed, a no as well."""
    rows: list[tuple[Text, Text]] = []
    for field in shown_fields(chapter, answers):
        value = answers.get(field.key)
        if value in (None, "", []) or (field.kind == "tick" and not value):
            continue
        rows.append((word(field.key, "part_a_word"), _answer(field, value, word)))
    return rows


def _answer(field: Field, value: Any, word: Words) -> Text:
    if isinstance(value, bool):
        return word("yes" if value else "no", "achievement")
    name = _catalogue_of(field)
    if not name:
        return str(value)
    return word.all(value if isinstance(value, list) else [value], name)


def _catalogue_of(field: Field) -> str:
    return field.catalogue or ("language" if field.kind == "language" else "")


def answer_in_words(field: Field, value: Any, organisation_id: int) -> str:
    """The German words for an answer, for the screen."""
    shown = _answer(field, value, Words("de", organisation_id))
    return shown.de if isinstance(shown, Bilingual) else shown


def _part_b(plan: SupportPlan, word: Words) -> Table:
    """The nine columns of the form; everything from the step rightwards stands once per step (CL-19)."""
    rows = [row for goal in plan.goals.all() for row in _goal_rows(goal, word)]
    return Table(tuple(word(key) for key in PLAN_COLUMNS), tuple(rows), PLAN_WIDTHS)


def _goal_rows(goal: PlanGoal, word: Words) -> Iterable[tuple[Cell, ...]]:
    area = word(goal.area, "goal_area") if goal.area else goal.area_text
    aim = word(goal.goal, "goal") if goal.goal else goal.goal_text
    steps = list(goal.steps.all())
    if not steps:
        yield (area, aim, "", "", "", "", _achieved(goal.status, word), "", "")
    for number, step in enumerate(steps):
        named = (ABOVE, ABOVE) if number else (area, aim)
        yield (*named, *_step_cells(step, word))


def _step_cells(step: PlanStep, word: Words) -> tuple[Cell, ...]:
    return (
        step.text,
        step.who_name or word(step.who, "who"),
        day(step.agreed_on),
        day(step.due_on),
        _achieved(Achievement(step.achieved), word),
        word.all(step.services, "regular_service"),
        step.notes,
    )


def _achieved(value: Achievement, word: Words) -> Choice:
    """The four boxes of the form, one of them ticked."""
    return Choice(tuple(word(v, "achievement") for v in Achievement), (list(Achievement).index(value),))


def evaluation_block(plan: SupportPlan, key_date: date) -> KeyValues:
    """The seven pseudonymous fields of the form; age and stay are derived at the key date, never typed."""
    client = plan.client
    age, stay = client.age_on(key_date), client.stay_months_on(key_date)
    return KeyValues(
        (
            ("Geschlecht", label("gender", client.gender) or NOT_ASKED),
            ("Alter (in Jahren)", str(age) if age is not None else NOT_ASKED),
            ("Aufenthaltsdauer in Deutschland (in Monaten)", str(stay) if stay is not None else NOT_ASKED),
            ("Herkunftsland", label("country", client.country_of_origin) or NOT_ASKED),
            ("Nummer des Integrationsplans", str(plan.number)),
            ("Gemeindekennziffer", plan.municipality_code or NOT_ASKED),
            ("Laufende Nummer des IntMan", str(plan.manager_number) if plan.manager_number else NOT_ASKED),
        ),
        columns=1,
    )
