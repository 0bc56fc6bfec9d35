"""Closing a period: drawn up, approved by a second person, accepted above, locked by the sum above, opened with a reason."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.wayup import rules
from lotse.wayup.counts import counted
from lotse.wayup.enums import ClosingState
from lotse.wayup.models import Closing, ReportingPeriod
from lotse.wayup.queries import Standing, Unit, newest, standings, top_of, units_below
from lotse.wayup.reports import Coverage
from lotse.wayup.states import require_step
from lotse.wayup.tables import Form, added, written

NOT_YOURS = "Diese Zahlen stellt zusammen, wer die Einheit leitet."
NOT_ABOVE = "Darüber entscheidet die Ebene darüber."
MOVED = "Die Zahlen wurden inzwischen neu zusammengestellt. Bitte noch einmal ansehen."


@action("wayup.period_opened", "hat einen Meldezeitraum angelegt")
def open_period(*, by: Actor, year: int, due_on: date, days_per_level: int, form: Form) -> ReportingPeriod:
    top = top_of(by)
    require(rules.reports_for(by, top.pk), f"Meldezeiträume legt {top} an.")
    made = ReportingPeriod(
        organisation=top, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), due_on=due_on,
        days_per_level=days_per_level, form_key=form.key, form_version=form.version,
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(made, year=year, due_on=due_on, form=form.key, version=form.version)
    return made


@action("wayup.drawn_up", "hat Zahlen für die Meldung zusammengestellt")
def draw_up(*, by: Actor, period: ReportingPeriod, unit: Unit) -> Closing:
    """A site counts; an organisation adds up what it has accepted. What was drawn up before is kept as it was."""
    require(rules.reports_for(by, unit.organisation_id) and not unit.installation_id, NOT_YOURS)
    refuse_if(timezone.localdate() <= period.ends_on, "Der Zeitraum ist noch nicht zu Ende.")
    made = _site(by, period, unit) if unit.site_id else _sum(period, unit)
    made.revision = _step_aside(by, period, unit) + 1
    made.report_id, made.drawn_by_id = made.public_id, by.person_id
    made.sha256 = made.report.sha256
    made.save()
    made.parts.set(getattr(made, "added", ()))
    record(made, year=period.starts_on.year, revision=made.revision, sha256=made.sha256)
    return made


def _blank(period: ReportingPeriod, unit: Unit) -> Closing:
    return Closing(
        period=period, organisation_id=unit.organisation_id, above_id=unit.above_id, site_id=unit.site_id,
        installation_id=unit.installation_id, unit_ref=unit.ref,
    )  # fmt: skip


def _site(by: Actor, period: ReportingPeriod, unit: Unit) -> Closing:
    made = _blank(period, unit)
    made.tables = written(period.form, counted(by, period, unit.site_id or 0))
    return _covering(made, Coverage(1, 1), Coverage(1, 1))


def _sum(period: ReportingPeriod, unit: Unit) -> Closing:
    below = standings(period, units_below(Organisation.objects.get(pk=unit.organisation_id)))
    parts = [standing.closing for standing in below if standing.closing and standing.is_added]
    refuse_if(not parts, "Es ist noch keine Meldung angenommen, die sich zusammenrechnen lässt.")
    made = _blank(period, unit)
    made.tables = written(period.form, added(period.form, (part.numbers for part in parts)))
    made.missing = sorted(standing.unit.name for standing in below if not standing.is_added)
    made.added = parts  # type: ignore[attr-defined]
    sites = Coverage(sum(part.sites_included for part in parts), sum(map(_sites_expected, below)))
    return _covering(made, Coverage(len(parts), len(below)), sites)


def _sites_expected(standing: Standing) -> int:
    is_known = standing.closing and standing.is_added
    return standing.closing.sites_expected if is_known else standing.unit.sites  # type: ignore[union-attr]


def _covering(made: Closing, units: Coverage, sites: Coverage) -> Closing:
    made.units_included, made.units_expected = units.included, units.expected
    made.sites_included, made.sites_expected = sites.included, sites.expected
    return made


def _step_aside(by: Actor, period: ReportingPeriod, unit: Unit) -> int:
    """The revision that is there already; one that was approved has to be opened first."""
    rows = Closing.objects.visible_to(by).select_for_update(of=("self",)).filter(period=period, unit_ref=unit.ref)
    before = newest(rows).get(unit.ref)
    if before is None:
        return 0
    refuse_if(before.is_done, "Diese Zahlen sind schon freigegeben. Bitte öffnen Sie die Meldung zuerst wieder.")
    if before.state == ClosingState.OPEN:
        move(before, ClosingState.REPLACED)
    return before.revision


def move(closing: Closing, to: ClosingState, *fields: str) -> None:
    require_step(closing.state, to)
    closing.state = to
    closing.save(update_fields=["state", *fields])


def locked(by: Actor, closing: Closing) -> Closing:
    return Closing.objects.visible_to(by).select_for_update(of=("self",)).select_related("period").get(pk=closing.pk)


@action("wayup.approved", "hat eine Meldung freigegeben")
def approve(*, by: Actor, closing: Closing, sha256: str) -> Closing:
    """Exactly the numbers that she has looked at. What was added up is locked from now on."""
    fresh = locked(by, closing)
    require(rules.reports_for(by, fresh.organisation_id) and not fresh.installation_id, NOT_YOURS)
    refuse_if(not rules.is_second_person(by, fresh), "Freigeben muss eine zweite Person.")
    refuse_if(fresh.sha256 != sha256 or fresh.state == ClosingState.REPLACED, MOVED)
    fresh.approved_by_id, fresh.approved_at = by.person_id, timezone.now()
    move(fresh, ClosingState.APPROVED, "approved_by", "approved_at")
    for part in fresh.parts.select_for_update(of=("self",)).order_by("pk"):
        refuse_if(part.state != ClosingState.ACCEPTED, "Eine Einheit hat sich geändert. Bitte neu zusammenrechnen.")
        move(part, ClosingState.LOCKED)
    record(fresh, revision=fresh.revision, sha256=fresh.sha256)
    return fresh


@action("wayup.accepted", "hat eine Meldung angenommen")
def accept(*, by: Actor, closing: Closing) -> Closing:
    fresh = locked(by, closing)
    require(rules.adds_up(by, fresh), NOT_ABOVE)
    refuse_if(not rules.has_not_approved(by, fresh), "Wer freigegeben hat, nimmt nicht selbst an.")
    fresh.accepted_by_id, fresh.accepted_at = by.person_id, timezone.now()
    move(fresh, ClosingState.ACCEPTED, "accepted_by", "accepted_at")
    record(fresh, revision=fresh.revision)
    return fresh


@action("wayup.reopened", "hat eine Meldung wieder geöffnet")
def reopen(*, by: Actor, closing: Closing, reason: str) -> Closing:
    """Taken back by the unit, or given back from above. What it had added up may change again."""
    fresh = locked(by, closing)
    require(rules.may_reopen(by, fresh), NOT_ABOVE)
    is_locked = fresh.state == ClosingState.LOCKED
    refuse_if(is_locked, "Diese Zahlen stecken in einer freigegebenen Summe. Bitte zuerst diese öffnen.")
    refuse_if(not reason.strip(), "Bitte den Grund nennen.", "reason")
    fresh.reason, fresh.reopened_by_id = reason.strip(), by.person_id
    move(fresh, ClosingState.REOPENED, "reason", "reopened_by")
    for part in fresh.parts.select_for_update(of=("self",)).filter(state=ClosingState.LOCKED).order_by("pk"):
        move(part, ClosingState.ACCEPTED)
    record(fresh, revision=fresh.revision)
    return fresh
