"""Applications and their parts, as far as the actor keeps the funds; what stands in the way of submitting one."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from lotse.core.finding import found
from lotse.funding import rules
from lotse.funding.models import Application, ApplicationVersion, CarrierPart, PartPost, VolumeAgreement
from lotse.funding.queries.grants import carriers
from lotse.funding.queries.part_content import PartContent, WholeContent, contents_of, frame_of
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, Post
from lotse.programmes.models import Grant, GrantAgency


class PartRow(NamedTuple):
    part: CarrierPart
    content: PartContent
    agreed: VolumeAgreement | None


class Overview(NamedTuple):
    rows: list[PartRow]
    whole: WholeContent
    missing: list[Organisation]

    @property
    def open_parts(self) -> list[CarrierPart]:
        return [row.part for row in self.rows if not row.part.is_handed_in]


def application_of(actor: Actor, grant: Grant) -> Application | None:
    return Application.objects.visible_to(actor).filter(grant=grant).first()


def get_application(actor: Actor, grant: Grant) -> Application:
    rows = Application.objects.visible_to(actor).select_related("grant__organisation", "organisation")
    return found(rows, grant.public_id, by="grant__public_id")


def parts(actor: Actor) -> QuerySet[CarrierPart]:
    rows = CarrierPart.objects.visible_to(actor)
    return rows.select_related("organisation", "application__grant__organisation", "handed_in_by")


def get_part(actor: Actor, public_id: str) -> CarrierPart:
    return found(parts(actor), public_id)


def get_post(actor: Actor, public_id: str) -> PartPost:
    rows = PartPost.objects.visible_to(actor).select_related("part__application__grant", "part__organisation")
    return found(
        rows.select_related("agency", "person", "post", *(f"part__{name}" for name in ("handed_in_by",))), public_id
    )


def versions(actor: Actor, application: Application, part: CarrierPart | None) -> QuerySet[ApplicationVersion]:
    return ApplicationVersion.objects.visible_to(actor).filter(application=application, part=part).select_related("by")


def get_version(actor: Actor, public_id: str) -> ApplicationVersion:
    rows = ApplicationVersion.objects.visible_to(actor)
    return found(rows.select_related("application__grant", "part__organisation", "file", "by"), public_id)


def agreements(actor: Actor, grant: Grant) -> QuerySet[VolumeAgreement]:
    return VolumeAgreement.objects.visible_to(actor).filter(grant=grant).select_related("organisation")


def overview(actor: Actor, application: Application) -> Overview:
    """A constant number of statements."""
    grant, shown = application.grant, list(parts(actor).filter(application=application))
    contents = contents_of(grant, shown)
    agreed = {row.organisation_id: row for row in agreements(actor, grant).order_by("agreed_on", "id")}
    rows = [PartRow(part, contents[part.pk], agreed.get(part.organisation_id)) for part in shown]
    there = {part.organisation_id for part in shown}
    missing = [carrier for carrier in carriers(actor, grant) if carrier.pk not in there]
    return Overview(rows, WholeContent(frame_of(grant), tuple(row.content for row in rows)), missing)


def content_of(part: CarrierPart) -> PartContent:
    return contents_of(part.application.grant, [part])[part.pk]


def whole_of(application: Application) -> WholeContent:
    """Of all parts, whoever asks: for the receiver's own acts."""
    every = list(application.parts.select_related("organisation"))
    contents = contents_of(application.grant, every)
    return WholeContent(frame_of(application.grant), tuple(contents[part.pk] for part in every))


def own_share_gaps(whole: WholeContent) -> list[tuple[str, int, str]]:
    """Carrier, year and words, where its own share does not reach what the grant asks for (FU-01)."""
    least = _percent(whole.frame.own_share_percent)
    return [
        (part.carrier, one.year, f"{part.carrier} bringt {one.year} nur {_percent(one.percent)} Eigenanteil ein, verlangt sind {least}.")
        for part in whole.parts
        for one in part.sums
        if one.is_below
    ]  # fmt: skip


def _percent(value: object) -> str:
    return f"{value or 0:.2f} %".replace(".", ",")


def carrier_ids(grant: Grant) -> set[int]:
    return set(GrantAgency.objects.filter(grant=grant).values_list("organisation", flat=True))


def part_before(part: CarrierPart) -> CarrierPart | None:
    """The same carrier's in the last phase of the same programme."""
    grant = part.application.grant
    earlier = CarrierPart.objects.filter(
        organisation=part.organisation_id, application__grant__organisation=grant.organisation_id,
        application__grant__programme=grant.programme_id, application__grant__last_year__lt=grant.first_year,
    )  # fmt: skip
    return (
        earlier.select_related("application__grant", "organisation").order_by("-application__grant__first_year").first()
    )


class Offer(NamedTuple):
    """What a post is chosen from: all of the carrier's own, by public id."""

    agencies: dict[str, Organisation]
    people: dict[str, Person]
    posts: dict[str, Post]


def offered_to(part: CarrierPart, today: date) -> Offer:
    carrier, grant = part.organisation_id, part.application.grant_id
    """Posts and people stand with the carrier or with its agency."""
    agencies = Organisation.objects.filter(
        pk__in=GrantAgency.objects.filter(grant=grant, organisation=carrier).values("agency")
    )
    mine = Q(organisation=carrier) | Q(organisation__in=agencies)
    people = Person.objects.filter(mine).at_work_on(today).order_by("last_name", "first_name", "id")
    posts = Post.objects.filter(mine).order_by("title", "id")
    return Offer(*({row.public_id: row for row in rows} for rows in (agencies.order_by("name"), people, posts)))


def may_write(actor: Actor, part: CarrierPart) -> bool:
    return rules.keeps_funds_of(actor, part.organisation) and part.application.is_open and not part.is_handed_in
