"""What a carrier needs more or less in a year: reported, asked about, checked; its deadline follows."""

from decimal import Decimal

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.funding.actions.ledger import OTHER_LINE
from lotse.funding.actions.shared import kept, of_grant, of_phase
from lotse.funding.enums import NeedKind
from lotse.funding.models import NeedReport
from lotse.funding.queries.forecast import figures
from lotse.funding.queries.needs import DOCUMENT, basis_of, is_newest
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.actions import obligations
from lotse.programmes.models import BudgetLine, Grant
from lotse.programmes.rules import hands_in

WHO_REPORTS = "Das meldet der Träger selbst, oder die Koordination für ihn."
OLD = "Inzwischen gibt es eine neuere Meldung dieses Trägers."
CHECKED = "Diese Meldung ist schon geprüft."


@action("need_report.made", "hat den Mehr- oder Minderbedarf gemeldet")
def report_need(
    *, by: Actor, grant: Grant, carrier: Organisation, funding_year: int, kind: NeedKind, amount: Decimal | None = None,
    line: BudgetLine | None = None, reason: str = "",
) -> NeedReport:  # fmt: skip
    """With the figures of the day. A new one takes the place of what was reported before."""
    kept(by, carrier)
    require(hands_in(by, carrier), WHO_REPORTS)
    of_grant(grant, carrier)
    of_phase(grant, funding_year)
    refuse_if(line is not None and line.grant_id != grant.pk, OTHER_LINE, "line")
    today = timezone.localdate()
    (found,) = figures(grant, [carrier], funding_year, today)
    made = NeedReport(
        organisation=carrier, grant=grant, funding_year=funding_year, kind=kind, line=line, reason=reason.strip(),
        amount=Decimal(0) if kind == NeedKind.NONE else amount or Decimal(0), reported_on=today,
        reported_by_id=by.person_id, basis=basis_of(found, today),
    )  # fmt: skip
    save_checked(made)
    record(made, kind=kind, funding_year=funding_year)
    obligations.hand_in(by=by, bearer=carrier, document=DOCUMENT, funding_year=funding_year, on=today)
    return made


@action("need_report.checked", "hat eine Bedarfsmeldung geprüft")
def check_need(*, by: Actor, report: NeedReport) -> NeedReport:
    fresh, today = _open(by, report), timezone.localdate()
    fresh.checked_on, fresh.remark = today, ""
    save_checked(fresh)
    record(fresh, on=today)
    obligations.check(**_owed(fresh), by=by, on=today)
    return fresh


@action("need_report.asked_back", "hat zu einer Bedarfsmeldung nachgefragt")
def ask_back(*, by: Actor, report: NeedReport, remark: str) -> NeedReport:
    fresh, today = _open(by, report), timezone.localdate()
    fresh.remark = remark.strip()
    save_checked(fresh)
    record(fresh, fields=["remark"])
    obligations.ask_rework(**_owed(fresh), by=by, on=today)
    return fresh


def _open(by: Actor, report: NeedReport) -> NeedReport:
    fresh = locked(report)
    kept(by, fresh.grant.organisation)
    refuse_if(fresh.checked_on is not None, CHECKED)
    refuse_if(not is_newest(fresh), OLD)
    return fresh


def _owed(report: NeedReport) -> dict:
    return {"bearer": report.organisation, "document": DOCUMENT, "funding_year": report.funding_year}
