"""What can be done with programmes: names over time, funding years, where they are offered, what they pay."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.formats import number_format

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.ids import new_public_id
from lotse.organisations.actions.shared import change, locked, log_of, require_manager, save_checked
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.models import Organisation, PostShare, Site
from lotse.organisations.names import ALWAYS, fit_in, valid_on
from lotse.programmes import rules
from lotse.programmes.models import FundingYear, Grant, PostFunding, Programme, ProgrammeName, SiteOffer
from lotse.programmes.queries.programmes import NOT_YOURS, keeps_programmes

ENDS_EARLIER = "Das endet schon früher."
OTHER_PROGRAMME = "Diese Zuwendung gehört zu einem anderen Programm."


def _kept(by: Actor, programme: Programme) -> Programme:
    require(keeps_programmes(by), NOT_YOURS)
    return locked(programme)


@action("programme.created", "hat ein Programm angelegt")
def create_programme(*, by: Actor, name: str, **data: Any) -> Programme:
    """Beside the standard ones; its code is nobody's rule."""
    require(keeps_programmes(by), NOT_YOURS)
    refuse_if(
        Programme.objects.filter(name__iexact=name).exists(), "Ein Programm mit diesem Namen gibt es schon.", "name"
    )
    made = save_checked(Programme(code=f"own_{new_public_id()}", name=name, **data))
    record(made)
    return made


@action("programme.changed", "hat ein Programm geändert")
def change_programme(*, by: Actor, programme: Programme, **data: Any) -> Programme:
    fresh = _kept(by, programme)
    changed = change(fresh, data)
    save_checked(fresh)
    record(fresh, fields=changed)
    return fresh


@action("programme.renamed", "hat einem Programm einen neuen Namen gegeben")
def rename_programme(*, by: Actor, programme: Programme, name: str, valid_from: date | None = None) -> Programme:
    """From a day on; the name before stays readable (OR-04). Without a day, today's name is corrected."""
    fresh = _kept(by, programme)
    known = list(fresh.names.all()) or [
        save_checked(ProgrammeName(programme=fresh, name=fresh.name, valid_from=ALWAYS))
    ]
    day = valid_from or valid_on(known, timezone.localdate()).valid_from
    row = next((r for r in known if r.valid_from == day), ProgrammeName(programme=fresh, valid_from=day))
    row.name = name
    for changed in fit_in(known, row):
        save_checked(changed)
    _take_over(fresh, valid_on(list(fresh.names.all()), timezone.localdate()))
    record(fresh, fields=["name"], valid_from=day)
    return fresh


def _take_over(programme: Programme, row: ProgrammeName) -> None:
    programme.name = row.name
    programme.save()


def _due(day: date) -> Any:
    return ProgrammeName.objects.valid_on(day).exclude(name=F("programme__name"))


def names_are_due(day: date) -> bool:
    return _due(day).exists()


@action("programme.names_due", "hat Programmnamen übernommen, die ab heute gelten")
def take_over_names(*, by: SystemActor, today: date) -> int:
    due = list(_due(today).select_related("programme"))
    for row in due:
        _take_over(locked(row.programme), row)
    record(by, count=len(due))
    return len(due)


@action("programme.year_added", "hat ein Förderjahr angelegt")
def add_funding_year(*, by: Actor, programme: Programme, year: int, starts_on: date, ends_on: date) -> FundingYear:
    fresh = _kept(by, programme)
    refuse_if(fresh.funding_years.filter(year=year).exists(), "Dieses Förderjahr gibt es schon.", "year")
    overlapping = fresh.funding_years.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    refuse_if(overlapping.exists(), "Der Zeitraum überschneidet sich mit einem anderen Förderjahr.", "starts_on")
    made = save_checked(FundingYear(programme=fresh, year=year, starts_on=starts_on, ends_on=ends_on))
    record(made, year=year)
    return made


@action("programme.offered", "hat ein Angebot eingetragen")
def offer_at_site(
    *, by: Actor, programme: Programme, site: Site, valid_from: date, valid_to: date | None = None
) -> SiteOffer:
    require_manager(by, site.organisation_id)
    place = locked(site)
    offers = SiteOffer.objects.filter(programme=programme, site=place)
    later = offers if valid_to is None else offers.filter(valid_from__lte=valid_to)
    refuse_if(later.exclude(valid_to__lt=valid_from).exists(), "Das bietet diese Stelle in der Zeit schon an.", "site")
    made = save_checked(SiteOffer(programme=programme, site=place, valid_from=valid_from, valid_to=valid_to))
    record(made, organisation_id=log_of(place.organisation), valid_from=valid_from)
    return made


@action("programme.offer_ended", "hat ein Angebot beendet")
def end_offer(*, by: Actor, offer: SiteOffer, on: date) -> SiteOffer:
    require_manager(by, offer.site.organisation_id)
    return _ended(offer, on, offer.site.organisation)


@action("programme.share_funded", "hat eine Stellenfinanzierung eingetragen")
def fund_share(
    *,
    by: Actor,
    programme: Programme,
    share: PostShare,
    fte: Decimal,
    valid_from: date,
    valid_to: date | None = None,
    grant: Grant | None = None,
) -> PostFunding:
    """Which part of a share the programme pays; never more than the share, and only while somebody fills it (PR-01).

    `grant`: out of which of its grants.
    """
    require_manager(by, share.post.organisation_id)
    refuse_if(grant is not None and grant.programme_id != programme.pk, OTHER_PROGRAMME, "grant")
    fresh = locked(share)
    outside = not rules.lies_within(fresh, valid_from, valid_to)
    refuse_if(outside, f"Der Stellenanteil gilt nur {_period(fresh)}.", "valid_from")
    paid = rules.highest_paid(fresh.fundings.all(), valid_from, valid_to) + fte
    too_much = f"Zusammen wären {number_format(paid, 2)} finanziert, der Anteil ist {number_format(fresh.fte, 2)}."
    refuse_if(paid > fresh.fte, too_much, "fte")
    period = {"valid_from": valid_from, "valid_to": valid_to}
    made = save_checked(PostFunding(programme=programme, grant=grant, share=fresh, fte=fte, **period))
    record(made, organisation_id=log_of(share.post.organisation), fte=fte, valid_from=valid_from)
    return made


def _period(share: PostShare) -> str:
    begin = f"ab {share.valid_from:%d.%m.%Y}"
    return f"{begin} bis {share.valid_to:%d.%m.%Y}" if share.valid_to else begin


@action("programme.funding_ended", "hat eine Stellenfinanzierung beendet")
def end_funding(*, by: Actor, funding: PostFunding, on: date) -> PostFunding:
    require_manager(by, funding.share.post.organisation_id)
    return _ended(funding, on, funding.share.post.organisation)


def _ended(row: Any, on: date, organisation: Organisation) -> Any:
    fresh = locked(row)
    refuse_if(fresh.valid_to is not None and fresh.valid_to < on, ENDS_EARLIER, "on")
    fresh.valid_to = on
    save_checked(fresh)
    record(fresh, organisation_id=log_of(organisation), fields=["valid_to"], valid_to=on)
    return fresh
