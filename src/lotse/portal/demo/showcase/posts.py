"""Posts, what pays them, where which programme is offered: from this the free capacity is computed."""

from datetime import date
from decimal import Decimal

from lotse.casework.actions.capacity import set_caseload_guide
from lotse.organisations.actions.posts import create_post, fill_post
from lotse.organisations.models import Person, Site
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.actions.programmes import fund_share, offer_at_site

SINCE = date(2023, 1, 1)


def tell(stage: Stage) -> None:
    by = stage.petra.actor
    for code in ("intman", "jmd", "ads", "sbf"):
        offer_at_site(by=by, programme=stage.programmes[code], site=stage.site, valid_from=SINCE)
    offer_at_site(by=by, programme=stage.programmes["mbe"], site=stage.branch, valid_from=SINCE)
    set_caseload_guide(by=by, cases_per_fte=120, valid_from=date(stage.today.year, 1, 1))
    _post(stage, stage.mara.person, "Migrationsberatung", Decimal("0.75"), "mbe")
    _post(stage, stage.mara.person, "Außensprechstunde", Decimal("0.25"), "mbe", stage.branch)
    _post(stage, stage.jonas.person, "Jugendmigrationsdienst", Decimal("0.75"), "jmd")
    for person in stage.colleagues:
        _post(stage, person, "Migrationsberatung", Decimal("0.50"), "mbe")


def _post(stage: Stage, person: Person, title: str, fte: Decimal, programme: str, site: Site | None = None) -> None:
    by = stage.petra.actor
    post = create_post(by=by, organisation=stage.site.organisation, title=title, fte=fte, site=site or stage.site)
    share = fill_post(by=by, post=post, person=person, fte=fte, valid_from=SINCE)
    fund_share(by=by, programme=stage.programmes[programme], share=share, fte=fte, valid_from=SINCE)
