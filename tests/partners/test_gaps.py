"""Which partners the migration counselling must have are missing where, and the figures of the directory."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lotse.facts.actions import set_value
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.organisations.models import Site
from lotse.partners import rules
from lotse.partners.actions.partners import create_partner, end_partner, rank_partner
from lotse.partners.classes import categories_with, classes_of, known_programmes, mandatory_classes
from lotse.partners.enums import CooperationKind, Priority
from lotse.partners.models import Partner
from lotse.partners.queries.gaps import coverage_below, my_coverage
from lotse.programmes.models import Programme, SiteOffer
from tests.factories import cooperation
from tests.factories.casework import days_ago
from tests.personas import START

pytestmark = pytest.mark.django_db
SEVEN = ["courses", "authorities", "mbe_other", "jobcentre", "bamf", "integration_office", "childcare"]
NORD = "Beratungsstelle Nordstadt"


@pytest.fixture
def by(world):
    return world.counsellor.actor


def missing(actor):
    return {one.site.name: [wanted.key for wanted in one.missing] for one in my_coverage(actor, days_ago(0))}


# The data


@pytest.mark.rule("NW-12")
def test_seven_classes_are_mandatory_for_the_migration_counselling():
    counted = [len([one for one in classes_of("mbe") if one.priority == priority]) for priority in Priority]
    assert ([one.key for one in mandatory_classes()], counted) == (SEVEN, [7, 7, 4, 4])


def test_every_kind_in_the_classes_stands_in_the_list():
    from lotse.catalogues.loader import catalogue

    named = {key for programme in known_programmes() for one in classes_of(programme) for key in one.categories}
    assert named - set(catalogue("partner_category").keys) == set()


def test_a_programme_that_says_nothing_has_no_classes():
    assert (classes_of("jmd"), categories_with(Priority.MANDATORY, "jmd")) == ((), frozenset())


# Gaps


@pytest.mark.rule("NW-12")
def test_at_first_all_seven_are_missing_and_each_partner_fills_its_class(by):
    before = missing(by)
    create_partner(by=by, name="Jobcenter", category="jobcentre")
    create_partner(by=by, name="Meldestelle", category="other", further=["registration_office"])
    assert (before, missing(by)) == (
        {NORD: SEVEN}, {NORD: ["courses", "mbe_other", "bamf", "integration_office", "childcare"]},
    )  # fmt: skip


@pytest.mark.rule("NW-12")
def test_an_ended_or_foreign_partner_fills_nothing(world, by):
    ended = create_partner(by=by, name="Jobcenter", category="jobcentre")
    end_partner(by=by, partner=ended, on=days_ago(0))
    create_partner(by=world.outsider.actor, name="Jobcenter Süd", category="jobcentre")
    assert "jobcentre" in missing(by)[NORD]


@pytest.mark.rule("NW-12")
@pytest.mark.parametrize(("own", "covers"), [(None, True), (Priority.MANDATORY, True), (Priority.FURTHER, False)])
def test_a_partner_that_the_house_ranks_lower_fills_no_mandatory_class(world, by, own, covers):
    partner = create_partner(by=by, name="Jobcenter", category="jobcentre")
    if own:
        rank_partner(by=by, partner=partner, programme=world.mbe, priority=own, reason="Weil.")
    jobcentre = next(one for one in mandatory_classes() if one.key == "jobcentre")
    assert rules.covers(["jobcentre"], jobcentre, own) is covers
    assert ("jobcentre" not in missing(by)[NORD]) is covers
    assert not rules.covers(["school"], jobcentre, own)


@pytest.mark.rule("NW-12")
def test_a_partner_counts_at_the_sites_that_it_matters_to(world, by):
    branch = Site.objects.create(organisation=world.nordstadt, name="Außenstelle")
    SiteOffer.objects.create(programme=world.mbe, site=branch, valid_from=START)
    create_partner(by=by, name="Jobcenter", category="jobcentre", sites=[branch])
    create_partner(by=by, name="Schule", category="course_provider")
    assert {name: [key for key in ("jobcentre", "courses") if key in keys] for name, keys in missing(by).items()} == {
        NORD: ["jobcentre"], "Außenstelle": [],
    }  # fmt: skip


def test_only_sites_with_migration_counselling_are_looked_at(world, by):
    other = Programme.objects.create(code="jmd", name="JMD")
    SiteOffer.objects.update(programme=other)
    assert my_coverage(by, days_ago(0)) == []


def test_a_gap_leads_to_a_new_partner_of_that_kind(world, login):
    page = login(world.counsellor).get("/partner/luecken/").content.decode()
    assert f'href="/partner/neu/?art=bamf_regional&amp;stelle={world.site.public_id}"' in page
    assert "/partner/neu/?art" not in login(world.carrier_manager).get("/partner/luecken/").content.decode()


@pytest.mark.rule("NW-12")
def test_who_coordinates_sees_which_classes_are_filled_below_and_never_by_whom(world, by, login):
    create_partner(by=by, name="Jobcenter Geheimstadt", category="jobcentre")
    below = {one.site.name: one.covered for one in coverage_below(world.coordinator.actor, days_ago(0))}
    page = login(world.coordinator).get("/partner/luecken/").content.decode()
    assert (below, "Geheimstadt" in page, "1 von 7" in page) == ({NORD: 1, "Beratungsstelle Südstadt": 0}, False, True)
    assert coverage_below(by, days_ago(0)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_gaps_does_not_grow(world, by, login, django_assert_num_queries, count):
    for number in range(count):
        site = Site.objects.create(organisation=world.nordstadt, name=f"Stelle {number}")
        SiteOffer.objects.create(programme=world.mbe, site=site, valid_from=START)
        create_partner(by=by, name=f"P{number}", category="jobcentre", further=["school"], sites=[site])
    web = login(world.counsellor)
    web.get("/partner/luecken/")
    with django_assert_num_queries(9):
        web.get("/partner/luecken/")


# Figures


def counted(actor, key, day=None):
    day = day or days_ago(0)
    (result,) = evaluate([fact(f"partners.{key}")], Question(actor, Period(day.replace(month=1, day=1), day)))
    return {cell.key: cell.count for cell in result.recorded if cell.count}, result


@pytest.mark.rule("NW-12")
def test_coverage_is_counted_by_site_and_agrees_with_the_page(world, by):
    for number, wanted in enumerate(mandatory_classes()):
        create_partner(by=by, name=f"P{number}", category=wanted.categories[-1])
    create_partner(by=world.outsider.actor, name="Jobcenter", category="jobcentre")
    district, result = counted(world.coordinator.actor, "coverage")
    assert (district, result.share.percent, missing(by)) == ({"7": 1, "1": 1}, 50, {NORD: []})
    rank_partner(
        by=by, partner=Partner.objects.get(name="P3"), programme=world.mbe, priority=Priority.FURTHER, reason="Weil."
    )
    assert counted(by, "coverage")[0] == {"6": 1}


def test_partners_and_agreements_are_counted_as_of_the_day(world, by):
    create_partner(by=by, name="A", category="school")
    ended = create_partner(by=by, name="B", category="school")
    end_partner(by=by, partner=ended, on=days_ago(0))
    cooperation.agreed(world)
    cooperation.agreed(world, kind=CooperationKind.OPENING, signed=False)
    cooperation.agreed(world, kind=CooperationKind.MEASURE, valid_to=days_ago(1))
    assert counted(by, "categories")[0] == {"school": 1, "course_provider": 1}
    assert counted(by, "agreements")[0] == {"course_provider": 1}
    Partner.objects.update(created_at=timezone.now() - timedelta(days=60), ended_on=days_ago(2))
    assert (counted(by, "categories")[0], counted(by, "categories", days_ago(5))[0]["school"]) == ({}, 2)


@pytest.mark.rule("PA-02")
def test_checked_partners_are_counted_by_what_the_house_has_set(world, by):
    create_partner(by=by, name="A", category="school")
    create_partner(by=by, name="B", category="school", checked_on=days_ago(200))
    before = counted(by, "checked")[0]
    set_value(by=world.technical_lead.actor, key="partners.check_months", value="6", valid_from=days_ago(0))
    after, result = counted(world.counsellor.actor, "checked")
    assert (before, after, result.share.percent) == ({"fresh": 2}, {"fresh": 1, "stale": 1}, 50)


def test_a_counted_partner_opens_to_its_page(world, by):
    made = create_partner(by=by, name="A", category="school")
    line = fact("partners.categories").population.line(made)
    assert line.url == reverse("partners:detail", args=[made.public_id])
