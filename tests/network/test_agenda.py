"""Agendas: laid out from a template, added to by everybody, ordered, kept; a protected part shows its length only."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.network.actions.agenda import change_item, keep_template, move_item, propose_item, remove_item
from lotse.network.actions.formats import change_format
from lotse.network.actions.live import begin_item
from lotse.network.actions.meetings import add_guest
from lotse.network.enums import Part
from lotse.network.models import AgendaItem, AgendaTemplate
from lotse.network.packaged import sums_of
from lotse.network.queries.agenda import plan_of, points_of, templates
from tests.factories import network as make


def titles(meeting, part=Part.OPEN):
    return [item.title for item in AgendaItem.objects.filter(meeting=meeting, part=part)]


@pytest.mark.rule("NW-09")
@pytest.mark.parametrize("days", [14, 0])
def test_everybody_invited_proposes_until_and_during_the_meeting(world, days):
    starts = make.soon(days) if days else make.began(20)
    meeting = make.meeting_of(world, make.round_of(world), starts)
    made = propose_item(by=world.outsider.actor, meeting=meeting, title="Wohnsitzregelung", lasts=15)
    assert (titles(meeting)[-2], made.proposed_by) == ("Wohnsitzregelung", world.outsider.person)


@pytest.mark.rule("NW-09")
def test_a_guest_with_an_account_proposes_too(world):
    meeting = make.meeting_of(world, make.round_of(world))
    add_guest(by=world.coordinator.actor, meeting=meeting, name="Gast", email="technical_lead@lotse.example")
    propose_item(by=world.technical_lead.actor, meeting=meeting, title="Vorstellung", lasts=15)


@pytest.mark.rule("NW-09")
def test_nobody_proposes_after_the_meeting_or_from_outside(world):
    meeting = make.meeting_of(world, make.round_of(world))
    with pytest.raises(NotAllowed):
        propose_item(by=world.colleague.actor, meeting=meeting, title="X", lasts=5)
    with pytest.raises(ValidationError, match="abgeschlossen"):
        propose_item(by=world.outsider.actor, meeting=make.held(world, meeting.format), title="X", lasts=5)


@pytest.mark.rule("DP-08")
def test_points_of_the_inner_part_come_from_those_who_sit_there(world):
    meeting = make.meeting_of(world, make.forum_of(world))
    for who in (world.coordinator, world.technical_lead):
        with pytest.raises(NotAllowed):
            propose_item(by=who.actor, meeting=meeting, title="X", lasts=5, part=Part.INNER)
    propose_item(by=world.counsellor.actor, meeting=meeting, title="Unter uns", lasts=5, part=Part.INNER)
    assert titles(meeting, Part.INNER)[-2:] == ["Unter uns", "Abschluss Teil 1"]


@pytest.mark.rule("DP-08")
def test_who_sits_outside_sees_how_long_part_one_lasts_and_nothing_else(world, login):
    meeting = make.meeting_of(world, make.forum_of(world))
    propose_item(by=world.counsellor.actor, meeting=meeting, title="Unter uns", lasts=5, part=Part.INNER)

    outside, inside = plan_of(world.coordinator.actor, meeting), plan_of(world.counsellor.actor, meeting)
    assert (outside.inner, outside.inner_minutes, outside.minutes, outside.is_over) == ([], 70, 125, True)
    assert [slot.item.title for slot in inside.inner][-2] == "Unter uns"

    url = f"/netzwerk/termine/{meeting.public_id}/"
    shown = login(world.coordinator).get(url).content.decode()
    assert ("Teil 1, 70 Minuten" in shown, "Unter uns" in shown, "Abschluss Teil 1" in shown) == (True, False, False)
    assert "Unter uns" in login(world.counsellor).get(url).content.decode()


def proposed_last(world, meeting, title):
    propose_item(by=world.outsider.actor, meeting=meeting, title=title, lasts=5)
    return titles(meeting)


@pytest.mark.rule("NW-09")
def test_proposals_stand_before_the_closing_point_in_their_order_whatever_it_is_called(world):
    meeting = make.meeting_of(world, make.round_of(world))
    closing = meeting.agenda.last()
    change_item(by=world.coordinator.actor, item=closing, title="Ende")
    proposed_last(world, meeting, "Erstens")
    assert proposed_last(world, meeting, "Zweitens")[-3:] == ["Erstens", "Zweitens", "Ende"]
    assert list(meeting.agenda.values_list("position", flat=True)) == list(range(1, 8))


@pytest.mark.rule("NW-09")
def test_a_proposal_is_the_last_one_where_nothing_closes_or_the_closing_has_begun(world):
    meeting = make.meeting_of(world, make.round_of(world), make.began(50))
    closing = meeting.agenda.last()
    begin_item(by=world.coordinator.actor, item=closing)
    assert proposed_last(world, meeting, "Nachtrag")[-2:] == ["Abschluss", "Nachtrag"]
    remove_item(by=world.coordinator.actor, item=closing)
    assert proposed_last(world, meeting, "Noch einer")[-1] == "Noch einer"


def test_points_have_their_time_of_day(world):
    meeting = make.meeting_of(world, make.round_of(world))
    plan = plan_of(world.coordinator.actor, meeting)
    minutes = [int((slot.begins_at - meeting.starts_at).total_seconds() // 60) for slot in plan.opened]
    assert (minutes, plan.words, plan.is_over) == ([0, 2, 7, 47, 57], "60 von 60 Minuten verplant", False)


def test_points_move_up_and_down_within_their_part(world):
    meeting = make.meeting_of(world, make.round_of(world))
    items = list(meeting.agenda.all())
    move_item(by=world.coordinator.actor, item=items[3], up=True)
    move_item(by=world.coordinator.actor, item=items[0], up=True)
    move_item(by=world.coordinator.actor, item=items[4], up=False)
    assert [item.pk for item in meeting.agenda.all()] == [items[at].pk for at in (0, 1, 3, 2, 4)]


def test_who_leads_orders_and_everybody_changes_her_own_point(world):
    meeting = make.meeting_of(world, make.round_of(world))
    own = propose_item(by=world.outsider.actor, meeting=meeting, title="Mein Punkt", lasts=5)
    change_item(by=world.outsider.actor, item=own, title="Mein Punkt, kürzer", lasts=3)
    foreign = meeting.agenda.first()
    for verb, more in ((move_item, {"up": True}), (remove_item, {}), (change_item, {"title": "X"})):
        with pytest.raises(NotAllowed):
            verb(by=world.outsider.actor, item=foreign, **more)
    remove_item(by=world.coordinator.actor, item=own)
    assert len(titles(meeting)) == 5


def test_the_agenda_is_calm_until_somebody_wants_to_change_it(world, login):
    meeting = make.meeting_of(world, make.round_of(world))
    propose_item(by=world.outsider.actor, meeting=meeting, title="Mein Punkt", lasts=5)
    url = f"/netzwerk/termine/{meeting.public_id}/"
    pages = {name: login(world.personas[name]) for name in ("coordinator", "outsider", "counsellor")}

    def buttons(name, asked=""):
        shown = pages[name].get(url + asked).content.decode()
        return shown.count("streichen<"), "?aendern" in shown

    assert {name: buttons(name) for name in pages} == {
        "coordinator": (0, True), "outsider": (0, True), "counsellor": (0, False)
    }  # fmt: skip
    assert [buttons(name, "?aendern")[0] for name in pages] == [6, 1, 0]


def test_after_a_move_she_is_at_the_same_point_of_the_agenda(world, login):
    meeting = make.meeting_of(world, make.round_of(world))
    item, url = meeting.agenda.first(), f"/netzwerk/termine/{meeting.public_id}/"
    answer = login(world.coordinator).post(
        reverse("network:move_item", args=[meeting.public_id, item.public_id]), {"to": "down"}
    )
    assert (answer.url, meeting.agenda.all()[1]) == (f"{url}?aendern#punkt-{item.public_id}", item)


def test_the_agenda_of_a_meeting_that_is_over_is_only_read(world, login):
    meeting = make.held(world, make.round_of(world))
    shown = login(world.coordinator).get(f"/netzwerk/termine/{meeting.public_id}/?aendern").content.decode()
    assert ("streichen" in shown, "?aendern" in shown) == (False, False)


def test_who_sits_outside_neither_finds_nor_changes_an_inner_point(world):
    meeting = make.meeting_of(world, make.forum_of(world))
    inner = AgendaItem.objects.filter(meeting=meeting, part=Part.INNER).first()
    with pytest.raises(NotAllowed):
        remove_item(by=world.coordinator.actor, item=inner)


def test_an_agenda_becomes_a_template_of_the_house_with_its_sum(world):
    made = make.forum_of(world)
    meeting = make.meeting_of(world, made)
    propose_item(by=world.counsellor.actor, meeting=meeting, title="Unter uns", lasts=5, part=Part.INNER)
    propose_item(by=world.coordinator.actor, meeting=meeting, title="Ausblick", lasts=20)
    kept = keep_template(by=world.coordinator.actor, meeting=meeting, name="Unser Forum")

    change_format(by=world.coordinator.actor, format=made, agenda_key=f"own:{kept.public_id}")
    made.refresh_from_db()
    points = points_of(made)
    assert sums_of(points) == {"inner": 65, "breaks": 10, "open": 65, "total": 140}
    assert (templates(world.coordinator.actor)[-1][1], "Unter uns" in kept.points) == (
        "Unser Forum, 140 Minuten, eigene Vorlage", False
    )  # fmt: skip
    assert titles(make.meeting_of(world, made))[-2] == "Ausblick"


def test_templates_are_of_the_house_and_kept_by_who_organises(world):
    meeting = make.meeting_of(world, make.round_of(world))
    keep_template(by=world.coordinator.actor, meeting=meeting, name="Unsere")
    assert not AgendaTemplate.objects.visible_to(world.counsellor.actor).exists()
    with pytest.raises(NotAllowed):
        keep_template(by=world.outsider.actor, meeting=meeting, name="Meine")


@pytest.mark.rule("NW-11")
def test_open_tasks_stand_under_the_point_that_follows_up(world, login):
    from lotse.network.actions.tasks import create_task

    made = make.round_of(world)
    past = make.meeting_of(world, made, make.soon(-30))
    create_task(
        by=world.coordinator.actor, meeting=past, part=Part.OPEN, text="Verteiler pflegen", owner_name="Frau Wolf"
    )
    coming = make.meeting_of(world, made)
    shown = login(world.outsider).get(f"/netzwerk/termine/{coming.public_id}/").content.decode()
    assert "Verteiler pflegen" in shown
