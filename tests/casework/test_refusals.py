"""Refused politely: a locked database and a session that ended in the middle of a form."""

import pytest
from django.test import Client as WebClient
from django.utils import timezone

from lotse.casework.models import Client, Contact
from lotse.core.models import Draft
from tests.factories import casework as make

TYPED = {"channel": "phone", "topics": ["housing", "family"], "note": "Lange getippt"}


@pytest.fixture
def contact_url(transactional_db, world):
    return f"/akte/{make.case(world).client.public_id}/kontakt/"


def test_a_locked_database_keeps_what_was_typed(world, login, contact_url, write_lock, caplog):
    web = login(world.counsellor)
    web.get(contact_url)
    typed = {**TYPED, "on": timezone.localdate().isoformat()}

    with write_lock():
        answer = web.post(contact_url, typed)

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Was Sie getippt haben, ist noch da." in page
    assert '<input type="hidden" name="note" value="Lange getippt">' in page
    assert page.count('name="topics"') == 2
    assert [r.getMessage() for r in caplog.records if r.name == "lotse"] == [
        f"cannot write: OperationalError: POST {contact_url}"
    ]
    assert web.post(contact_url, typed).status_code == 302
    assert Contact.objects.get().note == "Lange getippt"


def test_a_locked_database_shows_no_file_that_it_cannot_log(world, login, contact_url, write_lock):
    web = login(world.counsellor)
    web.get("/")

    with write_lock():
        answer = web.get(contact_url)

    assert (answer.status_code, "nicht protokolliert" in answer.content.decode()) == (503, True)
    assert Client.objects.get().last_name not in answer.content.decode()


def test_the_error_goes_to_standard_error(settings):
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["class"] == "logging.StreamHandler"
    assert "stream" not in settings.LOGGING["handlers"]["stderr"]  # the default is standard error


def test_a_session_that_cannot_be_written_is_told_too(world, login, contact_url, write_lock):
    web = login(world.counsellor)
    web.raise_request_exception = False

    with write_lock():
        answer = web.get("/")  # the first page writes the clock of the session

    assert (answer.status_code, "Gerade nicht gespeichert" in answer.content.decode()) == (503, True)


def expire(web):
    session = web.session
    session["started"] = session["seen"] = 0
    session.save()


def test_a_session_that_ends_mid_form_keeps_what_was_typed(world, login, contact_url):
    web = login(world.counsellor)
    form = web.get(contact_url).context
    expire(web)

    hidden = {"draft_form": form["draft_key"], "draft_object": form["client"].public_id, "draft_label": "Kontakt"}
    answer = web.post(contact_url, {**TYPED, **hidden, "on": timezone.localdate().isoformat()})

    assert (answer.status_code, Contact.objects.count()) == (302, 0)
    assert answer["Location"].startswith("/konto/login/?next=")
    draft = Draft.objects.get()
    assert (draft.url, draft.label) == (contact_url, "Kontakt")
    again = login(world.counsellor).get(contact_url).content.decode()
    assert "Lange getippt</textarea>" in again
    assert "Ihr Entwurf vom" in again


def test_an_ended_session_replaces_no_newer_draft(world, login, contact_url):
    web = login(world.counsellor)
    form = web.get(contact_url).context
    hidden = {"draft_form": form["draft_key"], "draft_object": form["client"].public_id}
    web.post("/entwurf/", {"note": "aus dem anderen Fenster", **hidden})
    expire(web)

    web.post(contact_url, {**TYPED, **hidden, "draft_revision": ""})

    assert "aus dem anderen Fenster" in Draft.objects.get().content


def test_an_ended_session_keeps_nothing_that_another_site_has_sent(world, contact_url):
    web = WebClient(enforce_csrf_checks=True)
    web.force_login(world.counsellor.user)
    expire(web)

    web.post(contact_url, {**TYPED, "draft_form": "contact", "draft_object": "x"})

    assert Draft.objects.count() == 0
