"""One counselling file with everything in it, and the ids of everything beside it: what the addresses of the product need."""

from datetime import timedelta

from django.utils import timezone

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
    ErasureHold,
    ErasureRun,
    Letter,
    LetterTemplate,
    PlanScan,
    ResponsibilityRule,
    ReviewPoint,
)
from lotse.correspondence.letters import TEST
from lotse.correspondence.outbox import queue_mail
from lotse.documents.actions import keep_file
from lotse.documents.archives import DOCX
from lotse.documents.enums import Compartment
from lotse.documents.intake import receive
from lotse.partners.models import Partner
from lotse.programmes.eligibility.advice import advise
from lotse.programmes.eligibility.known import Known
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


def whole_file(world):
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
