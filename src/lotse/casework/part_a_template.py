"""The form of Teil A as data: chapters and fields of a dated template, with its if-then logic (model.md §6.1, A1–A11).

Gender, birth date, nationality and children stand with the person and the household: they are asked once. A filled Teil A
keeps the name of its template; templates are added here, never changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """`kind`: choice, multi, yes_no, whole, text, language, tick. `shown_when`: field id → values that open this one.

    `in_words`: the answer is told, not chosen; it is stored sealed.
    """

    key: str
    label: str
    kind: str
    catalogue: str = ""
    shown_when: tuple[str, tuple[Any, ...]] | None = None
    hint: str = ""
    in_words: bool = False


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    fields: tuple[Field, ...]
    is_health: bool = False


@dataclass(frozen=True)
class Template:
    key: str
    title: str
    chapters: tuple[Chapter, ...]

    def chapter(self, key: str) -> Chapter:
        return next(chapter for chapter in self.chapters if chapter.key == key)


def _text(key: str, label: str, **more: Any) -> Field:
    return Field(key, label, "text", in_words=True, **more)


def _yes_no(key: str, label: str, **more: Any) -> Field:
    return Field(key, label, "yes_no", **more)


def _choice(key: str, label: str, catalogue: str, **more: Any) -> Field:
    return Field(key, label, "choice", catalogue, **more)


def _recognition(prefix: str, opened_by: str) -> tuple[Field, Field]:
    return (
        _choice(f"{prefix}_recognition", "Anerkannt?", "recognition_state", shown_when=(opened_by, (True,))),
        _text(
            f"{prefix}_recognition_office", "Bearbeitung bei", shown_when=(f"{prefix}_recognition", ("in_progress",))
        ),
    )


def _other_language(letter: str) -> tuple[Field, Field]:
    key = f"other_language_{letter}"
    return (
        Field(key, f"Weitere Sprache {letter} (außer Deutsch)", "language"),
        _choice(f"{key}_level", "Niveau", "other_language_level", shown_when=(key, ("*",))),
    )


def _course(key: str, label: str) -> tuple[Field, Field, Field]:
    return (
        Field(f"course_{key}_attended", f"{label}: besucht", "tick"),
        _yes_no(f"course_{key}_certificate", "Zertifikat?", shown_when=(f"course_{key}_attended", (True,))),
        Field(f"course_{key}_current", f"{label}: besucht ihn zurzeit", "tick"),
    )


_PERSONAL = (
    _text("birth_place", "Geburtsort"),
    _choice("residence_status", "Aufenthaltsrechtlicher Status", "residence_status"),
    _choice("marital_status", "Familienstand", "marital_status"),
    Field("household_size", "Personen im Haushalt", "whole"),
    _yes_no("single_parent", "Alleinerziehend?"),
)
_CHILDREN = (
    _text("extracurricular_children", "Welche Kinder besuchen außerschulische Angebote?"),
    _text("extracurricular_offers", "Welche Angebote?"),
)
_LANGUAGES = (
    Field("mother_tongue", "Muttersprache", "language"),
    *_other_language("a"),
    *_other_language("b"),
    *_other_language("c"),
    _yes_no("literate", "Alphabetisiert?"),
    _yes_no("literate_latin", "Lateinisch alphabetisiert?"),
)
_GERMAN = (
    _choice("german_level", "Aktuelles Sprachniveau", "german_level"),
    *_course("fluag_vwv", "Sprachkurs (FlüAG + VwV)"),
    *_course("vocational_oriented", "Berufsorientierter Sprachkurs"),
    *_course("bamf_integration", "BAMF-Integrationskurs"),
    *_course("esf_bamf", "Berufsbezogener Kurs ESF-BAMF"),
    *_course("other", "Anderer Kurs"),
)
_SCHOOL = (
    _yes_no("school_attended", "Schule besucht?"),
    Field("school_years", "Wie viele Jahre?", "whole", shown_when=("school_attended", (True,))),
    _yes_no("school_degree", "Abschluss?", shown_when=("school_attended", (True,))),
    _choice("school_degree_kind", "Abschlussart", "school_degree_kind", shown_when=("school_degree", (True,))),
    _yes_no("documents_translated", "Dokumente ins Deutsche übersetzt?", shown_when=("school_degree", (True,))),
    *_recognition("school", "school_degree"),
)
_OCCUPATION = (
    _text("occupation", "Beruf"),
    Field("experience_years", "Berufserfahrung in Jahren", "whole"),
    _yes_no("occupation_certificate", "Berufsabschluss mit Zeugnis?"),
    *_recognition("occupation", "occupation_certificate"),
)
_STUDY = (
    _text("study_subject", "Studienfach", hint="Leer lassen, wenn nicht studiert wurde."),
    Field("study_years", "Studienjahre", "whole"),
    _yes_no("study_degree", "Studienabschluss?"),
    _yes_no("study_certificate", "Zeugnis vorhanden?", shown_when=("study_degree", (True,))),
    *_recognition("study", "study_degree"),
)
_WORK = (
    _yes_no("school_training", "Schulische Ausbildung?"),
    _choice("school_training_state", "Stand", "training_state", shown_when=("school_training", (True,))),
    _yes_no("qualification_measure", "Berufliche Qualifizierungsmaßnahme?"),
    _text("qualification_measure_name", "Welche?", shown_when=("qualification_measure", (True,))),
    _yes_no("employed", "Arbeitsverhältnis?"),
    _choice("employment_extent", "Umfang", "employment_extent", shown_when=("employed", (True,))),
    _choice("contract_term", "Vertrag", "contract_term", shown_when=("employed", (True,))),
    _yes_no("apprenticeship", "Ausbildungsverhältnis?"),
    _choice(
        "apprenticeship_extent",
        "Umfang der Ausbildung",
        "apprenticeship_extent",
        shown_when=("apprenticeship", (True,)),
    ),
    _text("job_title", "Berufsbezeichnung", shown_when=("employed", (True,))),
    _text("employer", "Arbeitgeber", shown_when=("employed", (True,))),
)
_SKILLS = (
    Field("special_skills", "Besondere Kenntnisse", "multi", "special_skill"),
    _text("special_skills_other", "Weitere Kenntnisse", shown_when=("special_skills", ("other",))),
)
_MOBILITY = (
    _yes_no("driving_licence", "Führerschein?"),
    _yes_no("licence_valid_de", "In Deutschland zugelassen?", shown_when=("driving_licence", (True,))),
    _yes_no("car_available", "Auto verfügbar?"),
    _yes_no("public_transport", "Anschluss an öffentliche Verkehrsmittel vom Wohnort?"),
    _yes_no("monthly_ticket", "Monatsfahrkarte?"),
)
_HEALTH = (
    _yes_no("disability", "Liegt eine Behinderung vor?"),
    Field("disability_marks", "Merkzeichen", "multi", "disability_mark", shown_when=("disability", (True,))),
)

INTEGRATIONSPLAN_2021 = Template(
    "integrationsplan-2021-01-28",
    "Integrationsplan, Stand 28.01.2021",
    (
        Chapter("skills", "Besondere Kenntnisse", _SKILLS),
        Chapter("languages", "Sprachen", _LANGUAGES),
        Chapter("personal", "Persönliche Daten", _PERSONAL),
        Chapter("children", "Kinder", _CHILDREN),
        Chapter("german", "Deutsch", _GERMAN),
        Chapter("school", "Schule", _SCHOOL),
        Chapter("occupation", "Beruf", _OCCUPATION),
        Chapter("study", "Studium", _STUDY),
        Chapter("work", "Arbeit und Ausbildung", _WORK),
        Chapter("mobility", "Mobilität", _MOBILITY),
        Chapter("health", "Gesundheit", _HEALTH, is_health=True),
    ),
)
TEMPLATES: Mapping[str, Template] = {t.key: t for t in (INTEGRATIONSPLAN_2021,)}
CURRENT = INTEGRATIONSPLAN_2021


def is_shown(field: Field, answers: Mapping[str, Any]) -> bool:
    """Whether the condition of the field holds; a condition on a hidden field does not hold."""
    if field.shown_when is None:
        return True
    key, wanted = field.shown_when
    given = answers.get(key)
    values = given if isinstance(given, list) else [given]
    return bool(given) if wanted == ("*",) else any(value in wanted for value in values)


def shown_fields(chapter: Chapter, answers: Mapping[str, Any]) -> list[Field]:
    """The fields whose whole chain of conditions holds, in order."""
    shown: list[Field] = []
    open_answers: dict[str, Any] = {}
    for field in chapter.fields:
        if is_shown(field, open_answers):
            shown.append(field)
            open_answers[field.key] = answers.get(field.key)
    return shown


def completeness(chapter: Chapter, answers: Mapping[str, Any]) -> tuple[int, int]:
    """(answered, asked); a tick is an answer either way and is not counted."""
    asked = [f for f in shown_fields(chapter, answers) if f.kind != "tick"]
    answered = [f for f in asked if answers.get(f.key) not in (None, "", [])]
    return len(answered), len(asked)
