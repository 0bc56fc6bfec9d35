"""Grants that the actor may see, their rules now and before, and what a new one may be made of."""

from datetime import date

from django.db.models import Count, Model, Q, QuerySet

from lotse.core.errors import NotAllowed
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches
from lotse.programmes import rules
from lotse.programmes.models import BudgetLine, DeadlineRule, Grant, GrantAgency, Programme

WHO_COORDINATES = "Zuwendungen und ihre Fristen pflegt die Koordination."


def grants(actor: Actor) -> QuerySet[Grant]:
    rows = Grant.objects.visible_to(actor).select_related("organisation", "programme", "funder", "authority")
    return rows.annotate(agency_count=Count("agencies")).order_by("-first_year", "name", "id")


def last_grant(actor: Actor) -> Grant | None:
    return grants(actor).order_by("-last_year", "-id").first()


def get_grant(actor: Actor, public_id: str) -> Grant:
    return found(grants(actor), public_id)


def coordinated_grant(actor: Actor, public_id: str) -> Grant:
    grant = get_grant(actor, public_id)
    if not rules.coordinates(actor, grant.organisation):
        raise NotAllowed(WHO_COORDINATES)
    return grant


def coordinated_rule(actor: Actor, public_id: str) -> DeadlineRule:
    rule = found(DeadlineRule.objects.visible_to(actor).select_related("grant__organisation"), public_id)
    if not rules.coordinates(actor, rule.grant.organisation):
        raise NotAllowed(WHO_COORDINATES)
    return rule


def coordinated_line(actor: Actor, public_id: str) -> BudgetLine:
    line = found(BudgetLine.objects.visible_to(actor).select_related("grant__organisation"), public_id)
    if not rules.coordinates(actor, line.grant.organisation):
        raise NotAllowed(WHO_COORDINATES)
    return line


def _hanging() -> list[tuple[type[Model], str]]:
    """Every kind of row that names a kind of expense, of whatever app, with the name of its column."""
    ways = BudgetLine._meta.get_fields(include_hidden=True)
    return [(way.related_model, way.field.name) for way in ways if way.one_to_many and way.auto_created]


def what_hangs_on(line: BudgetLine) -> list[str]:
    """In words: what was planned, applied for, booked or said on it."""
    return [
        str(model._meta.verbose_name_plural)
        for model, name in _hanging()
        if model._base_manager.filter(**{name: line}).exists()
    ]


def used_lines(grant: Grant) -> set[int]:
    """By id; as many statements as kinds of rows, however many lines."""
    found = (
        model._base_manager.filter(**{f"{name}__grant": grant}).order_by().values_list(name, flat=True).distinct()
        for model, name in _hanging()
    )
    return {line for rows in found for line in rows}


def rules_of(grant: Grant, today: date) -> tuple[list[DeadlineRule], list[DeadlineRule]]:
    """Those that hold now or later, and those that held before."""
    rows = list(grant.deadline_rules.all())
    before = [rule for rule in rows if rule.valid_to and rule.valid_to < today]
    return [rule for rule in rows if rule not in before], before


def agencies_of(actor: Actor, grant: Grant) -> QuerySet[GrantAgency]:
    """Those that she sees: who works in one knows of hers only."""
    seen = in_branches(actor.agency_paths | actor.overseen_paths, "agency")
    return grant.agencies.filter(seen).select_related("agency", "organisation").order_by("agency__name", "id")


def coordinated_member(actor: Actor, public_id: str) -> GrantAgency:
    rows = GrantAgency.objects.filter(in_branches(actor.released_paths, "agency"))
    return found(rows.select_related("grant", "agency"), public_id)


def receivers(actor: Actor) -> dict[str, Organisation]:
    """Houses for whose whole branch she coordinates."""
    return _named(Organisation.objects.filter(path__in=actor.released_paths))


def agencies_to_fund(actor: Actor, grant: Grant | None, today: date) -> dict[str, Organisation]:
    branch = in_branches(actor.released_paths) & Q(kind=OrganisationKind.AGENCY)
    rows = Organisation.objects.filter(branch).exclude(valid_to__lt=today)
    return _named(rows.exclude(pk__in=grant.agencies.values("agency_id")) if grant else rows)


def of_kind(kind: OrganisationKind) -> dict[str, Organisation]:
    return _named(Organisation.objects.filter(kind=kind))


def funded_programmes() -> dict[str, Programme]:
    """Those that agencies carry out: nobody is counselled in them."""
    return {p.code: p for p in Programme.objects.filter(is_counselling=False)}


def _named(rows: QuerySet[Organisation]) -> dict[str, Organisation]:
    return {row.public_id: row for row in rows.order_by("name", "id")}
