"""Who is responsible by accommodation and municipality: the organisation's own table, and what a move makes of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions.moves import record_move
from lotse.casework.actions.responsibility import end_rule, set_rule
from lotse.casework.models import Client, ResponsibilityRule
from lotse.casework.queries.responsibility import lives_now, responsibility_rules, responsible_by_rule, rule_for
from lotse.core.errors import NotAllowed
from lotse.organisations.enums import Permission
from lotse.programmes.models import Programme
from tests.factories import casework as make

pytestmark = pytest.mark.rule("CL-27")
TODAY = timezone.localdate
SHARED, OWN = "municipal_central", "independent_decentral"
SINGEN, ESCHWEILER = "08335075", "05334012"


@pytest.fixture
def file(world):
    return make.case(world).client


def lay_down(world, by="technical_lead", **more):
    values = {"municipality_code": SINGEN, "accommodation": OWN, "valid_from": make.days_ago(100), **more}
    if not {"site", "elsewhere"} & set(values):
        values["elsewhere"] = "Caritas"
    return set_rule(by=world.personas[by].actor, **values)


def move(world, client, kind=OWN, where=SINGEN, since=None):
    record_move(
        by=world.counsellor.actor, client=client, kind=kind, municipality_code=where, since=since or make.days_ago(1)
    )
    return Client.objects.get(pk=client.pk)


# --- after a move ------------------------------------------------------------------------------------------------


def test_a_rule_that_names_another_asks_at_the_first_recording_already(world, login, file):
    lay_down(world)
    moved = move(world, file)

    assert moved.moved_on == make.days_ago(1)
    assert str(responsible_by_rule(moved)) == "Caritas"
    page = login(world.counsellor).get(f"/akte/{file.public_id}/").content.decode()
    assert ("<strong>Caritas</strong>" in page, "Dorthin verweisen" in page) == (True, True)


def test_a_rule_that_names_us_answers_the_question(world, file):
    lay_down(world, site=world.site)
    move(world, file, SHARED, ESCHWEILER, make.days_ago(9))
    assert move(world, file).moved_on is None


def test_a_rule_that_names_us_takes_an_open_question_back(world, file):
    move(world, file, SHARED, "", make.days_ago(30))
    assert move(world, file, OWN, "", make.days_ago(20)).moved_on is not None
    lay_down(world, site=world.site)
    assert move(world, file).moved_on is None


@pytest.mark.parametrize(("code", "asks"), [("mbe", False), ("jmd", True)])
def test_a_rule_may_name_a_programme(world, file, code, asks):
    programme = Programme.objects.get_or_create(code=code, defaults={"name": code})[0]
    lay_down(world, site=world.site, programme=programme)
    assert bool(move(world, file).moved_on) is asks


@pytest.mark.parametrize("more", [
    {"municipality_code": ESCHWEILER}, {"accommodation": SHARED}, {"valid_from": TODAY() + timedelta(1)},
])  # fmt: skip
def test_a_rule_for_something_else_says_nothing(world, file, more):
    lay_down(world, **more)
    assert move(world, file).moved_on is None


def test_the_rule_of_another_house_says_nothing(world, file):
    lay_down(world, by="carrier_manager")
    ResponsibilityRule.objects.update(organisation=world.suedstadt)
    assert move(world, file).moved_on is None


@pytest.mark.rule("CL-25")
@pytest.mark.parametrize(("before", "after", "asks"), [
    (ESCHWEILER, SINGEN, True), (SINGEN, SINGEN, False), ("", SINGEN, False), (SINGEN, "", False),
])  # fmt: skip
def test_without_a_rule_another_municipality_is_asked_about(world, file, before, after, asks):
    move(world, file, OWN, before, make.days_ago(9))
    assert bool(move(world, file, OWN, after).moved_on) is asks


def test_the_form_begins_with_where_she_lives(world, login, file):
    assert lives_now(file) == {"municipality_code": ESCHWEILER}
    page = login(world.counsellor).get(f"/akte/{file.public_id}/umzug/").content.decode()
    assert f'<option value="{ESCHWEILER}" selected>' in page
    assert lives_now(move(world, file)) == {"municipality_code": SINGEN}


# --- the table ---------------------------------------------------------------------------------------------------


def test_a_new_rule_ends_the_former_the_day_before(world, file):
    former = lay_down(world)
    newer = lay_down(world, valid_from=TODAY(), elsewhere="Diakonie")
    former.refresh_from_db()

    assert (former.valid_to, newer.valid_to) == (make.days_ago(1), None)
    lives = move(world, file).accommodations.get()
    assert [str(rule_for(file, lives, day)) for day in (make.days_ago(1), TODAY())] == ["Caritas", "Diakonie"]
    assert responsibility_rules(world.counsellor.actor, TODAY()) == [newer]


def test_two_rules_from_the_same_day_are_refused(world):
    lay_down(world)
    with pytest.raises(ValidationError, match="schon eine Regel"):
        lay_down(world)


@pytest.mark.parametrize("more", [{"elsewhere": " "}, {"elsewhere": "Caritas", "site": True}])
def test_a_rule_names_exactly_one(world, more):
    with pytest.raises(ValidationError, match="entweder"):
        lay_down(world, **{**more, **({"site": world.site} if "site" in more else {})})


def test_a_rule_ends_today_and_one_to_come_is_taken_back(world):
    rule, coming = lay_down(world), lay_down(world, accommodation=SHARED, valid_from=TODAY() + timedelta(9))
    by = world.technical_lead.actor
    end_rule(by=by, rule=rule, on=TODAY())
    end_rule(by=by, rule=coming, on=TODAY())

    assert [row.valid_to for row in ResponsibilityRule.objects.all()] == [TODAY()]
    with pytest.raises(ValidationError, match="schon beendet"):
        end_rule(by=by, rule=rule, on=TODAY())


@pytest.mark.parametrize("name", ["counsellor", "sysadmin", "dpo", "funder"])
def test_who_does_not_lead_lays_nothing_down(world, name):
    rule = lay_down(world)
    with pytest.raises(NotAllowed):
        lay_down(world, by=name, accommodation=SHARED)
    with pytest.raises(NotAllowed):
        end_rule(by=world.personas[name].actor, rule=rule, on=TODAY())


def test_nobody_names_a_foreign_site_or_ends_a_foreign_rule(world):
    rule = lay_down(world)
    with pytest.raises(NotAllowed):
        lay_down(world, site=world.far_site, accommodation=SHARED)
    ResponsibilityRule.objects.update(organisation=world.suedstadt)
    rule.refresh_from_db()
    with pytest.raises(NotAllowed):
        end_rule(by=world.technical_lead.actor, rule=rule, on=TODAY())


def test_who_leads_lays_down():
    class Holds:
        def __init__(self, permission):
            self.permission = permission

        def may(self, permission):
            return permission == self.permission

    sets = {p for p in Permission if rules.sets_responsibility(Holds(p))}
    assert sets == {Permission.REVIEW_FILES, Permission.MANAGE_ORGANISATION}


def test_the_page_shows_an_example_that_does_not_hold(world, login, file):
    web = login(world.technical_lead)
    page = web.get("/zustaendigkeit/").content.decode()
    assert ("Beispiel" in page, "Singen (Hohentwiel)" in page, "Gilt nicht" in page) == (True, True, True)
    assert ResponsibilityRule.objects.count() == 0
    assert move(world, file).moved_on is None

    form = web.get(f"/zustaendigkeit/?beispiel={OWN}").context["form"]
    assert (form["municipality_code"].value(), form["elsewhere"].value()) == (
        SINGEN,
        "Integrationsmanagement der Caritas",
    )
    assert "Neue Regel" not in login(world.counsellor).get("/zustaendigkeit/").content.decode()


def test_the_page_lays_down_and_ends(world, login):
    web = login(world.technical_lead)
    data = {"municipality_code": SINGEN, "accommodation": OWN, "site": "elsewhere", "valid_from": f"{TODAY()}"}
    assert "Bitte die Stelle nennen." in web.post("/zustaendigkeit/", data).content.decode()

    web.post("/zustaendigkeit/", {**data, "site": world.site.public_id, "elsewhere": "vergessen"})
    rule = ResponsibilityRule.objects.get()
    assert (rule.site, rule.elsewhere) == (world.site, "")
    assert "schon eine Regel" in web.post("/zustaendigkeit/", {**data, "elsewhere": "Stadt"}).content.decode()
    web.post(f"/zustaendigkeit/{rule.public_id}/beenden/")
    rule.refresh_from_db()
    assert rule.valid_to == TODAY()
    assert "schon beendet" in web.post(f"/zustaendigkeit/{rule.public_id}/beenden/", follow=True).content.decode()
