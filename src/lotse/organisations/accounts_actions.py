"""Where a login meets a person: who is invited, and who has come."""

from lotse.accounts.actions.invitations import accept_invitation, invite
from lotse.accounts.actors import Administrator, Invited
from lotse.accounts.models import Invitation, User
from lotse.auditlog.door import action, record, require
from lotse.organisations.models import Organisation, Person


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
    record(person)
    return invite(
        by=by, email=address, name=str(person), organisation_id=person.organisation_id, person_ref=person.public_id
    )


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
