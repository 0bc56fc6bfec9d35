"""Who may be the same person: found by name and number, explained, decided and remembered."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lotse.casework.actions.clients import update_client
from lotse.casework.actions.merging import merge_clients
from lotse.casework.actions.pairs import decide_pair, take_back_decision
from lotse.casework.enums import PairKind
from lotse.casework.models import Client, PairDecision
from lotse.casework.queries import duplicates
from lotse.casework.queries.duplicates import candidates, candidates_of, decisions, linked_files
from lotse.core.crypto import fingerprint, forget_cached_keys
from lotse.core.errors import NotAllowed
from lotse.core.keys import retire_data_key
from lotse.core.phones import digits_of
from tests.factories import casework as make

BORN = date(1990, 5, 3)


@pytest.fixture
def by(world):
    return world.counsellor.actor


def found(by, *how):
    return [(pair.first.number, pair.second.number, *pair.reasons) for pair in candidates(by, *how).pairs]


@pytest.mark.parametrize(("first", "second", "reasons"), [
    ({}, {}, ["gleicher Name", "gleiches Geburtsdatum"]),
    ({}, {"last_name": "Oezdemir"}, ["gleicher Name", "gleiches Geburtsdatum"]),
    ({}, {"first_name": "Özdemir", "last_name": "Mira"}, ["Vor- und Nachname vertauscht", "gleiches Geburtsdatum"]),
    ({}, {"birth_date": None}, ["gleicher Name", "Geburtsdatum fehlt"]),
    ({}, {"birth_date": date(1990, 3, 5)}, ["gleicher Name", "Tag und Monat der Geburt vertauscht"]),
    ({}, {"birth_date": date(1990, 1, 1)}, ["gleicher Name", "gleiches Geburtsjahr"]),
    ({}, {"birth_date": date(1990, 7, 1), "birth_precision": "year"}, ["gleicher Name", "gleiches Geburtsjahr"]),
    ({}, {"birth_date": date(1990, 5, 4)}, None),
    ({}, {"birth_date": date(1991, 5, 3)}, None),
    ({}, {"first_name": "Mina"}, None),
])  # fmt: skip
def test_pairs_by_name_say_why(world, by, first, second, reasons):
    for more in (first, second):
        make.person(world, **{"birth_date": BORN, **more})

    assert found(by) == ([(1, 2, *reasons)] if reasons else [])
    assert [pair.reasons for pair in candidates_of(by, Client.objects.first())] == ([tuple(reasons)] if reasons else [])


@pytest.mark.parametrize(("phone", "birth", "meets"), [
    ("+49 150 555 12 34", None, True),
    ("0049(0)150 5551234", BORN, True),
    ("0150/555-1234", BORN, True),
    ("0150 5551235", BORN, False),
    ("0150 5551234", date(1960, 1, 2), False),
    ("", BORN, False),
])  # fmt: skip
def test_pairs_by_telephone_number(world, by, phone, birth, meets):
    make.person(world, phone="0150 5551234", birth_date=BORN)
    make.person(world, first_name="M.", last_name="Demir", phone=phone, birth_date=birth)

    why = "Geburtsdatum fehlt" if birth is None else "gleiches Geburtsdatum"
    assert found(by, "telefon") == ([(1, 2, "gleiche Telefonnummer", why)] if meets else [])


def test_number_that_many_share_belongs_to_a_house(world, by, monkeypatch):
    monkeypatch.setattr(duplicates, "LARGEST_GROUP", 3)
    for number in range(4):
        make.person(world, last_name=f"Name{number}", phone="0150 5551234")
    assert found(by, "telefon") == []


def test_number_is_found_again_when_the_person_has_another_one(world, by):
    first, second = make.person(world, phone="0150 5551234"), make.person(world, last_name="Demir", phone="0150 999999")
    update_client(by=by, client=second, phone="0150 5551234")
    assert len(found(by, "telefon")) == 1
    update_client(by=by, client=first, phone="")
    assert (found(by, "telefon"), Client.objects.get(pk=first.pk).phone_key) == ([], "")


def test_fingerprint_is_the_same_after_the_key_was_changed_and_differs_between_organisations(world):
    north, south = world.nordstadt.pk, world.suedstadt.pk
    before = fingerprint("01505551234", organisation_id=north)
    retire_data_key(north)
    forget_cached_keys()

    assert fingerprint("01505551234", organisation_id=north) == before
    assert fingerprint("01505551234", organisation_id=south) != before


@pytest.mark.parametrize(
    ("phone", "digits"), [("110", ""), ("  ", ""), ("+49 30 123456", "030123456"), ("+90 555 12 34", "905551234")]
)
def test_numbers_are_compared_by_their_digits(phone, digits):
    assert digits_of(phone) == digits


# --- who sees which pairs -------------------------------------------------------------------------------------------
@pytest.mark.rule("DU-01")
def test_pair_shows_to_who_sees_both_files(world, by):
    make.person(world)
    make.person(world, by=world.colleague.actor)

    assert found(by) == []
    assert found(world.technical_lead.actor) == [(1, 2, "gleicher Name", "Geburtsdatum fehlt")]
    assert found(world.outsider.actor) == []


def test_pairs_come_page_by_page(world, by, monkeypatch):
    monkeypatch.setattr(duplicates, "PAGE", 2)
    monkeypatch.setattr(duplicates, "GROUPS_AT_ONCE", 1)
    for number in range(5):
        for _ in range(2):
            make.person(world, last_name=f"Name{number}")

    seen, key = [], ""
    for _ in range(4):
        page = candidates(by, "name", key)
        seen += [pair.first.last_name for pair in page.pairs]
        key = page.next_key
        if not key:
            break
    assert (seen, key) == ([f"Name{n}" for n in range(5)], "")


def test_list_asks_the_same_number_of_questions_for_many_files(world, by, django_assert_max_num_queries):
    for number in range(12):
        make.person(world, last_name=f"Name{number}")
        make.person(world, last_name=f"Name{number}")
    with django_assert_max_num_queries(4):
        candidates(by)


# --- decisions ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("DU-03")
def test_no_duplicate_is_remembered_until_taken_back(world, by):
    first, second = make.person(world), make.person(world)
    decide_pair(by=by, client=second, other=first, kind=PairKind.DIFFERENT)

    assert found(by) == []
    assert [(d.first, d.second, d.by_label) for d in decisions(by, PairKind.DIFFERENT)] == [(first, second, by.label)]
    take_back_decision(by=by, client=first, other=second)
    assert len(found(by)) == 1
    assert PairDecision.objects.get().ended_by_label == by.label


def test_linked_files_show_each_other(world, by, login):
    first, second = make.person(world), make.person(world, last_name="Demir")
    decide_pair(by=by, client=first, other=second, kind=PairKind.LINKED)

    assert (linked_files(by, first), linked_files(by, second)) == ([second], [first])
    web = login(world.counsellor)
    assert f"Akte {second.number}" in web.get(first.get_absolute_url()).content.decode()
    assert f"Akte {first.number}" in web.get(second.get_absolute_url()).content.decode()


def test_link_of_a_merged_file_leads_to_the_file_that_stays(world, by):
    first, second, third = (make.person(world) for _ in range(3))
    decide_pair(by=by, client=first, other=second, kind=PairKind.LINKED)
    decide_pair(by=by, client=second, other=third, kind=PairKind.LINKED)

    merge_clients(by=by, survivor=first, absorbed=second)

    assert (linked_files(by, first), linked_files(by, third)) == ([third], [first])


def test_linked_file_does_not_show_to_who_may_not_see_it(world):
    lead = world.technical_lead.actor
    mine, theirs = make.person(world), make.person(world, by=world.colleague.actor)
    decide_pair(by=lead, client=mine, other=theirs, kind=PairKind.LINKED)

    assert linked_files(world.counsellor.actor, mine) == []


def test_later_decision_replaces_the_earlier_one(world, by):
    first, second = make.person(world), make.person(world)
    for kind in (PairKind.LINKED, PairKind.DIFFERENT):
        decide_pair(by=by, client=first, other=second, kind=kind)

    assert [(d.kind, d.ended_on is None) for d in PairDecision.objects.order_by("id")] == [
        ("linked", False),
        ("different", True),
    ]


@pytest.mark.rule("DU-01")
@pytest.mark.parametrize("persona", ["colleague", "carrier_manager", "outsider"])
def test_who_does_not_see_both_files_decides_nothing(world, by, persona):
    first, second = make.person(world), make.person(world)
    with pytest.raises(NotAllowed):
        decide_pair(by=world.personas[persona].actor, client=first, other=second, kind=PairKind.LINKED)


def test_nothing_decided_is_nothing_to_take_back(world, by):
    with pytest.raises(ValidationError, match="nichts entschieden"):
        take_back_decision(by=by, client=make.person(world), other=make.person(world))


# --- pages ---------------------------------------------------------------------------------------------------------
def test_lists_are_short_when_there_is_nothing(world, login):
    web = login(world.counsellor)
    for address in (
        "",
        "?nach=telefon",
        "?nach=unsinn",
        "entschieden/",
        "entschieden/?art=linked",
        "zusammengefuehrt/",
    ):
        assert 'class="empty' in web.get(f"/klienten/dubletten/{address}").content.decode()


def test_merge_by_number_and_back_again(world, by, login):
    kept, gone = make.person(world, phone="0150 5551234"), make.person(world, last_name="Demir", phone="0150 999999")
    web = login(world.counsellor)

    to_preview = web.post(f"/akte/{kept.public_id}/weitere-akten/", {"number": gone.number})
    assert to_preview["Location"] == f"/akte/{kept.public_id}/zusammenfuehren/{gone.public_id}/"
    page = web.get(to_preview["Location"])
    typed = dict.fromkeys(page.context["form"].fields, "take") | {
        "revisions": page.context["form"].initial["revisions"]
    }
    web.post(to_preview["Location"], typed)

    merge = kept.merges.get()
    kept.refresh_from_db()
    assert (kept.last_name, kept.phone) == ("Demir", "0150 999999")
    assert "getrennt" not in web.get("/klienten/dubletten/zusammengefuehrt/").content.decode()
    web.post(f"/akte/{kept.public_id}/zusammenfuehrung/{merge.public_id}/")
    kept.refresh_from_db()
    assert (kept.last_name, kept.phone) == ("Özdemir", "0150 5551234")
    assert "getrennt" in web.get("/klienten/dubletten/zusammengefuehrt/").content.decode()


@pytest.mark.parametrize("number", ["4711", "1"])
def test_number_of_nobody_and_the_own_number_are_refused_in_words(world, login, number):
    client = make.person(world)
    page = login(world.counsellor).post(f"/akte/{client.public_id}/weitere-akten/", {"number": number})
    assert "keine andere Akte für Sie geöffnet" in page.content.decode()


def test_decision_leads_back_inside_the_house_only(world, login):
    first, second = make.person(world), make.person(world)
    web, url = login(world.counsellor), f"/akte/{first.public_id}/paar/{second.public_id}/"

    assert web.post(url, {"kind": "linked", "back": "/klienten/dubletten/"})["Location"] == "/klienten/dubletten/"
    assert web.post(url, {"kind": "", "back": "//anderswo.example/"})["Location"] == first.get_absolute_url()
    assert PairDecision.objects.get().ended_on is not None


def test_counsellor_reads_what_happened_in_both_files(world, by, login):
    first, second = make.person(world), make.person(world, last_name="Demir")
    merge = merge_clients(by=by, survivor=first, absorbed=second)
    page = login(world.counsellor).get(f"/akte/{first.public_id}/zusammenfuehrung/{merge.public_id}/").content.decode()

    assert "Seitdem ist nichts dazugekommen." in page
    assert (
        "hat zwei Akten zusammengeführt"
        in login(world.counsellor).get(f"/akte/{first.public_id}/verlauf/").content.decode()
    )
