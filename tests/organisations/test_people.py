"""People, posts and shares; and how somebody leaves."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.organisations import rules, ties
from lotse.organisations.actions import people, posts
from lotse.organisations.models import Deputy, Membership, Person, Post, PostShare
from lotse.organisations.queries import colleagues, staffing
from lotse.organisations.who import actor_for
from tests.factories import casework
from tests.factories import organisations as make

TWO = ["counsellor", "technical_lead", "sysadmin", "dpo", "funder", "outsider"]


def url(world, rest):
    return f"/verwaltung/{world.nordstadt.public_id}/{rest}"


# --- people ---------------------------------------------------------------------------------------------------


def test_person_is_entered_and_changed_on_the_page(world, login):
    web = login(world.carrier_manager)
    web.post(url(world, "menschen/neu/"), {"first_name": "Ayşe", "last_name": "Özdemir", "languages": ["tr", "de"]})
    made = Person.objects.get(last_name="Özdemir")
    assert (made.organisation, made.languages, made.name_key) == (world.nordstadt, ["tr", "de"], "ozdemir ayse")

    web.post(f"/verwaltung/menschen/{made.public_id}/bearbeiten/", {"first_name": "Ayşe", "last_name": "Demir"})
    made.refresh_from_db()
    assert (made.last_name, made.former_name) == ("Demir", "Özdemir")
    assert "früher Özdemir" in web.get(f"/verwaltung/menschen/{made.public_id}/").content.decode()


def test_people_are_found_by_folded_name(world, login):
    make.person(world, last_name="Özdemir")
    web = login(world.counsellor)
    found = {
        text: [p.last_name for p in web.get(url(world, f"menschen/?q={text}")).context["page"].rows]
        for text in ("oezd", "xyz")
    }
    assert found == {"oezd": ["Özdemir"], "xyz": []}


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize("persona", TWO)
def test_people_and_posts_are_kept_by_who_manages(world, persona):
    by, made = world.personas[persona].actor, make.share(world)
    for attempt in (
        lambda: make.person(world, by=by),
        lambda: people.change_person(by=by, person=world.colleague.person, phone="1"),
        lambda: people.leave(by=by, person=world.colleague.person, on=make.today()),
        lambda: make.post(world, by=by),
        lambda: posts.change_post(by=by, post=made.post, title="Anders"),
        lambda: make.share(world, of=made.post, by=by),
        lambda: posts.end_share(by=by, share=made, on=make.today()),
    ):
        with pytest.raises(NotAllowed):
            attempt()


# --- leaving --------------------------------------------------------------------------------------------------


@pytest.mark.rule("OR-06")
def test_roles_posts_and_deputies_end_with_the_last_day(world):
    person = world.colleague.person
    make.share(world, who=person)
    make.deputy(world, confirmed=True)
    make.role(world, who=person, valid_from=make.in_days(30))

    people.leave(by=world.carrier_manager.actor, person=person, on=make.in_days(3))

    ends = [row.valid_to for model in (Membership, Deputy, PostShare) for row in model.objects.filter(**{
        "deputy" if model is Deputy else "person": person})]  # fmt: skip
    assert ends == [make.in_days(3)] * 3
    assert Event.objects.get(key="person.left").details["ended"] == 4


@pytest.mark.rule("OR-06")
def test_who_has_left_is_nobody_here(world):
    people.leave(by=world.carrier_manager.actor, person=world.colleague.person, on=make.in_days(-1))
    today = make.today()
    assert list(Membership.objects.in_force(today).filter(person=world.colleague.person)) == []


@pytest.mark.rule("OR-06")
def test_last_day_is_a_working_day(world):
    person = world.colleague.person
    people.leave(by=world.carrier_manager.actor, person=person, on=make.in_days(3))

    days = {day: actor_for(person, make.in_days(day)) for day in (0, 3, 4)}
    assert [bool(actor and actor.role_keys) for actor in days.values()] == [True, True, False]
    assert person in colleagues(world.counsellor.actor)


@pytest.mark.rule("OR-06")
def test_nobody_leaves_while_responsible_for_open_cases(world, login):
    casework.case(world)
    with pytest.raises(ValidationError, match="zuerst übergeben: 1 offener Fall"):
        people.leave(by=world.carrier_manager.actor, person=world.counsellor.person, on=make.today())

    web = login(world.carrier_manager)
    address = f"/verwaltung/menschen/{world.counsellor.person.public_id}/"
    assert "zu übergeben: 1 offener Fall" in web.get(address).content.decode()
    answer = web.post(f"{address}ausscheiden/", {"on": f"{make.today()}"})
    assert "Bitte zuerst übergeben: 1 offener Fall." in answer.content.decode()
    world.counsellor.person.refresh_from_db()
    assert world.counsellor.person.left_on is None


def test_leaving_asks_every_registered_question_once(world, monkeypatch):
    monkeypatch.setattr(ties, "_QUESTIONS", [])
    for _ in range(2):
        ties.register_tie(_seats)
    assert ties.ties_of(world.counsellor.person) == [ties.Tie("Sitze", 2)]


def _seats(person):
    seats = Membership.objects.filter(person=person)
    return ties.Hanging("Sitz", "Sitze", (seats, seats))


def test_page_lets_somebody_leave(world, login):
    login(world.carrier_manager).post(
        f"/verwaltung/menschen/{world.dpo.person.public_id}/ausscheiden/", {"on": f"{make.in_days(-1)}"}
    )
    web = login(world.counsellor)
    shown = [
        world.dpo.person in web.get(url(world, f"menschen/{query}")).context["page"].rows
        for query in ("", "?ehemalige=1")
    ]
    assert shown == [False, True]


def test_leaving_is_entered_once(world):
    people.leave(by=world.carrier_manager.actor, person=world.dpo.person, on=make.today())
    with pytest.raises(ValidationError, match="schon eingetragen"):
        people.leave(by=world.carrier_manager.actor, person=world.dpo.person, on=make.in_days(5))


def test_nobody_leaves_before_she_starts(world):
    person = make.person(world, started_on=make.today())
    with pytest.raises(ValidationError, match="vor dem Dienstbeginn"):
        people.leave(by=world.carrier_manager.actor, person=person, on=make.in_days(-1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(left_on=make.in_days(-1))


def test_who_has_left_gets_neither_role_nor_post(world):
    people.leave(by=world.carrier_manager.actor, person=world.dpo.person, on=make.in_days(-1))
    for attempt in (
        lambda: make.role(world, who=world.dpo.person),
        lambda: make.share(world, who=world.dpo.person, valid_from=make.today()),
    ):
        with pytest.raises(ValidationError, match=r"nicht mehr im Dienst|ausgeschieden"):
            attempt()


def test_funded_share_that_has_not_begun_stops_the_leaving(world):
    later = make.share(world, who=world.dpo.person, valid_from=make.in_days(30))
    make.funding(world, of=later, valid_from=make.in_days(30))
    with pytest.raises(ValidationError, match="finanziert"):
        people.leave(by=world.carrier_manager.actor, person=world.dpo.person, on=make.today())
    assert Person.objects.get(pk=world.dpo.person.pk).left_on is None


# --- posts ----------------------------------------------------------------------------------------------------


def test_heads_are_not_full_time_equivalents(world):
    post = make.post(world)
    for fte in ("0.25", "0.50"):
        make.share(world, of=post, fte=Decimal(fte))
    make.share(world, of=post, who=world.colleague.person, fte=Decimal("0.25"))

    assert staffing(world.nordstadt, make.today()) == (Decimal("1.00"), 2)


def test_one_person_holds_shares_in_several_agencies(world):
    by = world.coordinator.actor
    far = make.post(world, by=by, organisation=world.suedstadt)
    make.share(world)
    made = make.share(world, of=far, by=by)
    assert made.person.shares.count() == 2


@pytest.mark.rule("OR-05")
def test_share_over_full_time_is_warned_not_forbidden(world, login):
    make.share(world, fte=Decimal("0.75"))
    post, web = make.post(world, title="Zweite"), login(world.carrier_manager)
    address = f"/verwaltung/stellen/{post.public_id}/besetzen/"
    data = {"person": world.counsellor.person.public_id, "fte": "0,50", "valid_from": f"{make.today()}"}

    page = web.post(address, data).content.decode()
    assert "zusammen 1,25 Vollzeitstellen, mehr als 1,00" in page
    assert PostShare.objects.count() == 1

    web.post(address, {**data, "acknowledged": ["person_sum"]})
    assert PostShare.objects.get(post=post).fte == Decimal("0.50")
    assert Event.objects.filter(key="post.filled").latest("id").details["warnings"] == ["person_sum"]


@pytest.mark.rule("OR-05")
def test_more_than_the_post_is_warned(world, login):
    post = make.post(world, fte=Decimal("0.50"))
    address = f"/verwaltung/stellen/{post.public_id}/besetzen/"
    data = {"person": world.colleague.person.public_id, "fte": "0,75", "valid_from": f"{make.today()}"}
    page = login(world.carrier_manager).post(address, data).content.decode()
    assert "Die Stelle umfasst 0,50; damit wären 0,75 besetzt." in page


@pytest.mark.rule("OR-05")
@pytest.mark.parametrize(
    ("begin", "end", "highest"),
    [(0, 9, "0.50"), (0, 10, "1.00"), (5, None, "1.25"), (30, 40, "0.75"), (-20, -10, "0")],
)
def test_highest_sum_counts_days_not_rows(begin, end, highest):
    def share(fte, first, last):
        until = None if last is None else make.in_days(last)
        return PostShare(fte=Decimal(fte), valid_from=make.in_days(first), valid_to=until)

    shares = [share("0.50", 0, 20), share("0.50", 10, 15), share("0.75", 20, None)]
    until = None if end is None else make.in_days(end)
    assert rules.highest_sum(shares, make.in_days(begin), until) == Decimal(highest)


@pytest.mark.parametrize(("typed", "message"), [("viel", "Zahl wie 0,50"), ("0,333", "Dezimalstellen"), ("1,5", "1")])
def test_unclear_share_is_asked_again(world, login, typed, message):
    post = make.post(world)
    data = {"person": world.colleague.person.public_id, "fte": typed, "valid_from": f"{make.today()}"}
    answer = login(world.carrier_manager).post(f"/verwaltung/stellen/{post.public_id}/besetzen/", data)
    assert message in answer.context["form"].errors["fte"][0]
    assert not PostShare.objects.exists()


def test_post_is_made_changed_and_a_share_ended_on_the_page(world, login):
    web = login(world.carrier_manager)
    web.post(url(world, "stellen/neu/"), {"title": "Leitung", "fte": "1,00", "site": world.site.public_id})
    post = Post.objects.get()
    web.post(f"/verwaltung/stellen/{post.public_id}/", {"title": "Leitung", "fte": "0.75"})
    share = make.share(world, of=post)
    web.post(f"/verwaltung/anteile/{share.public_id}/ende/", {"on": f"{make.today()}"})

    post.refresh_from_db()
    share.refresh_from_db()
    assert (post.fte, post.site, share.valid_to) == (Decimal("0.75"), None, make.today())


def test_share_is_never_made_longer_by_ending_it(world):
    made = make.share(world, valid_to=make.today())
    with pytest.raises(ValidationError, match="endet schon früher"):
        posts.end_share(by=world.carrier_manager.actor, share=made, on=make.in_days(1))


def test_nobody_substitutes_for_herself(world):
    with pytest.raises(ValidationError, match="sich selbst"):
        make.share(world, substitute_for=world.counsellor.person)
