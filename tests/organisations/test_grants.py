"""Rights: granted by one, confirmed by another, never for oneself."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lotse.auditlog.models import Event
from lotse.casework.models import Client
from lotse.core.errors import NotAllowed
from lotse.organisations import notices
from lotse.organisations.actions import grants
from lotse.organisations.models import Deputy, Membership, Person
from lotse.organisations.rights import awaiting_confirmation
from lotse.organisations.who import actor_for
from tests.factories import casework
from tests.factories import organisations as make

CONFIRMING = ["technical_lead", "carrier_manager"]
OTHERS = ["counsellor", "colleague", "sysadmin", "specialist", "dpo", "coordinator", "funder", "outsider"]


def file_role(world, who=None, **more):
    """A role that opens files, asked for by the coordinator of the district."""
    by = world.coordinator.actor
    return make.role(world, who=who or world.specialist.person, by=by, role="counsellor", site=world.site, **more)


# --- roles ----------------------------------------------------------------------------------------------------


def test_role_without_files_holds_at_once(world):
    made = make.role(world, role="qm_officer")

    assert (made.needs_confirmation, made.reason, made.granted_by) == (False, "Bedarf", world.carrier_manager.person)
    assert "qm_officer" in world.colleague.actor.role_keys
    assert Event.objects.get(key="role.granted").details["role"] == "qm_officer"


@pytest.mark.rule("OR-02")
@pytest.mark.parametrize("role", ["qm_officer", "counsellor"])
def test_nobody_grants_a_role_to_herself(world, role):
    with pytest.raises(ValidationError, match="sich selbst"):
        make.role(world, who=world.carrier_manager.person, role=role)
    assert not Membership.objects.filter(role="qm_officer").exists()


@pytest.mark.rule("OR-02")
@pytest.mark.parametrize("column", ["granted_by", "confirmed_by"])
def test_database_refuses_who_grants_or_confirms_her_own_role(world, column):
    held = Membership.objects.get(person=world.counsellor.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=held.pk).update(**{column: held.person})


@pytest.mark.rule("OR-02")
@pytest.mark.parametrize("column", ["granted_by", "confirmed_by"])
def test_database_refuses_who_grants_or_confirms_her_own_deputyship(world, column):
    made = make.deputy(world, confirmed=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.filter(pk=made.pk).update(**{column: made.deputy})


@pytest.mark.rule("OR-03")
def test_database_refuses_files_without_a_second_person(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(person=world.counsellor.person).update(needs_confirmation=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.filter(pk=make.deputy(world).pk).update(needs_confirmation=False)


@pytest.mark.rule("OR-03")
@pytest.mark.parametrize("role", ["counsellor", "intman", "technical_lead", "carrier_manager"])
def test_role_that_opens_files_waits_for_a_second_person(world, role):
    made = make.role(world, who=world.specialist.person, by=world.coordinator.actor, role=role, site=world.site)
    assert (made.is_waiting, role in world.specialist.actor.role_keys) == (True, False)

    grants.confirm_role(by=world.technical_lead.actor, membership=made)

    made.refresh_from_db()
    assert (made.is_waiting, made.confirmed_by) == (False, world.technical_lead.person)
    assert role in world.specialist.actor.role_keys


@pytest.mark.rule("OR-03")
@pytest.mark.parametrize("persona", OTHERS)
def test_nobody_else_confirms_or_declines_a_role(world, persona):
    made = file_role(world)
    for verb in (grants.confirm_role, grants.decline_role):
        with pytest.raises(NotAllowed):
            verb(by=world.personas[persona].actor, membership=made)
    made.refresh_from_db()
    assert made.is_waiting


@pytest.mark.rule("OR-03")
def test_who_granted_does_not_confirm(world):
    made = make.role(world, who=world.specialist.person, role="counsellor")
    with pytest.raises(NotAllowed, match="zweite Person"):
        grants.confirm_role(by=world.carrier_manager.actor, membership=made)


@pytest.mark.rule("OR-03")
def test_who_gains_does_not_confirm(world):
    made = file_role(world, who=world.technical_lead.person)
    with pytest.raises(NotAllowed, match="zweite Person"):
        grants.confirm_role(by=world.technical_lead.actor, membership=made)


@pytest.mark.rule("OR-03")
def test_technical_lead_of_another_carrier_does_not_confirm(world):
    made = file_role(world)
    lead = make.role(
        world, who=world.outsider.person, by=world.coordinator.actor, role="technical_lead",
        organisation=world.suedstadt, site=world.far_site,
    )  # fmt: skip
    Membership.objects.filter(pk=lead.pk).update(confirmed_at=lead.created_at)

    with pytest.raises(NotAllowed):
        grants.confirm_role(by=world.outsider.actor, membership=made)
    assert awaiting_confirmation(world.outsider.actor) == []


def test_management_of_the_district_confirms_for_its_carriers(world):
    boss = make.person(world, by=world.coordinator.actor, organisation=world.district)
    Membership.objects.create(
        person=boss, organisation=world.district, role="carrier_manager", valid_from=make.in_days(-1)
    )
    made = file_role(world)

    assert awaiting_confirmation(actor_for(boss)) == [made]
    grants.confirm_role(by=actor_for(boss), membership=made)


def test_decided_is_decided(world):
    made = file_role(world)
    grants.confirm_role(by=world.technical_lead.actor, membership=made)
    with pytest.raises(ValidationError, match="schon entschieden"):
        grants.confirm_role(by=world.carrier_manager.actor, membership=made)


def test_declined_role_is_gone_and_the_log_remembers(world):
    made = file_role(world)
    grants.decline_role(by=world.technical_lead.actor, membership=made)
    assert not Membership.objects.filter(pk=made.pk).exists()
    assert Event.objects.get(key="role.declined").object_ref == made.public_id


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize("persona", [*(name for name in OTHERS if name != "coordinator"), "technical_lead"])
def test_roles_are_granted_by_who_manages(world, persona):
    with pytest.raises(NotAllowed):
        make.role(world, by=world.personas[persona].actor, who=world.dpo.person)


def test_manager_of_one_carrier_gives_no_role_in_another(world):
    with pytest.raises(NotAllowed):
        make.role(world, organisation=world.suedstadt)
    with pytest.raises(NotAllowed):
        make.role(world, who=world.outsider.person)


@pytest.mark.rule("OR-03")
def test_files_open_only_at_the_own_carrier(world):
    by = world.coordinator.actor
    with pytest.raises(ValidationError, match="angestellt"):
        make.role(world, who=world.outsider.person, by=by, role="counsellor", site=world.site)
    assert make.role(world, who=world.outsider.person, by=by, role="desk_officer").pk


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"valid_to": make.in_days(-1)}, "vor dem Beginn"),
        ({"site": "far_site"}, "andere"),
        ({"role": "technical_lead"}, "Für welche Beratungsstelle"),
    ],
    ids=["period", "foreign_site", "lead_without_site"],
)
def test_odd_roles_are_refused(world, more, message):
    if "site" in more:
        more = {"site": world.far_site}
    with pytest.raises(ValidationError, match=message):
        make.role(world, **more)


def test_same_role_is_not_granted_twice_for_a_time(world):
    first = make.role(world, valid_to=make.in_days(10))
    with pytest.raises(ValidationError, match="schon"):
        make.role(world, valid_from=make.in_days(10))
    assert make.role(world, valid_from=make.in_days(11)).pk != first.pk


def test_ended_role_holds_to_its_last_day(world):
    held = Membership.objects.get(person=world.specialist.person)
    grants.end_role(by=world.carrier_manager.actor, membership=held, on=make.today())

    assert "integration_specialist" in world.specialist.actor.role_keys
    assert actor_for(world.specialist.person, make.in_days(1)).role_keys == frozenset()


def test_role_is_never_made_longer_by_ending_it(world):
    made = make.role(world, valid_to=make.in_days(5))
    with pytest.raises(ValidationError, match="endet schon früher"):
        grants.end_role(by=world.carrier_manager.actor, membership=made, on=make.in_days(6))


def test_role_that_never_began_goes_away(world):
    made = make.role(world, valid_from=make.in_days(5))
    grants.end_role(by=world.carrier_manager.actor, membership=made, on=make.today())
    assert not Membership.objects.filter(pk=made.pk).exists()


# --- deputies -------------------------------------------------------------------------------------------------


@pytest.mark.rule("OR-03")
def test_deputy_sees_the_files_once_a_second_person_has_confirmed(world):
    file = casework.person(world)
    made = make.deputy(world)
    assert not Client.objects.visible_to(world.colleague.actor).exists()

    grants.confirm_deputy(by=world.technical_lead.actor, deputy=made)
    assert Client.objects.visible_to(world.colleague.actor).get() == file
    after = actor_for(world.colleague.person, make.in_days(15))
    assert not Client.objects.visible_to(after).exists()


@pytest.mark.rule("OR-02")
def test_nobody_makes_herself_a_deputy(world):
    with pytest.raises(ValidationError, match="sich selbst"):
        make.deputy(world, by=world.technical_lead.actor, who=world.technical_lead.person)
    with pytest.raises(NotAllowed):
        make.deputy(world, by=world.colleague.actor)


@pytest.mark.rule("OR-03")
@pytest.mark.parametrize("persona", OTHERS)
def test_nobody_else_confirms_or_declines_a_deputy(world, persona):
    made = make.deputy(world)
    for verb in (grants.confirm_deputy, grants.decline_deputy):
        with pytest.raises(NotAllowed):
            verb(by=world.personas[persona].actor, deputy=made)


@pytest.mark.rule("OR-03")
@pytest.mark.parametrize(
    ("persona", "allowed"),
    [("counsellor", True), ("technical_lead", True), ("carrier_manager", True), ("coordinator", True),
     ("colleague", False), ("dpo", False), ("sysadmin", False), ("specialist", False), ("outsider", False)],
)  # fmt: skip
def test_deputy_is_arranged_by_herself_or_her_lead(world, persona, allowed):
    by = world.personas[persona].actor
    third = make.person(world)
    if allowed:
        assert make.deputy(world, by=by, who=third).is_waiting
    else:
        with pytest.raises(NotAllowed):
            make.deputy(world, by=by, who=third)


def test_deputy_is_a_colleague_of_the_same_carrier(world):
    with pytest.raises(NotAllowed, match="selben Träger"):
        make.deputy(world, who=world.outsider.person)


def test_deputy_needs_a_reason(world):
    with pytest.raises(ValidationError, match="Grund"):
        make.deputy(world, reason=" ")


@pytest.mark.parametrize("persona", ["counsellor", "colleague", "technical_lead", "carrier_manager"])
def test_deputyship_is_ended_by_those_concerned(world, persona):
    made = make.deputy(world, confirmed=True)
    grants.end_deputy(by=world.personas[persona].actor, deputy=made, on=make.today())
    assert Deputy.objects.get().valid_to == make.today()


@pytest.mark.parametrize("persona", ["dpo", "sysadmin", "outsider"])
def test_deputyship_is_not_ended_by_others(world, persona):
    with pytest.raises(NotAllowed):
        grants.end_deputy(by=world.personas[persona].actor, deputy=make.deputy(world), on=make.today())


# --- what waits, and who is told ------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", CONFIRMING)
def test_what_waits_shows_to_the_second_person(world, persona):
    role, deputy = file_role(world), make.deputy(world)
    assert awaiting_confirmation(world.personas[persona].actor) == [role, deputy]


@pytest.mark.parametrize("persona", OTHERS)
def test_nothing_waits_for_anybody_else(world, persona, django_assert_num_queries):
    file_role(world), make.deputy(world)
    actor = world.personas[persona].actor
    with django_assert_num_queries(0):
        assert awaiting_confirmation(actor) == []


def test_nothing_waits_for_who_asked_or_gains(world):
    file_role(world, who=world.technical_lead.person)
    make.deputy(world, by=world.carrier_manager.actor)
    assert [type(w) for w in awaiting_confirmation(world.technical_lead.actor)] == [Deputy]
    assert [type(w) for w in awaiting_confirmation(world.carrier_manager.actor)] == [Membership]


def test_what_is_over_waits_no_longer(world):
    make.deputy(world, valid_from=make.in_days(-9), valid_to=make.in_days(-1))
    assert awaiting_confirmation(world.technical_lead.actor) == []


@pytest.mark.rule("OR-03")
def test_those_who_may_confirm_are_told_and_then_those_affected(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = make.deputy(world)
    assert sorted(m.to[0] for m in mail.outbox) == ["carrier_manager@lotse.example", "technical_lead@lotse.example"]

    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        grants.confirm_deputy(by=world.technical_lead.actor, deputy=made)
    assert sorted(m.to[0] for m in mail.outbox) == ["colleague@lotse.example", "counsellor@lotse.example"]
    assert "Colleague Beispiel vertritt Counsellor Beispiel" in mail.outbox[0].body


def test_new_role_is_told_to_who_has_it(world, django_capture_on_commit_callbacks):
    Person.objects.filter(pk=world.colleague.person.pk).update(email="dienstlich@lotse.example")
    world.colleague.person.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        make.role(world)
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["dienstlich@lotse.example"], "Lotse: Sie haben eine neue Rolle")
    ]


def test_mail_server_that_is_down_undoes_nothing(world, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "tests.organisations.no_such_backend"
    with django_capture_on_commit_callbacks(execute=True):
        made = make.role(world)
    assert Membership.objects.filter(pk=made.pk).exists()


def test_mail_can_be_routed_through_a_log(world, monkeypatch, django_capture_on_commit_callbacks):
    kept = []
    monkeypatch.setattr(notices, "_deliver", None)
    notices.route_through(lambda person, address, subject, text: kept.append((person, address)))
    with django_capture_on_commit_callbacks(execute=True):
        make.role(world)
    assert (kept, mail.outbox) == ([(world.colleague.person, "colleague@lotse.example")], [])


# --- pages ----------------------------------------------------------------------------------------------------


def address(world, rest=""):
    return f"/verwaltung/{world.nordstadt.public_id}/{rest}"


def typed(world, **more):
    values = {"person": world.specialist.person.public_id, "role": "counsellor", "site": world.site.public_id}
    return {**values, "valid_from": f"{make.today()}", "reason": "Neu im Team", **more}


def test_role_is_granted_on_the_page_and_confirmed_on_another(world, login):
    answer = login(world.coordinator).post(address(world, "wer/erteilen/"), typed(world), follow=True)
    assert "zweite Person" in answer.content.decode()
    made = Membership.objects.get(person=world.specialist.person, role="counsellor")

    web = login(world.technical_lead)
    assert "die Rolle Berater*in geben" in web.get("/bestaetigen/").content.decode()
    assert "die Rolle Berater*in geben" in web.get("/").content.decode()
    answer = web.post(f"/bestaetigen/{made.public_id}/", {"decision": "confirm"}, follow=True)

    assert "Bestätigt." in answer.content.decode()
    made.refresh_from_db()
    assert made.confirmed_by == world.technical_lead.person


def test_page_refuses_a_role_for_oneself(world, login):
    data = typed(world, person=world.carrier_manager.person.public_id)
    answer = login(world.carrier_manager).post(address(world, "wer/erteilen/"), data)
    assert "Niemand erteilt sich selbst ein Recht" in answer.content.decode()
    assert Membership.objects.filter(person=world.carrier_manager.person).count() == 1


def test_page_keeps_what_was_typed(world, login):
    answer = login(world.carrier_manager).post(address(world, "wer/erteilen/"), typed(world, valid_from="morgen"))
    page = answer.content.decode()
    assert "Bitte ein Datum wie 12.05.1990 angeben." in page
    assert 'value="Neu im Team"' in page


@pytest.mark.parametrize("persona", OTHERS)
def test_page_confirms_for_nobody_else(world, login, persona):
    made = file_role(world)
    answer = login(world.personas[persona]).post(f"/bestaetigen/{made.public_id}/", {"decision": "confirm"})
    made.refresh_from_db()
    assert (answer.status_code, made.is_waiting) == (403, True)


def test_looking_at_the_waiting_list_decides_nothing(world, login):
    role, deputy = file_role(world), make.deputy(world)
    web = login(world.technical_lead)
    for url in ("/", "/bestaetigen/", f"/bestaetigen/{role.public_id}/", f"/bestaetigen/{deputy.public_id}/"):
        assert web.get(url).status_code in (200, 302)
    assert len(awaiting_confirmation(world.technical_lead.actor)) == 2


def test_page_declines(world, login):
    made = make.deputy(world)
    login(world.technical_lead).post(f"/bestaetigen/{made.public_id}/", {"decision": "decline"})
    assert not Deputy.objects.exists()


def test_deputy_is_arranged_on_the_page_of_the_person(world, login):
    url = f"/verwaltung/menschen/{world.counsellor.person.public_id}/vertretung/"
    data = {"deputy": world.colleague.person.public_id, "valid_from": f"{make.today()}", "reason": "Urlaub"}
    web = login(world.counsellor)

    assert "Bitte ausfüllen." in web.post(url, data).content.decode()
    assert not Deputy.objects.exists()
    web.post(url, {**data, "valid_to": f"{make.in_days(14)}"})
    assert (Deputy.objects.get().is_waiting, Deputy.objects.get().reason) == (True, "Urlaub")


def test_page_arranges_no_deputy_for_others(world, login):
    url = f"/verwaltung/menschen/{world.counsellor.person.public_id}/vertretung/"
    assert login(world.colleague).post(url, {}).status_code == 403
    assert login(world.outsider).post(url, {}).status_code == 404


# --- who has which role ---------------------------------------------------------------------------------------


def crowd(world, count):
    for number in range(count):
        person = Person.objects.create(organisation=world.suedstadt, first_name="Nr", last_name=f"{number:03}")
        since = make.in_days(-100)
        Membership.objects.create(person=person, organisation=world.suedstadt, role="desk_officer", valid_from=since)


def names_of(web, url):
    """Every page of a list, by its links."""
    found, pages = [], 0
    while url:
        answer = web.get(url)
        found += [str(row.person) for row in answer.context["page"].rows]
        cursor, pages = answer.context["page"].next_cursor, pages + 1
        query = answer.context["query"]
        url = f"{url.split('?')[0]}?ab={cursor}&{query}" if cursor else ""
    return found, pages


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (300, 12)])
def test_who_has_which_role_works_for_nobody_one_and_many(world, login, count, pages):
    Membership.objects.filter(organisation=world.suedstadt).delete()
    crowd(world, count)

    found, seen = names_of(login(world.coordinator), f"/verwaltung/{world.suedstadt.public_id}/wer/")

    assert (found, seen) == ([f"Nr {number:03}" for number in range(count)], pages)


def test_who_had_which_role_is_told_for_a_day(world, login):
    web = login(world.counsellor)
    made = make.role(world, who=world.dpo.person, valid_from=make.in_days(-30), valid_to=make.in_days(-10))

    def has(query):
        return made in web.get(address(world, f"wer/?{query}")).context["page"].rows

    assert [has(""), has(f"stichtag={make.in_days(-20)}"), has("beendete=1"), has("stichtag=gestern")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_what_waits_is_marked(world, login):
    file_role(world)
    assert "wartet auf Bestätigung" in login(world.counsellor).get(address(world, "wer/")).content.decode()


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize("tab", ["wer/", "menschen/", "stellen/", "vertretungen/"])
def test_people_of_a_carrier_are_no_business_of_others(world, login, tab):
    statuses = {
        n: login(world.personas[n]).get(address(world, tab)).status_code for n in ("counsellor", "outsider", "funder")
    }
    assert statuses == {"counsellor": 200, "outsider": 404, "funder": 404}


@pytest.mark.rule("OR-01")
def test_who_comes_from_outside_does_not_look_inside(world, login):
    assert login(world.funder).get(f"/verwaltung/{world.district.public_id}/wer/").status_code == 404


def test_two_people_of_one_name_are_told_apart_by_their_accounts(world, login):
    twin = make.person(world, first_name="Specialist", last_name="Beispiel")
    form = login(world.coordinator).get(f"/verwaltung/{world.nordstadt.public_id}/wer/erteilen/").content.decode()
    assert "Specialist Beispiel (specialist@lotse.example)" in form
    assert "Specialist Beispiel (ohne Konto)" in form

    file_role(world)
    file_role(world, who=twin)
    waiting = login(world.technical_lead).get("/bestaetigen/").content.decode()
    assert "Specialist Beispiel (specialist@lotse.example) die Rolle" in waiting
    assert "Specialist Beispiel (ohne Konto) die Rolle" in waiting
