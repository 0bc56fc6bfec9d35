"""Mail goes out once the act is saved, at least once, and its text lies nowhere in clear."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.correspondence import delivery
from lotse.correspondence.actions import delete_old_mail, send_test, try_again
from lotse.correspondence.enums import MailState
from lotse.correspondence.letters import LETTERS, TEST, letter
from lotse.correspondence.models import OutgoingMail
from lotse.correspondence.outbox import queue_mail, queue_notice
from lotse.organisations.actor import SystemActor
from lotse.organisations.notices import notify

CANARY = "Kanarienvogel-7731"
ADDRESS = "mira@lotse.example"


@pytest.fixture
def queued(world):
    """Waiting, because nothing is committed in this test."""
    return queue_mail(TEST, organisation_id=world.nordstadt.pk, to=ADDRESS, values={"label": CANARY})


@pytest.fixture
def deaf(monkeypatch):
    """A mail server that does not answer; set `error` to let it say something else."""

    class Server:
        error: Exception = ConnectionRefusedError("no")

        def send(self, messages):
            raise self.error

    server = Server()
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, messages: server.send(messages))
    return server


def time_passes():
    OutgoingMail.objects.update(next_try_at=timezone.now())


@pytest.mark.rule("CO-01")
def test_mail_goes_out_after_the_commit_and_the_log_knows(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_test(by=world.sysadmin.actor, to=ADDRESS)
        assert mail.outbox == []

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([ADDRESS], "Lotse: Probenachricht")
    assert "Angefordert hat sie Sysadmin Beispiel." in sent.body
    row = OutgoingMail.objects.get()
    assert (row.state, row.attempts, row.error, row.sent_at is None) == (MailState.SENT, 1, "", False)
    assert Event.objects.get(key="mail.test_sent").object_ref == row.public_id


@pytest.mark.rule("CO-01")
def test_mail_of_an_undone_act_is_never_sent(world, django_capture_on_commit_callbacks):
    def queue_and_fail():
        with transaction.atomic():
            send_test(by=world.sysadmin.actor, to=ADDRESS)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        queue_and_fail()
    assert (OutgoingMail.objects.count(), mail.outbox) == (0, [])


def test_recipient_and_text_are_sealed_in_outbox_and_queue(queued):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM correspondence_outgoingmail")
        raw = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())

    assert (CANARY.encode() in raw, ADDRESS.encode() in raw) == (False, False)
    fresh = OutgoingMail.objects.get()
    assert (CANARY in fresh.body, fresh.recipient) == (True, ADDRESS)


def test_the_queue_holds_an_id_and_nothing_else(world, settings, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        made = queue_mail(TEST, organisation_id=world.nordstadt.pk, to=ADDRESS, values={"label": CANARY})

    assert DBTaskResult.objects.get().args_kwargs == {"args": [made.public_id], "kwargs": {}}
    call_command("worker", "--once")
    assert [sent.to for sent in mail.outbox] == [[ADDRESS]]


def test_what_the_queue_has_lost_the_worker_finds(queued):
    call_command("worker", "--once")

    assert [sent.to for sent in mail.outbox] == [[ADDRESS]]
    assert OutgoingMail.objects.get().state == MailState.SENT


def test_sent_mail_is_not_sent_again(queued):
    for _ in range(3):
        delivery.deliver.call(queued.public_id)

    assert len(mail.outbox) == 1


def test_a_mail_that_is_being_sent_is_left_to_who_sends_it(queued):
    assert delivery._claimed(queued.public_id).pk == queued.pk

    assert delivery._claimed(queued.public_id) is None
    assert delivery.deliver_due() == 0


def test_a_killed_process_is_followed_by_another(queued):
    delivery._claimed(queued.public_id)
    time_passes()

    assert delivery.deliver_due() == 1
    assert len(mail.outbox) == 1


def test_a_silent_server_is_tried_again_with_longer_pauses_and_given_up(queued, deaf):
    pauses = []
    for _ in range(6):
        delivery.deliver_due()
        row = OutgoingMail.objects.get()
        pauses.append(round((row.next_try_at - timezone.now()).total_seconds() / 60))
        time_passes()

    assert pauses[:5] == [1, 5, 30, 120, 720]
    assert (row.state, row.attempts, row.error) == (MailState.FAILED, 6, "Der Mailserver ist nicht erreichbar.")
    assert delivery.deliver_due() == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")}), "Der Mailserver nimmt diese Adresse nicht an."),
        (smtplib.SMTPAuthenticationError(535, b"secret words"), "Der Mailserver hat abgelehnt (535)."),
        (TimeoutError(), "Der Mailserver ist nicht erreichbar."),
        (KeyError(ADDRESS), "Fehler beim Versenden (KeyError)."),
    ],
)  # fmt: skip
def test_the_log_says_why_in_german_and_repeats_no_address(queued, deaf, caplog, error, said):
    deaf.error = error
    delivery.deliver_due()

    assert OutgoingMail.objects.get().error == said
    assert ADDRESS not in caplog.text


def test_failed_mail_is_given_a_new_chance(world, queued):
    queued.state = MailState.FAILED
    queued.save()
    assert delivery.deliver_due() == 0

    try_again(by=world.sysadmin.actor, mail=queued)
    assert delivery.deliver_due() == 1
    with pytest.raises(ValidationError, match="nicht zugestellt"):
        try_again(by=world.sysadmin.actor, mail=queued)


@pytest.mark.parametrize("to", ["", "nix", "a@b\nBcc: c@d.example", "a@lotse.example, b@lotse.example"])
def test_an_address_that_is_none_is_refused(world, to):
    with pytest.raises(ValidationError):
        queue_mail(TEST, organisation_id=world.nordstadt.pk, to=to)
    assert OutgoingMail.objects.count() == 0


def test_only_who_looks_after_the_technology_sends_a_test(world):
    with pytest.raises(NotAllowed):
        send_test(by=world.counsellor.actor, to=ADDRESS)


def test_old_mail_is_deleted_waiting_mail_never(world, queued):
    old = timezone.now() - timedelta(days=400)
    for state, sent_at in ((MailState.SENT, old), (MailState.FAILED, None), (MailState.WAITING, None)):
        made = queue_mail(TEST, organisation_id=world.nordstadt.pk, to=ADDRESS)
        OutgoingMail.objects.filter(pk=made.pk).update(state=state, sent_at=sent_at, created_at=old)

    assert delete_old_mail(by=SystemActor("Löschlauf")) == 2
    assert Event.objects.get(key="mail.expired").details == {"deleted": 2}
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.WAITING}


@pytest.mark.rule("CO-01")
@pytest.mark.parametrize("wrong", [{"state": "sent"}, {"sent_at": timezone.now()}], ids=["no time", "no state"])
def test_database_knows_no_sent_mail_without_a_time(queued, wrong):
    with pytest.raises(IntegrityError, match="mail_sent_has_time"), transaction.atomic():
        OutgoingMail.objects.update(**wrong)


def test_a_calendar_entry_is_attached(world):
    queue_mail(TEST, organisation_id=world.nordstadt.pk, to=ADDRESS, calendar="BEGIN:VCALENDAR")
    delivery.deliver_due()

    (part,) = mail.outbox[0].attachments
    assert (part.get_filename(), part.get_content_type()) == ("termin.ics", "text/calendar")
    assert part.get_payload(decode=True) == b"BEGIN:VCALENDAR"


def test_text_is_plain_and_not_escaped(world):
    made = queue_mail(TEST, organisation_id=world.nordstadt.pk, to=ADDRESS, values={"label": "Müller & Söhne"})

    assert "Müller & Söhne." in made.body


def test_a_letter_is_registered_once():
    assert LETTERS["correspondence.test"] == TEST
    with pytest.raises(ValueError, match="twice"):
        letter(TEST.key, "x", subject="x", template="x")


def test_notices_to_staff_go_through_the_outbox_too(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify([world.counsellor.person, world.counsellor.person], "Akte geöffnet", "Die Akte 7 ist für Sie geöffnet.")

    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["counsellor@lotse.example"], "Lotse: Akte geöffnet")]
    row = OutgoingMail.objects.get()
    assert (row.letter, row.state, row.organisation) == ("notice", MailState.SENT, world.nordstadt)


def test_a_wrong_address_undoes_nothing(world, deaf):
    queue_notice(world.counsellor.person, "nix", "Lotse: Rolle", "Text")

    assert OutgoingMail.objects.get().recipient == "nix"
