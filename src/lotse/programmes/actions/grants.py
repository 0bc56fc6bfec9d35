"""Grants: begun with the packaged deadlines, changed, and the agencies they pay for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import change, locked, log_of, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes import rules
from lotse.programmes.actions.due import make_missing
from lotse.programmes.actions.shared import WHO_COORDINATES, coordinated
from lotse.programmes.models import BudgetLine, DeadlineRule, Grant, GrantAgency, Programme
from lotse.programmes.packaged import rule_set
from lotse.programmes.profiles import newest, profiles

LONGEST = 10
TOO_LONG = f"Eine Förderphase hat hier höchstens {LONGEST} Jahre."


@action("grant.begun", "hat eine Zuwendung angelegt")
def begin_grant(
    *, by: Actor, organisation: Organisation, programme: Programme, rules_from: date, agencies: Iterable[Organisation] = (),
    **data: Any,
) -> Grant:  # fmt: skip
    """With copies of the programme's packaged deadlines, for what falls due from a day on, with its agencies and its financing plan."""
    require(rules.coordinates(by, organisation), WHO_COORDINATES)
    made = Grant(organisation=organisation, programme=programme, **{**newest().columns, **data})
    refuse_if(made.last_year - made.first_year >= LONGEST, TOO_LONG, "last_year")
    save_checked(made)
    packaged = rule_set(programme.code)
    for columns in packaged.columns_for(made.years) if packaged else ():
        save_checked(DeadlineRule(grant=made, valid_from=rules_from, **columns))
    _copy_lines(made)
    _add(by, made, agencies)
    count = make_missing(made, timezone.localdate())
    record(made, deadlines=count, rules_from=rules_from)
    return made


@action("grant.changed", "hat eine Zuwendung geändert")
def change_grant(*, by: Actor, grant: Grant, **data: Any) -> Grant:
    """Its phase stays: deadlines hang on it."""
    fresh = coordinated(by, grant)
    changed = change(fresh, data)
    save_checked(fresh)
    record(fresh, fields=changed)
    return fresh


@action("grant.agencies_added", "hat Integrationsagenturen in eine Zuwendung aufgenommen")
def add_agencies(*, by: Actor, grant: Grant, agencies: Iterable[Organisation]) -> int:
    """With what they owe from now on; how many deadlines that makes."""
    fresh = coordinated(by, grant)
    added = _add(by, fresh, agencies)
    count = make_missing(fresh, timezone.localdate())
    record(fresh, agencies=added, deadlines=count)
    return count


@action("grant.agency_removed", "hat eine Integrationsagentur aus einer Zuwendung genommen")
def remove_agency(*, by: Actor, grant_agency: GrantAgency) -> None:
    """What it owes already stays until somebody drops it."""
    row = locked(grant_agency)
    coordinated(by, row.grant)
    record(row.grant, agency=row.agency.public_id)
    row.delete()


def _copy_lines(grant: Grant) -> None:
    for position, line in enumerate(profiles()[grant.profile].lines, 1):
        values = {"key": line.key, "number": line.number, "name": line.name, "is_staff": line.staff}
        save_checked(BudgetLine(organisation=grant.organisation, grant=grant, position=position, **values))


def _add(by: Actor, grant: Grant, agencies: Iterable[Organisation]) -> int:
    known = set(grant.agencies.values_list("agency_id", flat=True))
    new = [agency for agency in agencies if agency.pk not in known]
    for agency in new:
        require(rules.coordinates(by, agency), WHO_COORDINATES)
        save_checked(GrantAgency(grant=grant, agency=agency, organisation_id=log_of(agency)))
    return len(new)
