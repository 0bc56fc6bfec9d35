"""The deadlines of a grant: added, changed from a day on, ended. What was before stays readable."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.programmes.actions.due import make_missing
from lotse.programmes.actions.shared import coordinated
from lotse.programmes.models import DeadlineRule, Grant
from lotse.programmes.models.deadlines import COMMON_YEAR, Days
from lotse.programmes.packaged import rule_set

NO_SUCH_DAY = "Diesen Tag gibt es nicht in jedem Jahr."
DAYS = {"internal_day": "internal", "external_day": "external", "warn_day": "warn"}
THERE_ALREADY = "Dafür gibt es in dieser Zuwendung schon eine Frist. Bitte diese ändern."
OVER = "Diese Regel ist schon beendet."
NONE_THAT_YEAR = "So gäbe es {year} gar keine Frist. Bitte einen Tag bis {day} wählen."
TWO_THAT_YEAR = "So gäbe es {year} zwei Fristen. Bitte einen Tag bis {day} wählen."


@action("deadline_rule.added", "hat eine Fristregel angelegt")
def add_rule(*, by: Actor, grant: Grant, name: str, document: str = "", **data: Any) -> DeadlineRule:
    """Without a `document` it is that of the packaged line of this name, else one of its own."""
    fresh = coordinated(by, grant)
    key = document or _document_called(fresh, name)
    refuse_if(fresh.deadline_rules.filter(document=key, valid_to=None).exists(), THERE_ALREADY, "name")
    made = DeadlineRule(grant=fresh, name=name, document=key, **data)
    _check_days(made)
    save_checked(made)
    _record(fresh, made, document=made.document, deadlines=make_missing(fresh, timezone.localdate()))
    return made


@action("deadline_rule.changed", "hat eine Fristregel geändert")
def change_rule(*, by: Actor, rule: DeadlineRule, valid_from: date, **data: Any) -> DeadlineRule:
    """From a day on, as a new row. Deadlines made before do not move by it: see `follow_rules`."""
    fresh, old = _locked(by, rule)
    copied = {f.attname: getattr(old, f.attname) for f in DeadlineRule._meta.concrete_fields if f.name not in NEW}
    made = DeadlineRule(**{**copied, **data, "valid_from": valid_from, "is_example": False})
    _check_days(made)
    refuse_if(valid_from <= old.valid_from, f"Die jetzige Regel gilt erst ab {old.valid_from:%d.%m.%Y}.", "valid_from")
    old.valid_to = valid_from - timedelta(days=1)
    _refuse_odd_year(old, made)
    save_checked(old)
    save_checked(made)
    changed = [name for name in data if getattr(old, name) != getattr(made, name)]
    _record(fresh, made, fields=changed, valid_from=valid_from, deadlines=make_missing(fresh, timezone.localdate()))
    return made


NEW = ("id", "public_id", "created_at", "valid_from", "valid_to")


@action("deadline_rule.ended", "hat eine Fristregel beendet")
def end_rule(*, by: Actor, rule: DeadlineRule, on: date) -> DeadlineRule:
    """`on` is the last day for which it asks."""
    fresh, old = _locked(by, rule)
    old.valid_to = on
    save_checked(old)
    _record(fresh, old, document=old.document, valid_to=on)
    return old


def _record(grant: Grant, rule: DeadlineRule, **said: Any) -> None:
    record(rule, organisation_id=grant.organisation_id, **said)


def _document_called(grant: Grant, name: str) -> str:
    packaged = rule_set(grant.programme.code)
    known = {line.name: line.document for line in packaged.lines} if packaged else {}
    return known.get(name) or slugify(name)[:40]


def _locked(by: Actor, rule: DeadlineRule) -> tuple[Grant, DeadlineRule]:
    grant = coordinated(by, rule.grant)
    fresh = locked(rule)
    refuse_if(fresh.valid_to is not None, OVER)
    return grant, fresh


def _check_days(rule: DeadlineRule) -> None:
    """Days of every year, in order: first the warning, then inside, then outside."""
    rule.validate_constraints()
    for column, name in DAYS.items():
        refuse_if(not _is_of_every_year(rule, name), NO_SUCH_DAY, column)
    days = rule.days_in(COMMON_YEAR)
    refuse_if(
        bool(days.external and days.external < days.internal), "Das liegt vor dem internen Termin.", "external_day"
    )
    refuse_if(bool(days.warn and days.warn > days.internal), "Das liegt nach dem internen Termin.", "warn_day")


def _is_of_every_year(rule: DeadlineRule, name: str) -> bool:
    month, day = getattr(rule, f"{name}_month"), getattr(rule, f"{name}_day")
    if month is None or day is None:
        return True  # half of it is refused by the constraint
    try:
        date(COMMON_YEAR, month, day)
    except ValueError:
        return False
    return True


def _refuse_odd_year(old: DeadlineRule, new: DeadlineRule) -> None:
    """In the year of the change one of both must ask, where both would: not none, and not twice."""
    year = new.valid_from.year
    if not (old.is_turn_of(year) and new.is_turn_of(year)):
        return
    asking = sum(rule.falls_due_in(year) for rule in (old, new))
    latest = min(old.days_in(year), new.days_in(year), key=lambda days: days.internal)
    words = {0: NONE_THAT_YEAR, 2: TWO_THAT_YEAR}.get(asking, "")
    refuse_if(bool(words), words.format(year=year, day=_said(latest)), "valid_from")


def _said(days: Days) -> str:
    return f"{days.internal:%d.%m.%Y}"
