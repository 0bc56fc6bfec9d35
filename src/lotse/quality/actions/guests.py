"""Guests of a procedure: invited for it alone, let in behind their link, and out again at once."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from lotse.accounts.actions.sessions import end_all_sessions
from lotse.accounts.models import User
from lotse.accounts.notices import notify
from lotse.accounts.tokens import hash_of, new_token
from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.quality import rules
from lotse.quality.actions.certification import ONE_CHAIR, OVER
from lotse.quality.actions.shared import kept
from lotse.quality.enums import Side
from lotse.quality.models import Certification, GuestAccess, Participant

VALID_FOR = timedelta(days=14)
TOO_LONG = "Ein Gastzugang gilt höchstens 18 Monate."
IS_OVER = "Dieser Tag ist schon vorbei."
NO_LONGER_VALID = "Diese Einladung gilt nicht mehr."
ALREADY_IN = "Diese Einladung ist schon angenommen."
REVOKED = "Dieser Zugang ist entzogen. Laden Sie neu ein, wenn er wieder gelten soll."
OWN_PEOPLE = "Wer beim Träger arbeitet, begutachtet und entscheidet hier nicht."
WORKS_SOMEWHERE = (
    "Zu dieser Adresse gehört schon ein Arbeitsplatz in Lotse. Bitte lassen Sie sich an eine andere Adresse einladen."
)
SUBJECT = "Einladung zu einem Zertifizierungsverfahren"


@dataclass(frozen=True)
class InvitedGuest:
    """Whoever holds a link that opens."""

    access: GuestAccess
    ref: str = ""

    @property
    def label(self) -> str:
        return self.access.participant.name

    @property
    def organisation_id(self) -> int:
        return self.access.organisation_id


@action("guest.invited", "hat einen Gast in ein Zertifizierungsverfahren eingeladen")
def invite_guest(*, by: Actor, certification: Certification, email: str, **seat: Any) -> GuestAccess:
    """Looks the same whether the address has an account or not. `seat`: as of `seat_guest`."""
    address = email.strip().lower()
    house = certification.organisation
    works_here = Person.objects.filter(organisation__path__startswith=house.path, email__iexact=address)
    refuse_if(works_here.exists(), OWN_PEOPLE, "email")
    participant = seat_guest(by=by, certification=certification, **seat)
    access = GuestAccess(
        organisation_id=house.pk, certification=certification, participant=participant, email=address
    )  # fmt: skip
    _send(access)
    record(access, file=certification)
    return access


@action("guest.seated", "hat jemanden von außen an einem Zertifizierungsverfahren beteiligt")
def seat_guest(
    *, by: Actor, certification: Certification, side: Side, name: str, valid_from: date, valid_to: date,
    is_chair: bool = False,
) -> Participant:  # fmt: skip
    """Without an account so far: she takes part by a signed package until she is invited."""
    fresh = locked(certification)
    kept(by, fresh.organisation)
    today = timezone.localdate()
    refuse_if(fresh.is_over, OVER)
    refuse_if(valid_to < today, IS_OVER, "valid_to")
    refuse_if(not rules.is_short_enough(valid_from, valid_to), TOO_LONG, "valid_to")
    chaired = fresh.participants.seated_on(today).filter(is_chair=True).exists()
    refuse_if(is_chair and chaired, ONE_CHAIR, "is_chair")
    made = Participant(
        organisation_id=fresh.organisation_id, certification=fresh, side=side, guest_name=name.strip(),
        valid_from=valid_from, valid_to=valid_to, is_chair=is_chair,
    )  # fmt: skip
    save_checked(made)
    record(made, file=fresh, side=str(side), valid_from=valid_from, valid_to=valid_to)
    return made


@action("guest.invited_again", "hat einem Gast einen neuen Link geschickt")
def renew_guest_link(*, by: Actor, access: GuestAccess) -> GuestAccess:
    fresh = _open(by, access)
    refuse_if(fresh.accepted_at is not None, ALREADY_IN)
    _send(fresh)
    record(fresh, file=fresh.certification)
    return fresh


@action("guest.revoked", "hat einem Gast den Zugang entzogen")
def revoke_guest(*, by: Actor, access: GuestAccess) -> GuestAccess:
    """Every session ends at once; what she has written stays."""
    fresh = _open(by, access)
    fresh.revoked_at = timezone.now()
    save_checked(fresh)
    if fresh.user:
        end_all_sessions(fresh.user)
    record(fresh, file=fresh.certification)
    return fresh


def _open(by: Actor, access: GuestAccess) -> GuestAccess:
    fresh = locked(access)
    kept(by, fresh.organisation)
    refuse_if(fresh.revoked_at is not None, REVOKED)
    return fresh


@action("guest.joined", "hat die Einladung in ein Zertifizierungsverfahren angenommen")
def join_as_guest(*, by: InvitedGuest, password: str | None) -> GuestAccess:
    """A new login that must have a second factor; who has one from another procedure joins with it."""
    fresh = locked(by.access)
    refuse_if(not fresh.link_opens_at(timezone.now()), NO_LONGER_VALID)
    fresh.user = _login(fresh, password)
    fresh.accepted_at = timezone.now()
    save_checked(fresh)
    record(fresh, file=fresh.certification)
    return fresh


def _login(access: GuestAccess, password: str | None) -> User:
    known = User.objects.filter(email=access.email).first()
    if known:
        refuse_if(not rules.is_nobody_at_work(known), WORKS_SOMEWHERE)
        return known
    name = access.participant.name
    validate_password(password or "", User(email=access.email, name=name))
    return User.objects.create_user(access.email, password, name=name, must_use_second_factor=True)


def _send(access: GuestAccess) -> None:
    """A new link; the one before stops working."""
    token = new_token()
    access.token_hash, access.link_until = hash_of(token), timezone.now() + VALID_FOR
    save_checked(access)
    values: dict[str, Any] = {
        "name": access.participant.name, "token": token, "valid_to": access.link_until,
        "house": access.certification.organisation.name,
    }  # fmt: skip
    transaction.on_commit(lambda: notify(access.email, SUBJECT, "guests/mail/invitation.txt", **values))
