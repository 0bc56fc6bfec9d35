"""Hints are remarks; a false alarm lays one aside for the same words."""

import pytest
from django.core.exceptions import ValidationError

from lotse.agency.actions.hints import dismiss_hint
from lotse.agency.enums import DocumentState
from lotse.agency.hints import Hint
from lotse.agency.models import DismissedHint
from lotse.agency.queries.hints import standing_hints
from lotse.core.errors import NotAllowed
from tests.factories.agencies import YEAR

HINT = Hint("single_event", "task-1", "Sommerfest", "Sieht nach einer Veranstaltung aus.")


def given(hint):
    return {"hint": hint.key, "place": hint.place, "words": hint.checksum}


def test_a_hint_stands_until_somebody_calls_it_a_false_alarm(world, house):
    document = house.document()
    assert standing_hints(document, [HINT]) == [HINT]
    dismiss_hint(by=world.worker.actor, document=document, **given(HINT))
    dismiss_hint(by=world.worker.actor, document=document, **given(HINT))
    assert standing_hints(document, [HINT]) == []
    assert DismissedHint.objects.count() == 1


def test_new_words_are_looked_at_anew_and_white_space_is_not_new(world, house):
    document = house.document()
    dismiss_hint(by=world.worker.actor, document=document, **given(HINT))
    same = Hint(HINT.key, HINT.place, " Sommerfest \n")
    other = Hint(HINT.key, HINT.place, "Sommerfest und Markt")
    assert standing_hints(document, [same, other]) == [other]


def test_a_false_alarm_holds_for_its_document_only(world, house):
    dismiss_hint(by=world.worker.actor, document=house.document(), **given(HINT))
    assert standing_hints(house.document(funding_year=YEAR + 1, until_year=YEAR + 1), [HINT]) == [HINT]


def test_hints_are_laid_aside_by_who_writes_the_document_while_it_is_open(world, house):
    document = house.document()
    with pytest.raises(NotAllowed):
        dismiss_hint(by=world.coordinator.actor, document=document, **given(HINT))
    with pytest.raises(ValidationError, match="neu laden"):
        dismiss_hint(by=world.worker.actor, document=document, hint="single_event", place="x", words="kaputt")
    handed_in = house.document(version=2, state=DocumentState.READY)
    with pytest.raises(ValidationError, match="eingereicht"):
        dismiss_hint(by=world.worker.actor, document=handed_in, **given(HINT))


def test_the_button_leads_back_to_where_the_hint_stood(world, house, login):
    document = house.document()
    url, page = f"/agentur/dokument/{document.public_id}/fehlalarm/", f"/agentur/planung/{document.public_id}/"
    web = login(world.worker)
    answer = web.post(url, {**given(HINT), "back": f"{page}#task-1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{page}#task-1")
    assert web.post(url, {**given(HINT), "back": "https://anderswo.example/"})["Location"] == page
    assert standing_hints(document, [HINT]) == []
    assert login(world.coordinator).post(url, given(HINT)).status_code == 403
