"""Where a login meets a person: who is invited, and who has come."""

from django.db import transaction

from lotse.accounts.actions.factors import request_factor_reset
from lotse.accounts.actions.invitations import accept_invitation, invite
from lotse.accounts.actors import Administrator, Invited
from lotse.accounts.models import FactorReset, Invitation, User
from lotse.accounts.notices import notify
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.accounts_queries import second_persons
from lotse.organisations.models import Organisation, Person

OTHER_ADDRESS = "Für diese Person ist eine andere Adresse eingetragen. Ändern kann sie, wer die Personen pflegt."
NO_ADDRESS = "Diese Person hat schon eine Rolle. Ihre Adresse trägt zuerst ein, wer die Personen pflegt."


@action("person.invited", "hat eine Person eingeladen")
def invite_person(
    *,
    by: Administrator,
    email: str,
    organisation: Organisation,
    person: Person | None = None,
    first_name: str = "",
    last_name: str = "",
) -> Invitation:
    """Somebody already on the list, or new on it. The person has no rights until somebody grants a role."""
    require(organisation.pk in by.organisation_ids)
    address = email.strip().lower()
    if person is None:
        person = Person(organisation=organisation, first_name=first_name, last_name=last_name, email=address)
        person.full_clean()
        person.save()
    require(person.organisation_id in by.organisation_ids)
    _refuse_a_borrowed_person(person, address)
    record(person)
    return invite(
        by=by, email=address, name=str(person), organisation_id=person.organisation_id, person_ref=person.public_id
    )


def _refuse_a_borrowed_person(person: Person, address: str) -> None:
    """Who administers accounts must not come in as somebody else: the address is on the list, kept by others (AU-02)."""
    listed = person.email.strip().lower()
    refuse_if(bool(listed) and listed != address, OTHER_ADDRESS, "email")
    refuse_if(not listed and person.memberships.exists(), NO_ADDRESS, "email")


@action("person.factor_reset_asked", "hat eine zweite Person gebeten, einen zweiten Faktor zurückzusetzen")
def ask_for_reset(*, by: Administrator, user: User, reason: str) -> FactorReset:
    """Everybody who could be the second person gets a mail."""
    reset = request_factor_reset(by=by, user=user, reason=reason)
    record(user.person)
    subject, template = "Bitte um Bestätigung: zweiter Faktor", "organisations/accounts/mail/second_person.txt"
    for person in second_persons(user.person, but={by.user_id, user.pk}):
        transaction.on_commit(lambda to=person.user: notify(to, subject, template, by=by.label))
    return reset


@action("person.joined", "hat jetzt ein Konto")
def join(*, by: Invited, password: str | None) -> User:
    """The invitation is used, and the new login belongs to the person it was meant for."""
    user = accept_invitation(by=by, password=password)
    invitation = by.invitation
    person = Person.objects.filter(
        public_id=invitation.person_ref, organisation_id=invitation.organisation_id, user=None
    ).first()
    if person:
        person.user = user
        person.save()
    record(person or invitation)
    return user
