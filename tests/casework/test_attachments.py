"""Mails that leave a file with documents of the file and with fresh ones."""

import pytest
from django.core import mail as sent
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lotse.auditlog.models import Event
from lotse.casework.actions.letters import delete_letter, send_mail
from lotse.casework.actions.plans import sign
from lotse.casework.enums import Act
from lotse.casework.models import CaseMail, CaseMailFile, Client, Letter, LetterTemplate
from lotse.casework.queries.attachable import attachable
from lotse.correspondence.delivery import deliver_due
from lotse.correspondence.models import OutgoingMail
from lotse.documents.actions import delete_file
from lotse.documents.enums import DeletionReason
from lotse.documents.intake import receive
from lotse.documents.models import StoredFile
from tests.casework.test_letters import CONTENT, typed, upload, url
from tests.documents.files import PROGRAM, pdf, stored_bytes
from tests.documents.letters import mail
from tests.documents.reading import words_of
from tests.factories import casework as make


@pytest.fixture
def client(world):
    return make.decide(world, make.person(world, email="mira@lotse.example"), Act.EMAIL)


@pytest.fixture
def post(world, login, client, django_capture_on_commit_callbacks):
    """Send from the page; the answer."""

    def _post(*uploads, documents=(), by="counsellor"):
        files = [SimpleUploadedFile(name, content) for name, content in uploads]
        data = {"to": "", "subject": "Unterlagen", "text": "Anbei.", "documents": documents, "uploads": files}
        with django_capture_on_commit_callbacks(execute=True):
            return login(world.personas[by]).post(url("send_mail", client), data)

    return _post


@pytest.fixture
def letter(world, login, client):
    login(world.technical_lead).post("/briefvorlagen/neu/", {"name": "B", "file": upload(CONTENT, "brief.docx")})
    login(world.counsellor).post(url("write_letter", client), typed(LetterTemplate.objects.get()))
    return Letter.objects.get()


def attached():
    return [(name, content) for name, content, _type in sent.outbox[-1].attachments]


@pytest.mark.rule("CO-06")
def test_fresh_files_leave_with_the_mail_and_stay_with_it(world, login, client, post):
    post(("Antrag.pdf", pdf("Antrag")), ("Bescheid.pdf", pdf("Bescheid")))

    assert attached() == [("Antrag.pdf", pdf("Antrag")), ("Bescheid.pdf", pdf("Bescheid"))]
    assert [row.file.name for row in CaseMail.objects.get().files.all()] == ["Antrag.pdf", "Bescheid.pdf"]
    page = login(world.counsellor).get(url("letters", client)).content.decode()
    assert [name for name in ("Antrag.pdf", "Bescheid.pdf") if name not in page] == []
    kept = CaseMailFile.objects.first()
    assert login(world.counsellor).get(url("mail_file", client, kept.public_id)).content == pdf("Antrag")
    assert Event.objects.get(key="case_mail.sent").details == {"files": 2}


@pytest.mark.rule("CO-06")
def test_a_letter_of_the_file_leaves_as_pdf(post, letter):
    post(documents=[letter.public_id])

    [(name, content)] = attached()
    assert name.endswith(".pdf")
    assert "Bitte kommen Sie." in words_of(content)


@pytest.mark.rule("CO-06")
def test_what_came_by_mail_can_be_passed_on_and_is_a_copy(world, login, client, post):
    eml = mail(attached=[("Bescheid.pdf", pdf("Bescheid"))])
    login(world.counsellor).post(url("drop_mail", client), {"file": upload(eml, "m.eml")})
    source = CaseMailFile.objects.get()

    post(documents=[source.public_id])
    delete_file(by=world.counsellor.actor, stored=source.file, reason=DeletionReason.MISTAKE)

    assert attached() == [("Bescheid.pdf", pdf("Bescheid"))]
    assert [row.is_readable for row in StoredFile.objects.order_by("id")] == [False, True]


def test_the_page_offers_what_lies_in_the_file(world, login, client, letter):
    assert [one.label.split(":")[0] for one in attachable(client).values()] == ["Brief"]
    page = login(world.counsellor).get(url("send_mail", client)).content.decode()
    assert ("Aus der Akte anhängen" in page, "Brief: Termin" in page, "multiple" in page) == (True, True, True)

    delete_letter(by=world.counsellor.actor, written=letter, reason=DeletionReason.MISTAKE)
    assert "Aus der Akte anhängen" not in login(world.counsellor).get(url("send_mail", client)).content.decode()


def test_signed_papers_are_offered(world, login):
    plan = make.plan(world, agreed=True)
    sign(by=world.counsellor.actor, plan=plan, on=make.days_ago(1))
    login(world.counsellor).post(
        reverse("casework:upload_scan", args=[plan.client.public_id]), {"file": upload(pdf(), "plan.pdf")}
    )
    agreement = make.agreement(world, plan.case, agreed=True)
    address = reverse("casework:upload_agreement", args=[plan.client.public_id, agreement.public_id])
    login(world.counsellor).post(address, {"file": upload(pdf(), "v.pdf")})

    assert [one.label for one in attachable(plan.client).values()] == [
        "Unterschriebener Plan: plan.pdf", "Integrationsvereinbarung, unterschrieben: v.pdf",
    ]  # fmt: skip


# --- refused ----------------------------------------------------------------------------------------------------


def nothing_left():
    return (CaseMail.objects.count(), OutgoingMail.objects.count(), stored_bytes()) == (0, 0, {})


@pytest.mark.rule("CO-05")
def test_without_consent_nothing_leaves_and_nothing_is_kept(world, client):
    client.consents.all().delete()
    by = world.counsellor.actor
    with (
        pytest.raises(ValidationError, match="wer dem zugestimmt hat"),
        receive(upload(pdf(), "a.pdf"), by=by, file=client) as received,
    ):
        send_mail(by=by, client=client, subject="x", text="y", attached=[received])
    assert nothing_left()


@pytest.mark.rule("CO-06")
@pytest.mark.parametrize(("name", "content", "said"), [
    ("spiel.pdf", PROGRAM, "spiel.pdf: Das ist kein"), ("leer.pdf", b"", "leer.pdf: Die Datei ist leer"),
])  # fmt: skip
def test_what_the_gate_refuses_is_named_and_holds_the_mail_back(post, name, content, said):
    answer = post(("gut.pdf", pdf()), (name, content)).content.decode()
    assert (said in answer, "Anbei." in answer, nothing_left()) == (True, True, True)


@pytest.mark.rule("CO-06")
def test_an_infected_file_is_named_and_logged(client, post, settings):
    settings.VIRUS_SCANNER = "tests.documents.test_scanning.looks_for_eicar"
    answer = post(("gut.pdf", pdf()), ("b.pdf", pdf("EICAR"))).content.decode()
    assert ("b.pdf: " in answer, nothing_left()) == (True, True)
    assert Event.objects.get(key="file.infected").file_ref == client.public_id


@pytest.mark.rule("CO-06")
def test_what_waits_for_the_scanner_does_not_leave(post, settings):
    settings.VIRUS_SCANNER = "tests.documents.test_scanning.asleep"
    settings.VIRUS_SCANNER_DOWN = "quarantine"
    answer = post(("gut.pdf", pdf())).content.decode()
    assert ("gut.pdf: Diese Datei wartet noch" in answer, nothing_left()) == (True, True)


@pytest.mark.rule("CO-06")
def test_together_they_stay_within_the_limit(world, login, client, post, settings):
    eml = mail(attached=[("Bescheid.pdf", pdf("B" * 600_000))])
    login(world.counsellor).post(url("drop_mail", client), {"file": upload(eml, "m.eml")})
    settings.UPLOAD_MAX_BYTES = 1024**2

    answer = post(("a.pdf", pdf("A" * 600_000)), documents=[CaseMailFile.objects.get().public_id]).content.decode()

    assert "Zusammen höchstens 1 MB." in answer
    assert (OutgoingMail.objects.count(), len(stored_bytes())) == (0, 1)


def test_a_document_of_another_file_cannot_be_slipped_in(world, login, client, post):
    other = make.person(world, last_name="Anders")
    eml = mail(attached=[("fremd.pdf", pdf("fremd"))])
    login(world.counsellor).post(url("drop_mail", other), {"file": upload(eml, "m.eml")})

    foreign = CaseMailFile.objects.get()
    login(world.counsellor).post(url("drop_mail", client), {"file": upload(eml, "m.eml")})

    post(documents=[foreign.public_id])

    assert OutgoingMail.objects.count() == 0


def test_a_file_deleted_before_it_left_holds_the_mail_back(world, client):
    by = world.counsellor.actor
    with receive(upload(pdf(), "a.pdf"), by=by, file=client) as received:
        send_mail(by=by, client=client, subject="x", text="y", attached=[received])
    delete_file(by=by, stored=CaseMailFile.objects.get().file, reason=DeletionReason.REQUESTED)

    deliver_due()

    assert (OutgoingMail.objects.get().state, sent.outbox) == ("waiting", [])


def test_nobody_else_sends_from_the_file(client, post):
    assert Client.objects.count() == 1
    assert post(("a.pdf", pdf()), by="colleague").status_code == 404
    assert nothing_left()
