"""Formats, who belongs to them, and what was agreed."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lotse.core.finding import found
from lotse.core.search import fold
from lotse.network.enums import TEAMS, Function
from lotse.network.models import Charter, Mandate, Meeting, Member, NetworkFormat
from lotse.network.packaged import Kind, kinds
from lotse.network.queries.rhythm import Standing, standings
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission


def format_list(actor: Actor, *, ended: bool = False) -> list[NetworkFormat]:
    rows = NetworkFormat.objects.visible_to(actor).filter(ended_on__isnull=not ended)
    counted = rows.annotate(
        agreed=Count("charters", filter=Q(charters__agreed_on__isnull=False), distinct=True),
        speakers=Count("members", filter=_speaks(timezone.localdate()), distinct=True),
    )
    return list(counted.select_related("organisation"))


def running_formats(actor: Actor) -> list[tuple[NetworkFormat, Standing]]:
    """With where each stands today; asked once for a request, because a page and its list of work both want them."""

    def ask() -> list[tuple[NetworkFormat, Standing]]:
        rows = format_list(actor)
        known = standings(rows, timezone.localdate())
        return [(row, known[row.pk]) for row in rows]

    return actor.know("network.formats", ask)


def _speaks(today: date) -> Q:
    in_force = Q(members__valid_from__lte=today) & (Q(members__valid_to=None) | Q(members__valid_to__gte=today))
    return in_force & Q(members__function=Function.SPEAKER)


def organised(actor: Actor) -> list[NetworkFormat]:
    """Running ones whose dates she keeps, in order of their names."""
    return list(NetworkFormat.objects.arranged_by(actor).running().select_related("organisation"))


def kinds_for(actor: Actor) -> dict[str, Kind]:
    """What she can begin, by key: who leads a team its two meetings."""
    is_organiser = actor.may(Permission.ORGANISE_NETWORK)
    return {key: one for key, one in kinds().items() if is_organiser or key in TEAMS}


def get_format(actor: Actor, public_id: str) -> NetworkFormat:
    return found(NetworkFormat.objects.visible_to(actor).select_related("organisation", "reports_to"), public_id)


def possible_targets(actor: Actor, format: NetworkFormat | None) -> list[NetworkFormat]:
    """To whom a format could pass on its topics: any other running one of the house."""
    rows = NetworkFormat.objects.organised_by(actor).running()
    return list(rows.exclude(pk=format.pk) if format else rows)


def members_of(actor: Actor, format: NetworkFormat) -> list[Member]:
    """Those of today, who speaks and moderates first."""
    rows = Member.objects.visible_to(actor).filter(format=format).valid_on(timezone.localdate())
    order = [Function.SPEAKER, Function.MODERATOR, Function.ORGANISER, Function.MEMBER]
    return sorted(
        rows.select_related("person"), key=lambda member: (order.index(Function(member.function)), member.name)
    )


def get_member(actor: Actor, format: NetworkFormat, public_id: str) -> Member:
    rows = Member.objects.visible_to(actor).filter(format=format)
    return found(rows.select_related("format", "person"), public_id)


def with_mandate(actor: Actor, format: NetworkFormat) -> set[int]:
    """Who of its members holds a mandate for it today; empty where none is needed."""
    if not format.needs_mandate:
        return set()
    rows = Mandate.objects.visible_to(actor).filter(format=format).in_force_on(timezone.localdate())
    return set(rows.values_list("person_id", flat=True))


def charters_of(actor: Actor, format: NetworkFormat) -> list[Charter]:
    return list(Charter.objects.visible_to(actor).filter(format=format))


def get_charter(actor: Actor, format: NetworkFormat, public_id: str) -> Charter:
    rows = Charter.objects.visible_to(actor).filter(format=format)
    return found(rows.select_related("format__organisation"), public_id)


def agreed_charter(format: NetworkFormat) -> Charter | None:
    """The version that holds, for who was invited by link."""
    agreed = Charter.objects.filter(format=format, agreed_on__isnull=False).select_related("format__organisation")
    return agreed.order_by("-version").first()


def meetings_of(actor: Actor, format: NetworkFormat) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(actor).filter(format=format)


def search_formats(actor: Actor, text: str, limit: int = 10) -> list[NetworkFormat]:
    """By any word of the name."""
    key = fold(text)
    return list(NetworkFormat.objects.visible_to(actor).filter(name_key__contains=key)[:limit]) if key else []
