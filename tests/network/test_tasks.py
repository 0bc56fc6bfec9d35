"""Tasks from meetings come back until they are closed with a result (NW-11)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.correspondence.models import OutgoingMail
from lotse.network.actions import tasks as acts
from lotse.network.actions.reminders import remind_of_tasks
from lotse.network.enums import Part
from lotse.network.models import ActionItem
from lotse.network.queries import tasks as queries

pytestmark = pytest.mark.rule("NW-11")


def given(forum, by="officer", owner="counsellor", part=Part.OPEN, **more):
    values = {"text": "Beim Jobcenter nachfragen", "owner_name": "", **more}
    person = forum.world.personas[owner].person if owner else None
    return acts.create_task(by=forum.world.personas[by].actor, meeting=forum.meeting, part=part, owner=person, **values)


def test_an_open_task_comes_back_until_it_is_closed(forum, world):
    task = given(forum)
    officer = world.officer.actor
    assert list(queries.open_tasks(officer, forum.format)) == [task]
    assert list(queries.mine(world.counsellor.actor)) == [task]

    acts.finish_task(by=world.counsellor.actor, task=task, result="Zwei Termine bekommen")
    assert list(queries.open_tasks(officer, forum.format)) == []
    assert list(queries.to_control(officer, forum.format)) == [task]
    acts.control_task(by=officer, task=task)
    assert list(queries.to_control(officer, forum.format)) == []
    acts.reopen_task(by=officer, task=task)
    again = queries.open_tasks(officer, forum.format).get()
    assert (again.result, again.closed_on, again.controlled_by) == ("Zwei Termine bekommen", None, None)


def test_a_task_not_needed_any_more_says_why(forum, world):
    task = given(forum)
    with pytest.raises(ValidationError, match="warum"):
        acts.drop_task(by=world.officer.actor, task=task, result=" ")
    assert acts.drop_task(by=world.officer.actor, task=task, result="Entfällt").state == "dropped"


def test_the_result_is_looked_at_by_another(forum, world):
    task = given(forum, owner="officer")
    with pytest.raises(ValidationError, match="abgeschlossen"):
        acts.control_task(by=_moderator(forum), task=task)
    acts.finish_task(by=world.officer.actor, task=task, result="Erledigt")
    with pytest.raises(NotAllowed):
        acts.control_task(by=world.officer.actor, task=task)
    assert acts.control_task(by=_moderator(forum), task=task).controlled_by_id == world.outsider.person.pk
    with pytest.raises(IntegrityError):
        ActionItem.objects.update(controlled_by=world.officer.person)


def _moderator(forum):
    forum.meeting.moderator = forum.world.outsider.person
    forum.meeting.save()
    return forum.world.outsider.actor


def test_only_owner_organiser_and_moderator_close_it(forum, world):
    task = given(forum)
    with pytest.raises(NotAllowed):
        acts.finish_task(by=world.outsider.actor, task=task, result="x")
    with pytest.raises(ActionItem.DoesNotExist):
        acts.finish_task(by=world.colleague.actor, task=task, result="x")
    with pytest.raises(NotAllowed):
        acts.reopen_task(by=world.outsider.actor, task=acts.finish_task(by=world.officer.actor, task=task, result="x"))
    with pytest.raises(ValidationError, match="geht es nicht"):
        acts.finish_task(by=world.officer.actor, task=task, result="x")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"text": " "}, "was zu tun"), ({"owner": None}, "wer die Aufgabe")],
)
def test_a_task_says_what_and_who(forum, wrong, message):
    with pytest.raises(ValidationError, match=message):
        given(forum, **wrong)


def test_tasks_are_given_by_who_belongs_to_the_meeting(forum, world):
    forum.seat("colleague", in_inner_part=False, is_guest=True)
    for name in ("colleague", "technical_lead", "sysadmin"):
        with pytest.raises(NotAllowed):
            given(forum, by=name)
    assert given(forum, by="outsider").given_by_id == world.outsider.person.pk


def test_a_day_to_come_is_no_day_of_closing(forum, world):
    with pytest.raises(ValidationError, match="Zukunft"):
        acts.finish_task(
            by=world.officer.actor, task=given(forum), result="x", on=timezone.localdate() + timedelta(days=1)
        )


@pytest.mark.rule("DP-08")
def test_a_task_of_part_1_stays_inside(forum, world):
    task = given(forum, by="outsider", part=Part.INNER)
    assert list(queries.open_tasks(world.outsider.actor, forum.format)) == [task]
    assert list(queries.open_tasks(world.officer.actor, forum.format)) == []
    forum.seat("colleague", in_inner_part=False)
    with pytest.raises(ValidationError, match="Teil 1"):
        given(forum, by="outsider", owner="colleague", part=Part.INNER)
    with pytest.raises(ValidationError, match="Teil 1"):
        given(forum, by="outsider", owner=None, owner_name="Jemand", part=Part.INNER)
    with pytest.raises(NotAllowed):
        given(forum, by="officer", part=Part.INNER)
    with pytest.raises(IntegrityError):
        ActionItem.objects.update(owner=None)


@pytest.mark.rule("DP-08")
def test_the_moderator_outside_part_1_closes_nothing_of_it(forum, world):
    task = given(forum, by="outsider", part=Part.INNER)
    forum.meeting.moderator = world.officer.person
    forum.meeting.save()
    with pytest.raises(ActionItem.DoesNotExist):
        acts.finish_task(by=world.officer.actor, task=task, result="x")
    assert acts.finish_task(by=world.counsellor.actor, task=task, result="x").state == "done"


def test_somebody_without_an_account_takes_a_task_with_her_address(forum, world):
    task = given(forum, owner=None, owner_name="Frau Beispiel, Stadt", owner_email="stadt@lotse.example")
    assert (task.owner_name, task.owner_email) == ("Frau Beispiel, Stadt", "stadt@lotse.example")
    assert given(forum, owner_email="stadt@lotse.example").owner_email == ""


def test_words_and_day_are_changed_and_nothing_overwritten(forum, world):
    task = given(forum)
    acts.change_task(by=world.counsellor.actor, task=task, text="Anders", owner_name="", due_on=None, revision=1)
    with pytest.raises(ValidationError, match="jemand anderes"):
        acts.change_task(by=world.officer.actor, task=task, text="x", owner_name="", due_on=None, revision=1)
    with pytest.raises(ValidationError, match="was zu tun"):
        acts.change_task(by=world.officer.actor, task=task, text="", owner_name="", due_on=None)
    with pytest.raises(NotAllowed):
        acts.change_task(by=world.outsider.actor, task=task, text="x", owner_name="", due_on=None)
    assert ActionItem.objects.get().text == "Anders"


# --- pages -----------------------------------------------------------------------------------------------------
def test_the_list_shows_mine_overdue_first_and_those_i_gave(forum, world, login):
    today = timezone.localdate()
    given(forum, text="Später", due_on=today + timedelta(days=9))
    given(forum, text="Längst", due_on=today - timedelta(days=9))
    given(forum, text="Für andere", by="counsellor", owner="outsider")
    given(forum, text="Von anderen", owner="outsider")
    page = login(world.counsellor).get("/netzwerk/aufgaben/").content.decode()
    order = [page.index(word) for word in ("Längst", "Später", "Für andere", "Von anderen")]
    assert order == sorted(order)
    assert page.count("überfällig") == 1
    assert "Für Sie ist nichts offen" in login(world.colleague).get("/netzwerk/aufgaben/").content.decode()


def test_the_steps_of_a_task_on_its_pages(forum, world, login):
    task = given(forum)
    url, owner, officer = f"/netzwerk/aufgaben/{task.public_id}/", login(world.counsellor), login(world.officer)
    owner.post(f"{url}aendern/", {"text": "Genauer", "owner_name": "x", "due_on": "", "revision": 1})
    owner.post(url, {"result": "Zwei Termine", "on": f"{timezone.localdate()}"})
    assert "Ergebnis geprüft" in officer.get(url).content.decode()
    assert "Ergebnis geprüft" not in owner.get(url).content.decode()
    officer.post(f"{url}geprueft/")
    assert "Zwei Termine" in owner.get(url).content.decode()
    assert "Genauer" in owner.get("/netzwerk/aufgaben/?stand=erledigt").content.decode()
    officer.post(f"{url}wieder-oeffnen/")
    officer.post(f"{url}nicht-mehr-noetig/", {"result": "Entfällt"})

    task.refresh_from_db()
    assert (task.text, task.owner_name, task.state) == ("Genauer", "Counsellor Beispiel", "dropped")
    assert login(world.colleague).get(url).status_code == 404
    assert [officer.get(f"{url}{step}/").status_code for step in ("geprueft", "wieder-oeffnen")] == [302, 302]


# --- reminders and Heute ---------------------------------------------------------------------------------------------
def _due(forum, days, **more):
    return given(forum, due_on=timezone.localdate() + timedelta(days=days), **more)


def test_a_mail_comes_some_days_before_and_once(forum, world):
    task = _due(forum, 3)
    _due(forum, 4)
    _due(forum, -1)
    acts.drop_task(by=world.officer.actor, task=_due(forum, 1), result="Entfällt")
    before = OutgoingMail.objects.count()
    assert (remind_of_tasks(), remind_of_tasks()) == (1, 0)
    [mail] = OutgoingMail.objects.order_by("pk")[before:]
    assert (mail.recipient, task.text in mail.body) == (world.counsellor.user.email, False)

    ActionItem.objects.filter(pk=task.pk).update(due_on=timezone.localdate() + timedelta(days=2))
    assert remind_of_tasks() == 1  # another day was agreed


def test_who_has_no_account_gets_the_mail_with_her_task(forum, world):
    task = _due(forum, 2, owner=None, owner_name="Frau Beispiel", owner_email="stadt@lotse.example")
    _due(forum, 2, owner=None, owner_name="Ohne Adresse")
    assert remind_of_tasks() == 2
    [mail] = [mail for mail in OutgoingMail.objects.all() if mail.recipient == "stadt@lotse.example"]
    assert task.text in mail.body


def test_today_shows_what_is_due_within_a_week(forum, world, login):
    _due(forum, 7, text="Bald")
    _due(forum, 8, text="Dann erst")
    page = login(world.counsellor).get("/").content.decode()
    assert ("Bald" in page, "Dann erst" in page) == (True, False)
    assert "Bald" not in login(world.outsider).get("/").content.decode()
