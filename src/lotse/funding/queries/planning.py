"""A carrier's accounts and its own forecasts."""

from django.db.models import QuerySet
from django.utils import timezone

from lotse.core.finding import found
from lotse.funding.models import AccountMapping, ForecastValue
from lotse.funding.queries.grants import carriers
from lotse.funding.queries.places import Place
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import BudgetLine, Grant

MOST_ACCOUNTS = 500


def own_forecast(actor: Actor, carrier: Organisation | None, line: BudgetLine, year: int) -> ForecastValue | None:
    rows = ForecastValue.objects.visible_to(actor)
    return rows.filter(organisation=carrier, line=line, funding_year=year).first()


def get_own_forecast(actor: Actor, public_id: str) -> ForecastValue:
    return found(ForecastValue.objects.visible_to(actor).select_related("organisation", "grant"), public_id)


def accounts(actor: Actor, grant: Grant, carrier: Organisation | None) -> QuerySet[AccountMapping]:
    rows = AccountMapping.objects.visible_to(actor).filter(grant=grant, organisation=carrier)
    return rows.select_related("line")[:MOST_ACCOUNTS]


def get_account(actor: Actor, public_id: str) -> AccountMapping:
    return found(AccountMapping.objects.visible_to(actor).select_related("organisation", "grant"), public_id)


def place_of_value(actor: Actor, row: ForecastValue | AccountMapping) -> Place:
    year = getattr(row, "funding_year", None) or min(
        max(timezone.localdate().year, row.grant.first_year), row.grant.last_year
    )
    return Place(actor, row.grant, year, list(carriers(actor, row.grant)), row.organisation)
