"""Requests for money beside the grant, what they say of posts, and what became of the money."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from lotse.catalogues.loader import label
from lotse.core.finding import found
from lotse.funding.enums import EntryKind
from lotse.funding.models import LedgerEntry, Subsidy, SubsidyAttachment, SubsidyPost, SubsidyUse
from lotse.funding.queries.euros import EuroSum
from lotse.organisations.actor import Actor
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Organisation, PostShare
from lotse.organisations.models.scope import in_branches
from lotse.partners.models import Partner

MOST_OFFERED = 100
GIVERS = (OrganisationKind.MUNICIPALITY, OrganisationKind.GRANTING_AUTHORITY, OrganisationKind.MINISTRY)
NOTHING = Decimal(0)


def subsidies(actor: Actor) -> QuerySet[Subsidy]:
    return Subsidy.objects.visible_to(actor).select_related("organisation")


def narrowed(rows: QuerySet[Subsidy], state: str, carrier: str) -> QuerySet[Subsidy]:
    asked = Q(state=state) if state else Q()
    return rows.filter(asked, Q(organisation__public_id=carrier) if carrier else Q())


def get_subsidy(actor: Actor, public_id: str) -> Subsidy:
    return found(subsidies(actor), public_id)


def get_post(actor: Actor, subsidy_id: str, public_id: str) -> SubsidyPost:
    rows = SubsidyPost.objects.visible_to(actor).filter(subsidy__public_id=subsidy_id)
    return found(rows.select_related("subsidy"), public_id)


def get_attachment(actor: Actor, subsidy_id: str, public_id: str) -> SubsidyAttachment:
    rows = SubsidyAttachment.objects.visible_to(actor).filter(subsidy__public_id=subsidy_id)
    return found(rows.select_related("subsidy", "file"), public_id)


def get_use(actor: Actor, subsidy_id: str, public_id: str) -> SubsidyUse:
    rows = SubsidyUse.objects.visible_to(actor).filter(subsidy__public_id=subsidy_id)
    return found(rows.select_related("subsidy", "entry"), public_id)


def houses(actor: Actor) -> dict[str, Organisation]:
    """The carriers whose funds she keeps, by public id."""
    rows = Organisation.objects.filter(in_branches(actor.funded_paths), is_carrier=True).order_by("name", "id")
    return {row.public_id: row for row in rows[:MOST_OFFERED]}


def addressees(actor: Actor) -> list[str]:
    """Whom one writes to: as before, authorities and municipalities that are known here, partners of her own house."""
    before = Subsidy.objects.visible_to(actor).order_by("addressee").values_list("addressee", flat=True).distinct()
    public = Organisation.objects.filter(kind__in=GIVERS).order_by("name").values_list("name", flat=True)
    partners = Partner.objects.visible_to(actor).active_on(timezone.localdate()).values_list("name", flat=True)
    return list(dict.fromkeys(name for rows in (before, public, partners) for name in rows[:MOST_OFFERED]))


@dataclass(frozen=True)
class PostWords:
    """What a letter says of a post."""

    row: SubsidyPost
    name: str
    qualification: str
    languages: str
    fte: Decimal
    since: date | None


def posts_of(subsidy: Subsidy) -> list[PostWords]:
    """As they are in the post plan while the request is a draft, as they were once it is sent. One statement."""
    rows = subsidy.posts.select_related("share__person", "share__post")
    return [_live(row, row.share) if subsidy.is_draft and row.share else _stored(row) for row in rows]


def _stored(row: SubsidyPost) -> PostWords:
    return PostWords(row, row.name, row.qualification, row.languages, row.fte, row.since)


def _live(row: SubsidyPost, share: PostShare) -> PostWords:
    person = share.person
    spoken = ", ".join(label("language", key) for key in person.languages)
    return PostWords(row, f"{person}", person.qualification, spoken[:200], share.fte, share.valid_from)


def fte_of(posts: Iterable[PostWords]) -> Decimal:
    return sum((post.fte for post in posts), NOTHING)


def shares_to_offer(subsidy: Subsidy, today: date) -> dict[str, PostShare]:
    """Of the carrier and what stands below it, filled today, not in the letter yet."""
    rows = PostShare.objects.valid_on(today).filter(post__organisation__path__startswith=subsidy.organisation.path)
    rows = rows.exclude(pk__in=subsidy.posts.filter(share__isnull=False).values("share"))
    rows = rows.select_related("person", "post__organisation").order_by("person__name_key", "id")
    return {row.public_id: row for row in rows[:MOST_OFFERED]}


def uses_of(subsidy: Subsidy) -> list[SubsidyUse]:
    return list(subsidy.uses.select_related("entry", "entry__reversed_by", "entry__grant")[:MOST_OFFERED])


@dataclass(frozen=True)
class Used:
    """In euro. What was taken back in the ledger counts no longer."""

    came: Decimal = NOTHING
    spent: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        return self.came - self.spent


def used(subsidy: Subsidy) -> Used:
    rows = subsidy.uses.filter(entry__reversed_by=None).order_by()
    sums = dict(rows.values_list("entry__kind").annotate(sum=EuroSum("entry__amount")))
    return Used(sums.get(EntryKind.INCOME, NOTHING), sums.get(EntryKind.EXPENSE, NOTHING))


def entries_to_offer(subsidy: Subsidy) -> dict[str, LedgerEntry]:
    """The newest of the carrier in the years of the subsidy that are in no subsidy yet."""
    rows = LedgerEntry.objects.filter(
        organisation=subsidy.organisation_id, funding_year__range=(subsidy.first_year, subsidy.last_year),
        reverses=None, reversed_by=None, subsidy_uses=None,
    ).exclude(kind=EntryKind.OWN_SHARE)  # fmt: skip
    return {row.public_id: row for row in rows.order_by("-on", "-id")[:MOST_OFFERED]}
