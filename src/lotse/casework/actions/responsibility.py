"""Laying down who is responsible where (CL-27)."""

from datetime import date, timedelta

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.models import ResponsibilityRule
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Site
from lotse.programmes.models import Programme

NOT_YOURS = "Die Zuständigkeit legt die Fachleitung oder die Leitung fest."


@action("responsibility_rule.set", "hat eine Regel der Zuständigkeit festgelegt")
def set_rule(
    *,
    by: Actor,
    municipality_code: str,
    accommodation: str,
    valid_from: date,
    site: Site | None = None,
    elsewhere: str = "",
    programme: Programme | None = None,
) -> ResponsibilityRule:
    """From a day on; what held before ends the day before and stays readable."""
    require(rules.sets_responsibility(by), NOT_YOURS)
    require(site is None or site.organisation_id == by.organisation_id)
    place = {"municipality_code": municipality_code, "accommodation": accommodation}
    before = ResponsibilityRule.objects.select_for_update(of=("self",)).filter(
        organisation_id=by.organisation_id, valid_from__lt=valid_from, valid_to=None, **place
    )
    for former in before:
        former.valid_to = valid_from - timedelta(days=1)
        save_checked(former)
    made = ResponsibilityRule(
        organisation_id=by.organisation_id, valid_from=valid_from, site=site, elsewhere=elsewhere.strip(),
        programme=programme, **place,
    )  # fmt: skip
    save_checked(made)
    record(made, valid_from=valid_from, **place)
    return made


@action("responsibility_rule.ended", "hat eine Regel der Zuständigkeit beendet")
def end_rule(*, by: Actor, rule: ResponsibilityRule, on: date) -> None:
    """The last day; what has not begun yet is taken back."""
    require(rules.sets_responsibility(by), NOT_YOURS)
    require(rule.organisation_id == by.organisation_id)
    fresh = locked(rule)
    refuse_if(fresh.valid_to is not None and fresh.valid_to <= on, "Diese Regel ist schon beendet.")
    record(fresh, valid_to=on)
    if fresh.valid_from > on:
        fresh.delete()
        return
    fresh.valid_to = on
    save_checked(fresh)
