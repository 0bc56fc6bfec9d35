"""Intercultural opening of a site, and the pool of what colleagues know."""

import pytest
from django.core.exceptions import ValidationError

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.partners import rules
from lotse.partners.actions.opening import drop_opening, note_opening, offer_expertise, withdraw_expertise
from lotse.partners.models import Expertise, OpeningEntry
from lotse.partners.queries.opening import guided_list, pool
from tests.factories.casework import days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(world):
    return world.counsellor.actor


# The guided list


def test_the_list_has_aims_tasks_and_ways_to_be_known(world, by):
    assert [(group, len(items)) for group, items in guided_list(by, world.site)] == [
        ("Ziele", 3), ("Mögliche Aufgaben", 2), ("Bekannt machen", 6),
    ]  # fmt: skip


def test_what_a_site_did_stands_beside_its_line(world, by, login):
    web = login(world.counsellor)
    place = f"/partner/oeffnung/{world.site.public_id}/"
    web.post(f"{place}posters/", {"on": f"{days_ago(3)}", "note": "Im Bürgerhaus"})
    web.post(f"{place}posters/", {"on": f"{days_ago(1)}", "note": ""})
    entries = next(
        item.entries for _group, items in guided_list(by, world.site) for item in items if item.key == "posters"
    )
    assert [(entry.on, entry.note) for entry in entries] == [(days_ago(1), ""), (days_ago(3), "Im Bürgerhaus")]
    assert "Im Bürgerhaus" in web.get(place).content.decode()
    web.post(f"/partner/oeffnung/eintrag/{entries[0].public_id}/loeschen/")
    assert OpeningEntry.objects.count() == 1


def test_unknown_lines_and_foreign_sites_do_not_exist(world, login):
    web = login(world.counsellor)
    sites = {"unknown line": f"{world.site.public_id}/gibtesnicht/", "foreign": f"{world.far_site.public_id}/"}
    assert {web.get(f"/partner/oeffnung/{rest}").status_code for rest in sites.values()} == {404}


@pytest.mark.rule("PA-01")
def test_a_step_of_opening_is_noted_by_who_looks_after_partners_of_the_house(world, by):
    entry = note_opening(by=by, site=world.site, item="posters", on=days_ago(1))
    for persona in ("outsider", "sysadmin", "coordinator"):
        actor = world.personas[persona].actor
        with pytest.raises(NotAllowed):
            note_opening(by=actor, site=world.site, item="posters", on=days_ago(1))
        with pytest.raises(NotAllowed):
            drop_opening(by=actor, entry=entry)
    with pytest.raises(ValidationError, match="Zukunft"):
        note_opening(by=by, site=world.site, item="posters", on=days_ago(-1))


def test_the_first_site_is_opened_at_once(world, login):
    assert login(world.counsellor).get("/partner/oeffnung/").url == f"/partner/oeffnung/{world.site.public_id}/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_does_not_grow(world, by, login, django_assert_num_queries, count):
    for number in range(count):
        note_opening(by=by, site=world.site, item="posters", on=days_ago(number))
    web = login(world.counsellor)
    place = f"/partner/oeffnung/{world.site.public_id}/"
    web.get(place)
    with django_assert_num_queries(7):
        web.get(place)


# What colleagues know


@pytest.mark.rule("PA-04")
def test_what_one_knows_is_written_by_oneself_and_found_by_field(world, by, login):
    login(world.counsellor).post(
        "/partner/fachwissen/religions/",
        {"text": "Feiertage erklären", "languages": ["ar"], "valid_to": f"{days_ago(-30)}"},
    )
    offer_expertise(by=world.colleague.actor, field="languages", text="Türkisch", languages=["tr"])
    found = [(row.person, row.text) for row in pool(world.technical_lead.actor, "religions")]
    fields = [row.field for row in pool(world.technical_lead.actor)]
    assert (found, fields) == ([(world.counsellor.person, "Feiertage erklären")], ["religions", "languages"])


@pytest.mark.rule("PA-04")
def test_what_one_knows_is_taken_back_any_time_and_nothing_stays(world, by, login):
    mine = offer_expertise(by=by, field="religions", text="Geheimwort")
    for stranger in (world.colleague, world.technical_lead, world.outsider):
        with pytest.raises(NotAllowed):
            withdraw_expertise(by=stranger.actor, expertise=mine)
        assert login(stranger).post(f"/partner/fachwissen/{mine.public_id}/zurueckziehen/").status_code == 404
    login(world.counsellor).post(f"/partner/fachwissen/{mine.public_id}/zurueckziehen/")
    told = Event.objects.filter(key="expertise.withdrawn").values_list("fields", "details")
    assert (Expertise.objects.count(), list(told), rules.owns(by, mine)) == (0, [([], {})], True)


@pytest.mark.rule("PA-04")
def test_the_pool_is_seen_by_colleagues_only(world, by):
    offer_expertise(by=by, field="religions", text="Feiertage")
    seen = {name: len(pool(persona.actor)) for name, persona in world.personas.items() if persona.person}
    inside = ("counsellor", "colleague", "technical_lead", "carrier_manager", "sysadmin", "specialist", "dpo")
    assert {name for name, number in seen.items() if number} == set(inside)
    assert {name: rules.sees_pool(world.personas[name].actor) for name in ("funder", "sysadmin")} == {
        "funder": False,
        "sysadmin": True,
    }
    with pytest.raises(NotAllowed):
        offer_expertise(by=world.funder.actor, field="religions", text="x")


@pytest.mark.rule("PA-04")
def test_what_has_run_out_or_whose_writer_left_is_not_shown(world, by):
    offer_expertise(by=by, field="religions", text="Feiertage", valid_to=days_ago(0))
    offer_expertise(by=world.colleague.actor, field="religions", text="Fasten")
    both = len(pool(by))
    Expertise.objects.filter(person=world.counsellor.person).update(valid_to=days_ago(1))
    world.colleague.person.left_on = days_ago(1)
    world.colleague.person.save()
    assert (both, pool(by)) == (2, [])


def test_one_field_holds_one_text(by):
    offer_expertise(by=by, field="religions", text="Feiertage")
    offer_expertise(by=by, field="religions", text="Fasten")
    assert [row.text for row in pool(by)] == ["Fasten"]
    with pytest.raises(ValidationError, match="schon vorbei"):
        offer_expertise(by=by, field="religions", text="x", valid_to=days_ago(1))


def test_there_are_fourteen_fields_and_no_others(world, login):
    web = login(world.counsellor)
    assert len(web.get("/partner/fachwissen/").context["mine"]) == 14
    assert web.get("/partner/fachwissen/kochen/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pool_does_not_grow(world, login, django_assert_num_queries, count):
    for name in ("counsellor", "colleague", "technical_lead")[:count]:
        offer_expertise(by=world.personas[name].actor, field="religions", text="Feiertage", languages=["ar"])
    web = login(world.counsellor)
    web.get("/partner/fachwissen/")
    with django_assert_num_queries(6):
        web.get("/partner/fachwissen/")
