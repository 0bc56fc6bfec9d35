"""Two phases of the integration agencies: agreed on, applied for by every carrier, submitted, granted and changed by a later notice."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from lotse.funding.actions import applications as way
from lotse.funding.actions import notices, parts
from lotse.funding.enums import FundsSource
from lotse.funding.models import Application, CarrierPart
from lotse.funding.queries.applications import content_of, own_share_gaps, part_before, whole_of
from lotse.funding.queries.part_content import Cost, Funds
from lotse.organisations.models import Organisation, Post
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.models import Grant, GrantAgency

# In euro a year, for a full-time post and for an agency.
YEARLY_PAY = 62_400
OF_AGENCY = {"rooms": 4_800, "equipment": 1_250, "travel": 640, "training": 450, "measures": 3_500, "fees": 1_600}
RISE = Decimal("1.03")
MEASURES = "Werkstätten im Stadtteil, Fortbildungen für Schulen und Verwaltung, Begleitung von Ehrenamtlichen."
CENT = Decimal("0.01")


def tell(stage: Stage) -> None:
    for grant in Grant.objects.order_by("first_year"):
        _agree(stage, grant)
        application = way.begin_application(by=stage.district.lead.actor, grant=grant)
        for number, part in enumerate(application.parts.select_related("organisation", "application__grant")):
            _fill(stage, part, number)
            way.hand_in_part(
                by=stage.district.lead.actor, part=part, on=date(grant.first_year - 1, 10, 20 + number % 10)
            )
        _decide(stage, application)


def _agree(stage: Stage, grant: Grant) -> None:
    for carrier in Organisation.objects.filter(pk__in=_members(grant).values("organisation")).order_by("pk"):
        agencies = _members(grant).filter(organisation=carrier)
        posts = Post.objects.filter(organisation__in=agencies.values("agency"))
        fte = posts.aggregate(sum=Sum("fte"))["sum"] or Decimal(0)
        notices.note_agreement(
            by=stage.district.lead.actor, grant=grant, carrier=carrier, agreed_on=date(grant.first_year - 1, 6, 12),
            fte=fte, yearly_amount=65_000 * fte, note="Trägerkonferenz",
        )  # fmt: skip


def _members(grant: Grant) -> QuerySet[GrantAgency]:
    return GrantAgency.objects.filter(grant=grant)


def _fill(stage: Stage, part: CarrierPart, number: int) -> None:
    """The second phase begins with what was applied for in the first."""
    if part_before(part):
        parts.take_over(by=stage.district.lead.actor, part=part)
    else:
        _add_posts(stage, part)
        parts.save_measures(by=stage.district.lead.actor, part=part, measures=MEASURES)
    _plan(stage, part, number)


def _add_posts(stage: Stage, part: CarrierPart) -> None:
    """Those of the post plan, with whoever is on them."""
    mine = _members(part.application.grant).filter(organisation=part.organisation)
    for post in Post.objects.filter(organisation__in=mine.values("agency")).order_by("pk"):
        share = post.shares.order_by("pk").first()
        parts.save_post(
            by=stage.district.lead.actor, part=part, agency=post.organisation, title=post.title, post=post, fte=post.fte,
            pay_grade="S 12", person=share.person if share else None,
        )  # fmt: skip


def _plan(stage: Stage, part: CarrierPart, number: int) -> None:
    """A tenth is brought in, a little less in one year by one carrier: that is seen and acknowledged."""
    grant, content = part.application.grant, content_of(part)
    lines = {line.key: line.public_id for line in grant.lines.all()}
    agencies = _members(grant).filter(organisation=part.organisation).count()
    costs, funds = {}, {}
    for year in grant.years:
        rise = RISE ** (year - grant.first_year)
        costs |= {
            Cost(lines["salaries"], post.key, year): (YEARLY_PAY * post.fte * rise).quantize(CENT)
            for post in content.posts
        }
        costs |= {Cost(lines[key], "", year): Decimal(amount * agencies) for key, amount in OF_AGENCY.items()}
        total = sum((amount for cell, amount in costs.items() if cell.year == year), Decimal(0))
        share = Decimal("0.09") if (number, year) == (1, grant.last_year) else Decimal("0.10")
        funds[Funds(FundsSource.OWN_SHARE.value, year)] = (total * share).quantize(CENT) + CENT
    parts.save_plan(by=stage.district.lead.actor, part=part, costs=costs, funds=funds)


def _decide(stage: Stage, application: Application) -> None:
    by, grant, whole = stage.district.lead.actor, application.grant, whole_of(application)
    seen = [f"own_share_{year}" for _carrier, year, _text in own_share_gaps(whole)]
    way.submit(by=by, application=application, on=date(grant.first_year - 1, 11, 24), acknowledged=seen)
    granted_on = min(date(grant.first_year, 1, 14), stage.today)
    way.note_decision(by=by, application=application, on=granted_on, granted=True)
    amounts = {one.year: one.asked for one in whole.sums}
    values = {"by": by, "grant": grant, "reference": grant.reference}
    notices.enter_notice(**values, dated_on=granted_on, amounts=amounts)
    last, lowered_on = grant.last_year, date(grant.first_year, 9, 3)
    if lowered_on > stage.today:
        return
    lowered = {last: (amounts[last] * Decimal("0.98")).quantize(CENT)}
    notices.enter_notice(**values, dated_on=lowered_on, amounts=lowered, note="Kürzung um zwei Prozent")
