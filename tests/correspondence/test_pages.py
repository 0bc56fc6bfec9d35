"""The mail log: who got what and when, and nothing of what was written."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lotse.correspondence import queries
from lotse.correspondence.enums import MailState
from lotse.correspondence.letters import TEST
from lotse.correspondence.models import OutgoingMail
from lotse.correspondence.outbox import queue_mail

URL = "/post/"
CANARY = "Kanarienvogel-7731"


def queue(world, to="mira@lotse.example", where="nordstadt", **changes):
    made = queue_mail(TEST, organisation_id=getattr(world, where).pk, to=to, values={"label": CANARY})
    OutgoingMail.objects.filter(pk=made.pk).update(**changes)
    return made


def page(world, login, **query):
    return login(world.sysadmin).get(URL, query).content.decode()


def test_log_shows_to_whom_what_and_when_but_not_the_text(world, login):
    queue(world)

    shown = page(world, login)
    assert [text in shown for text in ("mira@lotse.example", "Probenachricht", "wartet", CANARY)] == [
        True, True, True, False
    ]  # fmt: skip


def test_log_shows_only_the_own_organisation(world, login):
    queue(world, "fern@lotse.example", where="suedstadt")

    assert "fern@lotse.example" not in page(world, login)


@pytest.mark.parametrize(
    ("state", "changes", "shown"),
    [
        (MailState.FAILED, {"error": "Der Mailserver ist nicht erreichbar."}, "noch einmal verschicken"),
        (MailState.SENT, {"sent_at": timezone.now()}, "verschickt"),
    ],
)
def test_log_is_filtered_by_state(world, login, state, changes, shown):
    queue(world, "gesucht@lotse.example", state=state, **changes)
    queue(world, "anders@lotse.example")

    found = page(world, login, stand=state)
    assert [text in found for text in ("gesucht@lotse.example", shown, "anders@lotse.example")] == [True, True, False]


def test_nonsense_in_the_address_shows_everything_from_the_top(world, login):
    queue(world)

    assert "mira@lotse.example" in page(world, login, stand="x", ab="x")


def test_older_mail_is_on_the_next_page(world, login, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for number in range(3):
        queue(world, f"nummer{number}@lotse.example")
    below = queries.mail_page(world.sysadmin.actor).next_ref

    assert ["nummer0@" in page(world, login), "nummer0@" in page(world, login, ab=below)] == [False, True]
    assert queries.mail_page(world.sysadmin.actor, below=below).next_ref == ""


def test_three_rows_cost_what_one_costs(world, login, django_assert_num_queries, django_assert_max_num_queries):
    web = login(world.sysadmin)
    queue(world)
    web.get(URL)  # the session's first request and the data key
    with django_assert_max_num_queries(12) as one:
        web.get(URL)
    queue(world), queue(world)
    with django_assert_num_queries(len(one)):
        web.get(URL)


def test_a_test_mail_is_sent_from_the_page(world, login, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = login(world.sysadmin).post(URL, {"to": "technik@lotse.example"}, follow=True)

    assert "Probenachricht auf dem Weg." in answer.content.decode()
    assert [sent.to for sent in mailoutbox] == [["technik@lotse.example"]]


def test_a_wrong_address_is_said_beside_the_field(world, login):
    answer = login(world.sysadmin).post(URL, {"to": "nix"})

    assert "Bitte eine E-Mail-Adresse wie name@example.org angeben." in answer.content.decode()


def test_failed_mail_is_tried_again_from_the_page(world, login):
    failed = queue(world, state=MailState.FAILED)
    address = reverse("correspondence:retry", args=[failed.public_id])
    web = login(world.sysadmin)

    assert web.post(address).status_code == 302
    assert OutgoingMail.objects.get().state == MailState.WAITING
    assert "nicht zugestellt werden konnte" in web.post(address, follow=True).content.decode()


def test_mail_of_another_organisation_is_not_there(world, login):
    far = queue(world, where="suedstadt", state=MailState.FAILED)

    assert login(world.sysadmin).post(reverse("correspondence:retry", args=[far.public_id])).status_code == 404
