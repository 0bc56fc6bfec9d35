"""FTE-days of posts that nobody filled: for each day, the part of the post that no share takes up."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from lotse.organisations.models import Post, PostShare
from lotse.programmes.models import Grant, GrantAgency

ONE_DAY = timedelta(days=1)
NOTHING = Decimal(0)


class Filled(NamedTuple):
    """From a day on, up to and including another; None: open."""

    fte: Decimal
    first: date
    last: date | None


def posts_funded(years: range) -> QuerySet[Post]:
    """Of agencies that a grant of these years pays for."""
    within = Q(grant__first_year__lte=years[-1], grant__last_year__gte=years[0])
    return Post.objects.filter(organisation__in=GrantAgency.objects.filter(within).order_by().values("agency"))


def vacancy_days(grant: Grant, year: int, today: date | None = None) -> dict[Post, Decimal]:
    """By post of the grant's agencies, in one of its years, up to today."""
    posts = list(Post.objects.filter(organisation__in=grant.agencies.order_by().values("agency")))
    days = unfilled(posts, date(year, 1, 1), min(date(year, 12, 31), today or timezone.localdate()))
    return {post: days[post.pk] for post in posts}


def unfilled(posts: Iterable[Post], first: date, last: date) -> dict[int, Decimal]:
    """FTE-days by id of the post; one statement."""
    known = {post.pk: post.fte for post in posts}
    shares: dict[int, list[Filled]] = defaultdict(list)
    rows = PostShare.objects.filter(post__in=known, valid_from__lte=last).order_by()
    for post, *share in rows.values_list("post", "fte", "valid_from", "valid_to"):
        shares[post].append(Filled(*share))
    return {post: unfilled_of(fte, shares[post], first, last) for post, fte in known.items()}


def unfilled_of(fte: Decimal, shares: Iterable[Filled], first: date, last: date) -> Decimal:
    """Both days belong to it. A post that is overfilled on some days makes up for no other day."""
    if last < first:
        return NOTHING
    end, within = last + ONE_DAY, [share for share in shares if share.last is None or share.last >= first]
    turns = {first, end, *(max(share.first, first) for share in within)}
    turns |= {min(share.last + ONE_DAY, end) for share in within if share.last}
    return sum(
        (_gap(fte, within, day) * (after - day).days for day, after in pairwise(sorted(turns)) if day < end), NOTHING
    )


def _gap(fte: Decimal, shares: Iterable[Filled], day: date) -> Decimal:
    filled = sum((s.fte for s in shares if s.first <= day and (s.last is None or day <= s.last)), NOTHING)
    return max(fte - filled, NOTHING)
