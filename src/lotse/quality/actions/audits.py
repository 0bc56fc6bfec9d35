"""Audits: planned, prepared, held, closed (QM-06)."""

from collections.abc import Collection
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.drawing import in_order_of
from lotse.organisations.actions.shared import locked, next_place, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality import rules_audits as rules
from lotse.quality.actions.shared import kept
from lotse.quality.enums_audits import AuditKind, AuditState
from lotse.quality.models import Area, Audit, CheckItem, Framework, PreparationItem
from lotse.quality.packaged_audits import audit_guide
from lotse.quality.queries.scopes import assessed_last, criteria_in
from lotse.quality.rules import works_at

NOT_BEFORE = "Dieses Audit ist schon durchgeführt oder entfallen."
OWN_WORK = "{} hat Kriterien aus diesem Umfang zuletzt selbst bewertet. Bitte jemand anderes wählen."
NOT_HERE = "Das macht jemand, der bei diesem Träger arbeitet."
OTHER_SCOPE = "Der Umfang gehört zu einem anderen Katalog."
HAS_CHECKS = (
    "Katalog und Umfang bleiben, wenn die Checkliste gezogen ist. Bitte sie neu ziehen oder ein neues Audit planen."
)
NO_CRITERIA = "Ohne Katalog gibt es keine Checkliste. Feststellungen lassen sich trotzdem eintragen."
BEGUN = "Die Prüfung hat begonnen; die Checkliste bleibt, wie sie ist."
DONE = "Dieser Punkt ist schon erledigt."
OPEN_POINTS = "Es fehlt noch etwas auf der Vorbereitungsliste."
NO_CHECKLIST = "Für ein internes Audit braucht es eine Checkliste. Bitte zuerst ziehen."
NOT_PREPARED = "Durchgeführt wird ein Audit, das vorbereitet ist."
WHO_AUDITS = "Das trägt die Auditorin oder der Auditor ein."
UNCHECKED = "Auf der Checkliste ist noch etwas offen."
AHEAD = "Dieser Tag liegt noch vor uns."
NOT_SETTLED = (
    "Abgeschlossen wird, wenn jede Abweichung beantwortet ist und eine Verbesserung hat, deren Wirkung geprüft ist."
)


def before(by: Actor, audit: Audit) -> Audit:
    fresh = locked(audit)
    kept(by, fresh.organisation)
    refuse_if(not fresh.is_before, NOT_BEFORE)
    return fresh


def audited(by: Actor, audit: Audit) -> Audit:
    """Locked, for who holds it."""
    fresh = locked(audit)
    require(rules.audits(by, fresh), WHO_AUDITS)
    return fresh


@action("audit.planned", "hat ein Audit geplant")
def plan_audit(
    *, by: Actor, organisation: Organisation, kind: AuditKind | str, title: str, planned_on: date,
    framework: Framework | None = None, areas: Collection[Area] = (), auditor: Person | None = None,
    auditor_name: str = "", auditor_body: str = "",
) -> Audit:  # fmt: skip
    """With the packaged list to prepare by; what is due before today is due today."""
    kept(by, organisation)
    values = _values(kind, title, planned_on, framework, auditor, auditor_name, auditor_body)
    made = Audit(organisation=organisation, guide=audit_guide().version, **values)
    _refuse_wrong_scope(made, areas)
    save_checked(made)
    made.areas.set(areas)
    _list_preparation(made)
    record(made, kind=str(kind), planned_on=planned_on)
    return made


def _values(
    kind: AuditKind | str, title: str, planned_on: date, framework: Framework | None, auditor: Person | None,
    auditor_name: str, auditor_body: str,
) -> dict[str, Any]:  # fmt: skip
    is_internal = kind == AuditKind.INTERNAL
    return {
        "kind": kind, "title": title.strip(), "planned_on": planned_on, "framework": framework,
        "auditor": auditor if is_internal else None, "auditor_name": "" if is_internal else auditor_name.strip(),
        "auditor_body": "" if is_internal else auditor_body.strip(),
    }  # fmt: skip


def _refuse_wrong_scope(audit: Audit, areas: Collection[Area]) -> None:
    of_house = audit.framework is None or audit.framework.organisation_id == audit.organisation_id
    fits = of_house and all(area.framework_id == audit.framework_id for area in areas)
    refuse_if(not fits, OTHER_SCOPE, "areas")
    if audit.auditor:
        refuse_if(not works_at(audit.auditor, audit.organisation), NOT_HERE, "auditor")
        own = set(assessed_last(audit.auditor, criteria_in(audit.framework, areas)))
        refuse_if(bool(own), OWN_WORK.format(audit.auditor), "auditor")


def _list_preparation(audit: Audit) -> None:
    guide, today = audit_guide(), timezone.localdate()
    points = guide.internal if audit.is_internal else guide.external
    PreparationItem.objects.bulk_create(
        PreparationItem(
            organisation_id=audit.organisation_id, audit=audit, position=at, text=point.text,
            due_on=max(audit.planned_on - timedelta(weeks=point.weeks_before), today),
        )
        for at, point in enumerate(points, start=1)
    )  # fmt: skip


@action("audit.changed", "hat ein Audit geändert")
def change_audit(
    *, by: Actor, audit: Audit, kind: AuditKind | str, title: str, planned_on: date, framework: Framework | None = None,
    areas: Collection[Area] = (), auditor: Person | None = None, auditor_name: str = "", auditor_body: str = "",
    revision: int | None = None,
) -> Audit:  # fmt: skip
    fresh = before(by, audit)
    other_scope = framework != fresh.framework or set(areas) != set(fresh.areas.all())
    refuse_if(other_scope and fresh.checks.exists(), HAS_CHECKS, "areas")
    values = _values(kind, title, planned_on, framework, auditor, auditor_name, auditor_body)
    draft = Audit(organisation=fresh.organisation, **values)
    _refuse_wrong_scope(draft, areas)
    changed = revise(fresh, values, revision)
    fresh.areas.set(areas)
    record(fresh, fields=[*changed, *(["areas"] if other_scope else [])])
    return fresh


@action("audit.called_off", "hat ein Audit abgesagt")
def call_off(*, by: Actor, audit: Audit) -> Audit:
    fresh = before(by, audit)
    revise(fresh, {"state": AuditState.CALLED_OFF}, None)
    record(fresh)
    return fresh


@action("audit.point_set", "hat die Vorbereitung eines Audits geändert")
def set_point(
    *, by: Actor, audit: Audit, text: str, due_on: date, owner: Person | None = None, item: PreparationItem | None = None,
    revision: int | None = None,
) -> PreparationItem:  # fmt: skip
    """A new one, where none is given."""
    fresh = before(by, audit)
    refuse_if(owner is not None and not works_at(owner, fresh.organisation), NOT_HERE, "owner")
    row = locked(item) if item else _new_point(fresh)
    refuse_if(row.done_on is not None, DONE)
    changed = revise(row, {"text": text.strip(), "due_on": due_on, "owner": owner}, revision if item else None)
    _unprepare(fresh)
    record(row, fields=changed)
    return row


def _new_point(audit: Audit) -> PreparationItem:
    place = next_place(audit.preparation.all())
    return PreparationItem(organisation_id=audit.organisation_id, audit=audit, position=place, revision=0)


def _unprepare(audit: Audit) -> None:
    """A point that is open again, or new, is to be done first."""
    if audit.state == AuditState.PREPARED and not audit.is_internal:
        revise(audit, {"state": AuditState.PLANNED}, None)


@action("audit.point_done", "hat einen Punkt der Vorbereitung erledigt")
def finish_point(*, by: Actor, item: PreparationItem) -> PreparationItem:
    audit, fresh = locked(item.audit), locked(item)
    require(rules.may_finish(by, fresh))
    refuse_if(not audit.is_before, NOT_BEFORE)
    refuse_if(fresh.done_on is not None, DONE)
    revise(fresh, {"done_on": timezone.localdate(), "done_by_id": by.person_id}, None)
    record(fresh)
    return fresh


@action("audit.drawn", "hat die Checkliste eines Audits gezogen")
def draw_checklist(*, by: Actor, audit: Audit, wanted: int | None = None, seed: str = "") -> Audit:
    """Every criterion of the scope, or `wanted` of them; anew as long as nothing is checked. `seed`: to draw the same again."""
    fresh = before(by, audit)
    refuse_if(fresh.framework is None, NO_CRITERIA)
    refuse_if(fresh.checks.exclude(result="").exists() or fresh.findings.exists(), BEGUN)
    criteria = list(criteria_in(fresh.framework, fresh.areas.all()))
    is_sample = wanted is not None and wanted < len(criteria)
    seed = (seed.strip() or token_hex(8)) if is_sample else ""
    chosen = set(in_order_of(seed, [one.slug for one in criteria])[:wanted])
    fresh.checks.all().delete()
    questions = audit_guide().questions
    CheckItem.objects.bulk_create(
        CheckItem(
            organisation_id=fresh.organisation_id, audit=fresh, criterion=one, position=at,
            question=questions[one.kind],
        )
        for at, one in enumerate((one for one in criteria if one.slug in chosen), start=1)
    )  # fmt: skip
    revise(fresh, {"seed": seed, "drawn_from": len(criteria)}, None)
    record(fresh, drawn=len(chosen), drawn_from=len(criteria))
    return fresh


@action("audit.prepared", "hat die Vorbereitung eines Audits abgeschlossen")
def prepare_audit(*, by: Actor, audit: Audit) -> Audit:
    fresh = before(by, audit)
    refuse_if(not rules.is_prepared(fresh, fresh.preparation.all()), OPEN_POINTS)
    refuse_if(fresh.is_internal and not fresh.checks.exists(), NO_CHECKLIST)
    revise(fresh, {"state": AuditState.PREPARED}, None)
    record(fresh)
    return fresh


@action("audit.held", "hat ein Audit durchgeführt")
def hold_audit(
    *,
    by: Actor,
    audit: Audit,
    held_on: date,
    report: str,
    answer_due_on: date | None = None,
    revision: int | None = None,
) -> Audit:
    """From now on the audited may answer, within the packaged weeks unless another day was agreed."""
    fresh = audited(by, audit)
    refuse_if(fresh.state != AuditState.PREPARED, NOT_PREPARED)
    refuse_if(held_on > timezone.localdate(), AHEAD, "held_on")
    refuse_if(not rules.is_checked(fresh, list(fresh.checks.all())), UNCHECKED)
    due = answer_due_on or timezone.localdate() + timedelta(weeks=audit_guide().statement_weeks)
    revise(
        fresh, {"state": AuditState.HELD, "held_on": held_on, "report": report.strip(), "answer_due_on": due}, revision
    )
    settle(fresh)
    record(fresh, held_on=held_on, findings=fresh.findings.count())
    return fresh


def settle(audit: Audit) -> None:
    """Where it stands after it was held follows from its findings."""
    findings = list(audit.findings.all())
    state = AuditState.HELD
    if all(map(rules.is_answered, findings)):
        state = AuditState.FOLLOWED_UP if all(map(rules.is_followed_up, findings)) else AuditState.ANSWERED
    if state != audit.state:
        revise(audit, {"state": state}, None)


@action("audit.closed", "hat ein Audit abgeschlossen")
def close_audit(*, by: Actor, audit: Audit) -> Audit:
    fresh = locked(audit)
    kept(by, fresh.organisation)
    findings = fresh.findings.select_related("improvement")
    is_whole = fresh.state == AuditState.FOLLOWED_UP and all(map(rules.is_settled, findings))
    refuse_if(not is_whole, NOT_SETTLED)
    revise(fresh, {"state": AuditState.CLOSED, "closed_on": timezone.localdate()}, None)
    record(fresh, on=fresh.closed_on)
    return fresh
