"""Partners are handed over when who keeps the contact leaves or changes (PA-06)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.queries.seldom import seldom_lists
from lotse.core.errors import NotAllowed
from lotse.organisations.models import Person
from lotse.partners.actions.keepers import hand_over
from lotse.partners.actions.partners import create_partner, end_partner, update_partner
from lotse.partners.models import Partner
from lotse.partners.queries.keepers import keepers

PAGE = "/partner/uebergeben/"


@pytest.fixture
def kept(world):
    """Three that the counsellor keeps, one of them ended, and one of nobody."""
    by, keeper = world.counsellor.actor, world.counsellor.person
    made = [create_partner(by=by, name=name, category="other", keeper=keeper) for name in ("A", "B", "C")]
    end_partner(by=by, partner=made[2], on=timezone.localdate())
    create_partner(by=by, name="Niemands", category="other")
    return made[:2]


def gone(person):
    Person.objects.filter(pk=person.pk).update(left_on=timezone.localdate() - timedelta(days=1))


def of(person):
    return [partner.name for partner in Partner.objects.filter(keeper=person, ended_on=None).order_by("name")]


def from_(person):
    return f"{PAGE}?von={person.public_id}"


@pytest.mark.rule("PA-06")
def test_all_partners_go_to_somebody_else_and_each_has_it_in_its_history(world, kept, login):
    answer = login(world.technical_lead).post(
        from_(world.counsellor.person), {"to": world.colleague.person.public_id, "which": "all"}
    )
    assert (answer.url, of(world.colleague.person), of(world.counsellor.person)) == (PAGE, ["A", "B"], [])
    events = Event.objects.filter(key="partner.handed_over").order_by("id")
    assert [(event.object_ref, event.details["to"]) for event in events] == [
        (partner.public_id, world.colleague.person.public_id) for partner in kept
    ]


@pytest.mark.rule("PA-06")
def test_ticked_ones_go_and_the_others_stay(world, kept, login):
    data = {"to": world.colleague.person.public_id, "which": "some", "partners": [kept[1].public_id]}
    login(world.counsellor).post(from_(world.counsellor.person), data)
    assert (of(world.colleague.person), of(world.counsellor.person)) == (["B"], ["A"])


def test_some_without_a_tick_says_what_to_do(world, kept, login):
    data = {"to": world.colleague.person.public_id, "which": "some"}
    page = login(world.counsellor).post(from_(world.counsellor.person), data)
    assert ("mindestens einen Partner ankreuzen" in page.content.decode(), of(world.colleague.person)) == (True, [])


def test_the_page_says_how_many_each_keeps(world, kept, login):
    assert [(one.person, one.partners) for one in keepers(world.counsellor.actor)] == [
        (None, 1),
        (world.counsellor.person, 2),
    ]
    page = login(world.counsellor).get(PAGE).content.decode()
    assert ("ohne Zuständige*n" in page, "2 Partner" in page) == (True, True)


def test_one_partner_needs_no_choice(world, kept, login):
    web = login(world.counsellor)
    page = web.get(PAGE + "?von=niemand").content.decode()
    assert ("Niemands" in page, "nur einzelne" in page) == (True, False)
    web.post(PAGE + "?von=niemand", {"to": world.colleague.person.public_id})
    assert of(world.colleague.person) == ["Niemands"]


def test_without_partners_the_page_says_what_to_do_next(world, login):
    web = login(world.counsellor)
    assert "Ersten Partner eintragen" in web.get(PAGE).content.decode()
    assert web.get(from_(world.counsellor.person)).status_code == 404


@pytest.mark.rule("PA-06")
def test_what_somebody_else_has_handed_over_meanwhile_stays_where_it_went(world, kept):
    giver, to = world.counsellor.person, world.colleague.person
    update_partner(by=world.counsellor.actor, partner=kept[0], keeper=world.technical_lead.person)
    with pytest.raises(ValidationError, match="gerade etwas geändert"):
        hand_over(by=world.counsellor.actor, given_by=giver, to=to, partners=kept)
    assert (of(to), of(giver)) == ([], ["B"])


@pytest.mark.rule("PA-06")
def test_a_partner_taken_meanwhile_is_no_longer_offered_and_nothing_typed_is_lost(world, kept, login):
    update_partner(by=world.counsellor.actor, partner=kept[0], keeper=world.technical_lead.person)
    to = world.colleague.person.public_id
    data = {"to": to, "which": "some", "partners": [one.public_id for one in kept]}
    page = login(world.counsellor).post(from_(world.counsellor.person), data).content.decode()
    assert (f'value="{to}" selected' in page, of(world.colleague.person)) == (True, [])


@pytest.mark.rule("PA-06")
@pytest.mark.parametrize(
    ("who", "words"),
    [("counsellor", "hält den Kontakt schon"), ("outsider", "eigenen Haus"), ("colleague", "nicht mehr")],
)
def test_they_go_to_a_colleague_who_is_here_and_another(world, kept, who, words):
    gone(world.colleague.person)
    to = Person.objects.get(pk=world.personas[who].person.pk)
    with pytest.raises(ValidationError, match=words):
        hand_over(by=world.counsellor.actor, given_by=world.counsellor.person, to=to, partners=kept)


@pytest.mark.rule("PA-06")
@pytest.mark.parametrize("who", ["dpo", "outsider"])
def test_only_who_looks_after_partners_of_the_house_hands_them_over(world, kept, who):
    to, by = world.colleague.person, world.personas[who]
    receiver = to if who == "dpo" else by.person
    with pytest.raises((NotAllowed, ValidationError)):
        hand_over(by=by.actor, given_by=world.counsellor.person, to=receiver, partners=kept)
    assert of(world.counsellor.person) == ["A", "B"]


@pytest.mark.rule("PA-06")
def test_whose_keeper_has_left_is_without_anybody_in_the_list_and_on_heute(world, kept, login):
    web = login(world.colleague)
    assert "ist nicht mehr da" not in web.get("/").content.decode()
    gone(world.counsellor.person)
    Partner.objects.update(checked_on=timezone.localdate() - timedelta(days=500))
    offered = reverse("partners:hand_over") + f"?von={world.counsellor.person.public_id}"
    for address in ("/", "/partner/pruefen/"):
        page = web.get(address).content.decode()
        assert ("2 Partner" in page, f"{world.counsellor.person} ist nicht mehr da" in page, offered in page) == (
            True,
        ) * 3
    assert web.get("/partner/pruefen/").content.decode().count("badge--warn") >= 2
    assert "ohne Zuständige*n" in web.get(f"/partner/{kept[0].public_id}/").content.decode()


@pytest.mark.parametrize("who", ["dpo", "outsider"])
def test_nobody_else_is_asked_to_hand_them_over(world, kept, who):
    gone(world.counsellor.person)
    assert seldom_lists(world.personas[who].actor, timezone.localdate())["orphaned_partners"] == []


def test_three_hundred_cost_what_three_cost(world, kept, login):
    web, address = login(world.technical_lead), from_(world.counsellor.person)

    def asked():
        with CaptureQueriesContext(connection) as statements:
            assert web.get(address).status_code == 200
        return len(statements)

    asked()
    few = asked()
    house = {"organisation": world.nordstadt, "keeper": world.counsellor.person, "category": "other"}
    Partner.objects.bulk_create(Partner(name=f"P{n}", name_key=f"p{n}", **house) for n in range(300))
    assert asked() == few
    web.post(address, {"to": world.colleague.person.public_id, "which": "all"})
    assert (len(of(world.colleague.person)), Event.objects.filter(key="partner.handed_over").count()) == (302, 302)
