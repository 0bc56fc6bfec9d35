"""Beside the chain: first weeks, concepts, trainings, advice, handbook, words of the field."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.agency import rules, support
from lotse.agency.actions import support as acts
from lotse.agency.models import HandbookPage, ProjectConcept, Training
from lotse.agency.queries import support as queries
from lotse.core.errors import NotAllowed

TODAY = timezone.localdate


def handbook_page(world, **more):
    given = {"chapter": "Arbeit", "title": "Wie wir planen", "body": "Vom Bedarf her.", **more}
    return acts.write_page(by=world.coordinator.actor, organisation=world.district, **given)


def training(world, **more):
    given = {"title": "Moderation", "kind": "training", "on": TODAY() + timedelta(days=9), **more}
    return acts.offer_training(by=world.coordinator.actor, organisation=world.district, **given)


def test_released_words_of_support_never_change():
    released = support.FROZEN.released()
    assert {name: support.FROZEN.checksums()[name] for name in released} == released
    assert len(support.terms()) == 20


def test_the_first_weeks_go_from_the_own_house_to_the_quarter(world, house):
    begun = acts.begin_onboarding(by=world.worker.actor, agency=house.agency, person=world.worker.person)
    first, second, *_rest = queries.first_steps(begun)
    assert (first.row.key, first.is_next, second.is_next) == ("own_services", True, False)

    acts.keep_first_step(by=world.worker.actor, step=first.row, done_on=TODAY(), note="Frau Muster kennt die Runde.")

    first, second, *_rest = queries.first_steps(begun)
    assert (first.row.note, second.is_next) == ("Frau Muster kennt die Runde.", True)
    assert queries.get_onboarding(world.coordinator.actor, begun.public_id).done == 1


def test_first_weeks_are_begun_once_and_kept_in_the_agency(world, house):
    with pytest.raises(NotAllowed):
        acts.begin_onboarding(by=world.far_worker.actor, agency=house.agency, person=world.worker.person)
    begun = acts.begin_onboarding(by=world.coordinator.actor, agency=house.agency, person=world.worker.person)
    with pytest.raises(ValidationError, match="läuft schon"):
        acts.begin_onboarding(by=world.worker.actor, agency=house.agency, person=world.worker.person)
    step = begun.steps.first()
    with pytest.raises(NotAllowed):
        acts.keep_first_step(by=world.far_worker.actor, step=step, done_on=None, note="")
    with pytest.raises(ValidationError, match="Zukunft"):
        acts.keep_first_step(by=world.worker.actor, step=step, done_on=TODAY() + timedelta(days=1), note="")


def test_a_concept_has_eight_sections_and_whoever_saves_second_is_told(world, house, login):
    web = login(world.worker)
    web.post("/agentur/konzepte/neu/", {"title": "Lesepaten", "level": "rough", "situation": "Es fehlen Bücher."})
    made = ProjectConcept.objects.get()
    assert (made.agency, made.situation) == (house.agency, "Es fehlen Bücher.")

    acts.change_concept(by=world.worker.actor, concept=made, revision=1, title="Lesepatinnen")
    with pytest.raises(ValidationError, match="Inzwischen"):
        acts.change_concept(by=world.worker.actor, concept=made, revision=1, title="Vorlesen")

    page = web.get(f"/agentur/konzepte/{made.public_id}/").content.decode()
    assert all(f"{number} " in page for number in range(1, 9))
    assert web.get(f"/agentur/konzepte/{made.public_id}/blatt.pdf").status_code == 200
    assert login(world.far_worker).get(f"/agentur/konzepte/{made.public_id}/").status_code == 404


@pytest.mark.rule("IA-14")
def test_what_the_district_offers_reaches_all_its_agencies_and_only_them(world, house):
    offered, page = training(world), handbook_page(world)
    for name in ("worker", "far_worker", "coordinator", "carrier_manager"):
        actor = world.personas[name].actor
        assert (queries.trainings(actor, TODAY()), queries.handbook(actor)) == ([offered], [page])
    for name in ("counsellor", "funder", "sysadmin"):
        assert queries.handbook(world.personas[name].actor) == []


@pytest.mark.rule("IA-14")
def test_support_comes_from_the_coordination(world, house):
    offering = {n for n, p in world.personas.items() if p.person and rules.offers_support(p.actor, world.district)}
    assert offering == {"coordinator"}
    with pytest.raises(NotAllowed):
        acts.write_page(by=world.worker.actor, organisation=world.district, chapter="A", title="B", body="C")


def test_a_training_takes_as_many_as_it_has_seats_and_tells_them_of_changes(world, house, mailoutbox):
    offered = training(world, seats=1)
    acts.join_training(by=world.worker.actor, training=offered)
    with pytest.raises(ValidationError, match="kein Platz"):
        acts.join_training(by=world.far_worker.actor, training=offered)
    acts.leave_training(by=world.worker.actor, training=offered)
    acts.join_training(by=world.far_worker.actor, training=offered)

    acts.change_training(by=world.coordinator.actor, training=offered, called_off_on=TODAY())

    with pytest.raises(ValidationError, match="nicht mehr statt"):
        acts.join_training(by=world.worker.actor, training=offered)
    assert queries.trainings(world.far_worker.actor, TODAY())[0].my_place is not None


def test_a_question_to_the_district_is_answered_there(world, house, login):
    web = login(world.worker)
    web.post("/agentur/beratung/neu/", {"agency": house.agency.public_id, "topic": "moderation", "text": "Wer hilft?"})
    (asked,) = queries.advice_requests(world.coordinator.actor)
    url = f"/agentur/beratung/{asked.public_id}/"
    assert web.get(url).status_code == 403
    login(world.coordinator).post(url, {"answer": "Ich komme."})
    assert "Ich komme." in web.get("/agentur/beratung/").content.decode()
    assert list(queries.advice_requests(world.far_worker.actor)) == []


def test_a_changed_page_of_the_handbook_is_new_again_until_it_is_read(world, house):
    page = handbook_page(world)
    assert queries.unread(world.worker.actor) == [page]
    acts.mark_read(by=world.worker.actor, page=page)
    assert queries.unread(world.worker.actor) == []

    changed = acts.write_page(
        by=world.coordinator.actor, organisation=world.district, page=page, revision=1, body="Vom Ziel her."
    )

    assert queries.unread(world.worker.actor) == [changed]
    assert [(v.version, v.body) for v in page.versions.all()] == [(2, "Vom Ziel her."), (1, "Vom Bedarf her.")]
    with pytest.raises(ValidationError, match="Inzwischen"):
        acts.write_page(by=world.coordinator.actor, organisation=world.district, page=page, revision=1, body="x")


def test_everybody_who_reads_the_handbook_may_suggest_and_is_answered(world, house, login):
    page = handbook_page(world)
    login(world.worker).post(f"/agentur/handbuch/{page.public_id}/vorschlag/", {"text": "Ein Beispiel fehlt."})
    (row,) = queries.suggestions_for(page)
    with pytest.raises(NotAllowed):
        acts.answer_suggestion(by=world.worker.actor, suggestion=row, reply="nein")
    login(world.coordinator).post(f"/agentur/handbuch/vorschlag/{row.public_id}/", {"reply": "Kommt im Mai."})
    assert "Kommt im Mai." in login(world.worker).get(f"/agentur/handbuch/{page.public_id}/").content.decode()


@pytest.mark.parametrize("persona", ["worker", "coordinator", "carrier_manager"])
def test_every_page_beside_the_chain_opens_empty_and_full(world, house, login, persona):
    web = login(world.personas[persona])
    lists = ["mehr", "glossar", "einarbeitung", "konzepte", "fortbildungen", "beratung", "handbuch"]
    assert {web.get(f"/agentur/{name}/").status_code for name in lists} == {200}
    training(world)
    handbook_page(world)
    acts.begin_onboarding(by=world.worker.actor, agency=house.agency, person=world.worker.person)
    acts.begin_concept(by=world.worker.actor, agency=house.agency, title="Lesepaten")
    acts.ask_advice(by=world.worker.actor, agency=house.agency, topic="other", text="Wie?")
    assert {web.get(f"/agentur/{name}/").status_code for name in lists} == {200}
    assert web.get(f"/agentur/fortbildungen/{Training.objects.get().public_id}/").status_code == 200
    assert web.get(f"/agentur/handbuch/{HandbookPage.objects.get().public_id}/fassungen/").status_code == 200
