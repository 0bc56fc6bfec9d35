"""Rounds of review, what they found, and how promptly a site writes things down."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lotse.casework.models import Client, Contact, FileReview, ReviewPoint, ReviewRound
from lotse.core.finding import found
from lotse.core.prepared import prepared
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Site

PROMPT_DAYS = 3


def quarter_of(day: date) -> date:
    """Its first day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def files_to_draw_from(site: Site) -> dict[int, list[str]]:
    """Open files of the site by counsellor, in an order that anybody can make again."""
    open_files = Client.objects.filter(
        site=site, cases__ended_on=None, restricted_on=None, erased_month=None
    ).distinct()
    found: dict[int, list[str]] = defaultdict(list)
    for counsellor, ref in open_files.order_by("public_id").values_list("responsible_id", "public_id"):
        found[counsellor].append(ref)
    return dict(sorted(found.items()))


def rounds(actor: Actor) -> list[ReviewRound]:
    rows = ReviewRound.objects.visible_to(actor).select_related("site", "reviewer", "drawn_by")
    numbers = {"files": Count("reviews"), "reviewed": Count("reviews", filter=Q(reviews__reviewed_on__isnull=False))}
    return list(rows.annotate(**numbers)[:20])


def get_round(actor: Actor, public_id: str) -> ReviewRound:
    return found(ReviewRound.objects.visible_to(actor).select_related("site", "reviewer", "drawn_by"), public_id)


def get_review(actor: Actor, client: Client, public_id: str) -> FileReview:
    reviews = FileReview.objects.visible_to(actor).filter(client=client, round__reviewer_id=actor.person_id)
    return found(reviews.select_related("round__site", "client"), public_id)


def open_points(actor: Actor) -> list[ReviewPoint]:
    """What reviews have found in her files and is still to be done."""
    if not actor.may(Permission.COUNSEL):
        return []
    return _open_points(tuple(sorted(actor.file_holder_ids)), actor.organisation_id)


@prepared
def _open_points(holders: tuple[int, ...], organisation_id: int) -> QuerySet[ReviewPoint]:
    mine = ReviewPoint.objects.filter(client__responsible_id__in=holders, done_on=None, organisation_id=organisation_id)
    return mine.select_related("client").order_by("due_on", "pk")[:20]


def get_point(actor: Actor, public_id: str) -> ReviewPoint:
    return found(ReviewPoint.objects.visible_to(actor).select_related("client"), public_id)


@dataclass(frozen=True)
class Timeliness:
    """Of one site, never of one person (model.md §10.3)."""

    site: str
    contacts: int
    median_days: float
    prompt_percent: int


def timeliness(actor: Actor, quarter: date) -> list[Timeliness]:
    """Days between contact and entry, for the sites whose files the actor reads."""
    if not actor.reviewed_site_ids:
        return []
    after = date(quarter.year + quarter.month // 10, (quarter.month + 2) % 12 + 1, 1)
    contacts = Contact.objects.visible_to(actor).filter(case__site_id__in=actor.reviewed_site_ids)
    entered: dict[str, list[int]] = defaultdict(list)
    rows = contacts.filter(on__gte=quarter, on__lt=after).order_by()
    for site, on, moment in rows.values_list("case__site__name", "on", "created_at"):
        entered[site].append(max(0, (timezone.localdate(moment) - on).days))
    return [_timeliness(site, days) for site, days in sorted(entered.items())]


def _timeliness(site: str, days: list[int]) -> Timeliness:
    prompt = sum(day <= PROMPT_DAYS for day in days)
    return Timeliness(site, len(days), median(days), round(100 * prompt / len(days)))
