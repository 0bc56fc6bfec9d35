"""What the pages of an audit have in common: which one, who may do it, and where its pages stand."""

from django.http import HttpRequest
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb
from lotse.quality import rules_audits
from lotse.quality.actions.audits import WHO_AUDITS
from lotse.quality.actions.findings import WHO_ANSWERS
from lotse.quality.models import Audit, AuditFinding
from lotse.quality.queries.audits import get_audit
from lotse.quality.views.shared import insider, must_keep


def open_audit(request: HttpRequest, audit_id: str) -> Audit:
    return get_audit(insider(request), audit_id)


def kept_audit(request: HttpRequest, audit_id: str) -> Audit:
    found = open_audit(request, audit_id)
    must_keep(request.actor, found.organisation)
    return found


def held_by(request: HttpRequest, audit: Audit) -> Audit:
    if not rules_audits.audits(request.actor, audit):
        raise NotAllowed(WHO_AUDITS)
    return audit


def answered_by(request: HttpRequest, finding: AuditFinding) -> AuditFinding:
    if not rules_audits.may_answer(request.actor, finding.audit):
        raise NotAllowed(WHO_ANSWERS)
    return finding


def audit_url(audit: Audit) -> str:
    return reverse("quality:audit", args=[audit.public_id])


def crumbs(audit: Audit | None = None) -> list[Crumb]:
    above = [("Prüfungen", reverse("quality:audits"))]
    return [*above, (audit.title, audit_url(audit))] if audit else above
