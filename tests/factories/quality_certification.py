"""A procedure of certification, driven through the actions of its three sides, as far as a test needs it."""

from contextlib import ExitStack
from datetime import date, timedelta

from django.utils import timezone

from lotse.documents.intake import receive
from lotse.organisations.enums import OrganisationKind as Kind
from lotse.organisations.models import Organisation
from lotse.quality.actions import assessing, checklist, deciding
from lotse.quality.actions import certification as acts
from lotse.quality.enums import Outcome, Rating, Side, SubmissionMode, Vote
from lotse.quality.models import Certificate, Certification, Criterion, Submission
from tests.documents.files import pdf, upload
from tests.factories import quality as make
from tests.personas import organisation, persona

PERIOD = {"proves_from": date(2025, 1, 1), "proves_to": date(2025, 12, 31)}
MEMBERS = ("member_1", "member_2", "member_3")


def today():
    return timezone.localdate()


def house(world):
    return world.carrier_manager.actor


def body() -> Organisation:
    found = Organisation.objects.filter(kind=Kind.CERTIFICATION_BODY).first()
    return found or organisation("Zertifizierungsstelle Beispiel", Kind.CERTIFICATION_BODY)


def guest(world, name):
    if name not in world.personas:
        persona(world, name, body())
    return world.personas[name]


def registered(world, size=3, framework=None, **more) -> Certification:
    framework = framework or make.small(world, size)
    return acts.register(by=house(world), framework=framework, body="Zertifizierungsstelle Beispiel", **more)


def seated(world, certification) -> None:
    """An assessor, and a board of three with the first in the chair."""
    seat(world, certification, "assessor", Side.ASSESSOR)
    for at, name in enumerate(MEMBERS):
        seat(world, certification, name, Side.BOARD, is_chair=at == 0)


def seat(world, certification, name, side, **more):
    person = guest(world, name).person
    values = {"valid_from": today() - timedelta(days=30), "valid_to": today() + timedelta(days=300), **more}
    return acts.add_participant(by=house(world), certification=certification, person=person, side=side, **values)


def file_of(stack, by, content=b"Inhalt", name="Beleg.pdf"):
    return stack.enter_context(receive(upload(pdf(content.decode()), name), by=by))


def contracted(world, certification):
    with ExitStack() as stack:
        acts.keep_contract(
            by=house(world), certification=certification, signed_by_house_on=today(), signed_by_body_on=today(),
            received=file_of(stack, house(world), name="Vertrag.pdf"),
        )  # fmt: skip
    return fresh(certification)


def scheduled(world, certification):
    days = {"3": today() + timedelta(days=10), "5": today() + timedelta(days=40)}
    acts.propose_schedule(by=house(world), certification=certification, days=days)
    acts.agree_schedule(by=world.assessor.actor, certification=certification)
    return fresh(certification)


def answered(world, certification, rating=Rating.FULFILLED):
    for item in certification.checklist.filter(round=certification.round):
        checklist.answer(by=house(world), item=item, answer=rating, note="So machen wir das.")


def document(world, certification, title="Konzeption", mode=SubmissionMode.SUBMIT, slug="b-1", **more) -> Submission:
    criteria = Criterion.objects.filter(framework=certification.framework_id, slug=slug)
    values = {"title": title, "mode": mode, "criteria": criteria, **PERIOD, **more}
    with ExitStack() as stack:
        if mode != SubmissionMode.ON_SITE_ONLY:
            values["received"] = file_of(stack, house(world), name=f"{title}.pdf")
        return checklist.add_document(by=house(world), certification=certification, **values)


def to_checklist(world, size=3, framework=None, **more) -> Certification:
    """Everything is agreed; the checklist is with the house."""
    made = registered(world, size, framework, **more)
    seated(world, made)
    return scheduled(world, contracted(world, made))


def handed_in(world, certification=None, **more) -> Certification:
    made = certification or to_checklist(world, **more)
    answered(world, made)
    checklist.submit_checklist(by=house(world), certification=made)
    return fresh(made)


def reviewed(world, certification=None, rework=(), **more) -> Certification:
    """`rework`: the slugs that are to be reworked."""
    made = certification or handed_in(world, **more)
    by = world.assessor.actor
    assessing.write_feedback(by=by, certification=made, summary="Gut aufbereitet.")
    for slug in rework:
        criterion = Criterion.objects.get(framework=made.framework_id, slug=slug)
        assessing.remark(by=by, certification=made, criterion=criterion, text="Bitte belegen.", needs_rework=True)
    assessing.issue_feedback(by=by, certification=made)
    return fresh(made)


def visited(world, certification=None, **more) -> Certification:
    made, by = certification or reviewed(world, **more), world.assessor.actor
    visit = assessing.plan_visit(by=by, certification=made, on=today())
    assessing.note_interview(by=by, visit=visit, function="Beratung", text="Alle kennen die Konzeption.")
    for check in visit.checks.all():
        assessing.check_on_site(by=by, check=check, was_seen=True, remark="vollständig")
    assessing.finish_visit(by=by, certification=made, on=today())
    return fresh(made)


def presented(world, certification=None, **more) -> Certification:
    made, by = certification or visited(world, **more), world.assessor.actor
    assessing.write_report(
        by=by, certification=made, text="Die Standards werden gelebt.", recommendation=Outcome.GRANTED
    )
    assessing.present_report(by=by, certification=made)
    return fresh(made)


def voted(world, certification, *votes):
    for name, vote in zip(MEMBERS, votes, strict=False):
        deciding.cast_vote(by=world.personas[name].actor, certification=certification, vote=vote)


def decided(world, certification, outcome=Outcome.GRANTED, **more):
    values = {"outcome": outcome, "on": today(), **more}
    return deciding.decide(by=world.member_1.actor, certification=certification, **values)


def granted(world, certification=None, **more) -> Certificate:
    made = certification or presented(world, **more)
    voted(world, made, Vote.YES, Vote.YES, Vote.NO)
    decided(world, made)
    return made.certificates.get()


def fresh(row):
    row.refresh_from_db()
    return row


def ids(world) -> dict[str, str]:
    """Of a procedure that has all its papers."""
    made = to_checklist(world, framework=make.small(world, key="zertifikat"))
    paper = document(world, made)
    granted(world, presented(world, visited(world, reviewed(world, handed_in(world, made)))))
    return {
        "certification_id": made.public_id, "checklist_item_id": made.checklist.first().public_id,
        "submission_id": paper.public_id, "feedback_report_id": made.feedback.get().public_id, "token": "gibtesnicht",
    }  # fmt: skip
