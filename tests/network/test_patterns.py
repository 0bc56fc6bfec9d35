"""What at least five people ran into at the same place becomes a topic; fewer are never named (model.md §7.4; DP-06)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.casework.models import Contact, ContactTopic, Referral
from lotse.casework.patterns import patterns
from lotse.network.models import Topic
from tests.factories import casework as make
from tests.factories.rows import saved

pytestmark = pytest.mark.rule("DP-06")
TODAY = timezone.localdate


def stuck(world, number, office=None, by=None, days=10, topic="", **more):
    """So many people whose referral to the office came to nothing; `topic` is what they were counselled about."""
    office, by = office or make.partner(world, name="Jobcenter Nordstadt"), by or world.counsellor
    at = timezone.now() - timedelta(days=days)
    for _ in range(number):
        case = make.case(world, by=by.actor, client=make.person(world, by=by.actor, informed_on=make.days_ago(100)))
        client = {"organisation": case.organisation, "client": case.client, "case": case}
        values = {"state": "declined", "decline_reason": "no_capacity", "sent_at": at, "ended_at": at, **more}
        saved(Referral, **client, partner=office, consent=case.client.consents.first(), **values)
        if topic:
            contact = saved(Contact, **client, counsellor=by.person, on=make.days_ago(days), minutes=30)
            saved(ContactTopic, contact=contact, topic=topic)
    return office


def seen(world, span="6", name="counsellor"):
    return [
        (p.where, p.outcome, p.topic, p.persons_at_least) for p in patterns(world.personas[name].actor, span, TODAY())
    ]


def test_five_people_are_a_pattern_and_four_are_none(world):
    office = stuck(world, 4)
    assert seen(world) == []
    stuck(world, 1, office)
    assert seen(world) == [("Jobcenter Nordstadt", "zurzeit kein Platz", "", 5)]


def test_more_are_said_in_steps_of_five(world):
    stuck(world, 9)
    assert [number for *_words, number in seen(world)] == [5]


def test_one_person_counts_once_however_often_she_was_sent_away(world):
    office = stuck(world, 4)
    referral = Referral.objects.first()
    saved(
        Referral, organisation=referral.organisation, client=referral.client, case=referral.case, partner=office,
        state="declined", decline_reason="no_capacity", sent_at=referral.sent_at, ended_at=referral.sent_at,
        consent=referral.consent,
    )  # fmt: skip
    assert seen(world) == []


def test_another_reason_or_another_office_is_another_pattern(world):
    office = stuck(world, 3)
    stuck(world, 3, office, decline_reason="not_responsible")
    stuck(world, 3, make.partner(world, name="Jobcenter Süd"))
    assert seen(world) == []


def test_colleagues_of_her_site_count_and_other_carriers_do_not(world):
    office = stuck(world, 3)
    stuck(world, 2, office, by=world.colleague)
    assert [number for *_words, number in seen(world)] == [5]
    assert seen(world, name="outsider") == []
    assert seen(world, name="specialist") == []


def test_the_time_is_six_weeks_or_three_months(world):
    stuck(world, 5, days=60)
    assert (seen(world, "6"), len(seen(world, "13"))) == ([], 1)


def test_the_topic_stands_there_where_five_share_it(world):
    office = stuck(world, 4, topic="housing")
    stuck(world, 1, office)
    assert [topic for _where, _outcome, topic, _n in seen(world)] == [""]
    stuck(world, 1, office, topic="housing")
    assert [(bool(topic), number) for _where, _outcome, topic, number in seen(world)] == [(True, 5)]


def test_no_answer_is_an_outcome_and_a_yes_is_none(world):
    office = stuck(world, 5, state="expired", decline_reason="")
    stuck(world, 5, office, state="accepted", decline_reason="")
    assert [outcome for _where, outcome, *_more in seen(world)] == ["keine Antwort"]


def test_steps_that_were_missed_name_the_service(world):
    for _ in range(5):
        plan = make.plan(world, of=make.case(world, client=make.person(world)))
        step = make.step(world, make.goal(world, plan), services=["jobcentre"])
        type(step).objects.filter(pk=step.pk).update(achieved="no", achieved_on=make.days_ago(3))
    assert [(where, number) for where, _outcome, _topic, number in seen(world)] == [("Jobcenter", 5)]


def test_the_counsellor_writes_a_topic_from_it(forum, world, login):
    stuck(world, 7, topic="housing")
    web = login(world.counsellor)
    [pattern] = patterns(world.counsellor.actor, "6", TODAY())
    assert "mindestens 5 Personen" in web.get("/netzwerk/muster/").content.decode()
    url = f"/netzwerk/muster/{pattern.key}/?wochen=6"
    page = web.get(url).content.decode()
    assert "sind mindestens 5 Personen nicht weitergekommen" in page
    assert " 7 " not in page

    web.post(url, {"format": forum.format.public_id, "title": "Jobcenter", "text": pattern.sentence, "wish": "Termine"})
    topic = Topic.objects.get()
    assert (topic.title, topic.text, topic.raised_by) == ("Jobcenter", pattern.sentence, world.counsellor.person)
    assert topic.basis["persons_at_least"] == 5
    assert set(topic.basis) == {"figure", "persons_at_least", "from", "to"}


def test_a_pattern_with_a_name_in_its_words_is_asked_about(forum, world, login):
    stuck(world, 5)  # all of them are called Özdemir
    [pattern] = patterns(world.counsellor.actor, "6", TODAY())
    url = f"/netzwerk/muster/{pattern.key}/?wochen=6"
    words = {"format": forum.format.public_id, "title": "Termine", "text": "Familie Özdemir wartet.", "wish": ""}
    assert "<mark>Özdemir</mark>" in login(world.counsellor).post(url, words).content.decode()
    assert not Topic.objects.exists()


def test_a_pattern_that_is_none_any_more_has_no_page(forum, world, login):
    stuck(world, 5)
    [pattern] = patterns(world.counsellor.actor, "6", TODAY())
    Referral.objects.filter(pk=Referral.objects.first().pk).delete()
    assert login(world.counsellor).get(f"/netzwerk/muster/{pattern.key}/?wochen=6").status_code == 404


def test_who_belongs_to_no_forum_sees_patterns_and_reports_none(world, login):
    stuck(world, 5, by=world.colleague)
    web = login(world.colleague)
    assert "Melden kann, wer im Austauschforum sitzt" in web.get("/netzwerk/muster/").content.decode()
    [pattern] = patterns(world.colleague.actor, "6", TODAY())
    assert web.get(f"/netzwerk/muster/{pattern.key}/").status_code == 403
    assert login(world.carrier_manager).get("/netzwerk/muster/").status_code == 403
    assert "steht an keiner Stelle" in login(world.outsider).get("/netzwerk/muster/?wochen=unsinn").content.decode()
