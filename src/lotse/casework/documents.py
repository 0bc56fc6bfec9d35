"""The papers of casework as neutral documents: the plan that both sign, and the texts before it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from lotse.casework.actions.parts_a import answers_of
from lotse.casework.models import Client, PlanGoal, PlanStep, SupportPlan
from lotse.casework.part_a_template import TEMPLATES, Chapter, Field, shown_fields
from lotse.catalogues.loader import catalogue, label
from lotse.core.fields import format_partial_date
from lotse.documents.rendering import (
    Bilingual,
    Choice,
    Document,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)
from lotse.documents.rendering.spec import Block, Text

PLAN_WIDTHS = (16, 20, 25, 14, 13, 12)
NOT_ASKED = "nicht erhoben"


def day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


class Words:
    """Words of the plan in German and in the reader's language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, name: str = "plan_word") -> Text:
        german = label(name, key)
        return german if self.language == "de" else Bilingual(german, label(name, key, self.language))

    def text(self, key: str) -> Text:
        entry = catalogue("client_text").entry(key)
        return entry.text if self.language == "de" else Bilingual(entry.text, entry.text_in(self.language))

    def title(self, key: str) -> Text:
        return self(key, "client_text")


def consent_paper(client: Client, language: str) -> Document:
    """Information, agreement and the separate consents, each with its own boxes to tick and one place to sign."""
    word = Words(language)
    blocks: list[Block] = [Heading(word.title("information")), Paragraph(word.text("information"))]
    for act in ("counselling_agreement", "recording", "competence_recording", "health_data"):
        blocks += [
            Heading(word.title(act), 2),
            Paragraph(word.text(act)),
            Choice((word("yes", "achievement"), word("no", "achievement"))),
        ]
    blocks.append(Signatures((word("signature_client"), word("signature_counsellor")), word("place_date")))
    return Document(
        title=word.title("information"),
        blocks=tuple(blocks),
        language=language,
        author=client.site.name,
        footer=f"{client.site.name} · {client.number}",
        watermark=_watermark(language),
    )


def _watermark(language: str) -> str:
    """Translations are drafts until the organisation releases them."""
    return "" if language == "de" else label("plan_word", "unreviewed")


def plan_paper(plan: SupportPlan, language: str = "de") -> Document:
    """Frame data, Teil A, Teil B with signatures, and the evaluation sheet without name and birth date (DP-10)."""
    word = Words(language)
    blocks: list[Block] = [
        Heading(word("title")),
        _frame(plan, word),
        Note(word("together")),
        *_part_a(plan, word),
        PageBreak(),
        Heading(word("part_b"), 2),
        _part_b(plan, word),
        Signatures((word("signature_client"), word("signature_counsellor")), word("place_date")),
        PageBreak(),
        Heading("Angaben für die Evaluation", 2),
        Paragraph("Dieses Blatt trägt weder Namen noch Geburtsdatum. Es wird getrennt vom Plan aufbewahrt."),
        evaluation_block(plan, plan.agreed_on or plan.drafted_on),
    ]
    return Document(
        title=word("title"),
        blocks=tuple(blocks),
        language=language,
        author=plan.client.site.name,
        footer=f"{plan.client.site.name} · Plan {plan.number}, Fassung {plan.version}",
        watermark=_watermark(language),
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
        rows = _chapter_rows(chapter, answers)
        if rows:
            blocks += [Heading(chapter.title, 3), KeyValues(tuple(rows))]
    return blocks


def _chapter_rows(chapter: Chapter, answers: dict[str, Any]) -> list[tuple[Text, Text]]:
    asked = shown_fields(chapter, answers)
    return [
        (f.label, answer_in_words(f, answers[f.key]))
        for f in asked
        if answers.get(f.key) not in (None, "", [], False) or (answers.get(f.key) is False and f.kind == "yes_no")
    ]


def answer_in_words(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    name = field.catalogue or ("language" if field.kind == "language" else "")
    if not name:
        return str(value)
    return ", ".join(catalogue(name).labels(value if isinstance(value, list) else [value]))


def _part_b(plan: SupportPlan, word: Words) -> Table:
    header = tuple(word(key) for key in ("area", "goal", "step", "who", "due_on", "achieved"))
    rows = [row for goal in plan.goals.all() for row in _goal_rows(goal, word)]
    return Table(header, tuple(rows), PLAN_WIDTHS)


def _goal_rows(goal: PlanGoal, word: Words) -> Iterable[tuple[Text, ...]]:
    area = word(goal.area, "goal_area") if goal.area else goal.area_text
    aim = word(goal.goal, "goal") if goal.goal else goal.goal_text
    steps = list(goal.steps.all())
    if not steps:
        yield (area, aim, "", "", "", word(goal.status, "achievement"))
    for number, step in enumerate(steps):
        yield (area if not number else "", aim if not number else "", *_step_cells(step, word))


def _step_cells(step: PlanStep, word: Words) -> tuple[Text, ...]:
    services = catalogue("regular_service").labels(step.services)
    told = "\n".join(part for part in (step.text, ", ".join(services), step.notes) if part)
    who = word(step.who, "who")
    return (
        told,
        step.who_name or who,
        f"{day(step.agreed_on)} –\n{day(step.due_on)}",
        word(step.achieved, "achievement"),
    )


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
