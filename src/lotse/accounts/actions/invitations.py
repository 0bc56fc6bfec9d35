"""Coming in: an invitation is sent, renewed, withdrawn, accepted. Only the invited person ever sets a password."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from lotse.accounts.actors import Administrator, Invited
from lotse.accounts.models import Invitation, User
from lotse.accounts.notices import notify
from lotse.accounts.tokens import hash_of, new_token
from lotse.auditlog.door import action, record, refuse_if, require

VALID_FOR = timedelta(days=7)
NO_LONGER_VALID = "Diese Einladung gilt nicht mehr."
HAS_ACCOUNT = "Für diese Adresse gibt es schon ein Konto. Bitte melden Sie sich damit an."


@action("account.invited", "hat zu einem Konto eingeladen")
def invite(*, by: Administrator, email: str, name: str, organisation_id: int, person_ref: str = "") -> Invitation:
    """Looks the same to the inviting person whether the address has an account or not."""
    require(organisation_id in by.organisation_ids)
    address = email.strip().lower()
    invitation = Invitation.objects.open().filter(organisation_id=organisation_id, email=address).first()
    invitation = invitation or Invitation(organisation_id=organisation_id, email=address)
    invitation.name, invitation.person_ref = name, person_ref
    _send(invitation)
    record(invitation)
    return invitation


@action("account.invitation_renewed", "hat eine Einladung erneuert")
def renew_invitation(*, by: Administrator, invitation: Invitation) -> Invitation:
    fresh = _open(by, invitation)
    _send(fresh)
    record(fresh)
    return fresh


@action("account.invitation_withdrawn", "hat eine Einladung zurückgezogen")
def withdraw_invitation(*, by: Administrator, invitation: Invitation) -> Invitation:
    fresh = _open(by, invitation)
    fresh.withdrawn_at = timezone.now()
    fresh.save()
    record(fresh)
    return fresh


@action("account.accepted", "hat die Einladung angenommen")
def accept_invitation(*, by: Invited, password: str | None) -> User:
    """The account begins. Without a password only for those who sign in through their organisation's own login."""
    fresh = Invitation.objects.select_for_update().get(pk=by.invitation.pk)
    refuse_if(not fresh.is_valid_at(timezone.now()), NO_LONGER_VALID)
    refuse_if(User.objects.filter(email=fresh.email).exists(), HAS_ACCOUNT)
    if password is not None:
        validate_password(password, User(email=fresh.email, name=fresh.name))
    user = User.objects.create_user(fresh.email, password, name=fresh.name)
    fresh.used_at = timezone.now()
    fresh.save()
    record(user)
    return user


def _open(by: Administrator, invitation: Invitation) -> Invitation:
    require(invitation.organisation_id in by.organisation_ids)
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    refuse_if(bool(fresh.used_at or fresh.withdrawn_at), NO_LONGER_VALID)
    return fresh


def _send(invitation: Invitation) -> None:
    """A new link; the one before stops working. Who has an account already is told so instead."""
    token = new_token()
    invitation.token_hash, invitation.expires_at = hash_of(token), timezone.now() + VALID_FOR
    invitation.full_clean(validate_unique=False)
    invitation.save()
    known = User.objects.filter(email=invitation.email).exists()
    template = "accounts/mail/already_member.txt" if known else "accounts/mail/invitation.txt"
    values = {"name": invitation.name, "token": "" if known else token, "valid_to": invitation.expires_at}
    transaction.on_commit(lambda: notify(invitation.email, "Einladung zu Lotse", template, **values))
