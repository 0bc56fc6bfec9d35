"""The posts of a grant over its years: who is on them, paid by it, and what stays vacant. Days are whole days, both ends in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from lotse.funding.models import PartPost
from lotse.funding.queries import grants as of_grants
from lotse.funding.queries.vacancies import (
    DAY,
    NOTHING,
    Span,
    Stay,
    asked_posts,
    gaps_of,
    on_day,
    other_stays,
    paid_stays,
    posts_of,
    years_of,
)
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Post
from lotse.programmes.models import Grant, GrantAgency, PostFunding


@dataclass(frozen=True)
class PlanRow:
    """`post` is None for one that was applied for and is not there yet. `asked`: what was applied for.

    `is_unnamed`: somebody is on it, and nobody has said out of which grant.
    """

    post: Post | None
    title: str
    agency: Organisation
    stays: tuple[Stay, ...]
    asked: tuple[Span, ...]
    gaps: tuple[Span, ...]
    is_unnamed: bool = False

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


def plan(actor: Actor, grant: Grant) -> list[PlanRow]:
    """Of the carriers that she sees, in the order of the agencies; four statements, however many posts."""
    return rows_of(grant, of_grants.carriers(actor, grant), *years_of(grant))


def rows_of(grant: Grant, carriers: QuerySet[Organisation], first: date, last: date) -> list[PlanRow]:
    agencies = GrantAgency.objects.filter(grant=grant, organisation__in=carriers).order_by().values("agency")
    posts = posts_of([grant]).filter(organisation__in=agencies).select_related("organisation__parent")
    paid, others = paid_stays([grant], posts, first, last), other_stays(posts, first, last)
    asked = asked_posts(PartPost.objects.filter(part__application__grant=grant, organisation__in=carriers), first, last)
    rows = []
    for post in posts:
        spans = tuple(span for _row, span in asked.pop(post.pk, []))
        open_ones = gaps_of(post, spans, [*paid[post.pk], *others[post.pk]], first, last)
        rows.append(
            PlanRow(
                post,
                post.title,
                post.organisation,
                tuple(paid[post.pk]),
                spans,
                tuple(open_ones),
                bool(others[post.pk]),
            )
        )
    rows += [
        PlanRow(None, row.title, row.agency, (), (span,), (span,)) for found in asked.values() for row, span in found
    ]
    return sorted(rows, key=lambda row: (row.agency.name, row.title, row.post.pk if row.post else 0))


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
