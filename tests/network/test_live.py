"""While a meeting happens: one pen, nothing lost, the clock, decisions and tasks from the lines of the notes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.network.actions.closing import close_meeting
from lotse.network.actions.live import PenGone, Words, begin_item, gather, lay_down_pen, save_words, take_pen
from lotse.network.actions.tasks import finish_task
from lotse.network.enums import Part
from lotse.network.models import ActionItem, Decision, Notes
from lotse.network.queries.live import live
from lotse.network.queries.pen import LEASE
from tests.factories import network as make


@pytest.fixture
def meeting(world):
    return make.meeting_of(world, make.round_of(world), make.began())


def pen(who, meeting, part=Part.OPEN, **more):
    return take_pen(by=who.actor, meeting=meeting, part=part, **more)


def write(who, meeting, text, notes, *, key="k", tried=(), part=Part.OPEN):
    return save_words(by=who.actor, meeting=meeting, part=part, words=Words(text, notes.revision, key, tried))


def expire(meeting):
    Notes.objects.filter(meeting=meeting).update(writer_seen_at=timezone.now() - LEASE - timedelta(seconds=1))


def test_one_writes_and_the_next_waits_for_the_pen(world, meeting):
    pen(world.counsellor, meeting)
    with pytest.raises(ValidationError, match="Counsellor Beispiel schreibt gerade"):
        pen(world.outsider, meeting)
    lay_down_pen(by=world.counsellor.actor, meeting=meeting, part=Part.OPEN)
    assert pen(world.outsider, meeting).writer == world.outsider.person


def test_another_takes_over_when_the_writer_is_not_heard_of(world, meeting):
    first = pen(world.counsellor, meeting)
    saved = write(world.counsellor, meeting, "Bis hier", first)
    expire(meeting)
    pen(world.outsider, meeting)
    with pytest.raises(PenGone) as gone:
        write(world.counsellor, meeting, "Bis hier und weiter", saved)
    assert gone.value.stored.text == "Bis hier"


def test_a_late_writer_goes_on_when_nobody_took_over(world, meeting):
    first = pen(world.counsellor, meeting)
    expire(meeting)
    assert write(world.counsellor, meeting, "Wieder da", first).text == "Wieder da"


def test_a_page_knows_its_own_words_whose_answer_was_lost(world, meeting):
    first = pen(world.counsellor, meeting)
    write(world.counsellor, meeting, "Eins", first, key="eins")  # arrived, but the page never heard
    saved = write(world.counsellor, meeting, "Eins zwei", first, key="zwei", tried=["eins"])
    assert saved.text == "Eins zwei"


def test_a_second_window_of_the_same_person_does_not_overwrite(world, meeting):
    first = pen(world.counsellor, meeting)
    write(world.counsellor, meeting, "Im ersten Fenster", first, key="a")
    with pytest.raises(PenGone):
        write(world.counsellor, meeting, "Im zweiten Fenster", first, key="b")


@pytest.mark.parametrize("persona", ["colleague", "technical_lead", "sysadmin", "funder"])
def test_who_is_not_invited_does_not_write(world, meeting, persona):
    with pytest.raises(NotAllowed):
        pen(world.personas[persona], meeting)


@pytest.mark.rule("DP-08")
def test_who_organises_holds_no_pen_in_part_one(world):
    meeting = make.meeting_of(world, make.forum_of(world), make.began())
    with pytest.raises(NotAllowed):
        pen(world.coordinator, meeting, Part.INNER)
    first = pen(world.counsellor, meeting, Part.INNER)
    write(world.counsellor, meeting, "Unter uns", first, part=Part.INNER)
    assert live(world.coordinator.actor, meeting, Part.INNER).notes is None
    assert live(world.outsider.actor, meeting, Part.INNER).notes.text == "Unter uns"


def test_taking_and_laying_down_are_in_the_log_and_no_word_is(world, meeting):
    first = pen(world.counsellor, meeting)
    write(world.counsellor, meeting, "Kanarienvogel", first)
    lay_down_pen(by=world.counsellor.actor, meeting=meeting, part=Part.OPEN)
    entries = Event.objects.filter(key__startswith="notes.")
    assert list(entries.order_by("id").values_list("key", flat=True)) == ["notes.pen_taken", "notes.pen_laid_down"]
    assert "Kanarienvogel" not in repr(list(Event.objects.values()))


LINES = "Begrüßung\nBeschluss: Wir treffen uns monatlich.\nAufgabe: Flyer drucken – Wolf, bis 12.03.2027\n"


def test_lines_become_decisions_and_tasks_once(world, meeting):
    notes = write(world.counsellor, meeting, LINES, pen(world.counsellor, meeting))
    for _again in range(3):
        gather(by=world.counsellor.actor, meeting=meeting, part=Part.OPEN)
    lay_down_pen(by=world.counsellor.actor, meeting=meeting, part=Part.OPEN)

    assert [row.text for row in Decision.objects.all()] == ["Wir treffen uns monatlich."]
    task = ActionItem.objects.get()
    assert (task.text, task.owner_name, task.owner_email, f"{task.due_on}") == (
        "Flyer drucken", "Erika Wolf", "wolf@stadt.example", "2027-03-12"
    )  # fmt: skip
    assert notes.meeting == meeting


def test_people_with_an_account_are_recognised_among_those_present(world, meeting):
    write(world.counsellor, meeting, "Aufgabe: Raum buchen – Outsider", pen(world.counsellor, meeting))
    gather(by=world.counsellor.actor, meeting=meeting, part=Part.OPEN)
    assert ActionItem.objects.get().owner == world.outsider.person


def test_a_changed_line_changes_its_task_and_not_what_was_done_already(world, meeting):
    notes = write(world.counsellor, meeting, LINES, pen(world.counsellor, meeting))
    gather(by=world.counsellor.actor, meeting=meeting, part=Part.OPEN)
    notes.refresh_from_db()
    notes = write(world.counsellor, meeting, LINES.replace("Flyer", "Plakate"), notes)
    gather(by=world.counsellor.actor, meeting=meeting, part=Part.OPEN)
    (task,) = ActionItem.objects.all()
    assert task.text == "Plakate drucken"

    finish_task(by=world.coordinator.actor, task=task, result="hängen")
    notes.refresh_from_db()
    write(world.counsellor, meeting, "Beschluss: Nichts davon.", notes)
    gather(by=world.counsellor.actor, meeting=meeting, part=Part.OPEN)
    assert ([row.text for row in ActionItem.objects.all()], [row.text for row in Decision.objects.all()]) == (
        ["Plakate drucken"], ["Nichts davon."]
    )  # fmt: skip


@pytest.mark.rule("DP-08")
def test_a_task_of_part_one_without_a_name_from_there_waits_in_the_text(world):
    meeting = make.meeting_of(world, make.forum_of(world), make.began())
    text = "Aufgabe: Sammeln – Coordinator\nAufgabe: Schreiben – Outsider"
    write(world.counsellor, meeting, text, pen(world.counsellor, meeting, Part.INNER), part=Part.INNER)
    gather(by=world.counsellor.actor, meeting=meeting, part=Part.INNER)
    assert [task.text for task in ActionItem.objects.all()] == ["Schreiben"]


def test_the_clock_counts_the_point_that_began_last(world, meeting):
    first, second = list(meeting.agenda.all())[:2]
    assert live(world.outsider.actor, meeting, Part.OPEN).clock is None
    begin_item(by=world.coordinator.actor, item=first)
    begin_item(by=world.coordinator.actor, item=second)
    clock = live(world.outsider.actor, meeting, Part.OPEN).clock
    assert (clock.item, clock.words, clock.following.position, clock.whole_left in (49, 50)) == (
        second,
        "noch 5 Minuten",
        3,
        True,
    )
    with pytest.raises(NotAllowed):
        begin_item(by=world.outsider.actor, item=first)


# the page

JSON = {"headers": {"accept": "application/json"}}


def url(name, meeting, part=2):
    return reverse(f"network:{name}", args=[meeting.public_id, part])


def test_the_page_saves_and_says_when(world, meeting, login):
    web = login(world.counsellor)
    web.post(url("take_pen", meeting))
    answer = web.post(url("save_notes", meeting), {"text": "Hallo", "revision": "2", "key": "a"}, **JSON)
    assert (answer.status_code, answer.json()["revision"]) == (200, 3)
    assert "Hallo" in login(world.outsider).get(url("session_part", meeting)).content.decode()


def test_who_lost_the_pen_sees_both_texts_and_keeps_her_own(world, meeting, login):
    web, other = login(world.counsellor), login(world.outsider)
    web.post(url("take_pen", meeting))
    web.post(url("save_notes", meeting), {"text": "Anfang", "revision": "2", "key": "a"}, **JSON)
    expire(meeting)
    other.post(url("take_pen", meeting))
    other.post(url("save_notes", meeting), {"text": "Anfang\nWeiter", "revision": "4", "key": "b"}, **JSON)

    answer = web.post(url("save_notes", meeting), {"text": "Anfang\nMein Satz", "revision": "3", "key": "c"}, **JSON)
    told = answer.json()
    assert (answer.status_code, told["mine"], told["other"]) == (409, "Mein Satz", "Anfang\nWeiter")
    assert "Mein Satz" in web.get(url("session_part", meeting)).content.decode()

    other.post(url("lay_down", meeting), {"text": "Anfang\nWeiter", "revision": "5"})
    web.post(url("take_pen", meeting), {"append": "Mein Satz"})
    notes = Notes.objects.get()
    assert (notes.text, drafts.mine(world.counsellor.actor)) == ("Anfang\nWeiter\n\nMein Satz", [])


def test_readers_ask_and_hear_nothing_when_nothing_is_new(world, meeting, login):
    web, reader = login(world.counsellor), login(world.outsider)
    web.post(url("take_pen", meeting))
    first = live(world.outsider.actor, meeting, Part.OPEN).version
    assert reader.get(url("state", meeting), {"v": first}).status_code == 204
    web.post(url("save_notes", meeting), {"text": "Neu", "revision": "2", "key": "a"}, **JSON)
    answer = reader.get(url("state", meeting), {"v": first})
    assert (answer.status_code, "Neu" in answer.content.decode(), "hx-swap-oob" in answer.content.decode()) == (
        200,
        True,
        True,
    )


def test_asking_does_not_keep_the_session_open(world, meeting, login):
    reader = login(world.outsider)
    reader.get(url("session_part", meeting))
    page = reader.get(url("session_part", meeting)).content.decode()
    assert 'hx-trigger="every 3s"' in page
    assert '"X-Lotse-Background": "1"' in page


def test_a_page_that_is_still_there_keeps_the_pen(world, meeting, login):
    web = login(world.counsellor)
    web.post(url("take_pen", meeting))
    expire(meeting)
    assert web.post(url("save_notes", meeting), {"still": "1"}).status_code == 200
    with pytest.raises(ValidationError, match="schreibt gerade"):
        pen(world.outsider, meeting)
    assert login(world.outsider).post(url("save_notes", meeting), {"still": "1"}).status_code == 409


def test_everything_works_without_a_script(world, meeting, login):
    web = login(world.counsellor)
    web.post(url("take_pen", meeting))
    web.post(url("save_notes", meeting), {"text": LINES, "revision": "2"})
    web.post(url("lay_down", meeting), {"text": LINES + "Ende", "revision": "3", "gather": "1"})
    assert (Notes.objects.get().text.endswith("Ende"), Decision.objects.count(), ActionItem.objects.count()) == (
        True,
        1,
        1,
    )


def test_part_one_has_no_page_for_who_sits_outside(world, login):
    meeting = make.meeting_of(world, make.forum_of(world), make.began())
    web = login(world.coordinator)
    statuses = {web.get(url("session_part", meeting, 1)).status_code, web.get(url("state", meeting, 1)).status_code,
                web.post(url("take_pen", meeting, 1)).status_code, web.post(url("save_notes", meeting, 1)).status_code}  # fmt: skip
    assert statuses == {404}
    assert login(world.counsellor).get(url("session_part", meeting, 1)).status_code == 200


def test_after_the_minutes_went_out_nothing_is_changed(world, meeting):
    from lotse.network.actions.closing import send_minutes

    pen(world.counsellor, meeting)
    make.all_there(world, meeting)
    close_meeting(by=world.coordinator.actor, meeting=meeting)
    with pytest.raises(NotAllowed):  # closed: only who leads corrects
        pen(world.counsellor, meeting)
    pen(world.coordinator, meeting)
    send_minutes(by=world.coordinator.actor, meeting=meeting)
    with pytest.raises(ValidationError, match="schon verschickt"):
        pen(world.coordinator, meeting)
