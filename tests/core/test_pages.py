from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from lotse.casework.models import Client
from lotse.core import drafts
from lotse.core.fields import PartialDate, format_partial_date, parse_partial_date
from lotse.core.models import Draft
from lotse.core.paging import keyset
from lotse.core.readonly import WriteDuringRead, reading_only
from tests.factories import casework as make


@pytest.mark.parametrize(("typed", "expected"), [
    ("12.05.1990", PartialDate(date(1990, 5, 12), "day")), ("1.2.1990", PartialDate(date(1990, 2, 1), "day")),
    ("05.1990", PartialDate(date(1990, 5, 1), "month")), ("1990", PartialDate(date(1990, 1, 1), "year")),
    ("ca. 1990", PartialDate(date(1990, 1, 1), "estimated")),
])  # fmt: skip
def test_half_known_dates_are_understood(typed, expected):
    assert parse_partial_date(typed) == expected


@pytest.mark.parametrize("typed", ["31.02.1990", "13.1990", "gestern", "99", "1899", "2999", "12/05/1990"])
def test_impossible_dates_are_refused_in_german(typed):
    with pytest.raises(ValidationError, match=r"Bitte ein Datum wie|Zukunft"):
        parse_partial_date(typed)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)))
def test_a_date_shown_can_be_typed_again(day):
    assert parse_partial_date(format_partial_date(day, "day")) == PartialDate(day, "day")


def test_reading_under_the_guard_writes_nothing(db):
    with connection.execute_wrapper(reading_only):
        assert Draft.objects.count() == 0
        with pytest.raises(WriteDuringRead):
            Draft.objects.create(organisation_id=1, owner_ref="a", form_key="x", label="l", url="/")


@pytest.mark.parametrize("keys_first", [False, True])
def test_pages_by_key_equal_the_sorted_list(world, keys_first):
    for number in range(7):
        make.person(world, first_name="Mira", last_name=f"Gleich{number % 2}")
    seen, cursor = [], ""
    while True:
        rows = Client.objects.visible_to(world.counsellor.actor).select_related("site")
        page = keyset(rows, cursor, by="name_key", size=2, keys_first=keys_first)
        seen += page.rows
        cursor = page.next_cursor
        if not cursor:
            break

    assert seen == list(Client.objects.order_by("name_key", "id"))


def test_a_damaged_cursor_shows_the_first_page(world):
    make.person(world)
    assert len(keyset(Client.objects.all(), "kaputt", by="name_key").rows) == 1


def keep(web, text, revision=""):
    data = {
        "draft_form": "contact",
        "draft_object": "abc",
        "draft_revision": revision,
        "draft_label": "Kontakt",
        "draft_url": "/",
        "note": text,
    }
    return web.post("/entwurf/", data, headers={"X-Lotse-Background": "1"})


def test_draft_is_kept_sealed_and_comes_back(world, login):
    answer = keep(login(world.counsellor), "halb getippt").json()

    draft = drafts.load(world.counsellor.actor, "contact", "abc")
    assert (answer["revision"], drafts.typed(draft)) == (1, {"note": ["halb getippt"]})
    assert b"halb" not in bytes(Draft.objects.values_list("content", flat=True).get())


def test_second_tab_is_told_about_the_first(world, login):
    web = login(world.counsellor)
    keep(web, "erster"), keep(web, "weiter", revision="1")

    answer = keep(web, "zweiter", revision="1")

    assert answer.status_code == 409
    assert drafts.typed(drafts.load(world.counsellor.actor, "contact", "abc")) == {"note": ["weiter"]}


def test_a_draft_belongs_to_its_writer_alone(world, login):
    keep(login(world.counsellor), "meins")

    assert drafts.load(world.colleague.actor, "contact", "abc") is None
    login(world.colleague).post("/entwurf/verwerfen/", {"draft_form": "contact", "draft_object": "abc"})
    assert Draft.objects.count() == 1


def test_a_draft_is_laid_over_the_form_and_gone_after_saving(world, login):
    case = make.case(world)
    web, url = login(world.counsellor), f"/akte/{case.client.public_id}/kontakt/"
    data = {
        "draft_form": "contact",
        "draft_object": case.client.public_id,
        "note": "halb getippt",
        "draft_label": "K",
        "draft_url": url,
    }
    web.post("/entwurf/", data)

    assert "halb getippt" in web.get(url).content.decode()
    web.post(url, {"on": f"{date.today()}", "channel": "phone", "topics": ["housing"], "note": "fertig"})
    assert Draft.objects.count() == 0
