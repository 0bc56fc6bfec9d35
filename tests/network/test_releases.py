"""What leaves part 1: settled together, confirmed by a second person, passed on by the speaker (DP-08, NW-05, NW-03)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.auditlog.sentences import sentence
from lotse.core.errors import NotAllowed
from lotse.correspondence.models import OutgoingMail
from lotse.network import rules
from lotse.network.actions import releases as acts
from lotse.network.enums import Function, Part
from lotse.network.models import Member, Notes, Objection, Release
from lotse.network.queries import releases as queries
from tests.factories import forum as make
from tests.factories.forum import SECRET
from tests.personas import persona

pytestmark = pytest.mark.rule("NW-05")
OUTSIDE = ("officer", "colleague", "technical_lead", "carrier_manager", "sysadmin", "coordinator", "dpo", "funder")


@pytest.fixture
def proposed(forum):
    return acts.propose_release(by=forum.world.counsellor.actor, meeting=forum.meeting, text=SECRET)


def third(forum):
    """One more who sits inside."""
    persona(forum.world, "third", forum.world.nordstadt, "counsellor", forum.world.site)
    forum.mandate("third", created_at=forum.meeting.created_at)
    forum.seat("third", inner_since=forum.meeting.created_at)
    return forum.world.third.actor


def confirm(release, by):
    return acts.release_text(by=by, release=release, revision=Release.objects.get(pk=release.pk).revision)


def test_words_go_out_when_a_second_person_confirms_them(forum, proposed, world):
    forum.seat("officer", in_inner_part=False)
    assert not Release.objects.visible_to(world.officer.actor).exists()
    confirm(proposed, world.outsider.actor)

    assert Release.objects.visible_to(world.officer.actor).get().text == SECRET
    assert not Release.objects.visible_to(world.colleague.actor).exists()  # belongs to no meeting


def test_who_proposed_does_not_confirm(proposed, world):
    with pytest.raises(NotAllowed):
        confirm(proposed, world.counsellor.actor)
    with pytest.raises(IntegrityError):
        Release.objects.update(released_by=world.counsellor.person, released_at=timezone.now())


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_outside_does_anything_to_a_proposal(proposed, forum, world, name):
    by = world.personas[name].actor
    for act in (
        lambda: acts.propose_release(by=by, meeting=forum.meeting, text="Text"),
        lambda: acts.change_proposal(by=by, release=proposed, text="Text", revision=1),
        lambda: acts.take_back_proposal(by=by, release=proposed),
        lambda: acts.object_to(by=by, release=proposed, reason="Text"),
        lambda: acts.release_text(by=by, release=proposed, revision=1),
        lambda: acts.forward_release(by=by, release=proposed),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_objection_stops_it_until_it_is_withdrawn(proposed, forum, world):
    by = third(forum)
    objection = acts.object_to(by=by, release=proposed, reason="Zu deutlich")
    with pytest.raises(ValidationError, match="Einwand"):
        confirm(proposed, world.outsider.actor)
    with pytest.raises(ValidationError, match="steht schon"):
        acts.object_to(by=by, release=proposed, reason="Noch einmal")
    with pytest.raises(NotAllowed):
        acts.withdraw_objection(by=world.outsider.actor, objection=objection)

    acts.withdraw_objection(by=by, objection=objection)
    assert confirm(proposed, world.outsider.actor).is_released
    assert Objection.objects.get().withdrawn_at


def test_several_may_object(proposed, forum, world):
    first = acts.object_to(by=third(forum), release=proposed, reason="Zu deutlich")
    acts.object_to(by=world.outsider.actor, release=proposed, reason="Zu früh")
    acts.withdraw_objection(by=forum.world.third.actor, objection=first)
    with pytest.raises(ValidationError, match="Einwand"):
        confirm(proposed, forum.world.third.actor)


def test_who_changes_the_words_proposes_them_and_the_old_words_are_not_confirmed(proposed, world):
    changed = acts.change_proposal(by=world.outsider.actor, release=proposed, text="Milder", revision=1)
    assert changed.proposed_by_id == world.outsider.person.pk
    with pytest.raises(ValidationError, match="inzwischen geändert"):
        acts.release_text(by=world.counsellor.actor, release=proposed, revision=1)
    with pytest.raises(ValidationError, match="inzwischen geändert"):
        acts.change_proposal(by=world.counsellor.actor, release=proposed, text="Anders", revision=1)
    with pytest.raises(NotAllowed):
        confirm(proposed, world.outsider.actor)
    assert confirm(proposed, world.counsellor.actor).text == "Milder"


def test_what_is_out_is_changed_by_a_new_version_and_the_old_one_stays(proposed, forum, world):
    first = confirm(proposed, world.outsider.actor)
    with pytest.raises(ValidationError, match="schon freigegeben"):
        acts.change_proposal(by=world.counsellor.actor, release=first, text="Anders", revision=1)
    second = acts.propose_release(by=world.outsider.actor, meeting=forum.meeting, text="Genauer", replaces=first)
    assert list(queries.released(world.officer.actor, forum.meeting)) == [first]

    confirm(second, world.counsellor.actor)
    assert list(queries.released(world.officer.actor, forum.meeting)) == [second]
    old = queries.get_release(world.officer.actor, first.public_id)
    assert (old.text, old.was_replaced, second.version) == (SECRET, True, 2)
    with pytest.raises(ValidationError, match="neuere Fassung"):
        acts.propose_release(by=world.outsider.actor, meeting=forum.meeting, text="Dritte", replaces=old)


def test_a_proposal_is_taken_back_by_who_made_it(proposed, world):
    with pytest.raises(NotAllowed):
        acts.take_back_proposal(by=world.outsider.actor, release=proposed)
    acts.take_back_proposal(by=world.counsellor.actor, release=proposed)
    assert not Release.objects.exists()


@pytest.mark.rule("NW-03")
def test_where_a_speaker_was_there_she_confirms_and_passes_on(proposed, forum, world):
    by = third(forum)
    Member.objects.filter(person=world.outsider.person).update(function=Function.SPEAKER)
    with pytest.raises(NotAllowed):
        confirm(proposed, by)
    release = confirm(proposed, world.outsider.actor)
    with pytest.raises(NotAllowed):
        acts.forward_release(by=by, release=release)
    assert acts.forward_release(by=world.outsider.actor, release=release).forwarded_at


@pytest.mark.rule("NW-03")
def test_what_the_speaker_proposes_herself_another_confirms(forum, world):
    Member.objects.filter(person=world.counsellor.person).update(function=Function.SPEAKER)
    proposed = acts.propose_release(by=world.counsellor.actor, meeting=forum.meeting, text=SECRET)
    assert confirm(proposed, world.outsider.actor).is_released


@pytest.mark.rule("NW-03")
def test_a_speaker_who_was_not_there_is_not_waited_for(proposed, forum, world):
    forum.member("colleague", function=Function.SPEAKER)
    assert confirm(proposed, world.outsider.actor).is_released


def test_the_round_reads_what_was_forwarded(proposed, forum, world):
    persona(world, "office", world.suedstadt, "integration_officer")
    forum.seat("office", meeting=make.meeting_of(forum.round), in_inner_part=False)
    release = confirm(proposed, world.outsider.actor)
    assert not Release.objects.visible_to(world.office.actor).exists()

    acts.forward_release(by=world.outsider.actor, release=release)
    assert Release.objects.visible_to(world.office.actor).get() == release
    with pytest.raises(ValidationError, match="schon weitergegeben"):
        acts.forward_release(by=world.outsider.actor, release=release)


def test_nothing_is_forwarded_to_nowhere_or_before_it_is_out(proposed, forum, world):
    with pytest.raises(ValidationError, match="Weitergegeben wird nur"):
        acts.forward_release(by=world.outsider.actor, release=proposed)
    forum.format.reports_to = None
    forum.format.save()
    with pytest.raises(ValidationError, match="nirgendwohin"):
        acts.forward_release(by=world.outsider.actor, release=confirm(proposed, world.outsider.actor))


def test_the_first_proposal_shuts_the_door(proposed, forum):
    forum.meeting.refresh_from_db()
    assert forum.meeting.inner_begun_at


def test_mail_and_log_say_that_something_waits_and_never_what(proposed, forum, world):
    acts.object_to(by=world.outsider.actor, release=proposed, reason=SECRET)
    assert [SECRET in mail.body for mail in OutgoingMail.objects.all()] == [False]
    events = Event.objects.filter(object_type="release")
    assert [SECRET in f"{sentence(event)}{event.details}" for event in events] == [False, False]


def test_empty_words_are_refused(forum, proposed, world):
    for act in (
        lambda: acts.propose_release(by=world.counsellor.actor, meeting=forum.meeting, text="  "),
        lambda: acts.change_proposal(by=world.counsellor.actor, release=proposed, text=" ", revision=1),
        lambda: acts.object_to(by=world.outsider.actor, release=proposed, reason=" "),
    ):
        with pytest.raises(ValidationError):
            act()


def test_the_rules_of_confirming_and_forwarding(proposed, world):
    counsellor, outsider = world.counsellor.actor, world.outsider.actor
    assert rules.may_confirm(outsider, proposed, set())
    assert rules.may_confirm(outsider, proposed, {outsider.person_id})
    assert not rules.may_confirm(outsider, proposed, {99})
    assert not rules.may_confirm(counsellor, proposed, set())
    assert not rules.may_confirm(counsellor, proposed, {counsellor.person_id})
    assert rules.may_forward(outsider, {outsider.person_id})
    assert not rules.may_forward(counsellor, {outsider.person_id})
    assert rules.may_forward(counsellor, set())


# --- pages -----------------------------------------------------------------------------------------------------
def test_from_the_notes_to_the_released_text(forum, world, login):
    Notes.objects.create(
        organisation=world.nordstadt, meeting=forum.meeting, part=Part.INNER, text="Erster Absatz\n\nZweiter Absatz"
    )
    web = login(world.counsellor)
    inner = f"/netzwerk/teil-1/{forum.meeting.public_id}/"
    page = web.get(f"{inner}vorschlagen/?absatz=1&absatz=9&absatz=x").content.decode()
    assert page.count("Zweiter Absatz") == 2  # beside, and taken over
    assert page.count("Erster Absatz") == 1
    assert web.post(f"{inner}vorschlagen/", {"text": "Zweiter Absatz"}).status_code == 302

    release = Release.objects.get()
    second = login(world.outsider)
    url = f"/netzwerk/freigaben/{release.public_id}/"
    assert "Zweiter Absatz" in second.get(inner).content.decode()
    assert "gemeinsam festgelegt" in second.get(url).content.decode()
    assert "einig" in second.post(url, {"revision": 1}).content.decode()
    second.post(url, {"revision": 1, "settled": "on"})
    second.post(f"{url}weitergeben/")

    release.refresh_from_db()
    assert release.forwarded_at
    shown = login(world.officer).get(url).content.decode()
    assert "Zweiter Absatz" in shown
    assert str(world.counsellor.person) not in shown  # who proposed it stays inside


@pytest.mark.parametrize("name", ["officer", "colleague", "technical_lead", "sysadmin"])
def test_the_pages_of_part_1_do_not_exist_outside(proposed, forum, world, login, name):
    forum.seat(name, in_inner_part=False)
    web = login(world.personas[name])
    inner, release = f"/netzwerk/teil-1/{forum.meeting.public_id}/", f"/netzwerk/freigaben/{proposed.public_id}/"
    pages = [inner, f"{inner}vorschlagen/", f"{inner}einlassen/"]
    pages += [f"{release}{step}" for step in ("", "aendern/", "neue-fassung/", "einwand/", "einwand-zurueck/", "zuruecknehmen/", "weitergeben/")]  # fmt: skip
    assert {(web.get(url).status_code, web.post(url, {"text": "x", "settled": "on", "revision": 1}).status_code) for url in pages} == {(404, 404)}  # fmt: skip
    assert not Release.objects.get().is_released


def test_every_step_on_its_page(proposed, forum, world, login):
    url, second = f"/netzwerk/freigaben/{proposed.public_id}/", login(world.outsider)
    first = login(world.counsellor)
    second.post(f"{url}einwand/", {"reason": "Zu deutlich"})
    assert "Zu deutlich" in first.get(url).content.decode()
    second.post(f"{url}einwand-zurueck/")
    first.post(f"{url}aendern/", {"text": "Milder", "revision": 1})
    second.post(url, {"revision": 2, "settled": "on"})
    first.post(f"{url}neue-fassung/", {"text": "Genauer"})
    newer = Release.objects.get(version=2)
    first.post(f"/netzwerk/freigaben/{newer.public_id}/zuruecknehmen/")

    assert Release.objects.get().text == "Milder"
    assert first.get(f"{url}zuruecknehmen/").status_code == 302
    for step in ("aendern", "neue-fassung", "einwand"):
        assert first.get(f"{url}{step}/").status_code == 200


def test_who_came_is_let_in_on_the_page(forum, world, login):
    persona(world, "late", world.nordstadt, "counsellor", world.site)
    forum.mandate("late")
    forum.seat("late", in_inner_part=False)
    inner = f"/netzwerk/teil-1/{forum.meeting.public_id}/"
    web = login(world.counsellor)
    assert str(world.late.person) in web.get(inner).content.decode()
    web.post(f"{inner}einlassen/", {"person": world.late.person.public_id})
    assert login(world.late).get(inner).status_code == 200
    assert web.get(f"{inner}einlassen/").status_code == 302


def test_today_says_what_waits_for_her_in_part_1(forum, proposed, world, login):
    webs = {name: login(world.personas[name]) for name in ("counsellor", "outsider", "officer")}

    def shown():
        return {name for name, web in webs.items() if SECRET in web.get("/").content.decode()}

    assert shown() == {"outsider"}
    objection = acts.object_to(by=world.outsider.actor, release=proposed, reason="Zu früh")
    assert shown() == set()
    acts.withdraw_objection(by=world.outsider.actor, objection=objection)
    release = confirm(proposed, world.outsider.actor)
    assert shown() == {"counsellor", "outsider"}  # no speaker: one of them passes it on
    Member.objects.filter(person=world.outsider.person).update(function=Function.SPEAKER)
    assert shown() == {"outsider"}
    acts.forward_release(by=world.outsider.actor, release=release)
    assert shown() == set()
