"""Audits and officers of a carrier, made through the actions."""

from datetime import timedelta

from django.utils import timezone

from lotse.quality.actions import audits as acts
from lotse.quality.actions import findings, officers
from lotse.quality.enums_audits import AuditKind, CheckResult, FindingGrade
from lotse.quality.models import Audit, AuditFinding, CheckItem, QmExchange, QmOfficer
from tests.factories.quality_improvements import acts as improvements


def days(number):
    return timezone.localdate() + timedelta(days=number)


def planned(world, framework=None, auditor="counsellor", by=None, **more) -> Audit:
    """An internal one, held by somebody who counsels."""
    auditor = world.counsellor if auditor == "counsellor" else auditor
    values = {
        "organisation": world.nordstadt, "kind": AuditKind.INTERNAL, "title": "Audit im Herbst", "planned_on": days(60),
        "framework": framework, "auditor": auditor.person if auditor else None,
    }  # fmt: skip
    return acts.plan_audit(by=(by or world.carrier_manager).actor, **{**values, **more})


def external(world, framework=None, **more) -> Audit:
    values = {
        "kind": AuditKind.SURVEILLANCE,
        "auditor": None,
        "auditor_body": "Prüfstelle Beispiel",
        "title": "Überwachung",
    }
    return planned(world, framework, **{**values, **more})


def drawn(world, framework, wanted=None, seed="", **more) -> Audit:
    return acts.draw_checklist(
        by=world.carrier_manager.actor, audit=planned(world, framework, **more), wanted=wanted, seed=seed
    )


def prepared(world, framework, **more) -> Audit:
    return acts.prepare_audit(by=world.carrier_manager.actor, audit=drawn(world, framework, **more))


def point_of(audit):
    return audit.preparation.first()


def finished(world, audit) -> None:
    for item in audit.preparation.filter(done_on=None):
        acts.finish_point(by=world.carrier_manager.actor, item=item)


def check_of(audit, slug="b-1") -> CheckItem:
    return audit.checks.get(criterion__slug=slug)


def checked(world, audit, slug="b-1", grade="", finding="", by=None, **more) -> CheckItem:
    result = CheckResult.FINDING if grade else CheckResult.CONFORM
    values = {
        "result": result,
        "observation": "Gesehen.",
        "grade": grade,
        "finding": finding or ("Fehlt." if grade else ""),
    }
    return findings.check(by=(by or world.counsellor).actor, item=check_of(audit, slug), **{**values, **more})


def all_checked(world, audit, **grades) -> None:
    """`b_1="major"`: with a finding of that grade, else conform."""
    for item in audit.checks.all():
        checked(world, audit, item.criterion.slug, grades.get(item.criterion.slug.replace("-", "_"), ""))


def held(world, framework, **grades) -> Audit:
    audit = prepared(world, framework)
    all_checked(world, audit, **grades)
    return acts.hold_audit(by=world.counsellor.actor, audit=audit, held_on=days(0), report="Alles gesehen.")


def finding_of(audit, number=1) -> AuditFinding:
    return audit.findings.get(number=number)


def answered(world, finding, by=None) -> AuditFinding:
    return findings.answer(by=(by or world.technical_lead).actor, finding=finding, statement="Wir haben es übersehen.")


def followed(world, finding, by=None) -> AuditFinding:
    values = {"title": "Aushang", "plan": "Neu aushängen.", "owner": world.colleague.person, "due_on": days(30)}
    return findings.follow_up(by=(by or world.technical_lead).actor, finding=finding, **values)


def effective(world, finding) -> None:
    """Done, and seen that it helps."""
    finding.refresh_from_db()
    done = improvements.finish(
        by=world.colleague.actor, improvement=finding.improvement, text="Hängt.", effect_due_on=days(60)
    )
    improvements.close(by=world.carrier_manager.actor, improvement=done, effect="effective", text="Wirkt.")


def appointed(world, person=None, by=None, **more) -> QmOfficer:
    values = {
        "organisation": world.nordstadt,
        "person": (person or world.counsellor).person,
        "appointed_on": days(-400),
    }
    return officers.appoint(by=(by or world.carrier_manager).actor, **{**values, **more})


def exchange(world, **more) -> QmExchange:
    values = {
        "organisation": world.nordstadt,
        "on": days(-3),
        "with_whom": "QM-Runde",
        "topics": "Handbuch",
        "results": "Vorlage",
    }
    return officers.keep_exchange(by=world.carrier_manager.actor, **{**values, **more})


def ids(world, framework) -> dict[str, str]:
    """What addresses of audits need: one that is prepared, with a finding."""
    audit = prepared(world, framework, auditor=world.technical_lead)
    checked(world, audit, by=world.technical_lead, grade=FindingGrade.MINOR)
    return {
        "audit_id": audit.public_id, "audit_point_id": point_of(audit).public_id,
        "audit_check_id": check_of(audit, "b-2").public_id, "audit_finding_id": finding_of(audit).public_id,
        "qm_officer_id": appointed(world).public_id, "qm_exchange_id": exchange(world).public_id,
    }  # fmt: skip


def _at(state, **more):
    values = {"held_on": None, "closed_on": None, "answer_due_on": None, "state": state, **more}
    return lambda by: Audit.objects.update(**values)


def _unanswered(by):
    _at("prepared")(by)
    AuditFinding.objects.update(statement_on=None, statement_by=None, improvement=None)


def _untouched(by):
    """Drawn anew as the last of all: what was typed into a check goes with it, its question in clear included."""
    _at("prepared")(by)
    AuditFinding.objects.all().delete()
    CheckItem.objects.update(result="")


def _all_seen(by):
    _at("prepared")(by)
    CheckItem.objects.update(result="conform", checked_by=by.person_id, checked_at=timezone.now())


# What must have happened to the audit of `ids` before an address takes its form.
_PREPARED = ("edit_audit", "audit_check", "new_audit_point", "edit_audit_point", "new_audit_finding")
_HELD = ("answer_audit_finding", "follow_up_audit_finding")
BEFORE = {
    **{f"quality:{name}": _at("prepared") for name in _PREPARED},
    **{f"quality:{name}": _at("held", held_on=days(0), answer_due_on=days(28)) for name in _HELD},
    "quality:edit_audit_finding": _unanswered,
    "quality:hold_audit": _all_seen,
    "quality:draw_audit": _untouched,
}
