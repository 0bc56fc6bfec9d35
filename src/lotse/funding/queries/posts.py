"""The posts of a grant over its years: who is on them, paid by it, and what stays vacant. Days are whole days, both ends in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.db.models import QuerySet

from lotse.funding.models import PartPost
from lotse.funding.queries import grants as of_grants
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, Post
from lotse.programmes.models import Grant, GrantAgency, PostFunding

NOTHING, DAY = Decimal(0), timedelta(1)


@dataclass(frozen=True)
class Span:
    fte: Decimal
    first: date
    last: date

    @property
    def fte_days(self) -> Decimal:
        return self.fte * ((self.last - self.first).days + 1)

    def holds_on(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Stay(Span):
    """Somebody on a post, paid out of the grant."""

    person: Person


@dataclass(frozen=True)
class PlanRow:
    """`post` is None for one that was applied for and is not there yet. `asked`: what was applied for."""

    post: Post | None
    title: str
    agency: Organisation
    stays: tuple[Stay, ...]
    asked: tuple[Span, ...]
    gaps: tuple[Span, ...]

    def filled_on(self, day: date) -> Decimal:
        return on_day(self.stays, day)


@dataclass(frozen=True)
class Month:
    """As it is on its last day. `asked`: None where no application names posts."""

    day: date
    funded: Decimal
    heads: int
    asked: Decimal | None
    vacant: Decimal


def on_day(spans: Iterable[Span], day: date) -> Decimal:
    return sum((span.fte for span in spans if span.holds_on(day)), NOTHING)


def years_of(grant: Grant) -> tuple[date, date]:
    return date(grant.first_year, 1, 1), date(grant.last_year, 12, 31)


def plan(actor: Actor, grant: Grant) -> list[PlanRow]:
    """Of the carriers that she sees, in the order of the agencies; three statements, however many posts."""
    return rows_of(grant, of_grants.carriers(actor, grant), *years_of(grant))


def rows_of(grant: Grant, carriers: QuerySet[Organisation], first: date, last: date) -> list[PlanRow]:
    agencies = GrantAgency.objects.filter(grant=grant, organisation__in=carriers)
    posts = Post.objects.filter(organisation__in=agencies.values("agency")).select_related("organisation__parent")
    stays, asked = _stays(grant, carriers, first, last), _asked(grant, carriers, first, last)
    rows = [_row(post, stays[post.pk], asked.pop(post.pk, []), first, last) for post in posts]
    rows += [_unknown(one, first, last) for found in asked.values() for one in found]
    return sorted(rows, key=lambda row: (row.agency.name, row.title, row.post.pk if row.post else 0))


def _stays(grant: Grant, carriers: QuerySet[Organisation], first: date, last: date) -> dict[int, list[Stay]]:
    """By post, clipped to the days asked for."""
    agencies = GrantAgency.objects.filter(grant=grant, organisation__in=carriers)
    paid = PostFunding.objects.filter(grant=grant, share__post__organisation__in=agencies.values("agency"))
    rows = paid.filter(valid_from__lte=last).exclude(valid_to__lt=first).select_related("share__person")
    found: dict[int, list[Stay]] = defaultdict(list)
    for row in rows.order_by("valid_from", "id"):
        begin, end = max(row.valid_from, first), min(row.valid_to or last, last)
        found[row.share.post_id].append(Stay(row.fte, begin, end, row.share.person))
    return found


def _asked(grant: Grant, carriers: QuerySet[Organisation], first: date, last: date) -> dict[int | None, list[PartPost]]:
    """By post; None: for a post that is not there yet."""
    rows = PartPost.objects.filter(part__application__grant=grant, organisation__in=carriers).select_related("agency")
    found: dict[int | None, list[PartPost]] = defaultdict(list)
    for row in rows.order_by("id"):
        if (row.starts_on or first) <= last and (row.ends_on or last) >= first:
            found[row.post_id].append(row)
    return found


def _row(post: Post, stays: Sequence[Stay], asked: Sequence[PartPost], first: date, last: date) -> PlanRow:
    """What should be filled: what was applied for, else the post as large as it is."""
    spans = tuple(_span(one, first, last) for one in asked)
    wanted = spans or (Span(post.fte, first, last),)
    return PlanRow(post, post.title, post.organisation, tuple(stays), spans, tuple(gaps(wanted, stays)))


def _unknown(asked: PartPost, first: date, last: date) -> PlanRow:
    span = _span(asked, first, last)
    return PlanRow(None, asked.title, asked.agency, (), (span,), (span,))


def _span(asked: PartPost, first: date, last: date) -> Span:
    return Span(asked.fte, max(asked.starts_on or first, first), min(asked.ends_on or last, last))


def gaps(wanted: Iterable[Span], filled: Iterable[Span]) -> list[Span]:
    """Where less is filled than wanted; neighbours of the same size are one."""
    wanted, filled = tuple(wanted), tuple(filled)
    cuts = sorted({day for span in (*wanted, *filled) for day in (span.first, span.last + DAY)})
    found: list[Span] = []
    for begin, end in pairwise(cuts):
        missing = on_day(wanted, begin) - on_day(filled, begin)
        if missing > 0 and found and (found[-1].fte, found[-1].last + DAY) == (missing, begin):
            found[-1] = Span(missing, found[-1].first, end - DAY)
        elif missing > 0:
            found.append(Span(missing, begin, end - DAY))
    return found


def vacancy_days(grant: Grant, year: int) -> dict[int, Decimal]:
    """By id of the post: days of a year times what was not filled (FTE); posts without a gap are not there."""
    carriers = Organisation.objects.filter(pk__in=GrantAgency.objects.filter(grant=grant).values("organisation"))
    rows = rows_of(grant, carriers, date(year, 1, 1), date(year, 12, 31))
    return {row.post.pk: sum((gap.fte_days for gap in row.gaps), NOTHING) for row in rows if row.post and row.gaps}


def months(grant: Grant, rows: Sequence[PlanRow]) -> list[Month]:
    return [month(rows, day) for day in _month_ends(grant)]


def month(rows: Sequence[PlanRow], day: date) -> Month:
    """One person on several posts is one head."""
    heads = {stay.person.pk for row in rows for stay in row.stays if stay.holds_on(day)}
    spans = [span for row in rows for span in row.asked]
    funded = sum((row.filled_on(day) for row in rows), NOTHING)
    vacant = sum((on_day(row.gaps, day) for row in rows), NOTHING)
    return Month(day, funded, len(heads), on_day(spans, day) if spans else None, vacant)


def _month_ends(grant: Grant) -> list[date]:
    begins = [date(year, number, 1) for year in grant.years for number in range(1, 13)]
    return [begin - DAY for begin in [*begins[1:], date(grant.last_year + 1, 1, 1)]]


def without_grant(actor: Actor, grant: Grant) -> int:
    """Shares that the programme pays on these posts, of which nobody has said out of which grant."""
    first, last = years_of(grant)
    agencies = GrantAgency.objects.filter(grant=grant, organisation__in=of_grants.carriers(actor, grant))
    rows = PostFunding.objects.filter(programme=grant.programme, grant=None, valid_from__lte=last)
    return rows.exclude(valid_to__lt=first).filter(share__post__organisation__in=agencies.values("agency")).count()
