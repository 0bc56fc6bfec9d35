"""Between two installations: a file is sealed for the one above, and read by her."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actor import Actor
from lotse.wayup import rules
from lotse.wayup.actions.closings import NOT_YOURS, locked, move
from lotse.wayup.enums import ClosingState, Direction
from lotse.wayup.envelope import PrivateKeys, opened, sealed, sender_of
from lotse.wayup.models import Closing, Installation, ReportingPeriod
from lotse.wayup.queries import addressee, keys_of, newest
from lotse.wayup.reports import Report, report_of
from lotse.wayup.tables import Refused, written

UNKNOWN = "Der Absender ist hier nicht eingetragen oder noch nicht bestätigt."


@action("wayup.sent", "hat eine Meldung als Datei geholt")
def seal_file(*, by: Actor, closing: Closing) -> bytes:
    """Nothing but the report goes in: exact sums, no row and no name."""
    fresh = locked(by, closing)
    require(rules.reports_for(by, fresh.organisation_id) and not fresh.installation_id, NOT_YOURS)
    refuse_if(not fresh.is_done, "Erst eine freigegebene Meldung geht hinaus.")
    keys, to = keys_of(fresh.organisation_id), addressee(fresh.organisation_id)
    if keys is None or to is None:
        raise ValidationError("Es ist noch niemand eingetragen und bestätigt, an den die Meldung geht.")
    content = sealed(fresh.report.content, sender=PrivateKeys.from_text(keys.private), addressee=to.keys)
    record(fresh, revision=fresh.revision, sha256=fresh.sha256, to=to.public_id)
    return content


@action("wayup.received", "hat die Meldung einer anderen Installation eingelesen")
def receive_file(*, by: Actor, content: bytes) -> Closing:
    """It is a closing like those made here: what stands in it was approved where it comes from."""
    require(rules.reports_for(by, by.organisation_id), NOT_YOURS)
    sender, report = _opened(by, content)
    made = _as_closing(by, sender, report)
    _make_room(by, made)
    made.save()
    record(made, revision=made.revision, sha256=made.sha256, sender=sender.public_id)
    return made


def _opened(by: Actor, content: bytes) -> tuple[Installation, Report]:
    named = sender_of(content)
    known = Installation.objects.visible_to(by).in_force().filter(direction=Direction.BELOW, fingerprint=named).first()
    keys = keys_of(by.organisation_id)
    if known is None or keys is None:
        raise Refused(UNKNOWN)
    raw: Any = opened(content, own=PrivateKeys.from_text(keys.private), sender=known.keys)
    return known, report_of(raw)


def _as_closing(by: Actor, sender: Installation, report: Report) -> Closing:
    period = _period(by, report)
    return Closing(
        period=period, organisation_id=by.organisation_id, above_id=by.organisation_id, installation=sender,
        unit_ref=sender.public_id, revision=report.revision, report_id=report.id, sha256=report.sha256,
        tables=written(report.form, report.tables), state=ClosingState.APPROVED, approved_at=timezone.now(),
        units_included=report.units.included, units_expected=report.units.expected, drawn_by_id=by.person_id,
        sites_included=report.sites.included, sites_expected=report.sites.expected,
    )  # fmt: skip


def _period(by: Actor, report: Report) -> ReportingPeriod:
    periods = ReportingPeriod.objects.visible_to(by).filter(starts_on=report.start, ends_on=report.end)
    period = periods.filter(form_key=report.form.key, form_version=report.form.version).first()
    if period is None:
        raise Refused("Für diesen Zeitraum und dieses Formular wird hier nicht gemeldet.")
    return period


def _make_room(by: Actor, made: Closing) -> None:
    """A newer revision takes the place of one that nobody has accepted; the same one is not taken twice."""
    rows = Closing.objects.visible_to(by).select_for_update(of=("self",))
    before = newest(rows.filter(period=made.period, unit_ref=made.unit_ref)).get(made.unit_ref)
    if before is None:
        return
    if made.revision <= before.revision:
        raise Refused(
            f"Von dieser Meldung ist Fassung {before.revision} schon da. Die Datei hat Fassung {made.revision}."
        )
    if before.state == ClosingState.APPROVED:
        move(before, ClosingState.REPLACED)
    elif before.is_done:
        raise Refused("Die Meldung davor ist schon angenommen. Geben Sie sie zuerst zurück.")
