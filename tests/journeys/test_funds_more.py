"""Money beside the grant, duties and figures, at both widths."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from lotse.funding.enums import EntryKind
from tests.factories import agencies, deadlines, funds, funds_more

pytestmark = pytest.mark.journey
LONG = "Zentrale Anlaufstelle für Quartiersentwicklungsförderung und Bürgerschaftliches Engagement der Stadt Beispiel"


def test_the_pages_of_the_room_beside_the_grant(world, page, sign_in, look):
    house, year = agencies.build(world), timezone.localdate().year
    grant = deadlines.grant_of(house, first_year=year, last_year=year + 1)
    carrier, on = world.nordstadt, {"funding_year": year, "on": date(year, 1, 2)}
    funds.entry_of(grant, carrier, Decimal("12345.67"), **on)
    own = funds.entry_of(grant, carrier, Decimal(1500), kind=EntryKind.OWN_SHARE, **on)
    came = funds.entry_of(grant, carrier, Decimal(10_000), kind=EntryKind.INCOME, **on)
    draft = funds_more.subsidy_of(carrier, addressee=LONG, subject=LONG[:110])
    funds_more.other_post_of(draft, qualification="Sozialarbeit", languages="Arabisch, Französisch")
    given = funds_more.awarded_of(carrier, first_year=year, last_year=year, proof_due_on=date(year + 1, 3, 31))
    funds_more.use_of(given, came)
    funds_more.check_of(carrier, world.carrier_manager.person, year=year, note="Büro und Reisekosten sind da.")
    funds_more.check_of(carrier, world.carrier_manager.person, year=year - 1, state="partly")

    sign_in(world.coordinator)
    for name, address in (
        ("heute", "/"),
        ("subsidies", reverse("funding:subsidies")),
        ("subsidy", reverse("funding:subsidy", args=[draft.public_id])),
        ("subsidy_given", reverse("funding:subsidy", args=[given.public_id])),
        ("new_subsidy", reverse("funding:new_subsidy")),
        ("duties", reverse("funding:duties")),
        ("duties_of", reverse("funding:duties_of", args=[carrier.public_id, year])),
        ("figures", reverse("funding:figures")),
    ):
        page.goto(address)
        look(f"funds_{name}")
    page.locator("a[href$=own_share]").click()
    look("funds_figure_rows")
    assert own.payee in page.inner_text("main")
