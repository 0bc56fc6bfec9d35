"""The list of partners of a referral can be narrowed to who speaks the language of the client."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.casework.models import Client, Referral
from lotse.partners.actions.offers import add_offer
from lotse.partners.actions.partners import create_partner, end_partner
from lotse.partners.queries import choice, partner_list
from tests.factories import casework as make


@pytest.fixture
def by(world):
    return world.counsellor.actor


@pytest.fixture
def client_of_hers(world):
    client = make.case(world, by=world.counsellor.actor).client
    Client.objects.filter(pk=client.pk).update(contact_language="ar", languages=["ar", "fr", "de"])
    return client


@pytest.fixture
def partners(by):
    """One speaks Arabic, one in an offer, one no more, one only German."""
    today = timezone.localdate()
    speaks = create_partner(by=by, name="Arabisch", category="housing", languages=["ar"])
    offers = create_partner(by=by, name="Im Angebot", category="other")
    add_offer(by=by, partner=offers, title="Sprechstunde", languages=["ar"])
    former = create_partner(by=by, name="Früher", category="other")
    add_offer(by=by, partner=former, title="Vorbei", languages=["ar"], valid_to=today - timedelta(days=1))
    german = create_partner(by=by, name="Deutsch", category="other", languages=["de"])
    gone = create_partner(by=by, name="Beendet", category="other", languages=["ar"])
    end_partner(by=by, partner=gone, on=today)
    return {one.name: one for one in (speaks, offers, former, german)}


def shown(by, **more):
    found = choice(by, list(partner_list(by)), ["ar", "fr", "de"], **more)
    return found, [name for _kind, rows in found.grouped for _ref, name in rows]


def page_of(client):
    return f"/akte/{client.public_id}/verweise/neu/"


def test_only_languages_that_somebody_speaks_are_offered(by, partners):
    found, names = shown(by)
    assert (found.offered, found.language) == ([("ar", "Arabisch", 2)], "")
    assert sorted(names) == ["Arabisch", "Deutsch", "Früher", "Im Angebot"]


@pytest.mark.parametrize(("wanted", "count"), [("ar", 2), ("fr", 4), ("de", 4), ("xx", 4), ("", 4)])
def test_the_list_is_narrowed_to_a_language_that_is_offered(by, partners, wanted, count):
    found, names = shown(by, wanted=wanted)
    assert (len(names), found.language) == (count, "ar" if count == 2 else "")


def test_who_is_chosen_stays_in_the_list(by, partners):
    _found, names = shown(by, wanted="ar", chosen=partners["Deutsch"].public_id)
    assert sorted(names) == ["Arabisch", "Deutsch", "Im Angebot"]


def test_one_button_narrows_the_list_saves_nothing_and_keeps_what_was_typed(world, client_of_hers, partners, login):
    typed = {"partner": partners["Deutsch"].public_id, "purpose": "Wohnung suchen", "sections": ["contact"]}
    page = login(world.counsellor).post(page_of(client_of_hers), {**typed, "spricht": "ar"}).content.decode()
    assert ("Wohnung suchen" in page, ">Deutsch</option>" in page, ">Früher</option>" in page) == (True, True, False)
    assert ("Bitte ausfüllen" in page, Referral.objects.exists()) == (False, False)


def test_the_list_stays_narrow_when_something_is_missing_and_is_saved_then(world, client_of_hers, partners, login):
    web = login(world.counsellor)
    page = web.post(page_of(client_of_hers), {"narrowed": "ar", "purpose": ""}).content.decode()
    assert ("Bitte ausfüllen" in page, ">Früher</option>" in page) == (True, False)
    typed = {"partner": partners["Arabisch"].public_id, "purpose": "Wohnung", "sections": ["contact"], "narrowed": "ar"}
    web.post(page_of(client_of_hers), typed)
    assert Referral.objects.get().partner == partners["Arabisch"]


def test_where_nobody_speaks_it_there_is_nothing_to_narrow(world, client_of_hers, login):
    make.partner(world)
    assert 'name="spricht"' not in login(world.counsellor).get(page_of(client_of_hers)).content.decode()
