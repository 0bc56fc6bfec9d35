"""Who may open what, and that nothing of a file shows anywhere else."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from lotse.casework.actions.access import confirm_assignment, request_assignment
from lotse.casework.actions.clients import add_household_member, note_appointment
from lotse.casework.actions.contacts import record_assessment, record_contact
from lotse.casework.actions.custody import receive_property, report_damage
from lotse.casework.actions.eligibility import keep_advice
from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.actions.review import draw_round
from lotse.casework.actions.subject_rights import take_request
from lotse.casework.enums import IdentityCheck, RequestKind
from lotse.casework.models import (
    CaseMail,
    CaseMailFile,
    Client,
    Contact,
    ErasureHold,
    ErasureRun,
    Letter,
    LetterTemplate,
    PlanScan,
    ResponsibilityRule,
    ReviewPoint,
)
from lotse.core.errors import NotAllowed
from lotse.correspondence.letters import TEST
from lotse.correspondence.outbox import queue_mail
from lotse.documents.actions import keep_file
from lotse.documents.archives import DOCX
from lotse.documents.enums import Compartment
from lotse.documents.intake import receive
from lotse.partners.models import Partner
from lotse.programmes.eligibility.advice import advise
from lotse.programmes.eligibility.known import Known
from tests.access.matrix import ALLAUTH, MATRIX, PERSONAS, PUBLIC
from tests.documents.files import keep, pdf, upload
from tests.documents.letters import word
from tests.factories import (
    agencies,
    cooperation,
    forum,
    network,
    quality,
    quality_duty,
    quality_evidence,
    quality_guests,
    quality_improvements,
    quality_papers,
    surveys,
    tables,
    targets,
    ways,
)
from tests.factories import casework as make
from tests.factories import organisations as staff
from tests.factories import quality_certification as certifying
from tests.factories.rows import saved
from tests.imports.tables import ROW, checked, csv_of
from tests.wayup import making

CANARY = "Kanarienvogel-7731"


def names(patterns=None, prefix=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name


def own_names():
    return sorted({name for name in names() if not name.startswith(ALLAUTH)} - set(PUBLIC))


@pytest.fixture
def file(world):
    """A whole file of the counsellor, and the ids that addresses need."""
    by = world.counsellor.actor
    client = make.person(world, last_name=CANARY, first_name=CANARY, phone=CANARY, address=CANARY)
    case = make.case(world, client=client)
    plan = make.plan(world, of=case)
    goal = make.goal(world, plan, goal="", goal_text=CANARY)
    step = make.step(world, goal, text=CANARY)
    contact = record_contact(
        by=by, case=case, on=timezone.localdate(), channel="phone", topics=["housing"], note=CANARY
    )
    record_assessment(by=by, case=case, kind="social", conducted_on=timezone.localdate(), strengths=CANARY)
    save_chapter(by=by, case=case, chapter_key="occupation", given={"occupation": CANARY})
    member = add_household_member(by=by, client=client, relation="child", name=CANARY)
    (arranged,) = make.appointment(world, of=client, note=CANARY, starts=timezone.localtime() - timedelta(hours=1))
    appointment = note_appointment(by=by, site=world.site, name=CANARY, takes_place_at=timezone.now())
    with receive(upload(pdf(CANARY), f"{CANARY}.pdf"), by=by) as received:
        stored = keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")
    with receive(upload(pdf(CANARY), f"{CANARY}.pdf"), by=by) as received:
        stored_too = keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")
    scan = PlanScan.objects.create(organisation=world.nordstadt, client=client, plan=plan, file=stored)
    advice = keep_advice(
        by=by,
        client=client,
        advice=advise(Known(), timezone.localdate()),
        suggested=None,
        chosen=world.mbe,
        reason=CANARY,
    )
    partner = Partner.objects.create(organisation=world.nordstadt, name="Mieterberatung", category="housing")
    item = receive_property(by=by, client=client, description=CANARY, received_on=timezone.localdate())
    report_damage(by=by, item=item, kind="lost", on=timezone.localdate(), account=CANARY)
    other = make.person(world, last_name=CANARY, first_name=CANARY, birth_date=make.days_ago(9000))
    course = make.course(world, of=client, provider=partner, follow_up=CANARY, contact_person=CANARY)
    referral = make.referral(world, client=client, agreed=False, to=partner, purpose=CANARY, message=CANARY)
    request = take_request(
        by=by,
        client=client,
        kind=RequestKind.ACCESS,
        received_on=timezone.localdate(),
        identity=IdentityCheck.KNOWN,
        note=CANARY,
    )
    held = ErasureHold.objects.create(
        organisation=world.nordstadt, client=client, reason="Klage", until=timezone.localdate(), set_by=world.dpo.person,
        lifted_on=timezone.localdate(),
    )  # fmt: skip
    run = ErasureRun.objects.create(organisation=world.nordstadt, proposed_by=world.dpo.person, total=0)
    review, point = reviewed(world, client)
    house = staff.ids(world)
    return {
        "client_id": client.public_id, "goal_id": goal.public_id, "step_id": step.public_id, "note_id": appointment.public_id,
        "appointment_id": arranged.public_id, "course_id": course.public_id, "chapter_key": "mobility", "consent_id": client.consents.first().public_id, "member_id": member.public_id,
        "scan_id": scan.public_id, "mail_id": queue_mail(TEST, organisation_id=world.nordstadt.pk, to="post@lotse.example").public_id,
        "partner_id": partner.public_id, **cooperation.ids(world, partner), **cooperation.belongings(world, partner), "assignment_id": "gibtesnicht", "handover_id": "gibtesnicht", "waiting_id": "gibtesnicht",
        "list_name": "end_reason", "entry_key": "moved", "language": "ar", "text_key": "recording", "contact_id": contact.public_id, "advice_id": advice.public_id,
        "item_id": item.public_id, "case_id": case.public_id, "other_id": other.public_id, "merge_id": "gibtesnicht",
        **house, **make.asked_back(world, client), **make.offered_in_vain(world, client),
        "agreement_id": make.agreement(world, case, scan=stored_too, kind="working", partners=[partner]).public_id, "kind": "integration",
        "referral_id": referral.public_id,
        "round_id": review.round.public_id, "review_id": review.public_id, "point_id": point.public_id,
        "absence_id": "gibtesnicht", "transfer_id": "gibtesnicht",
        "request_id": request.public_id, "hold_id": held.public_id, "run_id": run.public_id, "class_key": "client_file",
        "paper_key": "verschwiegenheit", "ending": "pdf",
        "user_id": world.colleague.user.public_id, "invitation_id": "gibtesnicht", "reset_id": "gibtesnicht",
        **papers(world, client), "kind_key": "client", "import_id": checked(world, csv_of((CANARY, CANARY, "", *ROW[3:]))).public_id,
         "picture_key": "cases.movement", "fact_key": "cases.movement", "cell_key": "_total", "rule_id": saved(ResponsibilityRule, organisation=world.nordstadt).public_id,
         "value_key": "quality.entry_days", "indicator_key": "network.offer",
         "figure_key": "integration.hobby", "target_id": targets.set_for(world).public_id,
         "survey_key": "overview", "asked_id": surveys.asked(world, moment="before").public_id,
        "tables_id": tables.released(world).public_id,
        **making.ids(world), **forum.ids(world, CANARY), **network.ids(world), **agencies.ids(world), **ways.ids(world), **of_quality(world), **quality_improvements.ids(world), **quality_papers.ids(world), **quality_duty.ids(world), **quality_guests.ids(world), **certifying.ids(world), "pattern_key": "gibtesnicht",
    }  # fmt: skip


def of_quality(world):
    known = quality.ids(world)
    return {**known, **quality_evidence.ids(world, known)}


def reviewed(world, client):
    """The file is in this quarter's sample; a point of an earlier review is still open."""
    made = draw_round(
        by=world.technical_lead.actor, site=world.site, quarter=timezone.localdate(), per_counsellor=9,
        reviewer=world.technical_lead.person, opens_until=timezone.localdate(),
    )  # fmt: skip
    review = made.reviews.get(client=client)
    point = ReviewPoint.objects.create(
        organisation=world.nordstadt,
        client=client,
        review=review,
        item="sparing",
        text=CANARY,
        due_on=timezone.localdate(),
    )
    return review, point


def papers(world, client):
    """A letter of a series and a mail with an attachment, all of them singing."""
    owner, by = {"organisation": world.nordstadt, "client": client}, world.counsellor.actor
    template = LetterTemplate.objects.create(
        organisation=world.nordstadt, name="Brief", file=word_file(by, "{{Vorname}}")
    )
    letter = Letter.objects.create(
        **owner,
        template=template,
        file=word_file(by, CANARY),
        subject=CANARY,
        written_by=world.counsellor.person,
        series="serie",
    )
    mail = CaseMail.objects.create(
        **owner,
        direction="in",
        address=CANARY,
        subject=CANARY,
        body=CANARY,
        moment=timezone.now(),
        recorded_by=world.counsellor.person,
    )
    attached = CaseMailFile.objects.create(
        **owner, mail=mail, file=keep(world.counsellor, pdf(CANARY), f"{CANARY}.pdf")
    )
    return {"template_id": template.public_id, "letter_id": letter.public_id, "series_id": "serie", "case_mail_id": mail.public_id,
            "file_id": attached.public_id}  # fmt: skip


def word_file(by, text):
    with receive(upload(word(text), "brief.docx"), by=by, types=(DOCX,)) as received:
        return keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")


def address(name, ids):
    for pattern_name, kwargs in ((name, ids), (name, {})):
        needed = {k: v for k, v in kwargs.items() if k in _arguments(name)}
        return reverse(pattern_name, kwargs=needed)


def _arguments(name):
    lookups = get_resolver()
    *spaces, last = name.split(":")
    for space in spaces:
        lookups = lookups.namespace_dict[space][1]
    return lookups.reverse_dict.getlist(last)[0][0][0][1]


def test_every_address_stands_in_the_matrix():
    assert own_names() == sorted(MATRIX)


def packs(size=15):
    """Looking changes nothing, so some addresses share one world, which takes longer to make than they take to answer."""
    every = sorted(MATRIX)
    return [pytest.param(every[at : at + size], id=every[at]) for at in range(0, len(every), size)]


@pytest.mark.rule("DP-04")
@pytest.mark.parametrize("addresses", packs())
def test_addresses_open_for_exactly_these_personas(world, file, login, addresses):
    webs = [login(world.personas[persona]) for persona in PERSONAS]
    got = {name: tuple(web.get(address(name, file)).status_code for web in webs) for name in addresses}
    assert got == {name: MATRIX[name] for name in addresses}


@pytest.mark.parametrize("addresses", packs())
def test_addresses_lead_strangers_to_the_login(world, file, client, addresses):
    answers = {name: client.get(address(name, file)) for name in addresses}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(addresses, 302)
    assert {answer["Location"].split("?")[0] for answer in answers.values()} == {"/konto/login/"}


@pytest.mark.rule("RF-01")
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_address_is_closed_to_everybody_without_its_link(world, file, client, login, name):
    webs = [client, *(login(world.personas[persona]) for persona in PERSONAS)]
    assert {web.get(address(name, file)).status_code for web in webs} == {PUBLIC[name]}


@pytest.mark.rule("DP-04")
@pytest.mark.parametrize("persona", ["colleague", "sysadmin", "coordinator", "funder", "outsider", "carrier_manager"])
def test_nothing_of_a_file_shows_to_those_who_do_not_hold_it(world, file, login, persona):
    web = login(world.personas[persona])
    for name in MATRIX:
        response = web.get(address(name, file), {"q": CANARY})
        shown = b"".join(response.streaming_content) if response.streaming else response.content
        searched_for = (
            shown.decode(errors="replace")
            .replace(f'value="{CANARY}"', "")
            .replace(f"Suche: {CANARY}", "")
            .replace(f"q={CANARY}", "")
        )
        assert CANARY not in searched_for, name


def test_the_canary_sings_for_who_holds_the_file(world, file, login):
    """The test above would pass on an empty page; this one shows that the canary is there to be seen."""
    web = login(world.counsellor)
    seen = [
        name
        for name in MATRIX
        if not name.endswith(("pdf", "xlsx", "paper"))
        and CANARY in web.get(address(name, file)).content.decode(errors="replace")
    ]
    assert {
        "casework:overview",
        "casework:client_list",
        "casework:plan",
        "casework:part_a",
        "casework:appointments",
        "casework:calendar",
        "casework:appointment",
        "casework:courses",
    } <= set(seen)


def test_secret_text_is_sealed_in_the_database(world, file):
    """Names are readable for search (ADR 0006); nothing that was told in confidence is."""
    client = Client.objects.get(number=1)
    raw = Client.objects.filter(pk=client.pk).values_list("phone", "address").get()
    notes = Contact.objects.values_list("note", flat=True).get()

    assert all(CANARY.encode() not in bytes(value) for value in (*raw, notes))
    assert (client.phone, Contact.objects.get().note) == (CANARY, CANARY)


@pytest.mark.rule("AC-01")
def test_assigned_file_opens_after_a_second_person_has_confirmed(world, file):
    client = Client.objects.get(number=1)
    colleague = world.colleague

    assignment = request_assignment(
        by=world.counsellor.actor,
        client=client,
        person=colleague.person,
        reason="Urlaub",
        valid_from=timezone.localdate(),
    )
    assert not Client.objects.visible_to(colleague.actor).exists()

    confirm_assignment(by=world.technical_lead.actor, assignment=assignment)
    assert Client.objects.visible_to(colleague.actor).get() == client


@pytest.mark.rule("AC-01")
@pytest.mark.parametrize("persona", ["counsellor", "colleague", "sysadmin", "coordinator", "outsider"])
def test_nobody_else_confirms_a_file_access(world, file, persona):
    assignment = request_assignment(
        by=world.counsellor.actor,
        client=Client.objects.get(number=1),
        person=world.colleague.person,
        reason="Urlaub",
        valid_from=timezone.localdate(),
    )
    with pytest.raises(NotAllowed):
        confirm_assignment(by=world.personas[persona].actor, assignment=assignment)


def test_writing_into_a_file_needs_more_than_knowing_its_address(world, file, login):
    url = address("casework:new_contact", file)
    data = {"on": f"{timezone.localdate()}", "channel": "phone", "topics": ["housing"]}

    statuses = [
        login(world.personas[name]).post(url, data).status_code
        for name in ("outsider", "colleague", "technical_lead", "sysadmin")
    ]

    assert statuses == [404, 404, 403, 404]
    assert Contact.objects.count() == 1
