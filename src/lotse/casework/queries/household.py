"""Who lives with the person, and what a counsellor should notice about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from lotse.casework.enums import Relation
from lotse.casework.models import Client, HouseholdMember
from lotse.core.fields import format_partial_date
from lotse.core.search import fold
from lotse.organisations.actor import Actor

NAMES = ("public_id", "number", "first_name", "last_name", "birth_date", "organisation")


@dataclass(frozen=True)
class Member:
    """A row of the household: `note` on the age, `twin` who may be the same person, `file` her own where one may see it.

    `may_have_file`: grown up, or moved out, and not yet advised herself.
    """

    person: HouseholdMember
    note: str
    twin: HouseholdMember | None
    file: Client | None = None
    may_have_file: bool = False


def people_at_home(client: Client, today: date, family: Iterable[Client] = ()) -> list[Member]:
    """Who lives here first, then who has moved out; each with what a counsellor should notice."""
    members = sorted(client.members.all(), key=lambda m: not m.lives_here_on(today))
    files = {other.pk: other for other in family}
    return [
        Member(m, _note_on_age(m, today), _twin(m, members), files.get(m.own_file_id or 0), _may_have_file(m, today))
        for m in members
    ]


def family_files(actor: Actor, client: Client) -> list[Client]:
    """Files of relatives that the actor may see: the same household, and who is linked with a row of it."""
    linked = client.members.exclude(own_file=None).values("own_file")
    family = Q(household_id=client.household_id) | Q(pk__in=linked) | Q(pk__in=client.member_rows.values("client"))
    return list(Client.objects.visible_to(actor, one=True).filter(family).exclude(pk=client.pk).only(*NAMES))


def own_file_of(member: HouseholdMember) -> dict[str, Any]:
    """What is known already, as the form for a new person takes it: nobody types it twice."""
    *given, last = member.name.split() or [""]
    return {
        "first_name": " ".join(given) or last,
        "last_name": last if given else member.client.last_name,
        "birth": format_partial_date(member.birth_date, member.birth_precision),
        "gender": member.gender,
        "nationality": member.nationality,
        "country_of_origin": member.client.country_of_origin,
        "contact_language": member.client.contact_language,
        "interpreter_needed": member.client.interpreter_needed,
        "address": member.residence_place or (member.client.address if not member.left_household_on else ""),
    }


def _may_have_file(member: HouseholdMember, today: date) -> bool:
    if member.own_file_id:
        return False
    return member.is_minor_on(today) is False or not member.lives_here_on(today)


def _note_on_age(member: HouseholdMember, today: date) -> str:
    adult_on = member.turns_adult_on()
    if adult_on is None or member.relation != Relation.CHILD:
        return ""
    if adult_on <= today:
        return "volljährig"
    return f"wird am {adult_on:%d.%m.%Y} 18" if adult_on <= today + timedelta(days=365) else ""


def _twin(member: HouseholdMember, members: list[HouseholdMember]) -> HouseholdMember | None:
    """Somebody else of the household who may be the same person: same name, or same birth date and relation."""
    return next((other for other in members if other.pk != member.pk and _alike(member, other)), None)


def _alike(a: HouseholdMember, b: HouseholdMember) -> bool:
    same_birth = a.birth_date == b.birth_date and a.birth_date is not None
    same_name = fold(a.name) == fold(b.name) and bool(a.name)
    if same_name:
        return same_birth or None in (a.birth_date, b.birth_date)
    return same_birth and a.relation == b.relation and not (a.name and b.name)
