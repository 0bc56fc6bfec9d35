"""Who sees the documents of an agency, and who writes them."""

import pytest
from django.core.exceptions import ValidationError

from lotse.agency import rules
from lotse.agency.actions.papers import begin_document, writable
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.agencies import agencies, works_alone
from lotse.agency.queries.papers import latest, newest_of
from lotse.core.errors import NotAllowed
from tests.factories import deadlines
from tests.factories.agencies import YEAR


def seen(persona):
    return set(AgencyDocument.objects.visible_to(persona.actor))


@pytest.mark.rule("IA-13")
def test_documents_are_there_for_the_agency_and_for_who_oversees_it(world, house):
    document = house.document()
    readers = {name for name, persona in world.personas.items() if persona.person and document in seen(persona)}
    assert readers == {"worker", "specialist", "carrier_manager", "coordinator"}


@pytest.mark.rule("IA-13")
def test_the_room_is_open_to_who_works_in_an_agency_or_oversees_some(world, house):
    inside = {name for name, p in world.personas.items() if p.person and rules.enters(p.actor)}
    assert inside == {"worker", "far_worker", "specialist", "carrier_manager", "coordinator"}


@pytest.mark.rule("IA-13")
def test_an_agency_writes_what_it_documents_and_nobody_above_it_does(world, house):
    writers = {name for name, p in world.personas.items() if p.person and rules.works_in(p.actor, house.agency)}
    assert writers == {"worker", "specialist"}


@pytest.mark.rule("IA-11")
def test_only_the_coordination_releases(world, house):
    releasing = {name for name, p in world.personas.items() if p.person and rules.releases(p.actor, house.agency)}
    assert releasing == {"coordinator"}


@pytest.mark.rule("IA-11")
@pytest.mark.parametrize("state", DocumentState)
def test_a_document_is_written_until_it_is_handed_in(world, house, state):
    document = AgencyDocument(agency=house.agency, state=state)
    open_states = {DocumentState.DRAFT, DocumentState.RETURNED}
    assert rules.may_write(world.worker.actor, document) == (state in open_states)
    assert not rules.may_write(world.coordinator.actor, document)


def test_whoever_works_in_one_agency_is_never_asked_which(world, house):
    assert works_alone(world.worker.actor) == house.agency
    assert works_alone(world.coordinator.actor) is None
    assert list(agencies(world.coordinator.actor)) == [house.agency, house.far_agency]


@pytest.mark.rule("IA-01")
def test_an_analysis_is_made_for_two_funding_years(world, house):
    made = begin_document(by=world.worker.actor, agency=house.agency, kind=DocumentKind.ANALYSIS, funding_year=YEAR)
    assert (made.organisation, made.years) == (world.nordstadt, f"{YEAR}–{YEAR + 1}")
    assert latest(world.worker.actor, house.agency, DocumentKind.ANALYSIS, YEAR + 1) == made


def test_a_document_is_begun_once_and_by_its_agency_only(world, house):
    wanted = {"agency": house.agency, "kind": DocumentKind.REPORT, "funding_year": YEAR}
    with pytest.raises(NotAllowed):
        begin_document(by=world.far_worker.actor, **wanted)
    begin_document(by=world.worker.actor, **wanted)
    with pytest.raises(ValidationError, match="schon"):
        begin_document(by=world.worker.actor, **wanted)


def test_what_was_handed_in_is_not_written_on(world, house):
    document = house.document(state=DocumentState.READY)
    with pytest.raises(ValidationError, match="eingereicht"):
        writable(world.worker.actor, document)


def test_of_several_versions_the_last_one_is_listed(world, house):
    house.document(version=1)
    second = house.document(version=2)
    assert newest_of(world.worker.actor, house.agency) == [second]


def test_the_room_leads_who_works_in_one_agency_to_it(world, house, login):
    document = house.document()
    web = login(world.worker)
    page = web.get("/agentur/", follow=True).content.decode()
    assert house.agency.name in page
    assert str(document) in page
    assert web.get(f"/agentur/planung/{document.public_id}/").status_code == 200
    assert login(world.far_worker).get(f"/agentur/planung/{document.public_id}/").status_code == 404


def test_a_document_is_begun_from_the_page_of_the_agency(world, house, login):
    url = f"/agentur/{house.agency.public_id}/beginnen/"
    answer = login(world.worker).post(url, {"kind": "report", "funding_year": YEAR})
    made = AgencyDocument.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/agentur/bericht/{made.public_id}/")
    assert login(world.carrier_manager).post(url, {"kind": "report", "funding_year": YEAR}).status_code == 403


def test_the_page_of_an_agency_says_what_is_next_and_what_was_done(world, house, login):
    owed = deadlines.owed_by(house.agency, deadlines.rule_of(deadlines.grant_of(house)))
    far = deadlines.owed_by(house.far_agency, owed.rule)
    done = house.measure()
    page = login(world.worker).get(f"/agentur/{house.agency.public_id}/").content.decode()
    assert f"/agentur/massnahmen/{done.public_id}/" in page
    assert f"/agentur/fristen/{owed.public_id}/" in page
    assert far.public_id not in page
    assert "Maßnahme eintragen" in page
    assert (
        "Maßnahme eintragen" not in login(world.coordinator).get(f"/agentur/{house.agency.public_id}/").content.decode()
    )
