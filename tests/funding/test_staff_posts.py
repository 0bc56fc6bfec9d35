"""The post plan of a grant: to the hundredth, heads counted once, vacancies in days."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.documents.themes import LIGHT
from lotse.funding.models import PartPost
from lotse.funding.post_pictures import post_plan
from lotse.funding.queries import posts
from lotse.funding.queries.vacancies import Span, posts_of, vacancy_days
from lotse.organisations.enums import OrganisationKind as Kind
from lotse.programmes.actions.programmes import fund_share
from lotse.programmes.models import Grant, GrantAgency
from tests.factories import funds
from tests.factories import funds_staff as make
from tests.factories.deadlines import YEAR
from tests.funding.refusing import refused
from tests.personas import organisation

FIRST, LAST = date(YEAR, 1, 1), date(YEAR + 1, 12, 31)
# The example district of model.md §2.3: agencies of each of the eight carriers, and what its people have there.
DISTRICT = (
    {"SELF-i": ("1.00", "0.75")},
    {"Essen": ("0.50", "0.50", "0.25")},
    {"Wesel-Moers": ("0.75", "0.50"), "Wesel-Kamp-Lintfort": ("0.75",)},
    {"Kleve": ("0.50", "0.50")},
    {"Mönchengladbach": ("1.00", "0.50"), "Meerbusch": ("0.50",)},
    {
        "Duisburg-Laar": ("0.75",),
        "DU-Meiderich": ("0.75", "0.50"),
        "DU-Marxloh": ("1.00", "0.25"),
        "DU-Neumühl": ("0.75",),
    },
    {"Düsseldorf": ("1.00", "0.75", "0.50")},
    {"Wuppertal-Barmen": ("0.50", "0.50")},
)
TWICE = ("DU-Marxloh", "DU-Neumühl")  # somebody with a quarter here and three quarters there


def fill_district(world, grant):
    known = {}
    for number, agencies in enumerate(DISTRICT, 1):
        carrier = organisation(
            f"Kreisverband Beispiel {number}", Kind.COUNTY_ASSOCIATION, world.district, is_carrier=True
        )
        for name, shares in agencies.items():
            agency = organisation(f"Integrationsagentur {name}", Kind.AGENCY, carrier)
            GrantAgency.objects.create(grant=grant, organisation=carrier, agency=agency)
            for place, fte in enumerate(shares):
                is_again = name == TWICE[1]
                person = known["DU-Marxloh1"] if is_again else make.person_of(carrier, f"Person {name} {place}")
                known[f"{name}{place}"] = person
                make.paid(grant, make.share_of(agency, person, fte=Decimal(fte)))


@pytest.fixture
def district(world, grant):
    GrantAgency.objects.filter(grant=grant).delete()
    fill_district(world, grant)
    return grant


def test_the_split_of_the_example_is_what_the_guideline_says():
    shares = [Decimal(fte) for agencies in DISTRICT for all_of in agencies.values() for fte in all_of]
    agencies = sum(len(agencies) for agencies in DISTRICT)
    assert (len(DISTRICT), agencies, sum(shares), len(shares) - 1) == (8, 13, Decimal("15.25"), 23)


def test_fifteen_and_a_quarter_on_twenty_three_heads_on_page_picture_and_table(world, district, login):
    actor = world.coordinator.actor
    rows = posts.plan(actor, district)
    assert {(month.funded, month.heads) for month in posts.months(district, rows)} == {(Decimal("15.25"), 23)}
    spec = post_plan(rows, FIRST, LAST, LIGHT)
    bars = spec["data"]["values"]
    assert sum(Decimal(bar["fte"].replace(",", ".")) for bar in bars if not bar["is_vacant"]) == Decimal("15.25")
    page = login(world.coordinator).get("/foerderung/stellen/").content.decode()
    assert "15,25 VZÄ</strong> auf 23 Köpfen" in page


def test_one_person_in_two_agencies_is_one_head(world, grant, house):
    one = make.person_of(world.nordstadt)
    for fte in ("0.25", "0.50"):
        make.paid(grant, make.share_of(house.agency, one, fte=Decimal(fte)))
    now = posts.month(posts.plan(world.coordinator.actor, grant), FIRST)
    assert (now.funded, now.heads, now.vacant) == (Decimal("0.75"), 1, 0)


def test_what_is_not_filled_is_named_with_its_days(world, grant, house):
    share = make.share_of(house.agency)
    make.paid(grant, share, fte=Decimal("0.30"), valid_to=date(YEAR, 6, 30))
    make.paid(grant, share, fte=Decimal("0.50"), valid_from=date(YEAR, 9, 1))
    [row] = posts.plan(world.carrier_manager.actor, grant)
    assert row.gaps == (
        Span(Decimal("0.20"), FIRST, date(YEAR, 6, 30)), Span(Decimal("0.50"), date(YEAR, 7, 1), date(YEAR, 8, 31)),
    )  # fmt: skip
    in_year = vacancy_days(posts_of([grant]), [grant], FIRST, date(YEAR, 12, 31))
    assert in_year == {share.post_id: Decimal("0.20") * 181 + Decimal("0.50") * 62}
    assert vacancy_days(posts_of([grant]), [grant], date(YEAR + 1, 1, 1), date(YEAR + 1, 12, 31)) == {}


def test_a_post_that_another_grant_pays_is_none_of_this_one(world, grant, house):
    """Of one of which nobody has said it, who is on it fills it, though the grant does not count her."""
    unnamed, elsewhere = make.share_of(house.agency), make.share_of(house.agency)
    other = Grant.objects.get(pk=grant.pk)
    other.pk, other.public_id, other.name, other._state.adding = None, "other", "Andere", True
    other.save()
    make.paid(other, elsewhere)
    [row] = posts.plan(world.carrier_manager.actor, grant)
    assert (row.post, row.gaps, row.is_unnamed, row.filled_on(FIRST)) == (unnamed.post, (), True, 0)
    assert set(posts_of([grant, other])) == {unnamed.post, elsewhere.post}


def test_what_was_applied_for_decides_how_much_is_vacant(world, grant, house):
    share = make.share_of(house.agency, fte=Decimal("1.00"))
    make.paid(grant, share, fte=Decimal("0.50"))
    part = funds.part_of(grant, world.nordstadt)
    asked = {"organisation": world.nordstadt, "part": part, "agency": house.agency}
    PartPost.objects.create(
        **asked, post=share.post, title="Fachkraft", fte=Decimal("0.75"), ends_on=date(YEAR, 12, 31)
    )
    PartPost.objects.create(**asked, title="Neue Stelle", fte=Decimal("0.50"), starts_on=date(YEAR + 1, 1, 1))
    rows = posts.plan(world.coordinator.actor, grant)
    assert [(row.title, row.gaps) for row in rows] == [
        ("Fachkraft", (Span(Decimal("0.25"), FIRST, date(YEAR, 12, 31)),)),
        ("Neue Stelle", (Span(Decimal("0.50"), date(YEAR + 1, 1, 1), LAST),)),
    ]
    found = [(month.asked, month.vacant) for month in posts.months(grant, rows)]
    assert found == [(Decimal("0.75"), Decimal("0.25"))] * 12 + [(Decimal("0.50"), Decimal("0.50"))] * 12


@pytest.mark.parametrize(("end", "months"), [(date(YEAR, 3, 30), 2), (date(YEAR, 3, 31), 3)])
def test_a_month_is_as_its_last_day(world, grant, house, end, months):
    make.paid(grant, make.share_of(house.agency), valid_to=end)
    rows = posts.plan(world.coordinator.actor, grant)
    assert [month.heads for month in posts.months(grant, rows)] == [1] * months + [0] * (24 - months)


def test_a_carrier_sees_its_own_posts_alone(world, grant, house):
    for agency in (house.agency, house.far_agency):
        make.paid(grant, make.share_of(agency))
    assert [row.agency for row in posts.plan(world.carrier_manager.actor, grant)] == [house.agency]
    assert len(posts.plan(world.coordinator.actor, grant)) == 2


def test_what_names_no_grant_or_another_is_not_counted_and_said(world, grant, house):
    share = make.share_of(house.agency)
    funding = make.paid(grant, share)
    funding.grant = None
    funding.save()
    actor = world.coordinator.actor
    assert (posts.month(posts.plan(actor, grant), FIRST).funded, posts.without_grant(actor, grant)) == (0, 1)


def test_a_share_is_paid_out_of_a_grant_of_its_programme(world, grant, house):
    share = make.share_of(house.agency)
    values = {"by": world.carrier_manager.actor, "share": share, "fte": share.fte, "valid_from": FIRST, "grant": grant}
    assert refused(fund_share, programme=world.mbe, **values) == ["Diese Zuwendung gehört zu einem anderen Programm."]
    assert fund_share(programme=grant.programme, **values).grant == grant


def test_the_plan_asks_as_much_for_many_posts_as_for_one(world, grant, house, django_assert_num_queries):
    actor = world.coordinator.actor
    for number in range(3):
        make.paid(grant, make.share_of(house.agency, make.person_of(world.nordstadt, f"Person {number}")))
        with django_assert_num_queries(4):
            posts.plan(actor, grant)


def test_the_page_opens_with_nothing_and_with_the_picture(world, grant, house, login):
    web = login(world.carrier_manager)
    assert "Noch keine Stelle." in web.get("/foerderung/stellen/").content.decode()
    make.paid(grant, make.share_of(house.agency), valid_to=date(YEAR, 6, 30))
    page = web.get("/foerderung/stellen/").content.decode()
    assert "01.07.2026 – 31.12.2027" in page
    drawn = web.get("/foerderung/stellen/bild/").content.decode()
    assert "unbesetzt" in drawn
