"""Rights: roles and deputies are granted by one person and, where they open files, confirmed by another (OR-02, OR-03)."""

from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations import notices, rights, rules
from lotse.organisations.actions.shared import locked, log_of, managed, require_manager, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Deputy, Membership, Organisation, Person, Site
from lotse.organisations.roles import ROLES

G = TypeVar("G", Membership, Deputy)

NOT_HERSELF = "Niemand erteilt sich selbst ein Recht. Bitte eine andere Person darum bitten."
NOT_SECOND = "Bestätigen muss eine zweite Person aus Fachleitung oder Geschäftsführung."
HAS_LEFT = "Diese Person ist dann nicht mehr im Dienst."
AWAY = "Diese Rolle öffnet Akten. Das geht nur beim Träger, bei dem die Person angestellt ist."


@action("role.granted", "hat eine Rolle erteilt")
def grant_role(
    *,
    by: Actor,
    person: Person,
    role: str,
    organisation: Organisation,
    valid_from: date,
    valid_to: date | None = None,
    site: Site | None = None,
    reason: str = "",
) -> Membership:
    """In force at once, or, where the role opens files, once a second person has confirmed it."""
    where = managed(by, organisation)
    require_manager(by, person.organisation_id)
    refuse_if(not rules.is_for_another(by, person), NOT_HERSELF, "person")
    holder = locked(person)
    made = Membership(person=holder, role=role, organisation=where, site=site, reason=reason)
    made.valid_from, made.valid_to = valid_from, valid_to
    made.needs_confirmation, made.granted_by_id = ROLES[role].needs_second_person, by.person_id
    _refuse_odd_role(made)
    save_checked(made)
    record(made, organisation_id=log_of(where), role=role, valid_from=valid_from, valid_to=valid_to)
    _tell_of_role(made)
    return made


def _refuse_odd_role(made: Membership) -> None:
    role = ROLES[made.role]
    refuse_if(not made.person.is_at_work_on(made.valid_from), HAS_LEFT, "person")
    refuse_if(role.opens_files and not rules.role_is_at_home(made.person, made.organisation), AWAY, "person")
    foreign = made.site is not None and made.site.organisation_id != made.organisation_id
    refuse_if(foreign, "Diese Beratungsstelle gehört zu einer anderen Organisation.", "site")
    refuse_if(role.key == "technical_lead" and made.site is None, "Für welche Beratungsstelle? Bitte wählen.", "site")
    same = Membership.objects.filter(person=made.person, role=made.role, organisation=made.organisation, site=made.site)
    until = Q() if made.valid_to is None else Q(valid_from__lte=made.valid_to)
    overlapping = same.filter(until).filter(Q(valid_to=None) | Q(valid_to__gte=made.valid_from))
    refuse_if(overlapping.exists(), "Diese Rolle hat die Person in diesem Zeitraum schon.", "role")


def _tell_of_role(made: Membership) -> None:
    name = ROLES[made.role].name
    if made.is_waiting:
        text = f"Die Rolle {name} für {made.person} wartet auf Ihre Bestätigung."
        notices.notify(rights.who_may_confirm(made), "Eine Rolle wartet auf Bestätigung", text)
        return
    text = f"Sie haben ab {made.valid_from:%d.%m.%Y} die Rolle {name}."
    notices.notify([made.person], "Sie haben eine neue Rolle", text)


@action("deputy.arranged", "hat eine Vertretung eingetragen")
def arrange_deputy(
    *, by: Actor, person: Person, deputy: Person, valid_from: date, valid_to: date, reason: str
) -> Deputy:
    """For a time with an end; opens the files of `person` to `deputy` once a second person has confirmed it."""
    require(rules.may_arrange_deputy(by, person), "Vertretungen trägt die Person selbst oder ihre Leitung ein.")
    require(deputy.organisation_id == person.organisation_id, "Vertreten kann nur jemand vom selben Träger.")
    refuse_if(not rules.is_for_another(by, deputy), NOT_HERSELF, "deputy")
    refuse_if(not reason.strip(), "Bitte den Grund angeben, zum Beispiel Urlaub.", "reason")
    stands_in = locked(deputy)
    refuse_if(not stands_in.is_at_work_on(valid_to), HAS_LEFT, "deputy")
    made = Deputy(person=person, deputy=stands_in, valid_from=valid_from, valid_to=valid_to, reason=reason)
    made.granted_by_id = by.person_id
    save_checked(made)
    record(made, organisation_id=person.organisation_id, valid_from=valid_from, valid_to=valid_to)
    text = f"{made.deputy} soll {made.person} vertreten. Das wartet auf Ihre Bestätigung."
    notices.notify(rights.who_may_confirm(made), "Eine Vertretung wartet auf Bestätigung", text)
    return made


@action("role.confirmed", "hat eine Rolle bestätigt")
def confirm_role(*, by: Actor, membership: Membership) -> Membership:
    fresh = _confirmed(by, membership)
    record(fresh, organisation_id=log_of(fresh.organisation), fields=["confirmed_at"], role=fresh.role)
    text = (
        f"Die Rolle {ROLES[fresh.role].name} für {fresh.person} ist bestätigt und gilt ab {fresh.valid_from:%d.%m.%Y}."
    )
    notices.notify(rights.affected_by(fresh), "Eine Rolle ist bestätigt", text)
    return fresh


@action("deputy.confirmed", "hat eine Vertretung bestätigt")
def confirm_deputy(*, by: Actor, deputy: Deputy) -> Deputy:
    fresh = _confirmed(by, deputy)
    record(fresh, organisation_id=fresh.person.organisation_id, fields=["confirmed_at"])
    period = f"vom {fresh.valid_from:%d.%m.%Y} bis {fresh.valid_to:%d.%m.%Y}"
    notices.notify(
        rights.affected_by(fresh), "Eine Vertretung ist bestätigt", f"{fresh.deputy} vertritt {fresh.person} {period}."
    )
    return fresh


def _confirmed(by: Actor, grant: G) -> G:
    fresh = _awaiting(by, grant)
    fresh.confirmed_by_id, fresh.confirmed_at = by.person_id, timezone.now()
    return save_checked(fresh)


def _awaiting(by: Actor, grant: G) -> G:
    """The grant, locked; refused to everybody who is not its second person, and when it is decided already."""
    fresh = locked(grant)
    require(rules.is_second_person(by, fresh) and rights.confirms(by, fresh), NOT_SECOND)
    refuse_if(not fresh.is_waiting, "Das ist schon entschieden.")
    return fresh


@action("role.declined", "hat eine Rolle abgelehnt")
def decline_role(*, by: Actor, membership: Membership) -> None:
    fresh = _awaiting(by, membership)
    record(fresh, organisation_id=log_of(fresh.organisation), role=fresh.role)
    text = f"Die Rolle {ROLES[fresh.role].name} für {fresh.person} wurde nicht bestätigt."
    notices.notify(rights.affected_by(fresh), "Eine Rolle wurde abgelehnt", text)
    fresh.delete()


@action("deputy.declined", "hat eine Vertretung abgelehnt")
def decline_deputy(*, by: Actor, deputy: Deputy) -> None:
    fresh = _awaiting(by, deputy)
    record(fresh, organisation_id=fresh.person.organisation_id)
    text = f"Dass {fresh.deputy} {fresh.person} vertritt, wurde nicht bestätigt."
    notices.notify(rights.affected_by(fresh), "Eine Vertretung wurde abgelehnt", text)
    fresh.delete()


@action("role.ended", "hat eine Rolle beendet")
def end_role(*, by: Actor, membership: Membership, on: date) -> None:
    require_manager(by, membership.organisation_id)
    fresh = locked(membership)
    record(fresh, organisation_id=log_of(fresh.organisation), fields=["valid_to"], role=fresh.role, valid_to=on)
    text = f"Die Rolle {ROLES[fresh.role].name} für {fresh.person} endet am {on:%d.%m.%Y}."
    notices.notify(rights.affected_by(fresh), "Eine Rolle endet", text)
    _end(fresh, on)


@action("deputy.ended", "hat eine Vertretung beendet")
def end_deputy(*, by: Actor, deputy: Deputy, on: date) -> None:
    """Giving a right up needs no second person: who stands in may end it as well."""
    fresh = locked(deputy)
    require(by.person_id == fresh.deputy_id or rules.may_arrange_deputy(by, fresh.person))
    record(fresh, organisation_id=fresh.person.organisation_id, fields=["valid_to"], valid_to=on)
    text = f"Die Vertretung von {fresh.person} durch {fresh.deputy} endet am {on:%d.%m.%Y}."
    notices.notify(rights.affected_by(fresh), "Eine Vertretung endet", text)
    _end(fresh, on)


def _end(grant: Membership | Deputy, on: date) -> None:
    """A right is only ever shortened here: to have it longer, it is granted anew. One that never began goes away."""
    already = grant.valid_to is not None and grant.valid_to < on
    refuse_if(already, "Das endet schon früher. Für länger bitte neu erteilen.", "on")
    if on < grant.valid_from:
        grant.delete()
        return
    grant.valid_to = on
    save_checked(grant)
