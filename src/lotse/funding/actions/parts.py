"""A carrier's part of the application, written while it is open: posts, costs, own funds and measures."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed
from lotse.funding.actions.shared import kept
from lotse.funding.enums import FundsSource
from lotse.funding.models import CarrierPart, PartCost, PartFunds, PartPost
from lotse.funding.queries.applications import content_of, part_before
from lotse.funding.queries.part_content import Cost, Funds, PartContent
from lotse.organisations.actions.shared import change, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, Post
from lotse.programmes.models import BudgetLine, GrantAgency

CLOSED = "Dieser Teil ist eingereicht. Geändert wird er wieder, wenn der Bezirk ihn zurückgibt."
OTHER_AGENCY = "Diese Integrationsagentur gehört nicht zu diesem Träger."
OTHER_HOUSE = "Das gehört zu einem anderen Träger."
FILLED = "Dieser Teil enthält schon Angaben."
NO_PART_BEFORE = "Einen früheren Antrag dieses Trägers gibt es nicht."


def writable(by: Actor, part: CarrierPart, seen: int | None = None) -> CarrierPart:
    """Inside an action: the part under a lock, open and hers, as the form was shown; its revision goes on."""
    fresh = locked_part(part)
    kept(by, fresh.organisation)
    refuse_if(fresh.is_handed_in or not fresh.application.is_open, CLOSED)
    refuse_if_changed(fresh, seen)
    fresh.revision += 1
    fresh.save(update_fields=["revision"])
    return fresh


def locked_part(part: CarrierPart) -> CarrierPart:
    rows = CarrierPart.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "application__grant__organisation").get(pk=part.pk)


@action("carrier_part.post_saved", "hat eine beantragte Stelle eingetragen")
def save_post(
    *, by: Actor, part: CarrierPart, title: str, agency: Organisation, fte: Decimal, row: PartPost | None = None,
    person: Person | None = None, post: Post | None = None, pay_grade: str = "", starts_on: date | None = None,
    ends_on: date | None = None, revision: int | None = None,
) -> PartPost:  # fmt: skip
    """`row`: the one that is changed, else a new one. Without a person it is vacant."""
    fresh = writable(by, part, revision)
    carrier = fresh.organisation_id
    funded = GrantAgency.objects.filter(grant=fresh.application.grant_id, organisation=carrier, agency=agency)
    refuse_if(not funded.exists(), OTHER_AGENCY, "agency")
    for field, one in (("person", person), ("post", post)):
        refuse_if(one is not None and one.organisation_id not in (carrier, agency.pk), OTHER_HOUSE, field)
    values = {
        "title": title.strip(), "agency": agency, "fte": fte, "person": person, "post": post, "pay_grade": pay_grade.strip(),
        "starts_on": starts_on, "ends_on": ends_on,
    }  # fmt: skip
    made = fresh.posts.get(pk=row.pk) if row else PartPost(organisation_id=carrier, part=fresh, **values)
    changed = change(made, values) if row else list(values)
    save_checked(made)
    record(made, fields=changed, part=fresh.public_id)
    return made


@action("carrier_part.post_removed", "hat eine beantragte Stelle entfernt")
def remove_post(*, by: Actor, row: PartPost) -> None:
    """With what was planned for it."""
    fresh = writable(by, row.part)
    fresh.posts.get(pk=row.pk).delete()
    record(fresh, post=row.public_id)


@action("carrier_part.planned", "hat Ausgaben und Mittel geplant")
def save_plan(
    *, by: Actor, part: CarrierPart, costs: Mapping[Cost, Decimal], funds: Mapping[Funds, Decimal], revision: int | None = None
) -> int:  # fmt: skip
    """Every cell that is named; those that have changed are written anew, nothing is an empty one. How many changed."""
    fresh = writable(by, part, revision)
    now = content_of(fresh)
    new_costs = {cell: amount for cell, amount in costs.items() if amount != now.costs.get(cell, 0)}
    new_funds = {cell: amount for cell, amount in funds.items() if amount != now.funds.get(cell, 0)}
    _write_costs(fresh, new_costs)
    _write_funds(fresh, new_funds)
    record(fresh, cells=len(new_costs) + len(new_funds))
    return len(new_costs) + len(new_funds)


def _write_costs(part: CarrierPart, cells: Mapping[Cost, Decimal]) -> None:
    lines = {line.public_id: line for line in part.application.grant.lines.all()}
    posts = {post.public_id: post for post in part.posts.all()}
    for cell, amount in cells.items():
        place = {"line": lines[cell.line], "post": posts.get(cell.post), "funding_year": cell.year}
        part.costs.filter(**place).delete()
        if amount:
            save_checked(PartCost(organisation_id=part.organisation_id, part=part, amount=amount, **place))


def _write_funds(part: CarrierPart, cells: Mapping[Funds, Decimal]) -> None:
    for cell, amount in cells.items():
        place = {"source": cell.source, "funding_year": cell.year}
        part.funds.filter(**place).delete()
        if amount:
            save_checked(PartFunds(organisation_id=part.organisation_id, part=part, amount=amount, **place))


@action("carrier_part.measures_written", "hat die geplanten Maßnahmen beschrieben")
def save_measures(*, by: Actor, part: CarrierPart, measures: str, revision: int | None = None) -> None:
    fresh = writable(by, part, revision)
    fresh.measures = measures.strip()
    fresh.save(update_fields=["measures"])
    record(fresh, fields=["measures"])


@action("carrier_part.taken_over", "hat Stellen und Beträge aus dem letzten Antrag übernommen")
def take_over(*, by: Actor, part: CarrierPart) -> CarrierPart:
    """First year to first year; kinds of expense are found by their key, else by their name. Days of posts are asked anew."""
    fresh = writable(by, part)
    before = part_before(fresh)
    refuse_if(not content_of(fresh).is_empty, FILLED)
    if before is None:
        refuse_if(True, NO_PART_BEFORE)
        return fresh
    fresh.measures = fresh.measures or before.measures
    fresh.save(update_fields=["measures"])
    _copy(before, fresh)
    record(fresh, taken_from=before.public_id)
    return fresh


def _copy(before: CarrierPart, part: CarrierPart) -> None:
    posts, old, grant = _copy_posts(before, part), content_of(before), part.application.grant
    shift = grant.first_year - before.application.grant.first_year
    lines = _same_lines(before, part)
    for cell, amount in old.costs.items():
        if cell.line in lines and cell.year + shift in grant.years and (not cell.post or cell.post in posts):
            place: dict[str, Any] = {"line": lines[cell.line], "post": posts.get(cell.post), "amount": amount}
            save_checked(_new(PartCost, part, funding_year=cell.year + shift, **place))
    for source, year in old.funds:
        if year + shift in grant.years:
            amount = old.funds[Funds(source, year)]
            save_checked(_new(PartFunds, part, funding_year=year + shift, source=FundsSource(source), amount=amount))


def _copy_posts(before: CarrierPart, part: CarrierPart) -> dict[str, PartPost]:
    """Those of agencies that this grant pays for; who has left since is asked for again."""
    agencies = set(GrantAgency.objects.filter(grant=part.application.grant_id).values_list("agency", flat=True))
    found = {}
    for post in before.posts.select_related("person"):
        if post.agency_id in agencies:
            person = None if post.person is None or post.person.left_on else post.person
            same = {name: getattr(post, name) for name in ("agency", "post", "title", "fte", "pay_grade")}
            found[post.public_id] = save_checked(_new(PartPost, part, person=person, **same))
    return found


def _same_lines(before: CarrierPart, part: CarrierPart) -> dict[str, BudgetLine]:
    new = {line.key or line.name: line for line in part.application.grant.lines.all()}
    return {
        line.public_id: new[line.key or line.name]
        for line in before.application.grant.lines.all()
        if (line.key or line.name) in new
    }


def _new(model: type[Any], part: CarrierPart, **values: Any) -> Any:
    return model(organisation_id=part.organisation_id, part=part, **values)


def refuse_unfit(content: PartContent) -> None:
    """What is handed in says something, and asks for a grant, not for less than none."""
    refuse_if(not content.costs, "In diesem Teil stehen noch keine Ausgaben.")
    above = [one.year for one in content.sums if one.asked < 0]
    refuse_if(bool(above), f"Im Förderjahr {above[0] if above else ''} sind die eigenen Mittel höher als die Ausgaben.")
