"""Programmes: names over time, funding years, offers, what they pay."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from lotse.core.errors import NotAllowed
from lotse.organisations.models import PostShare, Site
from lotse.programmes import rules
from lotse.programmes.actions import programmes as actions
from lotse.programmes.models import FundingYear, PostFunding, Programme, ProgrammeName, SiteOffer
from lotse.programmes.queries import programmes as queries
from tests.factories import organisations as make

NEW_YEAR = date(2026, 1, 1)


def rename(world, name, valid_from=None, by=None):
    return actions.rename_programme(
        by=by or world.coordinator.actor, programme=world.mbe, name=name, valid_from=valid_from
    )


def year(world, number=2026, by=None, **more):
    values = {"starts_on": date(number, 1, 1), "ends_on": date(number, 12, 31), **more}
    return actions.add_funding_year(by=by or world.coordinator.actor, programme=world.mbe, year=number, **values)


def offer(world, site=None, by=None, **more):
    values = {"valid_from": make.today(), **more}
    return actions.offer_at_site(
        by=by or world.carrier_manager.actor, programme=world.mbe, site=site or world.site, **values
    )


def url(world, rest=""):
    return f"/programme/{world.mbe.public_id}/{rest}"


# --- names and years ------------------------------------------------------------------------------------------


@pytest.mark.rule("OR-04")
def test_old_name_of_a_programme_stays_readable(world, login):
    rename(world, "Migrationsfachdienst", NEW_YEAR)

    fresh = Programme.objects.get()
    assert (fresh.name, fresh.name_on(date(2025, 6, 30))) == ("Migrationsfachdienst", "Migrationsberatung")
    page = login(world.counsellor).get("/programme/?stichtag=2025-06-30").content.decode()
    assert ">Migrationsberatung</a>" in page


def test_name_of_a_programme_is_corrected_without_a_new_one(world):
    rename(world, "Migrationsberatung (MBE)")
    assert (Programme.objects.get().name, ProgrammeName.objects.count()) == ("Migrationsberatung (MBE)", 1)


@pytest.mark.rule("OR-04")
def test_name_for_a_day_to_come_is_taken_over_on_that_day(world, monkeypatch):
    day = make.in_days(5)
    rename(world, "Morgen", day)
    assert Programme.objects.get().name == "Migrationsberatung"

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)
    call_command("worker", "--once")
    assert (Programme.objects.get().name, actions.names_are_due(day)) == ("Morgen", False)


@pytest.mark.rule("OR-04")
def test_database_holds_one_name_a_day(world):
    rename(world, "Neu", NEW_YEAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeName.objects.create(programme=world.mbe, name="Noch einer", valid_from=NEW_YEAR)


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize(
    "persona", ["counsellor", "technical_lead", "carrier_manager", "sysadmin", "funder", "outsider"]
)
def test_programmes_of_all_carriers_are_kept_at_the_root(world, persona):
    by = world.personas[persona].actor
    for attempt in (
        lambda: rename(world, "Falsch", by=by),
        lambda: year(world, by=by),
        lambda: actions.change_programme(by=by, programme=world.mbe, level="Bund"),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"number": 2026}, "gibt es schon"),
        ({"number": 2027, "starts_on": date(2026, 12, 1)}, "überschneidet"),
        ({"number": 2027, "ends_on": date(2026, 1, 1)}, "vor seinem Beginn"),
    ],
    ids=["twice", "overlapping", "backwards"],
)
def test_odd_funding_years_are_refused(world, more, message):
    year(world)
    with pytest.raises(ValidationError, match=message):
        year(world, **more)
    assert FundingYear.objects.count() == 1


def test_programme_is_kept_on_its_pages(world, login):
    web = login(world.coordinator)
    web.post(url(world, "foerderjahr/"), {"year": "2026", "starts_on": "2026-01-01", "ends_on": "2026-12-31"})
    web.post(url(world, "name/"), {"name": "MBE neu", "valid_from": "2026-01-01"})
    web.post(url(world, "bearbeiten/"), {"level": "Bund", "client_label": "Ratsuchende*r", "is_counselling": "on"})

    page = web.get(url(world)).content.decode()
    assert [text in page for text in ("MBE neu", "Migrationsberatung", "2026", "Bund")] == [True] * 4
    assert Programme.objects.get().client_label == "Ratsuchende*r"


# --- offers ---------------------------------------------------------------------------------------------------


def test_offer_begins_and_ends(world):
    site = Site.objects.create(organisation=world.nordstadt, name="Zweite")
    made = offer(world, site=site)
    assert made in queries.offers_of(world.counsellor.actor, world.mbe)

    actions.end_offer(by=world.carrier_manager.actor, offer=made, on=make.today())
    assert not SiteOffer.objects.valid_on(make.in_days(1)).filter(pk=made.pk).exists()
    assert offer(world, site=site, valid_from=make.in_days(1)).pk != made.pk


def test_site_offers_a_programme_once_at_a_time(world):
    with pytest.raises(ValidationError, match="schon an"):
        offer(world)


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize("persona", ["counsellor", "technical_lead", "sysadmin", "funder", "outsider"])
def test_offers_and_fundings_are_kept_by_who_manages(world, persona):
    by, share, held = world.personas[persona].actor, make.share(world), SiteOffer.objects.get(site=world.site)
    paid = make.funding(world, of=share)
    for attempt in (
        lambda: offer(world, by=by),
        lambda: actions.end_offer(by=by, offer=held, on=make.today()),
        lambda: make.funding(world, of=share, by=by),
        lambda: actions.end_funding(by=by, funding=paid, on=make.today()),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_manager_makes_no_offer_for_another_carrier(world):
    with pytest.raises(NotAllowed):
        offer(world, site=world.far_site)


def test_offer_and_funding_are_kept_on_the_page(world, login):
    web, share = login(world.carrier_manager), make.share(world)
    site = Site.objects.create(organisation=world.nordstadt, name="Zweite")
    web.post(url(world, "angebot/"), {"site": site.public_id, "valid_from": f"{make.today()}"})
    web.post(url(world, "finanzierung/"), {"share": share.public_id, "fte": "0,25", "valid_from": f"{make.today()}"})
    paid = PostFunding.objects.get()

    page = web.get(url(world)).content.decode()
    assert [text in page for text in ("Zweite", "0,25", "Beratung")] == [True] * 3
    web.post(f"/programme/finanzierung/{paid.public_id}/ende/", {"on": f"{make.today()}"})
    web.post(f"/programme/angebote/{SiteOffer.objects.get(site=site).public_id}/ende/", {"on": f"{make.today()}"})
    paid.refresh_from_db()
    assert (paid.valid_to, SiteOffer.objects.get(site=site).valid_to) == (make.today(), make.today())


# --- what a programme pays ------------------------------------------------------------------------------------


@pytest.mark.rule("PR-01")
def test_programmes_pay_at_most_the_whole_share(world):
    share = make.share(world, fte=Decimal("0.50"))
    make.funding(world, of=share, fte=Decimal("0.25"))
    with pytest.raises(ValidationError, match="wären 0,75 finanziert, der Anteil ist 0,50"):
        make.funding(world, of=share, fte=Decimal("0.50"))
    assert make.funding(world, of=share, fte=Decimal("0.25")).pk


@pytest.mark.rule("PR-01")
def test_what_was_paid_before_does_not_count(world):
    share = make.share(world, fte=Decimal("0.50"))
    first = make.funding(world, of=share, fte=Decimal("0.50"))
    actions.end_funding(by=world.carrier_manager.actor, funding=first, on=make.in_days(-10))
    assert make.funding(world, of=share, fte=Decimal("0.50"), valid_from=make.in_days(-9)).pk


@pytest.mark.rule("PR-01")
@pytest.mark.parametrize(("begin", "end"), [(-101, None), (-50, 11), (-50, None)])
def test_programme_pays_only_while_the_share_is_filled(world, begin, end):
    share = make.share(world, valid_to=make.in_days(10))
    until = None if end is None else make.in_days(end)
    with pytest.raises(ValidationError, match="gilt nur ab"):
        make.funding(world, of=share, valid_from=make.in_days(begin), valid_to=until)


@pytest.mark.rule("PR-01")
@pytest.mark.parametrize(
    ("first", "last", "begin", "end", "within"),
    [
        (0, 10, 0, 10, True),
        (0, None, 0, None, True),
        (0, None, 5, 9, True),
        (0, 10, 0, 11, False),
        (0, 10, 0, None, False),
        (1, 10, 0, 10, False),
    ],
)
def test_funding_lies_within_the_share(first, last, begin, end, within):
    def day(number):
        return None if number is None else make.in_days(number)

    share = PostShare(valid_from=day(first), valid_to=day(last))
    assert rules.lies_within(share, day(begin), day(end)) is within


def test_whose_post_is_paid_is_shown_to_management_only(world, login):
    make.funding(world, of=make.share(world, who=world.dpo.person))
    shown = {
        n: "Dpo Beispiel" in login(world.personas[n]).get(url(world)).content.decode()
        for n in ("carrier_manager", "coordinator", "counsellor", "funder", "outsider")
    }
    assert shown == {
        "carrier_manager": True,
        "coordinator": True,
        "counsellor": False,
        "funder": False,
        "outsider": False,
    }


# --- which programme fits ------------------------------------------------------------------------------------


def test_programmes_are_told_apart_by_the_table(world, login):
    names, rows = queries.delimitation()
    assert (len(names), [criterion for criterion, _words in rows]) == (
        3,
        ["Methode", "Arbeitsfeld", "Zielgruppe", "Ziel"],
    )
    assert all(len(words) == 3 for _criterion, words in rows)
    assert "Menschen im Asylverfahren" in login(world.counsellor).get("/programme/abgrenzung/").content.decode()


@pytest.mark.parametrize("address", ["/anfrage/", "/programme/"])
def test_table_is_linked_where_a_programme_is_chosen(world, login, address):
    assert 'href="/programme/abgrenzung/"' in login(world.counsellor).get(address).content.decode()


# --- statements -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("rest", "statements"), [("", 7), ("detail", 10)])
def test_pages_of_programmes_do_not_grow(world, login, django_assert_num_queries, rows, rest, statements):
    for number in range(rows):
        Programme.objects.create(code=f"p{number}", name=f"Programm {number}")
        year(world, 2026 + number)
        rename(world, f"Name {number}", date(2026, 1, 1 + number))
        offer(world, site=Site.objects.create(organisation=world.nordstadt, name=f"Stelle {number}"))
        make.funding(world)
    web = login(world.carrier_manager)
    address = url(world) if rest else "/programme/"
    web.get(address)
    with django_assert_num_queries(statements):
        web.get(address)


# --- new ones -------------------------------------------------------------------------------------------------


def create(world, by=None, name="Patenschaften", **more):
    return actions.create_programme(by=by or world.coordinator.actor, name=name, client_label="Klient*in", **more)


def test_page_creates_a_programme(world, login):
    web = login(world.coordinator)
    web.post("/programme/neu/", {"name": "Patenschaften", "client_label": "Tandem", "is_counselling": "on"})

    made = Programme.objects.get(name="Patenschaften")
    assert (made.client_label, made.is_counselling) == ("Tandem", True)
    assert "Neues Programm" in web.get("/programme/").content.decode()
    assert "Neues Programm" not in login(world.counsellor).get("/programme/").content.decode()


def test_name_of_a_programme_is_given_once(world):
    with pytest.raises(ValidationError, match="gibt es schon"):
        create(world, name="migrationsberatung")


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize("persona", ["counsellor", "carrier_manager", "sysadmin", "outsider"])
def test_who_does_not_keep_programmes_creates_none(world, persona):
    with pytest.raises(NotAllowed):
        create(world, by=world.personas[persona].actor)
