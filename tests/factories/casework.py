"""Steps of the path, made through the actions: what a test needs stands before it, nothing else."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lotse.casework.actions.calendar import arrange
from lotse.casework.actions.cases import open_case, set_tier
from lotse.casework.actions.clients import register_client
from lotse.casework.actions.consents import record_decision
from lotse.casework.actions.courses import add_course
from lotse.casework.actions.plans import add_goal, add_step, agree, answer_environment, begin_plan
from lotse.casework.enums import Act, Tier, Who
from lotse.casework.rules import EXCHANGE
from lotse.organisations.models import Person
from lotse.partners.models import Partner


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def person(world, by=None, first_name="Mira", last_name="Özdemir", **more):
    by = by or world.counsellor.actor
    site = world.site if by.organisation_id == world.nordstadt.pk else world.far_site
    values = {"informed_on": days_ago(30), "informed_language": "tr", **more}
    return register_client(by=by, site=site, first_name=first_name, last_name=last_name, **values)


def decide(world, client, *acts, by=None, given=True, on=None):
    for act in acts or (Act.AGREEMENT, Act.RECORDING, Act.COMPETENCE):
        record_decision(
            by=by or world.counsellor.actor, client=client, act=act, given=given, decided_on=on or days_ago(30), language="de",
            text_version="client_text 2026-11", form="written",
        )  # fmt: skip
    client.refresh_from_db()
    return client


def case(world, client=None, by=None, consented=True, tier=Tier.CASE_MANAGEMENT, programme=None):
    by = by or world.counsellor.actor
    client = client or person(world, by=by)
    if consented:
        decide(world, client, by=by)
    made = open_case(
        by=by, client=client, programme=programme or world.mbe, first_contact_on=days_ago(30), access_route="own_initiative",
        channel="phone", concern="Braucht Hilfe beim Antrag.",
    )  # fmt: skip
    if consented and tier:
        made = set_tier(by=by, case=made, tier=tier, since=days_ago(29))
    return made


def appointment(world, of=None, by=None, starts=None, **more):
    """A list of one, or of a series with `times`; tomorrow at ten unless told otherwise."""
    by, of = by or world.counsellor.actor, of or person(world, by=by)
    starts = starts or datetime.combine(days_ago(-1), time(10))
    values = {"minutes": 60, "purpose": "counselling", "person": Person.objects.get(pk=by.person_id), **more}
    return arrange(by=by, client=of, site=of.site, on=starts.date(), begins=starts.time(), **values)


def provider(world, name="Sprachschule Nord"):
    return Partner.objects.get_or_create(organisation=world.nordstadt, name=name, category="course_provider")[0]


def course(world, of=None, by=None, **more):
    values = {"kind": "bamf_integration", "provider": more.pop("provider", None) or provider(world), **more}
    return add_course(by=by or world.counsellor.actor, client=of or decide(world, person(world)), **values)


def exchange(world, of, given=True, by=None):
    """The person's word on talks with the provider of her course."""
    return record_decision(
        by=by or world.counsellor.actor, client=of.client, act=Act.DISCLOSURE, given=given, decided_on=days_ago(5), language="de",
        text_version="client_text 2026-11", form="written", recipient=of.provider, purpose=EXCHANGE,
    )  # fmt: skip


def plan(world, of=None, by=None, agreed=False):
    by = by or world.counsellor.actor
    of = of or case(world, by=by)
    made = begin_plan(by=by, case=of, on=days_ago(20), municipality_code="05334012")
    if agreed:
        answer_environment(by=by, plan=made, environment=["family"])
        step(world, goal(world, made, by=by), by=by)
        made = agree(by=by, plan=made, on=days_ago(10))
    return made


def goal(world, of, by=None, **more):
    return add_goal(by=by or world.counsellor.actor, plan=of, **{"area": "work", "goal": "find_work", **more})


def step(world, of, by=None, **more):
    values = {"text": "Bewerbung schreiben", "who": Who.CLIENT, "agreed_on": days_ago(20), **more}
    return add_step(by=by or world.counsellor.actor, goal=of, **values)
