"""Rows of the network for tests of mandates, ways, agreements on data, and figures: by their columns, beneath the actions."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from lotse.core.lines import read
from lotse.documents.intake import receive
from lotse.network.actions import alignment as acts
from lotse.network.actions import exchanges
from lotse.network.actions.mandates import grant_mandate
from lotse.network.actions.processes import begin_process, enter_outreach
from lotse.network.enums import Direction, MeetingState, OutreachKind, Presence
from lotse.network.models import Attendance, Meeting, Member, NetworkFormat
from lotse.network.queries.duties import duties_in, duty_lines
from tests.documents.files import pdf, upload


def today():
    return timezone.localdate()


def days(number):
    return today() + timedelta(days=number)


def duties(actor):
    """Of mandates, ways and agreements on data, as they stand on "Heute"."""
    return duties_in(read(duty_lines(actor, today())))


def format_of(organisation, name="Koordinierungsrunde", **more):
    values = {"kind": "coordination_round", "level": "meso", "begun_on": date(2020, 1, 1), **more}
    return NetworkFormat.objects.create(organisation=organisation, name=name, **values)


def forum_of(organisation, name="Austauschforum", **more):
    return format_of(
        organisation, name, **{"kind": "intman_forum", "has_inner_part": True, "needs_mandate": True, **more}
    )


def member(format, persona, **more):
    values = {"name": f"{persona.person}", "email": persona.user.email, "valid_from": date(2020, 1, 1), **more}
    return Member.objects.create(organisation=format.organisation, format=format, person=persona.person, **values)


def meeting(format, on=None, lasts=90, state=MeetingState.HELD, **more):
    on = on or days(-10)
    start = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    off = {"called_off_at": start, "call_off_reason": "Krank"} if state in ("cancelled", "rescheduled") else {}
    ends = start + timedelta(minutes=lasts)
    values = {"organisation": format.organisation, "starts_at": start, "ends_at": ends, "state": state, **off, **more}
    return Meeting.objects.create(format=format, **values)


def attends(meeting, persona, presence=Presence.PRESENT, **more):
    values = {
        "name": f"{persona.person}",
        "email": persona.user.email,
        "person": persona.person,
        "presence": presence,
        **more,
    }
    return Attendance.objects.create(organisation=meeting.organisation, meeting=meeting, **values)


def granted(world, format, to=None, by=None, **more):
    values = {"scope": "spricht für alle", "valid_from": days(-30), "valid_to": days(300), **more}
    by, to = by or world.technical_lead, to or world.counsellor
    return grant_mandate(by=by.actor, person=to.person, format=format, **values)


def way(world, kind="optimisation", by=None):
    by = by or world.technical_lead
    return begin_process(by=by.actor, kind=kind, lead=by.person)


def outreach(world, kind=OutreachKind.INFORMATION, **more):
    return enter_outreach(by=world.counsellor.actor, kind=kind, **{"on": days(-5), "title": "Infotag", **more})


def alignment(world, contact=None, **more):
    values = {"title": "Übergabe an die Stadt", "clear_by": days(30), "done_by": days(90), **more}
    contact = (contact or world.technical_lead).person
    return acts.begin_alignment(by=world.technical_lead.actor, contact=contact, **values)


def party(world, within, name="Stadt Beispiel"):
    return acts.add_party(by=world.technical_lead.actor, alignment=within, name=name, officer="Frau Kern")


def exchange(world, within=None, **more):
    within = within or alignment(world)
    there = more.pop("party", None) or party(world, within)
    values = {
        "party": there, "direction": Direction.SEND, "purpose": "Warme Übergabe", "categories": "Name",
        "legal_basis": "Einwilligung", "valid_from": days(-1), **more,
    }  # fmt: skip
    return exchanges.draft_exchange(by=world.technical_lead.actor, alignment=within, **values)


def agreed_there(world, found, on=None):
    by = world.technical_lead.actor
    with receive(upload(pdf("Ja"), "ja.pdf"), by=by) as received:
        return exchanges.record_other_yes(
            by=by, exchange=found, officer="Frau Kern", on=on or today(), received=received
        )


def in_force(world, found=None):
    found = found or exchange(world)
    exchanges.agree_to_exchange(by=world.dpo.actor, exchange=found)
    return agreed_there(world, found)


def ids(world):
    """For the addresses of all these pages."""
    format = format_of(world.nordstadt, "Runde der Wege")
    meets = meeting(format)
    attends(meets, world.counsellor)
    begun = way(world)
    within = alignment(world)
    found = exchange(world, within)
    example = acts.tell_example(by=world.counsellor.actor, alignment=within, text="Ein Anruf wurde abgelehnt.")
    statement = acts.state_rule(
        by=world.technical_lead.actor, alignment=within, subject="Telefon", text="Nur schriftlich"
    )
    return {
        "rated_format_id": format.public_id, "timed_id": meets.public_id, "mandate_id": granted(world, format).public_id,
        "way_key": "recommendations", "process_id": begun.public_id, "process_step_id": begun.steps.first().public_id,
        "question_key": "time", "outreach_id": outreach(world).public_id, "alignment_id": within.public_id,
        "example_id": example.public_id, "statement_id": statement.public_id,
        "exchange_id": in_force(world, found).public_id, "network_figure": "meetings.held",
    }  # fmt: skip
