"""Which posts a grant pays for, and what of them nobody fills."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from lotse.funding.models import PartPost
from lotse.organisations.models import Person, Post, PostShare
from lotse.programmes.models import Grant, GrantAgency, PostFunding

NOTHING, DAY = Decimal(0), timedelta(1)
Grants = Collection[Grant] | QuerySet[Grant]


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
    """Somebody on a post."""

    person: Person


def on_day(spans: Iterable[Span], day: date) -> Decimal:
    return sum((span.fte for span in spans if span.holds_on(day)), NOTHING)


def years_of(grant: Grant) -> tuple[date, date]:
    return date(grant.first_year, 1, 1), date(grant.last_year, 12, 31)


def posts_of(grants: Grants) -> QuerySet[Post]:
    """What they pay or are asked for; of their agencies, the posts too of which nobody has said out of which grant they are paid."""
    agencies = GrantAgency.objects.filter(grant__in=grants).order_by().values("agency")
    asked = PartPost.objects.filter(part__application__grant__in=grants, post__isnull=False).order_by().values("post")
    mine = _named().filter(grant__in=grants).values("share__post")
    unnamed = Q(organisation__in=agencies) & ~Q(pk__in=_named().values("share__post"))
    return Post.objects.filter(Q(pk__in=mine) | Q(pk__in=asked) | unnamed)


def _named() -> QuerySet[PostFunding]:
    return PostFunding.objects.exclude(grant=None).order_by()


def paid_stays(grants: Grants, posts: QuerySet[Post], first: date, last: date) -> dict[int, list[Stay]]:
    """By post: who is paid out of the grants, clipped to these days."""
    rows = PostFunding.objects.filter(grant__in=grants, share__post__in=posts).select_related("share__person")
    return _by_post(((row.share.post_id, row, row.share.person) for row in _within(rows, first, last)), first, last)


def other_stays(posts: QuerySet[Post], first: date, last: date) -> dict[int, list[Stay]]:
    """By post: who is on it, where no funding says out of which grant."""
    rows = PostShare.objects.filter(post__in=posts).exclude(post__in=_named().values("share__post"))
    rows = _within(rows.select_related("person"), first, last)
    return _by_post(((row.post_id, row, row.person) for row in rows), first, last)


def _within(rows: QuerySet, first: date, last: date) -> QuerySet:
    return rows.filter(valid_from__lte=last).exclude(valid_to__lt=first).order_by("valid_from", "id")


def _by_post(rows: Iterable[tuple[int, Any, Person]], first: date, last: date) -> dict[int, list[Stay]]:
    found: dict[int, list[Stay]] = defaultdict(list)
    for post, row, person in rows:
        found[post].append(Stay(row.fte, max(row.valid_from, first), min(row.valid_to or last, last), person))
    return found


def asked_posts(rows: QuerySet[PartPost], first: date, last: date) -> dict[int | None, list[tuple[PartPost, Span]]]:
    """By post; None: for a post that is not there yet. Clipped to these days and to those of its grant."""
    found: dict[int | None, list[tuple[PartPost, Span]]] = defaultdict(list)
    for row in rows.select_related("agency", "part__application__grant").order_by("id"):
        begin, end = years_of(row.part.application.grant)
        span = Span(row.fte, max(row.starts_on or begin, begin, first), min(row.ends_on or end, end, last))
        if span.first <= span.last:
            found[row.post_id].append((row, span))
    return found


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


def gaps_of(post: Post, asked: Iterable[Span], filled: Iterable[Span], first: date, last: date) -> list[Span]:
    """What should be filled: what was applied for, else the post as large as it is."""
    return gaps(tuple(asked) or (Span(post.fte, first, last),), filled)


def vacancy_days(posts: QuerySet[Post], grants: Grants, first: date, last: date) -> dict[int, Decimal]:
    """By id of the post: days times what was not filled (FTE), both days included; posts without a gap are not there."""
    if last < first:
        return {}
    paid, others = paid_stays(grants, posts, first, last), other_stays(posts, first, last)
    asked = asked_posts(PartPost.objects.filter(part__application__grant__in=grants), first, last)
    found = {}
    for post in posts:
        spans = [span for _row, span in asked.get(post.pk, [])]
        found[post.pk] = gaps_of(post, spans, [*paid[post.pk], *others[post.pk]], first, last)
    return {pk: sum((gap.fte_days for gap in open_ones), NOTHING) for pk, open_ones in found.items() if open_ones}
