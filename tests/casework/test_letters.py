"""Letters from templates and mails of a file: written, sent with consent, put in, taken out."""

import pytest
from django.core import mail as sent
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions.letters import send_mail
from lotse.casework.enums import Act
from lotse.casework.models import CaseMail, CaseMailFile, Client, Letter, LetterTemplate
from lotse.correspondence.models import OutgoingMail
from lotse.documents.letters import lines_of
from lotse.documents.models import StoredFile
from lotse.partners.models import Partner
from tests.documents.files import PROGRAM, pdf, stored_bytes
from tests.documents.letters import mail, word
from tests.documents.reading import text_of
from tests.factories import casework as make

pytestmark = pytest.mark.django_db
CONTENT = word(
    "{{Vorname}} {{Nachname}}",
    "{{Anschrift}}",
    "Betreff: {{Betreff}}",
    "{{Text}}",
    "Akte {{Aktenzeichen}}, {{Zuständig}}, {{Beratungsstelle}}",
)


def upload(content, name):
    return SimpleUploadedFile(name, content)


def url(name, client, *more):
    return reverse(f"casework:{name}", args=[client.public_id, *more])


@pytest.fixture
def template(world, login):
    login(world.technical_lead).post(
        "/briefvorlagen/neu/", {"name": "Einladung", "file": upload(CONTENT, "brief.docx")}
    )
    return LetterTemplate.objects.get()


@pytest.fixture
def client(world):
    return make.person(world, address="Am Markt 1\n45127 Essen", email="mira@lotse.example")


def typed(template, **more):
    return {"template": template.public_id, "subject": "Termin", "text": "Bitte kommen Sie.", **more}


def write(world, login, template, client):
    login(world.counsellor).post(url("write_letter", client), typed(template))
    return Letter.objects.get()


# Templates ------------------------------------------------------------------------------------------------------------
def test_a_template_is_kept_with_its_gaps(world, template):
    assert (template.name, template.organisation) == ("Einladung", world.nordstadt)
    assert template.gaps == [
        "Vorname",
        "Nachname",
        "Anschrift",
        "Betreff",
        "Text",
        "Aktenzeichen",
        "Zuständig",
        "Beratungsstelle",
    ]


@pytest.mark.rule("DO-04")
def test_wrong_gaps_are_said_beside_the_file_and_nothing_is_kept(world, login):
    answer = login(world.technical_lead).post(
        "/briefvorlagen/neu/", {"name": "x", "file": upload(word("{{Vornahme}}"), "x.docx")}
    )

    assert "Den Platzhalter „Vornahme“ gibt es nicht. Meinten Sie „Vorname“?" in answer.content.decode()
    assert (LetterTemplate.objects.count(), stored_bytes()) == (0, {})


def test_a_new_file_takes_the_place_of_the_former(world, login, template, django_capture_on_commit_callbacks):
    web, address = login(world.technical_lead), f"/briefvorlagen/{template.public_id}/"
    with django_capture_on_commit_callbacks(execute=True):
        web.post(address, {"name": "Einladung 2", "file": upload(word("{{Vorname}}"), "neu.docx")})

    fresh = LetterTemplate.objects.get()
    assert (fresh.name, fresh.gaps, StoredFile.objects.filter(deleted_at=None).count()) == (
        "Einladung 2",
        ["Vorname"],
        1,
    )


def test_a_template_that_waits_for_the_scanner_writes_no_letter(world, login, template, client):
    StoredFile.objects.update(scan_state="quarantined")

    answer = login(world.counsellor).post(url("write_letter", client), typed(template))
    assert (answer.status_code, Letter.objects.count()) == (403, 0)


def test_a_name_is_given_once(world, login, template):
    answer = login(world.technical_lead).post(
        "/briefvorlagen/neu/", {"name": "Einladung", "file": upload(CONTENT, "b.docx")}
    )

    assert "Eine Vorlage mit diesem Namen gibt es schon." in answer.content.decode()


def test_a_template_switched_off_is_not_offered(world, login, template, client):
    login(world.technical_lead).post(f"/briefvorlagen/{template.public_id}/schalten/")

    assert (
        "Es gibt noch keine Briefvorlage." in login(world.counsellor).get(url("write_letter", client)).content.decode()
    )


def test_templates_of_another_carrier_do_not_exist(world, login, template):
    theirs = make.person(world, by=world.outsider.actor)

    answer = login(world.outsider).post(url("write_letter", theirs), typed(template))

    assert ("Es gibt noch keine Briefvorlage." in answer.content.decode(), Letter.objects.count()) == (True, 0)


# Letters --------------------------------------------------------------------------------------------------------------
def test_a_letter_is_looked_at_first(world, login, template, client):
    page = login(world.counsellor).post(url("write_letter", client), typed(template, preview="1")).content.decode()

    assert ('<p class="text-block">Mira Özdemir</p>' in page, "Bitte kommen Sie." in page, Letter.objects.count()) == (
        True,
        True,
        0,
    )


def test_a_letter_is_written_and_lies_in_the_file(world, login, template, client):
    letter = write(world, login, template, client)
    web = login(world.counsellor)

    assert "Termin" in web.get(url("letters", client)).content.decode()
    content = web.get(url("letter", client, letter.public_id)).content
    assert lines_of(content) == [
        "Mira Özdemir", "Am Markt 1\n45127 Essen", "Betreff: Termin", "Bitte kommen Sie.", "Akte 1, Counsellor Beispiel, Beratungsstelle Nordstadt",
    ]  # fmt: skip
    assert [e.key for e in Event.objects.filter(object_ref=letter.public_id).order_by("id")] == [
        "letter.written",
        "downloaded",
    ]


def test_the_words_of_the_letter_are_a_pdf_too(world, login, template, client):
    letter = write(world, login, template, client)

    answer = login(world.counsellor).get(url("letter_pdf", client, letter.public_id))

    text = text_of(b"".join(answer.streaming_content))
    assert all(words in text for words in ("Mira Özdemir", "Am Markt 1", "Bitte kommen Sie."))


def test_subject_and_text_lie_sealed(world, login, template, client):
    login(world.counsellor).post(url("write_letter", client), typed(template, subject="Kanari", text="Kanari"))

    raw = Letter.objects.values_list("subject", flat=True).get()
    assert b"Kanari" not in bytes(raw)
    assert [path for path, content in stored_bytes().items() if b"Kanari" in content] == []


def test_a_letter_is_deleted_with_a_reason(world, login, template, client, django_capture_on_commit_callbacks):
    letter, web = write(world, login, template, client), login(world.counsellor)

    with django_capture_on_commit_callbacks(execute=True):
        web.post(url("delete_letter", client, letter.public_id), {"reason": "mistake"})

    assert web.get(url("letter", client, letter.public_id)).status_code == 404
    assert Event.objects.get(key="letter.deleted").details == {"reason": "mistake"}


@pytest.mark.rule("DP-12")
def test_a_resting_file_gives_out_no_letter_and_takes_none(world, login, template, client):
    letter = write(world, login, template, client)
    Client.objects.update(restricted_on=timezone.localdate())
    web = login(world.counsellor)

    assert [web.get(url(name, client, letter.public_id)).status_code for name in ("letter", "letter_pdf")] == [403, 403]
    web.post(url("write_letter", client), typed(template))
    assert Letter.objects.count() == 1


def test_a_series_writes_one_letter_for_each(world, login, template, client):
    other = make.person(world, first_name="Ali", last_name="Kaya")
    foreign = make.person(world, by=world.colleague.actor, last_name="Fremd")
    web = login(world.counsellor)
    assert "Fremd" not in web.get("/briefe/").content.decode()

    answer = web.post("/briefe/", typed(template, clients=[client.public_id, other.public_id]), follow=True)

    assert "2 Briefe abgelegt" in answer.content.decode()
    assert {(x.client, x.subject) for x in Letter.objects.select_related("client")} == {
        (client, "Termin"),
        (other, "Termin"),
    }
    series = Letter.objects.first().series
    text = text_of(b"".join(web.get(f"/briefe/{series}/briefe.pdf").streaming_content))
    assert ("Mira Özdemir" in text, "Ali Kaya" in text) == (True, True)
    assert login(world.colleague).get(f"/briefe/{series}/").status_code == 404
    refused = web.post("/briefe/", typed(template, clients=[foreign.public_id]))
    assert (refused.status_code, Letter.objects.count()) == (200, 2)


def test_a_series_is_written_whole_or_not_at_all(world, login, template, client, monkeypatch):
    other = make.person(world, first_name="Ali", last_name="Kaya")
    real = Letter.save

    def full(self, *args, **kwargs):
        if self.client_id == other.pk:
            raise ValidationError("So nicht.")
        real(self, *args, **kwargs)

    monkeypatch.setattr(Letter, "save", full)
    answer = login(world.counsellor).post("/briefe/", typed(template, clients=[client.public_id, other.public_id]))

    assert ("So nicht." in answer.content.decode(), Letter.objects.count()) == (True, 0)
    assert StoredFile.objects.count() == 1  # the template


# Mails that go out ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("CO-05")
def test_a_client_without_consent_gets_no_mail(world, login, client):
    make.decide(world, client)
    page = login(world.counsellor).get(url("send_mail", client)).content.decode()
    assert "E-Mails bekommt nur, wer dem zugestimmt hat." in page

    with pytest.raises(ValidationError, match="zugestimmt"):
        send_mail(by=world.counsellor.actor, client=client, subject="x", text="y")
    assert (CaseMail.objects.count(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.rule("CO-05")
def test_with_consent_a_mail_leaves_and_stays_in_the_file(world, login, client, django_capture_on_commit_callbacks):
    make.decide(world, client, Act.EMAIL)

    with django_capture_on_commit_callbacks(execute=True):
        login(world.counsellor).post(
            url("send_mail", client), {"to": "", "subject": "Termin", "text": "Morgen um zehn."}
        )

    message = sent.outbox[-1]
    assert (message.to, message.subject) == (["mira@lotse.example"], "Nachricht Ihrer Beratungsstelle")
    assert message.body == "Termin\n\nMorgen um zehn.\n\nCounsellor Beispiel\nBeratungsstelle Nordstadt\n"
    kept = CaseMail.objects.get()
    assert (kept.direction, kept.subject, kept.body, kept.outgoing.state) == (
        "out",
        "Termin",
        "Morgen um zehn.",
        "sent",
    )


@pytest.mark.rule("CO-05")
def test_a_consent_withdrawn_ends_the_mail(world, login, client):
    from lotse.casework.actions.consents import withdraw

    make.decide(world, client, Act.EMAIL)
    withdraw(by=world.counsellor.actor, consent=client.consents.get(), on=timezone.localdate())

    with pytest.raises(ValidationError, match="zugestimmt"):
        send_mail(by=world.counsellor.actor, client=client, subject="x", text="y")


@pytest.mark.rule("DP-03")
def test_an_institution_gets_a_mail_only_with_consent_for_it(world, client):
    partner = Partner.objects.create(
        organisation=world.nordstadt, name="Amt", category="jobcentre", email="amt@stadt.example"
    )
    by = world.counsellor.actor
    with pytest.raises(ValidationError, match="Weitergabe an sie"):
        send_mail(by=by, client=client, subject="x", text="y", partner=partner)

    from lotse.casework.actions.consents import record_decision

    record_decision(by=by, client=client, act=Act.DISCLOSURE, given=True, decided_on=make.days_ago(1), language="de", text_version="x",
                    form="written", recipient=partner, purpose="Antrag")  # fmt: skip
    assert send_mail(by=by, client=client, subject="x", text="y", partner=partner).address == "amt@stadt.example"


def test_a_mail_needs_an_address(world, client):
    make.decide(world, client, Act.EMAIL)
    Client.objects.update(email=b"")

    with pytest.raises(ValidationError, match="Hier fehlt eine E-Mail-Adresse"):
        send_mail(by=world.counsellor.actor, client=client, subject="x", text="y")


@pytest.mark.rule("DP-04")
def test_the_log_of_mail_does_not_say_to_whom_it_went(world, login, client):
    make.decide(world, client, Act.EMAIL)
    send_mail(by=world.counsellor.actor, client=client, subject="x", text="y")

    page = login(world.sysadmin).get("/post/").content.decode()
    assert ("Nachricht aus der Beratung" in page, "mira@" in page, "vertraulich" in page) == (True, False, True)


# Mails that came ------------------------------------------------------------------------------------------------------
def drop(world, login, client, content):
    return login(world.counsellor).post(url("drop_mail", client), {"file": upload(content, "mail.eml")})


def test_a_mail_is_put_into_the_file_with_what_the_gate_takes(world, login, client):
    drop(world, login, client, mail(attached=[("Bescheid.pdf", pdf("Bescheid")), ("spiel.exe", PROGRAM)]))

    kept, attached = CaseMail.objects.get(), CaseMailFile.objects.get()
    assert (kept.direction, kept.subject, kept.body, kept.address, kept.left_out) == (
        "in", "Ihr Antrag", "Guten Tag,\nhier der Bescheid.", "Amt <amt@stadt.example>", "spiel.exe",
    )  # fmt: skip
    assert f"{timezone.localtime(kept.moment):%d.%m.%Y %H:%M}" == "20.11.2026 10:15"
    web = login(world.counsellor)
    assert "Nicht übernommen: spiel.exe" in web.get(url("letters", client)).content.decode()
    assert web.get(url("mail_file", client, attached.public_id)).content == pdf("Bescheid")


def test_html_of_a_mail_is_never_a_page(world, login, client):
    drop(world, login, client, mail(text="", html="<p onclick='x'>Hallo</p><script>alert(1)</script>&lt;script&gt;"))

    assert CaseMail.objects.get().body == "Hallo\n<script>"
    assert "&lt;script&gt;" in login(world.counsellor).get(url("letters", client)).content.decode()


def test_what_is_no_mail_is_refused(world, login, client):
    answer = drop(world, login, client, pdf())

    assert ("Das ist kein EML" in answer.content.decode(), CaseMail.objects.count(), stored_bytes()) == (True, 0, {})


def test_an_infected_attachment_stays_outside_and_is_logged(world, login, client, settings):
    settings.VIRUS_SCANNER = "tests.documents.test_scanning.looks_for_eicar"

    drop(world, login, client, mail(attached=[("a.pdf", pdf("EICAR")), ("b.pdf", pdf("gut"))]))

    assert (CaseMail.objects.get().left_out, CaseMailFile.objects.count()) == ("a.pdf", 1)
    assert Event.objects.get(key="file.infected").file_ref == client.public_id


def test_a_mail_put_in_by_mistake_goes_with_its_files(world, login, client, django_capture_on_commit_callbacks):
    drop(world, login, client, mail(attached=[("Bescheid.pdf", pdf())]))
    kept = CaseMail.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        login(world.counsellor).post(url("delete_mail", client, kept.public_id), {"reason": "mistake"})

    assert (CaseMail.objects.count(), StoredFile.objects.filter(deleted_at=None).count()) == (0, 0)


def test_what_was_sent_stays_in_the_file(world, login, client):
    make.decide(world, client, Act.EMAIL)
    kept = send_mail(by=world.counsellor.actor, client=client, subject="x", text="y")

    answer = login(world.counsellor).post(url("delete_mail", client, kept.public_id), {"reason": "mistake"})

    assert ("bleibt in der Akte" in answer.content.decode(), CaseMail.objects.count()) == (True, 1)


@pytest.mark.parametrize("persona", ["colleague", "technical_lead", "sysadmin", "outsider"])
def test_nobody_else_writes_into_the_file(world, login, client, template, persona):
    web = login(world.personas[persona])
    answers = [
        web.post(url("write_letter", client), typed(template)),
        web.post(url("drop_mail", client), {"file": upload(mail(), "m.eml")}),
    ]

    assert [a.status_code for a in answers] == [403 if persona == "technical_lead" else 404] * 2
    assert (Letter.objects.count(), CaseMail.objects.count()) == (0, 0)
