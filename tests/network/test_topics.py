"""A topic goes up, is decided and comes back (model.md §7.4, §12.8; NW-06, DP-06, DP-08)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.correspondence.models import OutgoingMail
from lotse.network import rules, states
from lotse.network.actions import topics as acts
from lotse.network.enums import Level, MeetingState, Purpose, TopicState
from lotse.network.models import AgendaItem, Mandate, Member, NetworkFormat, Topic, TopicStep
from lotse.network.naming import marked, names_in
from lotse.network.queries import topics as queries
from lotse.network.queries.work import all_work
from tests.factories import casework
from tests.factories import forum as make
from tests.factories.forum import SECRET

pytestmark = pytest.mark.rule("NW-06")
WORDS = {
    "title": "Keine Termine beim Jobcenter",
    "text": "Seit Wochen bekommt niemand einen Termin.",
    "wish": "Online-Termine",
}


def raised(forum, by="counsellor", **more):
    return acts.raise_topic(by=forum.world.personas[by].actor, format=forum.format, **{**WORDS, **more})


def released(forum, **more):
    topic = raised(forum, **more)
    return acts.release_topic(by=forum.world.outsider.actor, topic=topic, revision=1)


def on_agenda(forum):
    """With its item in the round's next meeting."""
    forum.round_meeting = make.meeting_of(forum.round, days=14)
    topic = released(forum)
    return topic, acts.put_on_agenda(by=forum.world.officer.actor, topic=topic)


def test_the_whole_way_up_and_back(forum, world):
    topic, item = on_agenda(forum)
    officer = world.officer.actor
    assert (item.title, item.meeting, item.part) == (topic.title, forum.round_meeting, 2)
    acts.discuss_topic(by=officer, topic=topic, note="Die Stadt spricht mit dem Jobcenter.")
    acts.pass_to_politics(by=officer, topic=topic, note="An den Sozialausschuss.")
    acts.answer_topic(by=officer, topic=topic, answer="Ab März gibt es Termine online.")
    acts.close_topic(by=world.counsellor.actor, topic=topic)

    found = queries.get_topic(officer, topic.public_id)
    assert [stop.state for stop in queries.way_of(found)] == [
        "raised", "released_by_forum", "on_coordination_agenda", "discussed", "passed_to_politics", "feedback_given", "closed",
    ]  # fmt: skip
    assert [stop.level for stop in queries.way_of(found)] == [
        Level.MICRO, Level.MICRO, Level.MESO, Level.MESO, Level.MACRO, Level.MICRO, Level.MICRO,
    ]  # fmt: skip
    assert all(stop.is_done for stop in queries.way_of(found))
    assert found.answer == "Ab März gibt es Termine online."


def test_what_is_still_to_come_stands_on_the_way(forum, world):
    topic = queries.get_topic(world.counsellor.actor, raised(forum).public_id)
    assert [(stop.state, stop.is_done) for stop in queries.way_of(topic)] == [
        ("raised", True), ("released_by_forum", False), ("on_coordination_agenda", False), ("discussed", False),
        ("feedback_given", False), ("closed", False),
    ]  # fmt: skip


def test_without_feedback_it_stands_at_the_next_forum_and_then_no_more(forum, world):
    topic, _item = on_agenda(forum)
    outsider = world.outsider.actor
    assert list(queries.unanswered(outsider, forum.format)) == [topic]
    acts.answer_topic(by=world.officer.actor, topic=topic, answer="Ja.")
    assert list(queries.unanswered(outsider, forum.format)) == []
    assert list(queries.answered(outsider, forum.format)) == [topic]


def test_feedback_reaches_who_raised_it_without_its_words(forum, world):
    topic, _item = on_agenda(forum)
    before = OutgoingMail.objects.count()
    acts.answer_topic(by=world.officer.actor, topic=topic, answer=SECRET)
    [mail] = OutgoingMail.objects.order_by("pk")[before:]
    assert mail.recipient == world.counsellor.user.email
    assert SECRET not in mail.body
    assert WORDS["title"] not in mail.body
    assert list(queries.came_back(world.counsellor.actor)) == [topic]
    acts.close_topic(by=world.counsellor.actor, topic=topic)
    assert list(queries.came_back(world.counsellor.actor)) == []


# --- who may ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["officer", "colleague", "technical_lead", "carrier_manager", "sysadmin", "funder"])
def test_topics_are_raised_by_who_belongs_to_part_1(forum, world, name):
    with pytest.raises(NotAllowed):
        raised(forum, by=name)


@pytest.mark.parametrize("missing", [Mandate, Member])
def test_without_mandate_or_place_nobody_raises_a_topic(forum, world, missing):
    missing.objects.all().delete()
    with pytest.raises(NotAllowed):
        raised(forum)


@pytest.mark.rule("DP-08")
@pytest.mark.parametrize("name", ["officer", "colleague", "technical_lead", "counsellor"])
def test_only_a_second_person_of_part_1_lets_it_out(forum, world, name):
    topic = raised(forum)
    with pytest.raises(NotAllowed):
        acts.release_topic(by=world.personas[name].actor, topic=topic, revision=1)
    assert not Topic.objects.visible_to(world.officer.actor).exists()


@pytest.mark.rule("DP-08")
def test_words_that_were_changed_are_read_again_before_they_go_out(forum, world):
    topic = raised(forum)
    acts.change_topic(by=world.counsellor.actor, topic=topic, revision=1, **{**WORDS, "title": "Anders"})
    with pytest.raises(ValidationError, match="inzwischen geändert"):
        acts.release_topic(by=world.outsider.actor, topic=topic, revision=1)
    acts.release_topic(by=world.outsider.actor, topic=topic, revision=2)
    with pytest.raises(ValidationError, match="schon freigegeben"):
        acts.change_topic(by=world.counsellor.actor, topic=topic, revision=3, **WORDS)


def test_only_who_raised_it_changes_the_words(forum, world):
    topic = raised(forum)
    with pytest.raises(NotAllowed):
        acts.change_topic(by=world.outsider.actor, topic=topic, revision=1, **WORDS)
    with pytest.raises(ValidationError, match="geändert"):
        acts.change_topic(by=world.counsellor.actor, topic=topic, revision=7, **WORDS)


def test_the_round_answers_and_nobody_else(forum, world):
    topic, item = on_agenda(forum)
    for name in ("counsellor", "outsider", "colleague", "technical_lead"):
        with pytest.raises(NotAllowed):
            acts.answer_topic(by=world.personas[name].actor, topic=topic, answer="x")
    item.meeting.minute_taker = world.outsider.person
    item.meeting.save()
    assert acts.discuss_topic(by=world.outsider.actor, topic=topic, note="").state == TopicState.DISCUSSED


def test_a_topic_of_the_forum_is_no_business_of_the_round_before_its_release(forum, world):
    topic = raised(forum)
    for act in (
        lambda: acts.answer_topic(by=world.officer.actor, topic=topic, answer="x"),
        lambda: acts.discuss_topic(by=world.officer.actor, topic=topic, note="x"),
        lambda: acts.close_topic(by=world.officer.actor, topic=topic),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_forum_takes_a_topic_back_unseen(forum, world):
    topic = raised(forum)
    acts.close_topic(by=world.outsider.actor, topic=topic, note=SECRET)
    assert not Topic.objects.visible_to(world.officer.actor).exists()
    assert not TopicStep.objects.visible_to(world.officer.actor).exists()


# --- agenda ----------------------------------------------------------------------------------------------------
def test_it_is_put_on_the_next_meeting_of_the_round(forum, world):
    make.meeting_of(
        forum.round, days=5, state=MeetingState.CANCELLED, called_off_at=timezone.now(), call_off_reason="krank"
    )
    later = make.meeting_of(forum.round, days=60)
    first = make.meeting_of(forum.round, days=20)
    topic = released(forum)
    with pytest.raises(NotAllowed):
        acts.put_on_agenda(by=world.colleague.actor, topic=topic)
    acts.put_on_agenda(by=world.outsider.actor, topic=topic)
    item = AgendaItem.objects.get()
    assert (item.meeting, item.topic, item.position) == (first, topic, 1)
    assert later.agenda.count() == 0


def test_it_stands_before_the_point_that_closes_the_meeting(forum, world):
    meeting = make.meeting_of(forum.round)
    of = {"organisation_id": meeting.organisation_id, "meeting": meeting, "lasts": 5}
    closing = AgendaItem.objects.create(**of, position=1, title="Ende", purpose=Purpose.CLOSING)
    item = acts.put_on_agenda(by=world.officer.actor, topic=released(forum))
    assert list(meeting.agenda.all()) == [item, closing]


def test_without_a_round_or_a_meeting_it_says_what_to_do(forum, world):
    topic = released(forum)
    with pytest.raises(ValidationError, match="noch kein Termin"):
        acts.put_on_agenda(by=world.officer.actor, topic=topic)
    NetworkFormat.objects.filter(pk=forum.format.pk).update(reports_to=None)
    with pytest.raises(ValidationError, match="nirgendwohin"):
        acts.put_on_agenda(by=world.officer.actor, topic=topic)


# --- words, days, numbers --------------------------------------------------------------------------------------
@pytest.mark.parametrize("missing", ["title", "text"])
def test_a_topic_has_words(forum, missing):
    with pytest.raises(ValidationError):
        raised(forum, **{missing: " "})


def test_answers_and_passing_on_have_words_and_no_day_to_come(forum, world):
    topic, _item = on_agenda(forum)
    officer, tomorrow = world.officer.actor, timezone.localdate() + timedelta(days=1)
    for act in (
        lambda: acts.answer_topic(by=officer, topic=topic, answer=" "),
        lambda: acts.answer_topic(by=officer, topic=topic, answer="x", on=tomorrow),
        lambda: acts.discuss_topic(by=officer, topic=topic, note="x", on=tomorrow),
        lambda: acts.pass_to_politics(by=officer, topic=topic, note=" "),
        lambda: acts.pass_to_politics(by=officer, topic=topic, note="Vor der Besprechung"),
    ):
        with pytest.raises(ValidationError):
            act()


def test_the_time_to_the_answer_is_counted_from_the_release(forum, world):
    topic, today = released(forum), timezone.localdate()
    assert queries.waits_days(topic, today + timedelta(days=100)) == 100
    assert queries.is_late(topic, today + timedelta(days=91))
    assert not queries.is_late(topic, today + timedelta(days=90))
    topic.answered_on, topic.state = today + timedelta(days=4), TopicState.ANSWERED
    assert queries.waits_days(topic, today + timedelta(days=100)) == 4
    assert not queries.is_late(topic, today + timedelta(days=100))
    assert queries.waits_days(Topic(), today) is None


def test_every_state_leads_somewhere_and_none_back_into_the_forum():
    assert set(states.TOPIC) == set(TopicState)
    assert [s for s, after in states.TOPIC.items() if TopicState.RAISED in after] == []


def test_a_topic_without_release_does_not_leave_the_forum(forum, world):
    raised(forum)
    with pytest.raises(IntegrityError):
        Topic.objects.update(state=TopicState.ON_AGENDA)


@pytest.mark.rule("DP-08")
def test_the_rule_of_letting_out(forum, world):
    topic = raised(forum)
    assert rules.may_let_out(world.outsider.actor, topic, is_inside=True)
    assert not rules.may_let_out(world.outsider.actor, topic, is_inside=False)
    assert not rules.may_let_out(world.counsellor.actor, topic, is_inside=True)


def test_the_log_says_that_it_happened_and_not_what(forum):
    raised(forum, title=SECRET)
    assert SECRET not in f"{Event.objects.filter(object_type='topic').values_list('details', 'fields')}"


# --- names (DP-06) -------------------------------------------------------------------------------------------------
@pytest.mark.rule("DP-06")
def test_names_from_her_files_are_found_in_every_spelling(world):
    casework.person(world, first_name="Ayşe", last_name="Özdemir-Kaya")
    actor = world.counsellor.actor
    assert names_in(actor, ["Frau OEZDEMIR und Ayse waren da.", "Kayas Termin"]) == ["OEZDEMIR", "Ayse", "Kayas"]
    assert names_in(actor, ["Ayşe allein ist kein Name aus einer Akte"]) == []
    assert names_in(world.outsider.actor, ["Frau Özdemir"]) == []


@pytest.mark.rule("DP-06")
def test_marked_words_are_the_names_and_nothing_is_lost(world):
    pieces = marked("Kaya sagt, Kayak ist kein Name.", ["Kaya"])
    assert [piece.text for piece in pieces if piece.is_name] == ["Kaya"]
    assert "".join(piece.text for piece in pieces) == "Kaya sagt, Kayak ist kein Name."
    assert marked("Text", []) == [("Text", False)]


@pytest.mark.rule("DP-06")
def test_the_form_asks_before_a_name_leaves(forum, world, login):
    casework.person(world, last_name="Özdemir")
    web, data = login(world.counsellor), {**WORDS, "text": "Frau Özdemir wartet.", "format": forum.format.public_id}
    page = web.post("/netzwerk/themen/einbringen/", data).content.decode()
    assert "<mark>Özdemir</mark>" in page
    assert not Topic.objects.exists()
    web.post("/netzwerk/themen/einbringen/", {**data, "acknowledged": "names"})
    assert Topic.objects.get().text == "Frau Özdemir wartet."


# --- pages -----------------------------------------------------------------------------------------------------
def test_the_way_on_its_pages(forum, world, login):
    make.meeting_of(forum.round, days=14)
    today = f"{timezone.localdate()}"
    first, second, officer = login(world.counsellor), login(world.outsider), login(world.officer)
    first.post("/netzwerk/themen/einbringen/", {**WORDS, "format": forum.format.public_id})
    url = f"/netzwerk/themen/{Topic.objects.get().public_id}/"
    assert officer.get(url).status_code == 404
    first.post(f"{url}aendern/", {**WORDS, "title": "Genauer", "revision": 1})
    second.post(f"{url}freigeben/", {"revision": 2})
    officer.post(f"{url}tagesordnung/")
    officer.post(f"{url}besprochen/", {"note": "Besprochen.", "on": today})
    officer.post(f"{url}an-die-politik/", {"note": "An den Rat.", "on": today})
    officer.post(f"{url}rueckmeldung/", {"answer": "Es gibt Termine.", "on": today})
    page = first.get(url).content.decode()
    for word in ("Genauer", "Besprochen.", "An den Rat.", "Es gibt Termine.", "abschließen"):
        assert word in page
    assert str(world.counsellor.person) not in officer.get(url).content.decode()
    first.post(f"{url}abschliessen/", {"note": ""})
    assert Topic.objects.get().state == TopicState.CLOSED


def test_the_list_by_state_and_age(forum, world, login):
    old = released(forum, title="Alt")
    Topic.objects.filter(pk=old.pk).update(released_on=timezone.localdate() - timedelta(days=120))
    raised(forum, title="Neu")
    web = login(world.counsellor)

    def shown(wanted):
        page = web.get(f"/netzwerk/themen/?stand={wanted}").content.decode()
        return {title for title in ("Alt", "Neu") if f">{title}</a>" in page}

    assert {w: shown(w) for w in ("", "ohne-antwort", "alt", "forum", "beantwortet", "abschlossen", "unsinn")} == {
        "": {"Alt", "Neu"}, "ohne-antwort": {"Alt"}, "alt": {"Alt"}, "forum": {"Neu"}, "beantwortet": set(),
        "abschlossen": {"Alt", "Neu"}, "unsinn": {"Alt", "Neu"},
    }  # fmt: skip
    assert "Noch kein Thema" in login(world.colleague).get("/netzwerk/themen/").content.decode()
    assert login(world.colleague).get("/netzwerk/themen/einbringen/").status_code == 403


def test_today_names_each_step_to_whom_it_waits_for(forum, world, login):
    make.meeting_of(forum.round, days=14)
    topic = raised(forum, title="Wartet hier")
    webs = {name: login(world.personas[name]) for name in ("counsellor", "outsider", "officer", "colleague")}

    def shown():
        return {name for name, web in webs.items() if "Wartet hier" in web.get("/").content.decode()}

    assert shown() == {"outsider"}
    acts.release_topic(by=world.outsider.actor, topic=topic, revision=1)
    assert shown() == {"officer"}
    acts.put_on_agenda(by=world.officer.actor, topic=topic)
    assert shown() == set()
    acts.answer_topic(by=world.officer.actor, topic=topic, answer="Ja.")
    assert shown() == {"counsellor"}


def test_today_asks_once_for_the_network_however_much_there_is(forum, world, django_assert_num_queries):
    colleague = world.colleague.actor
    with django_assert_num_queries(1):
        assert all_work(colleague, timezone.localdate(), has_calendar=True) == []
    raised(forum, by="outsider")
    counsellor = world.counsellor.actor
    with django_assert_num_queries(2):  # that there is something, and all of it
        assert len(all_work(counsellor, timezone.localdate(), has_calendar=True)) == 1
    raised(forum, by="outsider")
    raised(forum, by="outsider")
    counsellor = world.counsellor.actor
    with django_assert_num_queries(2):
        assert len(all_work(counsellor, timezone.localdate(), has_calendar=True)) == 3


def test_the_page_of_the_next_forum_shows_what_waits_for_feedback_and_for_somebody(forum, world, login):
    topic = released(forum, title="Ohne Antwort bisher")
    url = f"/netzwerk/termine/{forum.meeting.public_id}/"
    pages = {name: login(world.personas[name]).get(url).content.decode() for name in ("outsider", "officer")}
    assert ["Ohne Antwort bisher" in page for page in pages.values()] == [True, True]
    inner = f"/netzwerk/teil-1/{forum.meeting.public_id}/"
    assert [inner in page for page in pages.values()] == [True, False]
    assert topic.state == TopicState.RELEASED
