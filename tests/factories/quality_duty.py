"""Duties, rosters and deputies of the carrier of the tests, made through the actions."""

from datetime import date, time, timedelta

from django.utils import timezone

from lotse.quality.actions import cover as covers
from lotse.quality.actions import duty as acts
from lotse.quality.actions import rosters
from lotse.quality.enums import DutyKind
from lotse.quality.models import Duty, DutyTemplate, Roster, RosterAnswer, StandIn


def monday(weeks=1) -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def pattern(world, by=None, **more) -> DutyTemplate:
    values = {
        "weekday": 0, "begins": time(9), "ends": time(12), "kind": DutyKind.OPEN_HOURS, "needs": 1, "site": world.site,
        "person": world.counsellor.person, "valid_from": date(2020, 1, 1), "valid_to": None, **more,
    }  # fmt: skip
    return acts.add_template(by=(by or world.technical_lead).actor, organisation=world.nordstadt, **values)


def weeks(world, first_on=None, number=1, by=None) -> int:
    by = (by or world.technical_lead).actor
    return acts.make_weeks(by=by, organisation=world.nordstadt, first_on=first_on or monday(), weeks=number)


def duty(world, by=None, **more) -> Duty:
    values = {
        "day": monday(), "begins": time(9), "ends": time(12), "kind": DutyKind.PHONE, "site": None,
        "person": world.counsellor.person, "deputy": None, **more,
    }  # fmt: skip
    return acts.add_duty(by=(by or world.technical_lead).actor, organisation=world.nordstadt, **values)


def away(world, who=None, by=None, **more):
    values = {"first_on": monday(), "last_on": monday() + timedelta(days=4), "kind": "vacation", **more}
    by, who = (by or world.technical_lead).actor, who or world.counsellor.person
    return acts.enter_absence(by=by, organisation=world.nordstadt, person=who, **values)


def shown(world, by=None, **more) -> Roster:
    values = {
        "first_on": monday(), "last_on": monday() + timedelta(days=6), "answer_by": timezone.localdate(), **more
    }  # fmt: skip
    return rosters.show_roster(by=(by or world.technical_lead).actor, organisation=world.nordstadt, **values)


def answer_of(roster, persona) -> RosterAnswer:
    return roster.answers.get(person=persona.person)


def answered(roster, persona, reply="agrees", **more) -> RosterAnswer:
    return rosters.answer_roster(by=persona.actor, answer=answer_of(roster, persona), reply=reply, **more)


def stand_in(world, who=None, deputy=None, by=None, **more) -> StandIn:
    values = {"scope": "all", "valid_from": date(2020, 1, 1), "valid_to": None, **more}
    return covers.enter_stand_in(
        by=(by or world.technical_lead).actor, organisation=world.nordstadt, person=who or world.counsellor.person,
        deputy=deputy or world.colleague.person, **values,
    )  # fmt: skip


def contact(world, by=None, **more):
    values = {"name": "Geschäftsstelle", "phone": "0201 555 10", "matter": "", **more}
    return covers.add_contact(by=(by or world.technical_lead).actor, organisation=world.nordstadt, **values)


def ids(world) -> dict[str, str]:
    """What addresses of the team need; the counsellor is asked and has not answered."""
    made, one = pattern(world), duty(world)
    roster = shown(world)
    return {
        "duty_template_id": made.public_id, "duty_id": one.public_id, "duty_absence_id": away(world).public_id,
        "roster_id": roster.public_id, "roster_answer_id": answer_of(roster, world.counsellor).public_id,
        "stand_in_id": stand_in(world).public_id, "emergency_contact_id": contact(world).public_id,
    }  # fmt: skip
