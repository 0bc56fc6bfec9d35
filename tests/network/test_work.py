"""What of the network stands on "Heute", all of it read at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.network.models import ActionItem, Mandate, Objection, Release, Topic
from lotse.network.queries.work import all_work
from tests.factories import forum as make
from tests.factories import network

SENT = {"released_by_forum": "Wartet auf die Runde", "feedback_given": "Kam zurück"}


@pytest.fixture
def busy(world):
    """Of every list something waits for the counsellor; the coordinator organises what she is invited to."""
    forum, today = make.forum(world), timezone.localdate()
    forum.begin()
    make.secrets(forum, "Raumfrage")
    ActionItem.objects.update(due_on=today - timedelta(days=1))
    Mandate.objects.update(valid_to=today + timedelta(days=20))
    Release.objects.update(proposed_by=world.outsider.person)
    Objection.objects.all().delete()
    Topic.objects.update(raised_by=world.outsider.person)
    of = {"organisation": forum.meeting.organisation, "format": forum.format, "released_on": today}
    for state, title in SENT.items():
        Topic.objects.create(
            **of, state=state, title=title, text="x", raised_by=world.counsellor.person, answered_on=today
        )
    texts = {"organisation": forum.meeting.organisation, "meeting": forum.meeting, "released_at": timezone.now()}
    Release.objects.create(
        **texts, text="Soll weiter", proposed_by=world.outsider.person, released_by=world.counsellor.person
    )
    invited(world, "Runde")
    return forum


def invited(world, name):
    made = network.format_of(world, "specialist_circle", name=name)
    network.member(world, made, world.coordinator)
    network.member(world, made, world.counsellor)
    network.meeting_of(world, made, network.soon(3), invited=True)
    network.held(world, made, network.began(180))
    return made


def said(actor, **more):
    return [(item.title, item.badge) for item in all_work(actor, timezone.localdate(), **more)]


def test_everything_that_waits_is_read_in_two_statements(busy, world, django_assert_num_queries):
    counsellor, coordinator = world.counsellor.actor, world.coordinator.actor
    with django_assert_num_queries(2):
        assert said(counsellor, has_calendar=True) == [
            ("Runde", "Kommen Sie?"), ("Raumfrage", "überfällig"), ("Kam zurück", "Rückmeldung da"),
            ("Raumfrage", "gemeinsam freigeben"), ("Raumfrage", "wartet auf Zustimmung"), ("Soll weiter", "weitergeben"),
            ("Austauschforum", ""),
        ]  # fmt: skip
    with django_assert_num_queries(2):
        assert said(coordinator) == [
            ("Runde", "Kommen Sie?"), ("Runde", "Protokoll noch nicht verschickt"), ("Runde", "Mindestzahl"),
            ("Runde", "Vereinbarung fehlt"),
        ]  # fmt: skip


def test_the_officer_of_the_house_finds_what_the_forum_let_out(busy, world):
    assert ("Wartet auf die Runde", "auf die Tagesordnung") in said(world.officer.actor)


def test_more_of_it_costs_no_more(busy, world, django_assert_num_queries):
    for number in range(3):
        invited(world, f"Kreis {number}")
    for who, lines in ((world.counsellor.actor, 10), (world.coordinator.actor, 16)):
        with django_assert_num_queries(2):
            assert len(said(who, has_calendar=True)) == lines


def test_where_nothing_waits_it_is_one_statement_and_from_outside_none(world, django_assert_num_queries):
    colleague, funder = world.colleague.actor, world.funder.actor
    with django_assert_num_queries(1):
        assert said(colleague) == []
    with django_assert_num_queries(0):
        assert said(funder) == []
