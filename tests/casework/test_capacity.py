"""Free capacity: cases beside posts. Nobody who may not read the cases learns a small number; no client is named."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions.capacity import set_caseload_guide
from lotse.casework.actions.cases import end_case
from lotse.casework.capacity import capacity, free_places, guide_for, in_steps
from lotse.casework.enums import CaseState
from lotse.casework.models import CaseloadGuide
from lotse.core.errors import NotAllowed
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Site
from tests.factories import casework as make
from tests.factories import organisations as staff
from tests.personas import grant

TODAY = timezone.localdate
FULL = Decimal("1.00")
HALF = Decimal("0.50")


@pytest.fixture
def busy(world):
    """The counsellor has half a post and three cases, the colleague a whole post and one."""
    staff.share(world, of=staff.post(world, site=world.site), who=world.counsellor.person)
    staff.share(world, of=staff.post(world, site=world.site), who=world.colleague.person, fte=FULL)
    for number in range(3):
        make.case(world, client=make.person(world, last_name=f"Person{number}"), consented=False)
    make.case(world, by=world.colleague.actor, consented=False)
    return world


def seen_by(persona):
    return [
        (
            load.site.name,
            (load.whole.fte, load.whole.cases, load.whole.is_exact),
            [(p.name, p.cases, p.is_exact) for p in load.people],
        )
        for load in capacity(persona.actor, TODAY())
    ]


def test_the_technical_lead_sees_her_site_exactly(busy):
    people = [("Colleague Beispiel", 1, True), ("Counsellor Beispiel", 3, True)]
    assert seen_by(busy.technical_lead) == [("Beratungsstelle Nordstadt", (Decimal("1.50"), 4, True), people)]


@pytest.mark.rule("KA-01")
@pytest.mark.rule("DP-13")
def test_a_counsellor_sees_her_own_cases_and_her_site_in_steps(busy):
    whole = (Decimal("1.50"), 10, False)
    assert seen_by(busy.counsellor) == [("Beratungsstelle Nordstadt", whole, [("Counsellor Beispiel", 3, True)])]


@pytest.mark.rule("KA-01")
@pytest.mark.parametrize("persona", ["coordinator", "carrier_manager"])
def test_who_coordinates_sees_everybody_in_steps(busy, persona):
    found = seen_by(busy.personas[persona])[0]
    assert found[2] == [("Colleague Beispiel", 10, False), ("Counsellor Beispiel", 10, False)]
    assert found[1] == (Decimal("1.50"), 10, False)


def test_a_coordinator_sees_all_carriers_below_and_a_carrier_its_own(busy):
    both = ["Beratungsstelle Nordstadt", "Beratungsstelle Südstadt"]
    assert [name for name, *_rest in seen_by(busy.coordinator)] == both
    assert [name for name, *_rest in seen_by(busy.carrier_manager)] == both[:1]
    assert [name for name, *_rest in seen_by(busy.outsider)] == both[1:]


def test_room_is_what_the_guide_leaves(busy):
    load = capacity(busy.technical_lead.actor, TODAY())[0]
    assert (load.whole.room, [person.room for person in load.people]) == (225 - 4, [150 - 1, 75 - 3])
    assert free_places(busy.technical_lead.actor, busy.site.pk, TODAY()) == 221
    assert free_places(busy.counsellor.actor, busy.site.pk, TODAY()) == 215


def test_without_a_post_nobody_knows_the_room(world):
    make.case(world, consented=False)
    load = capacity(world.technical_lead.actor, TODAY())[0]
    assert [(p.name, p.cases, p.room, p.has_room) for p in load.people] == [
        ("Colleague Beispiel", 0, None, None), ("Counsellor Beispiel", 1, None, None),
    ]  # fmt: skip
    assert free_places(world.counsellor.actor, world.far_site.pk, TODAY()) is None


def test_a_full_post_has_no_room(busy):
    set_caseload_guide(by=busy.technical_lead.actor, cases_per_fte=6, valid_from=TODAY())
    load = capacity(busy.technical_lead.actor, TODAY())[0]
    assert [(p.room, p.has_room) for p in load.people] == [(5, True), (0, False)]


@pytest.mark.parametrize(("begins", "ends", "fte"), [
    (-1, None, HALF), (0, None, HALF), (1, None, 0), (-9, 0, HALF), (-9, -1, 0),
])  # fmt: skip
def test_only_posts_in_force_today_count(world, begins, ends, fte):
    day = TODAY()
    dates = {
        "valid_from": day + timedelta(days=begins),
        "valid_to": None if ends is None else day + timedelta(days=ends),
    }
    staff.share(world, **dates)
    found = capacity(world.technical_lead.actor, day)[0]
    assert next(p.fte for p in found.people if p.name == "Counsellor Beispiel") == fte


def test_a_post_without_a_site_counts_where_the_person_counsels(world):
    other = Site.objects.create(organisation=world.nordstadt, name="Beratungsstelle Weststadt")
    staff.share(world, of=staff.post(world), who=world.counsellor.person)
    staff.share(world, of=staff.post(world, site=other), who=world.counsellor.person, fte=Decimal("0.25"))
    whole = {load.site.name: load.whole.fte for load in capacity(world.carrier_manager.actor, TODAY())}
    assert whole == {"Beratungsstelle Nordstadt": HALF, "Beratungsstelle Weststadt": Decimal("0.25")}


def test_who_has_two_shares_of_one_post_is_one_line(world):
    post = staff.post(world, site=world.site)
    for _ in range(2):
        staff.share(world, of=post, fte=HALF)
    assert [p.fte for p in capacity(world.technical_lead.actor, TODAY())[0].people] == [0, FULL]


def test_ended_cases_are_no_load(world):
    case = make.case(world, consented=False)
    end_case(
        by=world.counsellor.actor,
        case=case,
        state=CaseState.ABORTED,
        on=TODAY(),
        reason="no_contact",
        part_a_reason="short_enquiry",
        part_b_reason="short_enquiry",
    )
    assert capacity(world.technical_lead.actor, TODAY())[0].whole.cases == 0


def test_cases_of_somebody_who_counsels_no_more_still_show(busy):
    grant(busy.specialist.person, "qm_officer", busy.nordstadt)
    busy.counsellor.person.memberships.update(valid_to=make.days_ago(1))
    people = capacity(busy.technical_lead.actor, TODAY())[0].people
    assert [(p.name, p.cases) for p in people] == [("Colleague Beispiel", 1), ("Counsellor Beispiel", 3)]


@pytest.mark.rule("KA-01")
@pytest.mark.parametrize(("cases", "shown"), [(0, 10), (1, 10), (10, 10), (11, 20), (20, 20), (99, 100)])
def test_steps_of_ten_hide_zero_too(cases, shown):
    assert in_steps(cases) == shown


# --- the guide ----------------------------------------------------------------------------------------------------------
def test_what_lotse_proposes_is_marked_until_the_house_decides(world):
    day = TODAY()
    assert (guide_for(world.counsellor.actor, day).cases, guide_for(world.counsellor.actor, day).is_proposed) == (
        150,
        True,
    )
    set_caseload_guide(by=world.carrier_manager.actor, cases_per_fte=60, valid_from=day)
    decided = guide_for(world.counsellor.actor, day)
    assert (decided.cases, decided.is_proposed, decided.since) == (60, False, day)


@pytest.mark.rule("KA-02")
def test_a_guide_holds_from_its_day_and_the_one_before_stays(world):
    for cases, begins in ((60, date(2026, 1, 1)), (80, date(2026, 6, 1))):
        set_caseload_guide(by=world.technical_lead.actor, cases_per_fte=cases, valid_from=begins)
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1))
    assert [guide_for(world.counsellor.actor, day).cases for day in days] == [150, 60, 60, 80]


def test_the_guide_of_the_district_holds_where_the_carrier_has_none(world):
    set_caseload_guide(by=world.coordinator.actor, cases_per_fte=90, valid_from=TODAY())
    set_caseload_guide(by=world.carrier_manager.actor, cases_per_fte=60, valid_from=TODAY())
    found = {load.site.name: load.whole.guide for load in capacity(world.coordinator.actor, TODAY())}
    assert found == {"Beratungsstelle Nordstadt": 60, "Beratungsstelle Südstadt": 90}


def test_the_same_day_again_corrects_the_guide(world):
    for cases in (60, 70):
        set_caseload_guide(by=world.technical_lead.actor, cases_per_fte=cases, valid_from=TODAY())
    assert CaseloadGuide.objects.get().cases_per_fte == 70


@pytest.mark.rule("KA-02")
@pytest.mark.parametrize("persona", ["counsellor", "sysadmin", "funder", "specialist"])
def test_others_do_not_set_the_guide(world, persona):
    with pytest.raises(NotAllowed):
        set_caseload_guide(by=world.personas[persona].actor, cases_per_fte=1, valid_from=TODAY())


# --- rules --------------------------------------------------------------------------------------------------------------
def actor(*permissions, **more):
    return Actor(person_id=1, ref="x", label="X", organisation_id=1, permissions=frozenset(permissions), **more)


@pytest.mark.rule("KA-01")
def test_capacity_is_for_counselling_review_and_coordination():
    alone = {p for p in Permission if rules.sees_capacity(actor(p))}
    assert alone == {Permission.COUNSEL, Permission.REVIEW_FILES}
    assert rules.sees_capacity(actor(Permission.MANAGE_ORGANISATION, Permission.COUNT_CLIENTS))


@pytest.mark.rule("KA-02")
def test_the_guide_is_set_by_review_and_management():
    assert {p for p in Permission if rules.sets_caseload(actor(p))} == {Permission.REVIEW_FILES}
    assert rules.sets_caseload(actor(Permission.MANAGE_ORGANISATION, Permission.COUNT_CLIENTS))
    assert not rules.sets_caseload(actor(Permission.COUNSEL, Permission.COUNT_CLIENTS))


@pytest.mark.rule("KA-01")
@pytest.mark.parametrize(
    ("person", "site", "exact"), [(1, 9, True), (2, 9, False), (None, 9, False), (2, 5, True), (None, 5, True)]
)
def test_exact_numbers_are_for_who_reads_the_cases(person, site, exact):
    assert rules.knows_exact_load(actor(reviewed_site_ids=frozenset({5})), person, site) is exact


# --- the page -----------------------------------------------------------------------------------------------------------
def test_the_page_names_no_client(busy, login):
    for persona in ("counsellor", "technical_lead", "coordinator"):
        text = login(busy.personas[persona]).get("/kapazitaet/").content.decode()
        assert ("Person0" in text, "Beratungsstelle Nordstadt" in text) == (False, True)


def test_the_guide_is_changed_on_the_page(busy, login):
    web = login(busy.technical_lead)
    assert "Vorgabe von Lotse" in web.get("/kapazitaet/").content.decode()
    assert web.post("/kapazitaet/", {"cases_per_fte": "60", "valid_from": TODAY().isoformat()}).status_code == 302
    assert "60 offene Fälle je Vollzeitstelle – Richtwert seit" in web.get("/kapazitaet/").content.decode()


def test_a_guide_of_nothing_is_refused_in_words(world, login):
    page = login(world.technical_lead).post("/kapazitaet/", {"cases_per_fte": "0", "valid_from": TODAY().isoformat()})
    assert "error-summary" in page.content.decode()
    assert CaseloadGuide.objects.count() == 0


def test_counsellors_are_not_offered_to_change_it(world, login):
    assert "Richtwert ändern" not in login(world.counsellor).get("/kapazitaet/").content.decode()


@pytest.mark.parametrize(("cases", "notice"), [(150, "noch Platz für mindestens 215 Fälle"), (5, "rechnerisch voll")])
def test_who_names_a_target_group_sees_whether_there_is_room(busy, login, cases, notice):
    set_caseload_guide(by=busy.technical_lead.actor, cases_per_fte=cases, valid_from=TODAY())
    client = make.case(busy, client=make.person(busy, last_name="Neu")).client
    assert notice in login(busy.counsellor).get(f"/akte/{client.public_id}/zielgruppe/").context["notice"]


def test_without_posts_nothing_is_said_about_room(world, login):
    client = make.case(world).client
    assert login(world.counsellor).get(f"/akte/{client.public_id}/zielgruppe/").context["notice"] == ""


@pytest.mark.parametrize(("persona", "leads_there"), [("counsellor", True), ("coordinator", True), ("funder", False)])
def test_the_figures_lead_to_the_capacity_for_who_may_see_it(world, login, persona, leads_there):
    assert (
        "/kapazitaet/" in login(world.personas[persona]).get("/auswertung/", follow=True).content.decode()
    ) is leads_there
