import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.file import expect_revision, open_case_of_file, save_checked
from lotse.casework.models import Client, CounsellingCase, GermanLevel, PartA, ResidenceStatus
from lotse.casework.part_a_template import CURRENT, TEMPLATES, Chapter, shown_fields
from lotse.organisations.actor import Actor

CLOSED = "Teil A öffnet sich erst mit Beratungsvereinbarung, Einwilligung und Einwilligung zur Kompetenzerfassung."
NO_HEALTH = "Gesundheitsdaten brauchen eine eigene Einwilligung."


def answers_of(part_a: PartA | None) -> dict[str, Any]:
    """All answers, chosen and told, by field id."""
    if part_a is None:
        return {}
    return {**part_a.answers, **(json.loads(part_a.texts) if part_a.texts else {})}


@action("part_a.chapter_saved", "hat ein Kapitel von Teil A gespeichert")
def save_chapter(
    *,
    by: Actor,
    case: CounsellingCase,
    chapter_key: str,
    given: Mapping[str, Any],
    revision: int | None = None,
    warnings: Iterable[str] = (),
) -> PartA:
    """Save one chapter. Answers whose condition does not hold are dropped: only what is needed is stored (DP-07)."""
    client, fresh = open_case_of_file(by, case)
    refuse_if(not rules.tier_allows_parts(fresh.tier), "Eine einmalige Anfrage hat keinen Teil A.")
    refuse_if(not rules.part_a_is_open(client), CLOSED)
    part_a = fresh.parts_a.select_for_update().first() or _new(client, fresh)
    chapter = TEMPLATES[part_a.template_version].chapter(chapter_key)
    refuse_if(chapter.is_health and not rules.health_is_open(client), NO_HEALTH)
    _check_recognition(chapter, given)
    if part_a.pk:
        expect_revision(part_a, revision)
    changed = _put(part_a, chapter, given)
    save_checked(part_a)
    _follow_dated_series(client, given)
    record(part_a, file=client, fields=changed, warnings=warnings, chapter=chapter_key)
    return part_a


def _new(client: Client, case: CounsellingCase, version: int = 1) -> PartA:
    return PartA(
        organisation_id=client.organisation_id,
        client=client,
        case=case,
        version=version,
        template_version=CURRENT.key,
        recorded_on=timezone.localdate(),
        agreement_on=client.agreement_on,
        recording_on=client.recording_on,
        competence_on=client.competence_on,
        health_on=client.health_on,
    )


def _check_recognition(chapter: Chapter, given: Mapping[str, Any]) -> None:
    for field in chapter.fields:
        if field.key.endswith("_recognition"):
            office = f"{field.key}_office"
            named = rules.recognition_names_office(given.get(field.key) or "", given.get(office) or "")
            refuse_if(not named, "Bitte die Stelle nennen, bei der die Anerkennung bearbeitet wird.", office)


def _put(part_a: PartA, chapter: Chapter, given: Mapping[str, Any]) -> list[str]:
    before = answers_of(part_a)
    after = {k: v for k, v in before.items() if k not in {f.key for f in chapter.fields}}
    for field in shown_fields(chapter, given):
        if (value := given.get(field.key)) not in (None, "", []):
            after[field.key] = value
    sealed = _sealed_keys(part_a)
    part_a.answers = {k: v for k, v in after.items() if k not in sealed}
    told = {k: v for k, v in after.items() if k in sealed}
    part_a.texts = json.dumps(told, ensure_ascii=False) if told else ""
    return [f.key for f in chapter.fields if before.get(f.key) != after.get(f.key)]


def _sealed_keys(part_a: PartA) -> set[str]:
    """What was told in words, and the health chapter whole."""
    chapters = TEMPLATES[part_a.template_version].chapters
    return {f.key for c in chapters for f in c.fields if f.in_words or c.is_health}


def _follow_dated_series(client: Client, given: Mapping[str, Any]) -> None:
    """Level of German and residence status change with dates; a new value begins today."""
    today = timezone.localdate()
    owner = {"organisation_id": client.organisation_id, "client": client}
    level = given.get("german_level")
    if level and level != client.german_levels.values_list("level", flat=True).first():
        GermanLevel.objects.create(level=level, assessed_on=today, source="plan", **owner)
    status = given.get("residence_status")
    if status and status != client.residence_statuses.values_list("status", flat=True).first():
        ResidenceStatus.objects.create(status=status, valid_from=today, **owner)


@action("part_a.revised", "hat eine neue Fassung von Teil A begonnen")
def revise_part_a(*, by: Actor, case: CounsellingCase) -> PartA:
    """Prefilled with the last version; the old one stays readable under its own template."""
    client, fresh = open_case_of_file(by, case)
    refuse_if(not rules.part_a_is_open(client), CLOSED)
    old = fresh.parts_a.select_for_update().first()
    refuse_if(old is None, "Es gibt noch keinen Teil A.")
    new = copy_part_a(old, fresh, version=old.version + 1)
    save_checked(new)
    record(new, file=client)
    return new


def copy_part_a(old: PartA, case: CounsellingCase, version: int = 1) -> PartA:
    """Unsaved, with what may still be known."""
    client = case.client
    new = _new(client, case, version)
    known = {f.key for c in CURRENT.chapters for f in c.fields if rules.health_is_open(client) or not c.is_health}
    sealed = _sealed_keys(new)
    answers = {k: v for k, v in answers_of(old).items() if k in known}
    new.answers = {k: v for k, v in answers.items() if k not in sealed}
    new.texts = json.dumps({k: v for k, v in answers.items() if k in sealed}, ensure_ascii=False)
    return new
