"""What saving and a first look cost in statements, and that the draft goes exactly with what was saved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.models import Contact
from lotse.core import drafts
from lotse.core.models import Draft
from tests.factories import casework as make

MOST = 12


@pytest.fixture
def address(world):
    case = make.case(world)
    drafts.save(
        world.counsellor.actor, "contact", case.client.public_id, {"note": ["halb getippt"]}, revision=None, label="Kontakt", url="/"
    )  # fmt: skip
    return f"/akte/{case.client.public_id}/kontakt/"


def contact(**more):
    return {"on": f"{timezone.localdate()}", "channel": "phone", "topics": ["housing"], "draft_form": "contact", **more}


def test_saving_takes_no_more_statements_than_a_page(address, world, login):
    web = login(world.counsellor)
    web.get(address)

    with CaptureQueriesContext(connection) as asked:
        answer = web.post(address, contact())

    assert answer.status_code == 302
    own = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) + len(["BEGIN", "COMMIT"]) <= MOST  # a test runs in a transaction, whose savepoints stand for these


def test_first_look_at_a_file_is_logged_by_one_statement(world, login):
    client = make.case(world).client
    web = login(world.counsellor)
    web.get("/")

    with CaptureQueriesContext(connection) as asked:
        web.get(f"/akte/{client.public_id}/")

    assert len(asked.captured_queries) <= MOST
    assert sum("INSERT" in q["sql"] for q in asked.captured_queries) == 1
    assert Event.objects.filter(is_read=True, file_ref=client.public_id).count() == 1


def test_draft_goes_with_what_was_saved(address, world, login):
    login(world.counsellor).post(address, contact())
    assert (Contact.objects.count(), Draft.objects.count()) == (1, 0)


def test_draft_stays_when_the_action_refuses(address, world, login):
    before = timezone.localdate().replace(year=2001)
    login(world.counsellor).post(address, contact(on=f"{before}"))
    assert (Contact.objects.count(), Draft.objects.count()) == (0, 1)


def test_draft_stays_when_the_transaction_fails(address, world, login, monkeypatch):
    def refused():
        raise RuntimeError

    monkeypatch.setattr("lotse.auditlog.door.drafts.discard_saved", lambda: (discard(), refused()))
    web = login(world.counsellor)
    with pytest.raises(RuntimeError):
        web.post(address, contact())
    assert (Contact.objects.count(), Draft.objects.count()) == (0, 1)


discard = drafts.discard_saved
