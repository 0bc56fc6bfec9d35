"""Deadlines made ahead, and open ones that follow a changed rule: never silently."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from lotse.auditlog.door import action, record
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.notices import notify
from lotse.programmes.actions.shared import coordinated
from lotse.programmes.enums import ObligationState
from lotse.programmes.models import Grant, Obligation
from lotse.programmes.queries.due import NOT_ASKED, Deviation, Due, deviations, missing, running_grants
from lotse.programmes.queries.people import handing_in


def make_missing(grant: Grant, today: date) -> int:
    """Called inside an action on the grant."""
    made = [_obligation(due) for due in missing(grant, today)]
    Obligation.objects.bulk_create(made, batch_size=500)
    return len(made)


def _obligation(due: Due) -> Obligation:
    return Obligation(
        bearer=due.bearer, organisation_id=due.carrier_id, rule=due.rule, document=due.rule.document,
        funding_year=due.funding_year, internal_due=due.days.internal, external_due=due.days.external,
        warn_due=due.days.warn,
    )  # fmt: skip


def make_deadlines_ahead() -> int:
    """The daily chore. Nothing to make is nothing to log."""
    today = timezone.localdate()
    lacking = [grant for grant in running_grants(today) if missing(grant, today)]
    return sum(
        make_ahead(by=SystemActor("Fristen im Voraus", organisation_id=grant.organisation_id), grant=grant, today=today)
        for grant in lacking
    )


@action("grant.deadlines_made", "hat Fristen im Voraus angelegt")
def make_ahead(*, by: SystemActor, grant: Grant, today: date) -> int:
    fresh = Grant.objects.select_for_update(of=("self",)).select_related("organisation", "programme").get(pk=grant.pk)
    count = make_missing(fresh, today)
    record(fresh, deadlines=count)
    return count


@action("grant.deadlines_moved", "hat Fristen an geänderte Regeln angepasst")
def follow_rules(*, by: Actor, grant: Grant) -> int:
    """Open deadlines get the days that the rules say now, or are dropped; everybody concerned is told by mail."""
    today = timezone.localdate()
    fresh = coordinated(by, grant)
    found = deviations(fresh, today)
    record(fresh, moved=len(found))
    for deviation in found:
        _follow(deviation)
    for bearer in {row.obligation.bearer for row in found}:
        lines = [_said(row) for row in found if row.obligation.bearer == bearer]
        notify(handing_in(bearer, today), "Fristen haben sich geändert", "\n".join(sorted(lines)))
    return len(found)


def _follow(deviation: Deviation) -> None:
    row, due = deviation.obligation, deviation.due
    before = row.days
    if due:
        row.rule, row.internal_due, row.external_due, row.warn_due = due.rule, *due.days
        row.reminded_weeks = row.warned_of = row.escalated_of = None
        if row.state == ObligationState.DROPPED:
            row.state, row.note = ObligationState.UPCOMING, ""
    else:
        row.state, row.note = ObligationState.DROPPED, NOT_ASKED
    row.save()
    record(row, fields=["internal_due", "external_due"] if due else ["state"], before=before, after=due and due.days)


def _said(deviation: Deviation) -> str:
    row, due = deviation.obligation, deviation.due
    if due is None:
        return f"{row} entfällt."
    said = f"{row} ist jetzt am {date_format(due.days.internal, 'j. F Y')} fällig"
    return (
        f"{said}, bei der Behörde am {date_format(due.days.external, 'j. F Y')}." if due.days.external else f"{said}."
    )
