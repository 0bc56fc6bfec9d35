"""Who lives with the person, and what a counsellor should notice about them."""

from dataclasses import dataclass
from datetime import date, timedelta

from lotse.casework.enums import Relation
from lotse.casework.models import Client, HouseholdMember
from lotse.core.search import fold


@dataclass(frozen=True)
class Member:
    """A row of the household: `note` on the age, `twin` who may be the same person."""

    person: HouseholdMember
    note: str
    twin: HouseholdMember | None


def people_at_home(client: Client, today: date) -> list[Member]:
    """Who lives here first, then who has moved out; each with what a counsellor should notice."""
    members = sorted(client.members.all(), key=lambda m: not m.lives_here_on(today))
    return [Member(m, _note_on_age(m, today), _twin(m, members)) for m in members]


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
