"""Everything that is stored about one person, in words: for the letter of access and for taking the data along (DS-02).

The file is walked model by model (`belongings`), so that nothing is forgotten; what is left out or masked is named here.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Field, ForeignKey, Model, prefetch_related_objects
from django.utils import timezone

from lotse.auditlog.queries import history
from lotse.auditlog.sentences import sentence
from lotse.casework import models as m
from lotse.casework.outcome_template import answers_in_words
from lotse.casework.part_a_template import TEMPLATES
from lotse.casework.queries.belongings import Rows, belongings, files_of, files_of_person, refs_of, rows_of
from lotse.casework.queries.traces import drafts_about, is_to, mail_about
from lotse.catalogues.loader import UnknownEntry
from lotse.catalogues.own_lists import OwnLists, lists_of
from lotse.core.drafts import typed
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation

ANOTHER = "[andere Person]"
# What is no information about her: keys, search keys, counters of the program.
TECHNICAL = frozenset(
    {
        "id",
        "public_id",
        "organisation",
        "client",
        "name_key",
        "given_key",
        "twin_key",
        "phone_key",
        "code_hash",
        "link",
        "wrong_codes",
        "series_ref",
        "series",
        "outgoing",
        "revision",
        "template_version",
    }
)
# Models whose rows stand in the row above them.
NESTED: dict[type[Model], str] = {
    m.ContactTopic: "die Themen stehen beim Kontakt",
    m.Agreement.partners.through: "die Partner stehen bei der Vereinbarung",
}
LEFT_OUT: dict[type[Model], str] = {
    m.ErasureItem: "Arbeitsliste eines Löschlaufs, ohne eigene Angabe",
    m.PairDecision: "spricht von zwei Akten; die andere kann jemand anderem gehören",
    m.MergeRecord: "Sicherung für das Rückgängigmachen; die Angaben selbst stehen bei der Person",
}
# Other people: who they are is theirs.
MASKED: dict[type[Model], frozenset[str]] = {
    m.HouseholdMember: frozenset(
        {
            "name",
            "gender",
            "birth_date",
            "birth_precision",
            "birth_place",
            "nationality",
            "residence_place",
            "institution",
            "attends",
            "attends_since",
            "school_degree_on",
        }
    ),
    m.Consent: frozenset({"interpreter"}),
    m.PlanStep: frozenset({"who_name"}),
}
SHOWN = (
    m.Accommodation, m.Agreement, m.AgreementReview, m.Appointment, m.CourseParticipation, m.ProviderContact,
    m.DiscriminationRecord, m.DiscriminationGround, m.EligibilityAdvice, m.Referral, m.ReferralQuestion,
    m.HouseholdMember, m.ResidenceStatus, m.GermanLevel, m.FileAssignment, m.CounsellingCase, m.Assessment, m.Consent,
    m.Contact, m.DataSubjectRequest, m.Correction, m.ErasureHold, m.Handover, m.PartA, m.SupportPlan, m.PlanGoal,
    m.PlanStep, m.PlanStatus, m.PlanScan, m.FileReview, m.ReviewPoint, m.TierChange, m.CaseStateChange,
    m.OutcomeSheet, m.Letter, m.CaseMail, m.CaseMailFile, m.ClientProperty, m.DamageReport,
)  # fmt: skip
# Where a code stands in a column: by column, or by model and column where the name alone says too little.
CODES: dict[str, str] = {
    "gender": "gender", "country_of_origin": "country", "nationalities": "country", "nationality": "country",
    "languages": "language", "contact_language": "language", "informed_language": "language", "language": "language",
    "handed_out_language": "language", "level": "german_level", "access_route": "access_route", "channel": "contact_channel",
    "phase": "cm_phase", "target_group": "target_group_mbe", "end_reason": "end_reason",
    "part_a_reason": "part_missing_reason", "part_b_reason": "part_missing_reason", "services": "regular_service",
    "area": "goal_area", "goal": "goal", "residencestatus.status": "residence_status", "handover.reason": "handover_reason",
    "accommodation.kind": "accommodation", "accommodation.municipality_code": "municipality_code",
    "appointment.purpose": "appointment_purpose",
    "interpreter_language": "language",
    "courseparticipation.kind": "course_type",
    "level_reached": "german_level",
    "dropout_reason": "course_dropout_reason",
    "discriminationrecord.area": "discrimination_area",
    "supportplan.environment": "environment",
    "reviewpoint.item": "file_review_item",
}  # fmt: skip
# Columns whose own label says too little away from its neighbour.
LABELS = {"birth_precision": "Geburtsdatum, wie genau", "entered_precision": "Einreise, wie genau"}
ANSWERS = {"yes": "ja", "no": "fehlt etwas", "na": "trifft nicht zu"}


@dataclass(frozen=True)
class Value:
    """`stored` for machines, `text` for people."""

    name: str
    label: str
    stored: Any
    text: str


Record = tuple[Value, ...]


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    records: tuple[Record, ...]


def data_copy(client: m.Client) -> list[Section]:
    """All sections with something in them, the person first."""
    rows = rows_of(client)
    reader = _Reader(client, rows)
    models = [model for model in belongings() if model in rows and model not in NESTED and model not in LEFT_OUT]
    own = [Section("client", "Angaben zur Person", tuple(reader.record(file) for file in files_of_person(client)))]
    own += [_section(model, rows[model], reader) for model in models]
    return own + [found for found in _beside(client, rows, reader) if found.records]


def portable(sections: Iterable[Section]) -> list[Section]:
    """What she gave us or what arose with her; not who has read it (Art. 20)."""
    return [section for section in sections if section.key not in ("log", "mail", "drafts")]


def _section(model: type[Model], rows: list[Model], reader: "_Reader") -> Section:
    pointed = [f.name for f in model._meta.concrete_fields if isinstance(f, ForeignKey) and not _points_inside(f)]
    prefetch_related_objects(rows, *pointed, *(["topics"] if model is m.Contact else []))
    records = tuple(reader.record(row) for row in rows)
    return Section(str(model._meta.model_name), str(model._meta.verbose_name_plural), records)


def _beside(client: m.Client, rows: Rows, reader: "_Reader") -> list[Section]:
    files = tuple(_file(stored) for stored in files_of(rows) if not stored.deleted_at)
    drafts = drafts_about(client, refs_of(client, rows))
    return [
        Section("files", "Dokumente", files),
        Section("mail", "Nachrichten", tuple(_mail(client, mail) for mail in mail_about(client))),
        Section("drafts", "Entwürfe", tuple(reader.draft(draft) for draft in drafts)),
        Section("log", "Wer hat gelesen und geändert", tuple(_entry(e) for e in history(client.public_id).iterator())),
    ]


def _file(stored: StoredFile) -> Record:
    return (
        _said("name", "Dateiname", stored.name),
        _said("media_type", "Art", stored.media_type),
        _said("created_at", "abgelegt am", stored.created_at),
    )


def _mail(client: m.Client, mail: Any) -> Record:
    to = "an Sie" if is_to(client, mail) else "an Mitarbeitende"
    head = (_said("created_at", "Datum", mail.created_at), _said("recipient", "Empfänger", to))
    return (*head, _said("subject", "Betreff", mail.subject), _said("body", "Text", mail.body))


def _entry(event: Any) -> Record:
    return (_said("at", "wann", event.at), _said("text", "was", sentence(event)))


def _said(name: str, label: str, value: Any) -> Value:
    return Value(name, label, _raw(value), _words(value))


def _raw(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


class _Reader:
    """One row as labelled values; knows the lists of the house, and whose names must not be told."""

    def __init__(self, client: m.Client, rows: Rows) -> None:
        self.lists: OwnLists = lists_of(client.organisation_id)
        others = [row.name for row in rows.get(m.HouseholdMember, [])]  # type: ignore[attr-defined]
        self.hide = _hider(others, own=client.full_name)

    def record(self, row: Model) -> Record:
        if isinstance(row, m.PartA):
            return self._part_a(row)
        if isinstance(row, m.OutcomeSheet):
            return _outcomes(row)
        columns = [field for field in row._meta.concrete_fields if field.name not in TECHNICAL]
        values = [value for field in columns if (value := self._value(row, field))]
        return (*values, *self._several(row), *self._topics(row))

    def _several(self, row: Model) -> Iterator[Value]:
        for field in row._meta.many_to_many:
            names = [str(found) for found in getattr(row, field.name).all()]
            if names:
                yield Value(field.name, str(field.verbose_name), names, ", ".join(names))

    def _value(self, row: Model, field: Field) -> Value | None:
        """None for what was not recorded."""
        stored = getattr(row, field.attname)
        if stored in (None, "", [], {}) or _points_inside(field):
            return None
        name, label = str(field.name), LABELS.get(field.name) or str(field.verbose_name)
        if field.name in MASKED.get(type(row), ()):
            return Value(name, label, ANOTHER, ANOTHER)
        text = self.hide(self._text(row, field, stored))
        if not text:
            return None
        raw = text if isinstance(field, ForeignKey) else self.hide(stored) if isinstance(stored, str) else _raw(stored)
        return Value(name, label, raw, text)

    def _text(self, row: Model, field: Field, stored: Any) -> str:
        if isinstance(field, ForeignKey):
            pointed = getattr(row, field.name)
            return _size(pointed) if isinstance(pointed, m.Household) else str(pointed)
        if field.choices:
            return str(dict(field.flatchoices).get(stored, stored))
        if isinstance(stored, dict):
            return ", ".join(f"{self.word('file_review_item', key)}: {ANSWERS[said]}" for key, said in stored.items())
        by_row = isinstance(row, m.DiscriminationGround) and field.name == "ground"
        catalogue = (
            m.GroundList(row.of).catalogue
            if by_row
            else CODES.get(f"{row._meta.model_name}.{field.name}") or CODES.get(field.name)
        )
        if catalogue:
            keys = stored if isinstance(stored, list) else [stored]
            return ", ".join(self.word(catalogue, key) for key in keys)
        return _words(stored)

    def word(self, catalogue: str, key: Any) -> str:
        try:
            return self.lists.label(catalogue, str(key))
        except UnknownEntry:
            return str(key)

    def _topics(self, row: Model) -> tuple[Value, ...]:
        if not isinstance(row, m.Contact):
            return ()
        topics = [topic.topic for topic in row.topics.all()]
        return (Value("topics", "Themen", topics, ", ".join(self.word("counselling_topic", t) for t in topics)),)

    def _part_a(self, row: m.PartA) -> Record:
        answers = {**row.answers, **(json.loads(row.texts) if row.texts else {})}
        fields = [field for chapter in TEMPLATES[row.template_version].chapters for field in chapter.fields]
        given = [field for field in fields if answers.get(field.key) not in (None, "", [])]
        head = (_said("version", "Fassung", row.version), _said("recorded_on", "Stand", row.recorded_on))
        return (*head, *(self._answer(field, answers[field.key]) for field in given))

    def _answer(self, field: Any, value: Any) -> Value:
        name = field.catalogue or ("language" if field.kind == "language" else "")
        keys = value if isinstance(value, list) else [value]
        told = ", ".join(self.word(name, key) for key in keys) if name else self.hide(_words(value))
        return Value(field.key, field.label, value if name or not isinstance(value, str) else told, told)

    def draft(self, draft: Any) -> Record:
        head = (_said("label", "Seite", draft.label), _said("updated_at", "zuletzt getippt", draft.updated_at))
        texts = typed(draft).items()
        return (*head, *(_said(name, name, self.hide(", ".join(words))) for name, words in texts))


def _size(household: m.Household) -> str:
    return f"{household.size} Personen" if household.size else ""


def _outcomes(row: m.OutcomeSheet) -> Record:
    said = answers_in_words(row.template_version, row.answers)
    head = _said("recorded_on", "Stand am", row.recorded_on)
    return (head, *(Value(name, label, row.answers[name], text) for name, label, text in said))


def _points_inside(field: Field) -> bool:
    """To another row of the same file, which has its own section; or to a file of somebody else."""
    if not isinstance(field, ForeignKey):
        return False
    target = field.remote_field.model
    return target in belongings() or target in (StoredFile, Organisation, m.Client)


def _hider(names: Iterable[str], own: str) -> Callable[[str], str]:
    """Names of the people she lives with are replaced wherever they are told; the rest is read before it is sent."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 2}
    words = sorted(parts - {own, *own.split()}, key=len, reverse=True)
    if not words:
        return str
    pattern = re.compile(r"\b(" + "|".join(re.escape(word) for word in words) + r")\b", re.IGNORECASE)
    return lambda text: pattern.sub(ANOTHER, text)


def as_json(client: m.Client, sections: Iterable[Section]) -> dict[str, Any]:
    """For another program: names of columns, values as they are stored, and what they mean."""
    return {
        "format": "lotse-data-copy 1",
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "file": client.number,
        "sections": {section.key: _section_as_json(section) for section in sections},
    }


def _section_as_json(section: Section) -> Mapping[str, Any]:
    records = [
        {value.name: {"label": value.label, "value": value.stored, "text": value.text} for value in record}
        for record in section.records
    ]
    return {"title": section.title, "records": records}
