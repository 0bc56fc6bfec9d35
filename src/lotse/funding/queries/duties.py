"""A carrier's duties of a year with those of the year before beside them; and of all carriers, for the district."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.funding.enums import DutyState
from lotse.funding.models import DutyCheck
from lotse.funding.packaged import Point, duties_of
from lotse.funding.queries.own_shares import OwnShare, own_shares
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches
from lotse.programmes.models import GrantAgency


@dataclass(frozen=True)
class Standing:
    """A point in a year: what somebody entered, or what the books say. `state` None: open."""

    point: Point
    state: DutyState | None
    check: DutyCheck | None = None
    own_share: OwnShare | None = None
    before: DutyState | None = None

    @property
    def tone(self) -> str:
        return tone_of(self.state)

    @property
    def words(self) -> str:
        return words_of(self.state)

    @property
    def words_before(self) -> str:
        return words_of(self.before) if self.before else ""


def tone_of(state: DutyState | None) -> str:
    return (
        {DutyState.YES: "good", DutyState.PARTLY: "warn", DutyState.NO: "bad"}.get(state, "none") if state else "none"
    )


def words_of(state: DutyState | None) -> str:
    return str(DutyState(state).label) if state else "offen"


def carriers(actor: Actor) -> QuerySet[Organisation]:
    """That have an agency in a grant, of those whose funds she keeps."""
    funded = GrantAgency.objects.order_by().values("organisation")
    return Organisation.objects.filter(in_branches(actor.funded_paths), pk__in=funded).order_by("name", "id")


def get_carrier(actor: Actor, public_id: str) -> Organisation:
    return found(carriers(actor), public_id)


def get_check(actor: Actor, public_id: str) -> DutyCheck:
    return found(DutyCheck.objects.visible_to(actor).select_related("file"), public_id)


def find_check(actor: Actor, carrier: Organisation, year: int, key: str) -> DutyCheck | None:
    return DutyCheck.objects.visible_to(actor).filter(organisation=carrier, year=year, key=key).first()


def standings(houses: Sequence[Organisation], year: int, today: date) -> dict[Organisation, list[Standing]]:
    """Point by point; the number of statements does not grow with the carriers."""
    ids = [house.pk for house in houses]
    rows = DutyCheck.objects.filter(organisation__in=ids, year__in=(year, year - 1))
    checks = {(row.organisation_id, row.year, row.key): row for row in rows.select_related("file", "checked_by")}
    shares, before = own_shares(ids, year), own_shares(ids, year - 1)
    points = duties_of(year).points

    def standing(house: Organisation, point: Point) -> Standing:
        if point.reads:
            own = shares[house.pk]
            now, then = own.state(is_over=year < today.year), before[house.pk].state(is_over=year <= today.year)
            return Standing(point, now, own_share=own, before=then)
        check, earlier = (checks.get((house.pk, one, point.key)) for one in (year, year - 1))
        return Standing(point, _state(check), check, before=_state(earlier))

    return {house: [standing(house, point) for point in points] for house in houses}


def _state(check: DutyCheck | None) -> DutyState | None:
    return DutyState(check.state) if check else None
