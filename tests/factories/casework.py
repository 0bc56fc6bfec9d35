"""Steps of the path, made through the actions: what a test needs stands before it, nothing else."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lotse.casework.actions.agreements import agree_agreement, draft_agreement
from lotse.casework.actions.calendar import arrange
from lotse.casework.actions.cases import open_case, set_tier
from lotse.casework.actions.clients import register_client
from lotse.casework.actions.consents import record_decision
from lotse.casework.actions.courses import add_course
from lotse.casework.actions.handovers import offer_handover, withdraw_handover
from lotse.casework.actions.plans import add_goal, add_step, agree, answer_environment, begin_plan
from lotse.casework.actions.referrals import draft_referral, record_disclosure, send_referral
from lotse.casework.enums import Act, AgreementKind, Tier, Who
from lotse.casework.models import Agreement, ReferralQuestion
from lotse.casework.rules import EXCHANGE
from lotse.correspondence.models import OutgoingMail
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


def partner(world, **more):
    values = {
        "name": "Mieterberatung",
        "category": "housing",
        "email": "post@mieter.example",
        "phone": "0711 12345",
        **more,
    }
    return Partner.objects.create(organisation=world.nordstadt, **values)


PURPOSE = "Hilfe bei der Wohnungssuche"


def referral(world, client=None, by=None, agreed=True, to=None, **more):
    """A draft; `agreed`: the person has said yes to exactly this."""
    by = by or world.counsellor.actor
    client = client or case(world, by=by).client
    values = {"purpose": PURPOSE, "sections": ["contact", "concern"], **more}
    made = draft_referral(by=by, client=client, partner=to or partner(world), **values)
    if agreed:
        disclose(world, made, by=by)
    return made


def disclose(world, of, by=None, given=True):
    return record_disclosure(
        by=by or world.counsellor.actor, referral=of, given=given, decided_on=timezone.localdate(), language="de",
        text_version="client_text 2026-11", form="written",
    )  # fmt: skip


def sent(world, of=None, by=None, **more):
    by = by or world.counsellor.actor
    return send_referral(by=by, referral=of or referral(world, by=by, **more), recipient="post@mieter.example")


def token_in_mail():
    """As it stands in the mail."""
    mail = OutgoingMail.objects.filter(letter="casework.referral").order_by("-id").first()
    return re.search(r"\?t=(\S+)", mail.body).group(1)


def asked_back(world, client):
    """What the address of a partner's question needs."""
    made = sent(world, client=client, to=partner(world, name="Schuldnerberatung"))
    values = {"organisation_id": client.organisation_id, "client": client, "referral": made}
    return {"question_id": ReferralQuestion.objects.create(asked_by="Frau Wolf", text="Wann?", **values).public_id}


def offered_in_vain(world, client):
    """What the address of a protocol needs, and nothing that waits for anybody."""
    by = world.counsellor.actor
    made = offer_handover(
        by=by, client=client, to=world.colleague.person, reason="other", on=timezone.localdate(), client_present=True
    )
    withdraw_handover(by=by, handover=made)
    return {"passed_id": made.public_id}


PARTS = {
    "goal": "Deutsch lernen",
    "house_part": "Kurs suchen\nAntrag prüfen",
    "client_part": "Zum Kurs gehen",
    "rights": "Respekt",
}


def agreement(world, of=None, by=None, agreed=False, scan=None, **more):
    """A draft; `agreed`: in force since yesterday."""
    by, of = by or world.counsellor.actor, of or case(world)
    made = draft_agreement(by=by, case=of, **{"kind": AgreementKind.INTEGRATION, **PARTS, **more})
    if scan:
        Agreement.objects.filter(pk=made.pk).update(scan=scan)
    return agree_agreement(by=by, agreement=made, on=days_ago(1), language="de") if agreed else made
