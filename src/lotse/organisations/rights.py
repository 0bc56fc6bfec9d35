"""Reading rights: who has which role, who stands in for whom, and what waits for whose confirmation."""

from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from lotse.organisations import rules
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Deputy, Membership, Organisation, Person
from lotse.organisations.roles import CONFIRMING_ROLES, COUNSELLING_ROLES

PEOPLE = ("person__user", "granted_by", "confirmed_by")


def roles_of(actor: Actor, organisation: Organisation, day: date, ended: bool = False) -> QuerySet[Membership]:
    """Who has which role on a day, by name; with `ended` also what was over by then."""
    rows = Membership.objects.visible_to(actor).filter(organisation=organisation)
    return _on(rows, day, ended).select_related("site", *PEOPLE).annotate(name_key=F("person__name_key"))


def deputies_of(actor: Actor, organisation: Organisation, day: date, ended: bool = False) -> QuerySet[Deputy]:
    rows = Deputy.objects.visible_to(actor).filter(person__organisation=organisation)
    return _on(rows, day, ended).select_related("deputy", *PEOPLE).annotate(name_key=F("person__name_key"))


def _on(rows: QuerySet, day: date, ended: bool) -> QuerySet:
    return rows.filter(valid_from__lte=day) if ended else rows.valid_on(day)


def _confirming(employer: Organisation, day: date) -> QuerySet[Membership]:
    """The roles by which somebody confirms for people employed here: at this organisation or above it."""
    above = [int(pk) for pk in employer.path.strip("/").split("/")]
    return Membership.objects.in_force(day).filter(role__in=CONFIRMING_ROLES, organisation_id__in=above)


def confirms(actor: Actor, grant: Membership | Deputy) -> bool:
    """Technical lead or carrier management where the person is employed, or above."""
    found = _confirming(grant.person.organisation, timezone.localdate()).filter(person_id=actor.person_id)
    return found.exists()


def who_may_confirm(grant: Membership | Deputy) -> list[Person]:
    roles = _confirming(grant.person.organisation, timezone.localdate())
    others = Person.objects.filter(pk__in=roles.values("person_id")).exclude(pk=grant.granted_by_id)
    return list(others.exclude(pk=grant.holder_id).at_work_on(timezone.localdate()).select_related("user"))


def affected_by(grant: Membership | Deputy) -> list[Person]:
    """Who gains, who is stood in for, who asked."""
    ids = {grant.person_id, grant.holder_id, grant.granted_by_id} - {None}
    return list(Person.objects.filter(pk__in=ids).select_related("user"))


def awaiting_confirmation(actor: Actor) -> list[Membership | Deputy]:
    """Rights that wait for this second person. No statement for who never confirms, three for the others."""
    if not actor.may(Permission.CONFIRM_FILE_ACCESS):
        return []
    today = timezone.localdate()
    below = _employed_where_she_confirms(actor, today)
    if below is None:
        return []
    roles = Membership.objects.awaiting(today).filter(below).select_related("organisation", "site", *PEOPLE)
    deputies = Deputy.objects.awaiting(today).filter(below).select_related("deputy__user", *PEOPLE)
    waiting = [*roles.order_by("valid_from", "id"), *deputies.order_by("valid_from", "id")]
    return [grant for grant in waiting if rules.is_second_person(actor, grant)]


def _employed_where_she_confirms(actor: Actor, day: date) -> Q | None:
    held = Membership.objects.in_force(day).filter(person_id=actor.person_id, role__in=CONFIRMING_ROLES)
    below = [
        Q(person__organisation__path__startswith=path) for path in held.values_list("organisation__path", flat=True)
    ]
    return below[0] if len(below) == 1 else (Q(*below, _connector=Q.OR) if below else None)


def possible_deputies(person: Person, day: date) -> list[Person]:
    """Colleagues who counsel: only to them does a deputy's right open anything."""
    counselling = Membership.objects.in_force(day).filter(role__in=COUNSELLING_ROLES).values("person_id")
    colleagues = Person.objects.filter(organisation_id=person.organisation_id, pk__in=counselling).at_work_on(day)
    return list(colleagues.exclude(pk=person.pk).select_related("user").order_by("name_key", "id"))
