import logging
import re

import pytest
from django.db import OperationalError
from django.urls import reverse

from lotse.auditlog import queries
from lotse.auditlog.models import Event
from lotse.auditlog.queries import asked, history, history_page
from lotse.auditlog.recorder import ReadNotLogged
from tests.factories import casework

pytestmark = pytest.mark.django_db


def event(**more):
    values = {"organisation_id": 1, "actor_label": "Mira Beispiel", "key": "plan.begun", "file_ref": "file"}
    return Event.objects.create(**{**values, **more})


def read(**more):
    return event(key="read", is_read=True, details={"what": "Akte"}, **more)


def texts(page):
    return [line.text for _day, lines in page.days for line in lines]


# --- queries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "kinds"),
    [({}, [True, False]), ({"reads": False}, [False]), ({"changes": False}, [True]), ({"changes": False, "reads": False}, [])],
    ids=["all", "changes", "reads", "nothing"],
)  # fmt: skip
def test_history_of_a_file_can_be_narrowed(options, kinds):
    event(), read(), read(file_ref="other")
    assert [e.is_read for e in history("file", **options)] == kinds


def test_history_goes_on_below_the_last_line(monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    oldest, middle, newest = event(), event(), event()

    first = history_page(history("file"))
    second = history_page(history("file", after=first.next_id))
    assert (first.next_id, second.next_id) == (middle.pk, 0)
    assert (len(texts(first)), [e.pk for e in history("file", after=middle.pk)]) == (2, [oldest.pk])
    assert newest.pk > middle.pk


@pytest.mark.parametrize("rows", [1, 3])
def test_history_costs_one_statement(rows, django_assert_num_queries):
    for _ in range(rows):
        event(object_type="seal", fields=["segment"])
    with django_assert_num_queries(1):
        assert len(texts(history_page(history("file")))) == rows


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({}, ("", None)),
        ({"nur": "reads", "ab": "7"}, ("reads", 7)),
        ({"nur": "x' OR 1", "ab": "x"}, ("", None)),
        ({"ab": "²"}, ("", None)),
        ({"ab": "9" * 40}, ("", int("9" * 18))),
    ],
)
def test_nonsense_in_the_address_shows_the_first_page(query, answer):
    assert asked(query) == answer


# --- pages ----------------------------------------------------------------------------------------------------


def test_the_protocol_shows_acts_and_no_clients(world, login):
    casework.plan(world, casework.case(world, casework.person(world, first_name="Kanarienvogel", last_name="Geheim")))
    page = login(world.dpo).get(reverse("auditlog:protocol")).content.decode()

    assert "Counsellor Beispiel hat einen Förderplan begonnen." in page
    assert ("Kanarienvogel" in page, "Geheim" in page) == (False, False)


def test_the_protocol_of_another_organisation_stays_closed(world, login):
    event(organisation_id=world.suedstadt.pk, actor_label="Fremde Person")
    page = login(world.dpo).get(reverse("auditlog:protocol")).content.decode()
    assert "Fremde Person" not in page


@pytest.mark.parametrize(
    "name", ["counsellor", "technical_lead", "sysadmin", "coordinator", "funder", "outsider", "nobody"]
)
def test_who_may_not_read_the_log_is_told_so(world, login, name):
    answer = login(getattr(world, name)).get(reverse("auditlog:protocol"))
    assert (answer.status_code, "Datenschutz" in answer.content.decode()) == (403, True)


def test_the_file_shows_who_changed_and_who_read(world, login):
    client = casework.person(world)
    web = login(world.counsellor)
    web.get(reverse("casework:overview", args=[client.public_id]))
    page = web.get(reverse("casework:history", args=[client.public_id]) + "?nur=reads").content.decode()

    assert "Counsellor Beispiel hat gelesen: Verlauf und Zugriffe." in page
    assert "hat eine Person aufgenommen" not in page


def test_a_file_whose_reading_cannot_be_logged_is_not_shown(world, login, monkeypatch):
    client = casework.person(world, last_name="Kanarienvogel")

    def full(self, **options):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Event, "save", full)
    answer = login(world.counsellor).get(reverse("casework:overview", args=[client.public_id]))
    page = answer.content.decode()
    assert (answer.status_code, "Kanarienvogel" in page, ReadNotLogged.reason in page) == (503, False, True)


# --- access log -----------------------------------------------------------------------------------------------


def test_the_access_log_has_no_query_string_and_the_id_of_the_answer(client, caplog):
    with caplog.at_level(logging.INFO, logger="lotse.access"):
        answer = client.get("/konto/login/?next=/akte/geheim/")

    (line,) = [r.getMessage() for r in caplog.records if r.name == "lotse.access"]
    assert re.fullmatch(r"GET '/konto/login/' 200 \d+ms [a-z0-9]{16}", line)
    assert line.endswith(answer.headers["X-Request-Id"])


def test_a_path_cannot_forge_a_line_of_the_access_log(client, caplog):
    with caplog.at_level(logging.INFO, logger="lotse.access"):
        client.get("/x%0aGET '/' 200")
    assert [r.getMessage().count("\n") for r in caplog.records if r.name == "lotse.access"] == [0]
