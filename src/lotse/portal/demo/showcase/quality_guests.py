"""Two procedures in which people from outside take part: with a login of the demo, or by a signed package without one."""

from datetime import timedelta

from django.utils import timezone

from lotse.accounts.models import User
from lotse.accounts.tokens import hash_of, new_token
from lotse.organisations.actor import Actor
from lotse.portal.demo.district import PASSWORD
from lotse.portal.demo.showcase.quality_certification import (
    BODY,
    STANDARDS,
    agreed,
    answered,
    handed_over,
    presented,
)
from lotse.portal.demo.showcase.stage import Stage
from lotse.quality.actions import assessing, checklist
from lotse.quality.actions import certification as acts
from lotse.quality.actions.frameworks import take_over
from lotse.quality.actions.guests import VALID_FOR, InvitedGuest, join_as_guest, seat_guest
from lotse.quality.enums import Rating, Side, SubmissionMode
from lotse.quality.models import Certification, Framework, GuestAccess, Participant
from lotse.quality.packaged import EXAMPLE, packaged
from lotse.quality.packing import pack
from lotse.quality.queries.rooms import guest, seat_at

ASSESSOR = ("gutachterin", "Greta Gutachten-Beispiel", Side.ASSESSOR)
MEMBER = ("beirat", "Bruno Beirat-Beispiel", Side.BOARD)
INVITED = ("eingeladen", "Ines Einladung-Beispiel", Side.BOARD)
CHAIR, PAPER = "Viktor Vorsitz-Beispiel", "Paul Papier-Beispiel"
PAPERS = (("Konzeption", ("mi-1.2",)), ("Sprechzeiten", ("mi-2.1-a", "mi-2.1-b")), ("Vertretungsplan", ("mi-3-b",)))
WITHHELD = ("Zielvereinbarungen mit Mitarbeitenden", ("mi-3-c",))
LATE = ("mi-4-b", "In den Ferien wird später dokumentiert.")
AGAIN, NOW = "Bitte zeigen, wie es inzwischen läuft.", "Seit dem Herbst vertritt sich das Team auch beim Dokumentieren."


def tell(stage: Stage) -> None:
    own, neighbours = stage.own, stage.neighbours
    criteria = Framework.objects.get(organisation=own.organisation, key=packaged()[EXAMPLE].key)
    _in_second_round(stage, stage.helin.actor, criteria)
    content = packaged()[STANDARDS]
    made = take_over(by=neighbours.manager.actor, organisation=neighbours.organisation, content=content)
    _before_the_board(stage, neighbours.lead.actor, made)


def _in_second_round(stage: Stage, by: Actor, framework: Framework) -> None:
    """It is the assessors' turn: one has a login, another a package."""
    made = acts.register(by=by, framework=framework, body=BODY)
    assessor = _with_login(stage, by, made, *ASSESSOR)
    _with_login(stage, by, made, *MEMBER)
    _invited(stage, by, made, *INVITED)
    agreed(stage, by, assessor, made)
    answered(by, made, dict([LATE]))
    for title, slugs in PAPERS:
        handed_over(stage, by, made, title, slugs)
    handed_over(stage, by, made, *WITHHELD, mode=SubmissionMode.ON_SITE_ONLY)
    checklist.submit_checklist(by=by, certification=made)
    _reworked(stage, by, assessor, made)
    pack(by, _seated(stage, by, made, PAPER, Side.ASSESSOR))


def _reworked(stage: Stage, by: Actor, assessor: Actor, made: Certification) -> None:
    slug, _note = LATE
    criterion = made.framework.criteria.get(slug=slug)
    assessing.write_feedback(by=assessor, certification=made, summary="Gut geordnet. Zu einem Standard eine Frage.")
    assessing.remark(by=assessor, certification=made, criterion=criterion, text=AGAIN, needs_rework=True)
    assessing.issue_feedback(by=assessor, certification=made)
    made.refresh_from_db()
    item = made.checklist.get(criterion=criterion, round=made.round)
    checklist.answer(by=by, item=item, answer=Rating.FULFILLED, note=NOW)
    handed_over(stage, by, made, "Regelung zur Vertretung", (slug,), SubmissionMode.REVISED)
    checklist.submit_checklist(by=by, certification=made)


def _before_the_board(stage: Stage, by: Actor, framework: Framework) -> None:
    """One member is to vote in her room; the chair has no login, but a package for vote and decision."""
    made = acts.register(by=by, framework=framework, body=BODY)
    assessor = _with_login(stage, by, made, *ASSESSOR)
    _with_login(stage, by, made, *MEMBER)
    agreed(stage, by, assessor, made)
    answered(by, made, {})
    checklist.submit_checklist(by=by, certification=made)
    presented(stage, assessor, made)
    chair = _seated(stage, by, made, CHAIR, Side.BOARD, is_chair=True)
    pack(by, chair)


def _with_login(stage: Stage, by: Actor, made: Certification, name: str, called: str, side: Side) -> Actor:
    """Like all logins of the demo without a second factor."""
    access = _invited(stage, by, made, name, called, side)
    user = User.objects.filter(email=access.email).first()
    user = user or User.objects.create_user(access.email, PASSWORD, name=called)
    join_as_guest(by=InvitedGuest(access), password=None)
    return seat_at(guest(user), made.public_id).actor


def _invited(stage: Stage, by: Actor, made: Certification, name: str, called: str, side: Side) -> GuestAccess:
    """Without the mail, which would only fill the terminal."""
    seat = _seated(stage, by, made, called, side)
    return GuestAccess.objects.create(
        organisation_id=made.organisation_id, certification=made, participant=seat, email=f"{name}@lotse.example",
        token_hash=hash_of(new_token()), link_until=timezone.now() + VALID_FOR,
    )  # fmt: skip


def _seated(
    stage: Stage, by: Actor, made: Certification, called: str, side: Side, *, is_chair: bool = False
) -> Participant:
    return seat_guest(
        by=by, certification=made, side=side, name=called, valid_from=stage.today,
        valid_to=stage.today + timedelta(days=360), is_chair=is_chair,
    )  # fmt: skip
