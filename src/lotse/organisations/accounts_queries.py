"""Who administers which accounts. Content of files is nowhere in here."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lotse.accounts.actors import Administrator, Confirmer
from lotse.accounts.models import FactorReset, Invitation, User
from lotse.core.errors import NotAllowed
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Organisation, Person
from lotse.organisations.roles import ROLES

CONFIRMS = frozenset({Permission.MANAGE_ACCOUNTS, Permission.CONFIRM_FILE_ACCESS})


def administrator(actor: Actor | None) -> Administrator:
    """`NotAllowed` for everybody who does not administer accounts."""
    if not (actor and actor.user_id and actor.may(Permission.MANAGE_ACCOUNTS)):
        raise NotAllowed("Zugänge verwaltet die Systemadministration.")
    organisations = _organisations_with(actor, frozenset({Permission.MANAGE_ACCOUNTS}))
    return Administrator(
        actor.ref, actor.label, actor.organisation_id, actor.user_id, organisations, _accounts_in(organisations)
    )


def confirmer(actor: Actor | None) -> Confirmer:
    """The second person: whoever administers accounts or confirms access to files."""
    if not (actor and actor.user_id and actor.permissions & CONFIRMS):
        raise NotAllowed("Das bestätigen Systemadministration, Fachleitung oder Geschäftsführung.")
    accounts = _accounts_in(_organisations_with(actor, CONFIRMS))
    return Confirmer(actor.ref, actor.label, actor.organisation_id, actor.user_id, accounts)


def _organisations_with(actor: Actor, permissions: frozenset[Permission]) -> frozenset[int]:
    """Where one of her roles carries the permission, and everything below."""
    keys = [key for key, role in ROLES.items() if role.permissions & permissions]
    held = Membership.objects.in_force(timezone.localdate()).filter(person_id=actor.person_id, role__in=keys)
    below = Q()
    for root in held.values_list("organisation__path", flat=True):
        below |= Q(path__startswith=root)
    return frozenset(Organisation.objects.filter(below).values_list("pk", flat=True)) if below else frozenset()


def _accounts_in(organisations: frozenset[int]) -> frozenset[int]:
    people = Person.objects.filter(organisation_id__in=organisations, user__isnull=False)
    return frozenset(people.values_list("user_id", flat=True))


def accounts_of(by: Administrator) -> QuerySet[User]:
    """With `has_factor`, so that the list costs one statement."""
    factor = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    users = User.objects.filter(pk__in=by.account_ids).select_related("person", "person__organisation")
    return users.annotate(has_factor=Exists(factor)).order_by("person__last_name", "person__first_name", "pk")


def account_for(by: Administrator, public_id: str) -> User:
    return found(accounts_of(by), public_id)


def open_invitations(by: Administrator) -> QuerySet[Invitation]:
    return Invitation.objects.open().filter(organisation_id__in=by.organisation_ids)


def open_invitation(by: Administrator, public_id: str) -> Invitation:
    return found(open_invitations(by), public_id)


def open_resets(by: Confirmer | Administrator) -> QuerySet[FactorReset]:
    waiting = FactorReset.objects.filter(user_id__in=by.account_ids, confirmed_at=None, dropped_at=None)
    return waiting.select_related("user__person", "requested_by__person")


def resets_to_confirm(actor: Actor) -> int:
    """How many wait for her as the second person. No statement for who never confirms, mostly one for the others."""
    if not (actor.user_id and actor.permissions & CONFIRMS):
        return 0
    asked = FactorReset.objects.filter(confirmed_at=None, dropped_at=None)
    of_others = asked.exclude(requested_by_id=actor.user_id).exclude(user_id=actor.user_id)
    return of_others.filter(user_id__in=confirmer(actor).account_ids).count() if of_others.exists() else 0


def open_reset(by: Confirmer, public_id: str) -> FactorReset:
    return found(open_resets(by), public_id)


def second_persons(owner: Person, *, but: set[int]) -> list[Person]:
    """Who could confirm for this owner: with such a role where she works or above, and a login."""
    keys = [key for key, role in ROLES.items() if role.permissions & CONFIRMS]
    held = Membership.objects.in_force(timezone.localdate()).filter(role__in=keys, person__user__is_active=True)
    held = held.exclude(person__user_id__in=but).select_related("person__user", "organisation")
    above = [membership for membership in held if owner.organisation.path.startswith(membership.organisation.path)]
    return list({membership.person_id: membership.person for membership in above}.values())


def people_without_account(by: Administrator) -> list[Person]:
    """Of her organisation's people, those who could be invited."""
    people = Person.objects.filter(organisation_id__in=by.organisation_ids, user=None, left_on=None)
    return list(people.select_related("organisation"))


def administered_organisations(by: Administrator) -> list[Organisation]:
    """Her own first."""
    administered = Organisation.objects.filter(pk__in=by.organisation_ids)
    return sorted(administered, key=lambda organisation: organisation.pk != by.organisation_id)
