"""The tree, names over time, counselling sites."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.organisations.actions import units
from lotse.organisations.hours import format_hours, parse_hours
from lotse.organisations.models import Organisation, OrganisationName, Site
from tests.factories import organisations as make

NEW_YEAR = date(2026, 1, 1)
LAST_YEAR = date(2025, 12, 31)


def rename(world, name, valid_from=None, by=None):
    by = by or world.carrier_manager.actor
    return units.rename_organisation(by=by, organisation=world.nordstadt, name=name, valid_from=valid_from)


def history(organisation):
    return [(n.name, n.valid_from, n.valid_to) for n in organisation.names.order_by("valid_from")]


# --- names ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("OR-04")
def test_report_of_last_year_shows_the_old_name(world):
    rename(world, "KV Nord", NEW_YEAR)

    fresh = Organisation.objects.get(pk=world.nordstadt.pk)
    assert (fresh.name, fresh.name_on(LAST_YEAR), fresh.name_on(NEW_YEAR)) == ("KV Nord", "KV Nordstadt", "KV Nord")


@pytest.mark.rule("OR-04")
def test_names_follow_each_other_without_gap(world):
    rename(world, "C", date(2024, 1, 1))
    rename(world, "B", date(2022, 1, 1))

    assert history(world.nordstadt) == [
        ("KV Nordstadt", date(1900, 1, 1), date(2021, 12, 31)),
        ("B", date(2022, 1, 1), date(2023, 12, 31)),
        ("C", date(2024, 1, 1), None),
    ]
    world.nordstadt.refresh_from_db()
    assert world.nordstadt.name == "C"


@pytest.mark.rule("OR-04")
def test_earlier_name_is_added_before_the_beginning(world):
    Organisation.objects.filter(pk=world.nordstadt.pk).update(valid_from=date(2020, 1, 1))
    rename(world, "Verein Nord", date(2010, 1, 1))

    assert history(world.nordstadt) == [
        ("Verein Nord", date(2010, 1, 1), date(2019, 12, 31)),
        ("KV Nordstadt", date(2020, 1, 1), None),
    ]
    world.nordstadt.refresh_from_db()
    assert world.nordstadt.name == "KV Nordstadt"


def test_slip_of_the_pen_is_corrected_without_a_new_name(world):
    rename(world, "KV Nordsadt", NEW_YEAR)
    rename(world, "KV Nord-Stadt")
    assert [name for name, _begin, _end in history(world.nordstadt)] == ["KV Nordstadt", "KV Nord-Stadt"]


@pytest.mark.rule("OR-04")
def test_name_for_a_day_to_come_is_taken_over_on_that_day(world, monkeypatch):
    day = make.in_days(5)
    rename(world, "KV Morgen", day)
    world.nordstadt.refresh_from_db()
    assert (world.nordstadt.name, units.names_are_due(make.today())) == ("KV Nordstadt", False)

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)
    call_command("worker", "--once")

    world.nordstadt.refresh_from_db()
    assert (world.nordstadt.name, units.names_are_due(day)) == ("KV Morgen", False)


@pytest.mark.rule("OR-04")
def test_database_holds_one_name_a_day(world):
    rename(world, "KV Nord", NEW_YEAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationName.objects.create(organisation=world.nordstadt, name="Noch einer", valid_from=NEW_YEAR)


def test_page_shows_the_name_of_a_day(world, login):
    rename(world, "KV Nord", NEW_YEAR)
    page = login(world.counsellor).get(f"/verwaltung/{world.nordstadt.public_id}/?stichtag=2025-06-30").content.decode()
    assert "<h1>KV Nordstadt</h1>" in page
    assert "heute KV Nord" in page


def test_page_renames(world, login):
    url = f"/verwaltung/{world.nordstadt.public_id}/name/"
    login(world.carrier_manager).post(url, {"name": "KV Nord", "valid_from": "2026-01-01"})
    world.nordstadt.refresh_from_db()
    assert world.nordstadt.name == "KV Nord"


# --- who may ------------------------------------------------------------------------------------------------


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize("persona", ["counsellor", "technical_lead", "sysadmin", "dpo", "funder", "outsider"])
def test_who_does_not_manage_changes_nothing(world, persona):
    by, where = world.personas[persona].actor, world.nordstadt
    for attempt in (
        lambda: rename(world, "Falsch", by=by),
        lambda: units.change_organisation(by=by, organisation=where, phone="1"),
        lambda: units.found_organisation(by=by, parent=where, name="Neu", kind="agency"),
        lambda: units.create_site(by=by, organisation=where, name="Neu"),
        lambda: units.change_site(by=by, site=world.site, phone="1"),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.rule("OR-01")
def test_management_ends_at_the_own_branch(world):
    with pytest.raises(NotAllowed):
        units.change_organisation(by=world.carrier_manager.actor, organisation=world.district, phone="1")
    with pytest.raises(NotAllowed):
        units.change_organisation(by=world.carrier_manager.actor, organisation=world.suedstadt, phone="1")
    assert units.change_organisation(by=world.coordinator.actor, organisation=world.suedstadt, phone="1").phone == "1"


# --- tree and sites -------------------------------------------------------------------------------------------


def test_founded_agency_stands_in_the_tree_and_is_managed_from_above(world):
    made = units.found_organisation(
        by=world.carrier_manager.actor, parent=world.nordstadt, name="Agentur", kind="agency", action_fields=["BE"]
    )
    assert made.path == f"{world.nordstadt.path}{made.pk}/"
    assert units.change_organisation(by=world.coordinator.actor, organisation=made, phone="1").action_fields == ["BE"]


def test_acts_on_an_agency_stand_in_the_log_of_its_carrier(world):
    made = units.found_organisation(by=world.coordinator.actor, parent=world.nordstadt, name="Agentur", kind="agency")
    make.post(world, organisation=made)
    make.role(world, organisation=made)
    written = Event.objects.values_list("organisation_id", flat=True)
    assert list(written) == [world.nordstadt.pk] * 3


def test_organisation_is_founded_and_changed_on_the_page(world, login):
    web = login(world.carrier_manager)
    url = f"/verwaltung/{world.nordstadt.public_id}"
    web.post(f"{url}/neu/", {"name": "Agentur Nord", "kind": "agency", "action_fields": ["IKÖ", "SR"]})
    web.post(f"{url}/bearbeiten/", {"kind": "county_association", "phone": "0201 1"})

    made = Organisation.objects.get(name="Agentur Nord")
    assert (made.parent, made.action_fields) == (world.nordstadt, ["IKÖ", "SR"])
    assert Organisation.objects.get(pk=world.nordstadt.pk).phone == "0201 1"
    assert "Interkulturelle Öffnung" in web.get(f"/verwaltung/{made.public_id}/").content.decode()


def test_organisation_does_not_end_before_it_begins(world, login):
    url = f"/verwaltung/{world.nordstadt.public_id}/bearbeiten/"
    data = {"kind": "county_association", "valid_from": "2026-01-01", "valid_to": "2025-01-01"}
    assert "Das Ende liegt vor dem Beginn." in login(world.carrier_manager).post(url, data).content.decode()


def test_site_with_all_its_data_is_kept_on_the_page(world, login):
    web = login(world.carrier_manager)
    data = {
        "name": "Außenstelle Hafen", "branch_of": world.site.public_id, "address": "Kai 1", "phone": "0201 2",
        "email": "hafen@lotse.example", "opening_hours": "Mo-Fr 9:00-15:00", "appointment_mode": "nach Anruf",
        "municipality_code": "05113000", "accessibility_note": "Aufzug",
    }  # fmt: skip
    web.post(f"/verwaltung/{world.nordstadt.public_id}/beratungsstelle/", data)

    made = Site.objects.get(name="Außenstelle Hafen")
    assert (made.branch_of, made.municipality_code, len(made.opening_hours)) == (world.site, "05113000", 5)
    page = web.get(f"/verwaltung/{world.nordstadt.public_id}/").content.decode()
    assert "Mo–Fr 09:00–15:00" in page
    form = web.get(f"/verwaltung/{world.nordstadt.public_id}/beratungsstelle/{made.public_id}/").content.decode()
    assert "Mo–Fr 09:00–15:00" in form


def test_languages_of_a_site_come_from_its_people(world, login):
    person = world.counsellor.person
    person.languages = ["tr", "ar"]
    person.save()
    page = login(world.colleague).get(f"/verwaltung/{world.nordstadt.public_id}/").content.decode()
    assert "Beratung auf Arabisch, Türkisch" in page


def test_site_of_another_carrier_is_not_found(world, login):
    url = f"/verwaltung/{world.nordstadt.public_id}/beratungsstelle/{world.far_site.public_id}/"
    assert login(world.carrier_manager).get(url).status_code == 404


@pytest.mark.parametrize("case", ["foreign", "branch_of_branch", "itself"])
def test_branch_belongs_to_a_main_site_of_the_same_carrier(world, case):
    by = world.coordinator.actor
    branch = units.create_site(by=by, organisation=world.nordstadt, name="Außen", branch_of=world.site)
    main = {"foreign": world.far_site, "branch_of_branch": branch, "itself": world.site}[case]
    with pytest.raises(ValidationError):
        units.change_site(by=by, site=world.site, branch_of=main)


def test_database_refuses_a_site_as_its_own_branch(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=world.site.pk).update(branch_of=world.site)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Mo-Fr 9:00-15:00", "Mo–Fr 09:00–15:00"),
        ("Mi 13.00 – 17.00 Uhr\nMo–Di 9:00–12:00", "Mo–Di 09:00–12:00\nMi 13:00–17:00"),
        ("Mo 9:00-12:00\nMo 13:00-15:00\nMi 9:00-12:00", "Mo 09:00–12:00\nMo 13:00–15:00\nMi 09:00–12:00"),
        ("", ""),
    ],
)
def test_opening_hours_are_read_and_shown(typed, shown):
    assert format_hours(parse_hours(typed)) == shown


@pytest.mark.parametrize(
    "typed", ["immer", "Fr-Mo 9:00-15:00", "Mo 15:00-9:00", "Mo 9:00-25:00", "Mo 9:60-10:00", "Mo 9-12"]
)
def test_unclear_opening_hours_are_asked_again(typed):
    with pytest.raises(ValidationError, match="Bitte je Zeile wie"):
        parse_hours(typed)


def test_day_before_a_new_name_is_the_last_of_the_old_one(world):
    rename(world, "KV Nord", NEW_YEAR)
    assert world.nordstadt.names.get(valid_to__isnull=False).valid_to == NEW_YEAR - timedelta(days=1)


# --- moving ---------------------------------------------------------------------------------------------------


def agency(world, name="Agentur Nord"):
    return units.found_organisation(by=world.coordinator.actor, parent=world.nordstadt, name=name, kind="agency")


def move(world, what, to, by=None):
    return units.move_organisation(by=by or world.coordinator.actor, organisation=what, parent=to)


def test_moved_organisation_takes_along_what_is_below_it(world):
    moved = agency(world)
    below = units.found_organisation(by=world.coordinator.actor, parent=moved, name="Außenstelle", kind="agency")
    move(world, moved, world.suedstadt)

    paths = {o.pk: o.path for o in Organisation.objects.filter(pk__in=[moved.pk, below.pk])}
    assert paths == {
        moved.pk: f"{world.suedstadt.path}{moved.pk}/",
        below.pk: f"{world.suedstadt.path}{moved.pk}/{below.pk}/",
    }
    logs = Event.objects.filter(key="organisation.moved").values_list("organisation_id", flat=True)
    assert set(logs) == {world.nordstadt.pk, world.suedstadt.pk}


@pytest.mark.parametrize("target", ["itself", "below"])
def test_organisation_is_not_moved_under_itself(world, target):
    moved = agency(world)
    below = units.found_organisation(by=world.coordinator.actor, parent=moved, name="Außenstelle", kind="agency")
    with pytest.raises(ValidationError, match="nicht unter sich selbst"):
        move(world, moved, {"itself": moved, "below": below}[target])


@pytest.mark.rule("OR-03")
def test_organisation_does_not_move_away_from_who_reads_files_there(world):
    moved = agency(world)
    world.counsellor.person.memberships.update(organisation=moved)
    with pytest.raises(ValidationError, match="Bitte zuerst die Rolle beenden"):
        move(world, moved, world.suedstadt)
    moved.refresh_from_db()
    assert moved.path == f"{world.nordstadt.path}{moved.pk}/"


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize("persona", ["counsellor", "carrier_manager", "sysadmin", "outsider"])
def test_who_does_not_manage_both_places_moves_nothing(world, persona):
    moved, by = agency(world), world.personas[persona].actor
    with pytest.raises(NotAllowed):
        move(world, moved, world.suedstadt, by=by)


def test_page_moves_and_offers_no_place_below(world, login):
    web, moved = login(world.coordinator), agency(world)
    address = f"/verwaltung/{moved.public_id}/verschieben/"
    assert f'value="{moved.public_id}"' not in web.get(address).content.decode()

    web.post(address, {"parent": world.suedstadt.public_id})
    moved.refresh_from_db()
    assert moved.parent == world.suedstadt
    assert "Gehört zu" in web.get(f"/verwaltung/{moved.public_id}/").content.decode()
