"""A grant of the district with a rule and what is owed. Rows, made beneath the actions."""

from datetime import date

from lotse.programmes.enums import Bearer
from lotse.programmes.models import BudgetLine, DeadlineRule, Grant, GrantAgency, Obligation, Programme

YEAR = 2026
START = date(2020, 1, 1)


def grant_of(house, **more) -> Grant:
    """`house`: an `AgencyWorld`. For the phase that begins in `YEAR`, with both agencies."""
    world = house.world
    programme, _new = Programme.objects.get_or_create(
        code="ia", defaults={"name": "Integrationsagentur", "is_counselling": False}
    )
    values = {"name": "Phase", "first_year": YEAR, "last_year": YEAR + 1}
    made = Grant.objects.create(organisation=world.district, programme=programme, **{**values, **more})
    for agency in (house.agency, house.far_agency):
        GrantAgency.objects.create(grant=made, organisation=agency.parent, agency=agency)
    return made


def rule_of(grant: Grant, **more) -> DeadlineRule:
    values = {
        "document": "report", "name": "Sachbericht", "bearer": Bearer.AGENCY, "anchor_year": YEAR, "offset_years": 1,
        "internal_month": 4, "internal_day": 30, "external_month": 6, "external_day": 30, "valid_from": START,
    }  # fmt: skip
    return DeadlineRule.objects.create(grant=grant, **{**values, **more})


def owed_by(bearer, rule: DeadlineRule, **more) -> Obligation:
    carrier = bearer if bearer.is_carrier else bearer.parent
    days = rule.days_in(YEAR + rule.offset_years)
    values = {
        "organisation": carrier, "document": rule.document, "funding_year": YEAR, "internal_due": days.internal,
        "external_due": days.external, "warn_due": days.warn,
    }  # fmt: skip
    return Obligation.objects.create(bearer=bearer, rule=rule, **{**values, **more})


def ids(house) -> dict[str, str]:
    """For the access matrix."""
    paid = grant_of(house)
    rule = rule_of(paid)
    line = BudgetLine.objects.create(organisation=paid.organisation, grant=paid, name="Honorare", position=1)
    rows = {
        "grant_id": paid, "deadline_rule_id": rule, "grant_agency_id": paid.agencies.get(agency=house.agency),
        "obligation_id": owed_by(house.agency, rule), "budget_line_id": line,
    }  # fmt: skip
    return {name: row.public_id for name, row in rows.items()}
