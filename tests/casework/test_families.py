"""A family in several files: relatives with a file of their own, and two services beside each other."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.casework.actions.access import confirm_assignment, request_assignment
from lotse.casework.actions.cases import end_otherwise, open_case, reopen
from lotse.casework.actions.clients import add_household_member
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.families import link_own_file, open_own_file, unlink_own_file
from lotse.casework.actions.merging import merge_clients
from lotse.casework.enums import Act, CaseState
from lotse.casework.models import Client, Consent, CounsellingCase, HouseholdMember
from lotse.casework.queries import current_case
from lotse.casework.queries.household import family_files, own_file_of, people_at_home
from lotse.casework.queries.merging import merge_plan
from lotse.catalogues.texts import text
from lotse.core.errors import NotAllowed
from lotse.programmes.models import Programme, SiteOffer
from tests.factories import casework as make


@pytest.fixture
def by(world):
    return world.counsellor.actor


@pytest.fixture
def jmd(world):
    made = Programme.objects.create(code="jmd", name="Jugendmigrationsdienst")
    SiteOffer.objects.create(programme=made, site=world.site, valid_from=date(2020, 1, 1))
    return made


@pytest.fixture
def parent(world):
    return make.case(world, client=make.person(world, country_of_origin="sy", address="Weg 1")).client


@pytest.fixture
def son(world, by, parent):
    return add_household_member(
        by=by, client=parent, relation="child", name="Ali Can Özdemir", gender="m", birth_date=date(2008, 5, 1),
        nationality="sy", lives_in_household_since=date(2020, 1, 1),
    )  # fmt: skip


# --- a file of her own ---------------------------------------------------------------------------------------------
def test_own_file_is_filled_in_from_the_household(world, parent, son):
    assert own_file_of(son) == {
        "first_name": "Ali Can", "last_name": "Özdemir", "birth": "01.05.2008", "gender": "m", "nationality": "sy",
        "country_of_origin": "sy", "contact_language": "", "interpreter_needed": None, "address": "Weg 1",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "first", "last"), [("Ali", "Ali", "Özdemir"), ("", "", "Özdemir")])
def test_one_name_is_the_first_name(parent, name, first, last):
    known = own_file_of(
        HouseholdMember(client=parent, organisation=parent.organisation, name=name, birth_precision="day")
    )
    assert (known["first_name"], known["last_name"]) == (first, last)


def test_own_file_is_opened_without_typing_anything_again(world, login, parent, son):
    web, url = login(world.counsellor), f"/akte/{parent.public_id}/haushalt/{son.public_id}/eigene-akte/"
    shown = web.get(url).context["form"].initial

    answer = web.post(url, {name: value for name, value in shown.items() if value not in (None, "")})

    own = Client.objects.get(number=2)
    assert answer["Location"] == own.get_absolute_url()
    son.refresh_from_db()
    assert (son.own_file, own.household, own.birth_date) == (own, parent.household, date(2008, 5, 1))
    assert (son.name, son.lives_in_household_since) == ("Ali Can Özdemir", date(2020, 1, 1))
    home = web.get(f"/akte/{parent.public_id}/haushalt/").content.decode()
    assert ("eigene Akte 2" in home, "Akten in dieser Familie" in home) == (True, True)
    assert "Mira Özdemir" in web.get(f"/akte/{own.public_id}/haushalt/").content.decode()


def test_own_file_is_opened_once(world, by, parent, son):
    informed = {"informed_on": timezone.localdate(), "informed_language": "de"}
    names = {"first_name": "Ali", "last_name": "Özdemir"}
    open_own_file(by=by, member=son, site=world.site, **names, **informed)

    with pytest.raises(ValidationError, match="schon eine eigene Akte"):
        open_own_file(by=by, member=son, site=world.site, **names, **informed)
    assert Client.objects.count() == 2


@pytest.mark.parametrize(("born", "left", "offered"), [
    (date(2008, 5, 1), None, True), (date(2015, 5, 1), None, False), (date(2015, 5, 1), date(2026, 1, 1), True), (None, None, False),
])  # fmt: skip
def test_own_file_is_offered_to_who_has_grown_up_or_moved_out(by, parent, born, left, offered):
    add_household_member(by=by, client=parent, relation="child", name="Ali", birth_date=born, left_household_on=left)
    assert [row.may_have_file for row in people_at_home(parent, date(2026, 11, 21))] == [offered]


def test_relative_with_a_file_already_is_linked_by_its_number(world, login, by, parent, son):
    own = make.person(world, first_name="Ali", phone="0150 5551234")
    web, url = login(world.counsellor), f"/akte/{parent.public_id}/haushalt/{son.public_id}/verknuepfen/"

    for number in ("4711", "x", f"{parent.number}"):
        web.post(url, {"number": number})
        assert HouseholdMember.objects.get().own_file is None
    web.post(url, {"number": own.number})
    own.refresh_from_db()
    assert (HouseholdMember.objects.get().own_file, own.household) == (own, parent.household)
    web.post(url)
    assert HouseholdMember.objects.get().own_file is None


def test_relative_keeps_her_family_when_linked(world, by, parent, son):
    own, sister = make.person(world), make.person(world)
    Client.objects.filter(pk=sister.pk).update(household=own.household)
    link_own_file(by=by, member=son, other=own)

    own.refresh_from_db()
    assert own.household == Client.objects.get(pk=sister.pk).household
    assert family_files(by, parent) == [own]
    unlink_own_file(by=by, member=son)
    assert family_files(by, parent) == []


def test_file_that_one_may_not_see_is_not_linked_nor_shown(world, by, parent, son):
    other = make.person(world, by=world.colleague.actor)
    with pytest.raises(NotAllowed):
        link_own_file(by=by, member=son, other=other)
    HouseholdMember.objects.update(own_file=other)

    assert family_files(by, parent) == []
    assert [(row.file, row.may_have_file) for row in people_at_home(parent, date(2026, 11, 21))] == [(None, False)]


def test_parent_and_child_are_not_merged(by, parent, son, world):
    own = make.person(world, first_name="Ali")
    link_own_file(by=by, member=son, other=own)
    with pytest.raises(ValidationError, match="Das sind zwei Menschen"):
        merge_clients(by=by, survivor=parent, absorbed=own)


# --- two services ---------------------------------------------------------------------------------------------------
def second(world, client, jmd, actor):
    return open_case(
        by=actor, client=client, programme=jmd, first_contact_on=timezone.localdate(), access_route="own_initiative", channel="phone"
    )  # fmt: skip


def let_in(world, client):
    asked = {"person": world.colleague.person, "reason": "JMD", "valid_from": make.days_ago(2)}
    assignment = request_assignment(by=world.counsellor.actor, client=client, **asked)
    return confirm_assignment(by=world.technical_lead.actor, assignment=assignment)


@pytest.mark.rule("CL-26")
def test_second_service_needs_the_consent(world, by, parent, jmd):
    with pytest.raises(ValidationError, match="zwei Dienste"):
        second(world, parent, jmd, by)
    make.decide(world, parent, Act.JOINT)
    assert second(world, parent, jmd, by).programme == jmd


@pytest.mark.rule("CL-26")
def test_each_service_has_its_own_counsellor(world, parent, jmd):
    make.decide(world, parent, Act.JOINT)
    let_in(world, parent)
    case = second(world, parent, jmd, world.colleague.actor)

    assert set(CounsellingCase.objects.values_list("programme__code", "responsible")) == {
        ("mbe", world.counsellor.person.pk), ("jmd", world.colleague.person.pk),
    }  # fmt: skip
    parent.read_by = world.colleague.person.pk
    assert current_case(parent) == case
    parent.read_by = world.counsellor.person.pk
    assert current_case(parent).programme == world.mbe


@pytest.mark.rule("CL-26")
def test_one_case_is_open_in_each_programme(world, by, parent):
    make.decide(world, parent, Act.JOINT)
    with pytest.raises(ValidationError, match="schon ein Fall offen"):
        second(world, parent, world.mbe, by)


@pytest.mark.rule("CL-26")
def test_ended_case_is_taken_up_again_beside_another_one_with_consent_only(world, by, parent, jmd):
    old = CounsellingCase.objects.get()
    end_otherwise(by=by, case=old, state=CaseState.ABORTED, on=timezone.localdate(), reason="contact_lost")
    second(world, parent, jmd, by)
    old.refresh_from_db()

    with pytest.raises(ValidationError, match="zwei Dienste"):
        reopen(by=by, case=old, on=timezone.localdate())


@pytest.mark.rule("DP-12")
@pytest.mark.parametrize("since", [2, 0])
def test_withdrawal_closes_the_file_to_the_second_service_at_once(world, by, parent, jmd, since):
    make.decide(world, parent, Act.JOINT)
    assignment = let_in(world, parent)
    second(world, parent, jmd, world.colleague.actor)
    type(assignment).objects.update(valid_from=make.days_ago(since))

    withdraw(by=by, consent=Consent.objects.get(act=Act.JOINT), on=timezone.localdate())

    assert list(Client.objects.visible_to(world.colleague.actor)) == []
    assert set(CounsellingCase.objects.values_list("responsible", flat=True)) == {world.counsellor.person.pk}


def test_case_is_chosen_and_stays_chosen_on_every_page(world, login, parent, by, jmd):
    make.decide(world, parent, Act.JOINT)
    make.plan(world, of=CounsellingCase.objects.get())
    second(world, parent, jmd, by)
    web = login(world.counsellor)
    for code, other in (("mbe", "Jugendmigrationsdienst"), ("jmd", "Migrationsberatung")):
        case = CounsellingCase.objects.get(programme__code=code)
        page = web.post(f"/akte/{parent.public_id}/fall/{case.public_id}/", follow=True).content.decode()
        assert (f"Fall: {case.programme} seit" in page, f'anzeigen<span class="visually-hidden">: {other}' in page) == (
            True,
            True,
        )
        assert ("Plan 1" in web.get(f"/akte/{parent.public_id}/plan/").content.decode()) is (code == "mbe")


def test_consent_for_two_services_is_recorded_on_the_page_of_consents(world, login, parent):
    typed = {
        "acts": ["joint_counselling"],
        "given": "yes",
        "decided_on": f"{timezone.localdate()}",
        "language": "tr",
        "form": "written",
    }
    web, consents = login(world.counsellor), f"/akte/{parent.public_id}/einwilligungen/"
    web.post(consents, typed)
    kept = Consent.objects.get(act=Act.JOINT)
    assert (kept.state, kept.text_version) == ("given", text("joint_counselling", "tr").version)
    assert web.get(f"{consents}text.pdf?nur=joint_counselling&sprache=tr").status_code == 200


def test_merging_says_that_two_services_need_the_consent(world, by, jmd):
    one, other = make.case(world), make.case(world, client=make.person(world), programme=jmd)
    said = [hint for hint in merge_plan(one.client, other.client).hints if "nebeneinander" in hint]
    assert len(said) == 1
