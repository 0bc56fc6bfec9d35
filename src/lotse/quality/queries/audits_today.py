"""What audits and the appointment of officers ask of somebody today, for *Heute*."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from lotse.core.bundles import Kind
from lotse.core.lines import Line
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums_audits import AuditState
from lotse.quality.models import Audit, AuditFinding, PreparationItem, QmOfficer
from lotse.quality.models.audits import BEFORE, GRAVE
from lotse.quality.packaged_audits import audit_guide

SOON = timedelta(weeks=2)


def to_prepare(actor: Actor, today: date) -> QuerySet[PreparationItem]:
    """Hers; and, for who keeps the quality, what is nobody's."""
    hers = Q(owner_id=actor.person_id) | Q(in_branches(actor.quality_paths, "organisation"), owner=None)
    return PreparationItem.objects.filter(hers, done_on=None, due_on__lte=today + SOON, audit__state__in=BEFORE)


def to_hold(actor: Actor, today: date) -> QuerySet[Audit]:
    return Audit.objects.filter(auditor_id=actor.person_id, state__in=BEFORE, planned_on__lte=today + SOON)


def to_answer(actor: Actor, _today: date) -> QuerySet[AuditFinding]:
    """Not by who audited."""
    rows = AuditFinding.objects.filter(
        in_branches(actor.quality_paths, "organisation"), grade__in=GRAVE, statement_on=None
    )
    return rows.filter(audit__state=AuditState.HELD).exclude(audit__auditor_id=actor.person_id)


def officers_ending(actor: Actor, today: date) -> QuerySet[QmOfficer]:
    """No one of the same house is appointed for longer."""
    limit = today + timedelta(days=audit_guide().remind_days)
    rows = QmOfficer.objects.filter(in_branches(actor.quality_paths, "organisation"), is_deputy=False)
    longer = rows.filter(Q(until=None) | Q(until__gt=limit), appointed_on__lte=limit).order_by().values("organisation")
    return rows.filter(until__gte=today, until__lte=limit).exclude(organisation__in=longer)


def _point(lines: list[Line]) -> str:
    return reverse("quality:audit_point", args=[lines[0].ref])


def _audit(lines: list[Line]) -> str:
    return reverse("quality:audit", args=[lines[0].ref])


def _officers(_lines: list[Line]) -> str:
    return reverse("quality:officers")


NAME = {"words": F("person__last_name"), "about": F("organisation__name"), "day": F("until")}
KINDS = {
    "audit_point": Kind(
        to_prepare, {"words": F("text"), "about": F("audit__title"), "day": F("due_on")}, _point,
        ("Audit vorbereiten", "{words}, bis {day}"),
        ("{count} × Audit vorbereiten", "zuerst {words}, bis {day}"), "",
    ),
    "audit_hold": Kind(
        to_hold, {"words": F("title"), "day": F("planned_on")}, _audit,
        ("Audit durchführen", "{words}, geplant für {day}"),
        ("{count} Audits durchführen", "zuerst {words}, geplant für {day}"), "",
    ),
    "audit_answer": Kind(
        to_answer, {"ref": F("audit__public_id"), "words": F("audit__title"), "day": F("audit__answer_due_on")}, _audit,
        ("Stellungnahme zu einer Feststellung", "{words}, bis {day}"),
        ("Stellungnahmen zu {count} Feststellungen", "zuerst {words}, bis {day}"), "fehlt",
    ),
    "qm_officer": Kind(
        officers_ending, NAME, _officers,
        ("Bestellung der*des QM-Beauftragten endet", "{words}, {about}, am {day}"),
        ("{count} Bestellungen von QM-Beauftragten enden", "zuerst {words}, {about}, am {day}"), "",
    ),
}  # fmt: skip
