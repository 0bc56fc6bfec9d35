"""What a person may ask for: access with a deadline, a copy that hides others, correction, restriction, a hold."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from openpyxl import load_workbook

from lotse.auditlog.models import Event
from lotse.auditlog.recorder import record_read
from lotse.casework import rules
from lotse.casework.actions.clients import add_household_member, update_client
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.subject_rights import (
    answer_request,
    extend_request,
    freeze,
    hold,
    lift_hold,
    note_correction,
    take_request,
    unfreeze,
)
from lotse.casework.enums import Act, FreezeGround, IdentityCheck, RequestAnswer, RequestKind
from lotse.casework.models import Client, Correction, DataSubjectRequest
from lotse.casework.queries.belongings import belongings
from lotse.casework.queries.data_copy import LEFT_OUT, MASKED, NESTED, SHOWN, as_json, data_copy, portable
from lotse.casework.queries.retention import open_requests
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.documents.actions import decide_retention
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from tests.access import whole_file as access
from tests.documents.reading import words_of
from tests.factories import casework as make


@pytest.fixture
def file(world):
    return access.whole_file(world)


TODAY = timezone.localdate


@pytest.fixture
def client_file(world):
    return make.case(world).client


def ask(world, client, **more):
    values = {"kind": RequestKind.ACCESS, "received_on": TODAY(), "identity": IdentityCheck.KNOWN, **more}
    return take_request(by=world.counsellor.actor, client=client, **values)


@pytest.mark.rule("DS-01")
def test_a_request_is_due_after_one_month(world, client_file):
    request = ask(world, client_file, received_on=date(2026, 1, 31))
    assert (request.due_on, request.deadline) == (date(2026, 2, 28), date(2026, 2, 28))


@pytest.mark.rule("DS-01")
def test_it_may_take_two_months_longer_with_a_reason_once(world, client_file):
    request, by = ask(world, client_file), world.counsellor.actor

    with pytest.raises(ValidationError, match="Länger als bis"):
        extend_request(by=by, request=request, until=TODAY() + timedelta(days=100), reason="Viele Akten")
    longer = extend_request(by=by, request=request, until=TODAY() + timedelta(days=80), reason="Viele Akten")

    assert longer.deadline == TODAY() + timedelta(days=80)
    with pytest.raises(ValidationError, match="schon verlängert"):
        extend_request(by=by, request=request, until=TODAY() + timedelta(days=85), reason="Noch mehr")


@pytest.mark.rule("DS-01")
def test_who_is_late_answers_and_does_not_extend(world, client_file):
    request = ask(world, client_file, received_on=make.days_ago(40))

    with pytest.raises(ValidationError, match="schon vorbei"):
        extend_request(by=world.counsellor.actor, request=request, until=TODAY() + timedelta(days=5), reason="Krank")


@pytest.mark.rule("DS-01")
def test_nothing_is_answered_before_it_is_clear_who_asks(world, login, client_file):
    request = ask(world, client_file, identity="")
    answer = {"on": TODAY(), "answer": RequestAnswer.GRANTED}

    with pytest.raises(ValidationError, match="Identität"):
        answer_request(by=world.counsellor.actor, request=request, identity="", **answer)
    for name in ("auskunft.pdf", "daten.json", "daten.xlsx"):
        url = f"/akte/{client_file.public_id}/datenschutz/antrag/{request.public_id}/{name}"
        assert login(world.counsellor).get(url).status_code == 403

    done = answer_request(by=world.counsellor.actor, request=request, identity=IdentityCheck.DOCUMENT, **answer)
    assert (done.answered_on, done.answer) == (TODAY(), "granted")
    with pytest.raises(ValidationError, match="schon beantwortet"):
        answer_request(by=world.counsellor.actor, request=request, identity=IdentityCheck.DOCUMENT, **answer)


@pytest.mark.rule("DS-01")
def test_a_refusal_gives_its_reason(world, client_file):
    request = ask(world, client_file)
    with pytest.raises(ValidationError, match="begründen"):
        answer_request(
            by=world.counsellor.actor, request=request, on=TODAY(), answer=RequestAnswer.REFUSED, identity="known"
        )


@pytest.mark.rule("DS-01")
@pytest.mark.parametrize("name", ["colleague", "carrier_manager", "dpo", "sysadmin", "coordinator", "outsider"])
def test_requests_are_taken_by_who_reads_the_file(world, client_file, name):
    with pytest.raises(NotAllowed):
        take_request(by=world.personas[name].actor, client=client_file, kind=RequestKind.ACCESS, received_on=TODAY())


@pytest.mark.rule("DS-01")
@pytest.mark.parametrize("permission", [Permission.COUNSEL, Permission.REVIEW_FILES])
def test_counselling_and_technical_lead_take_requests(permission):
    actor = Actor(person_id=1, ref="a", label="A", organisation_id=1, permissions=frozenset({permission}))
    assert rules.may_ask_for_data(actor) is True


@pytest.mark.rule("DS-01")
def test_a_resting_file_answers_too(world, login, client_file):
    withdraw(by=world.counsellor.actor, consent=client_file.consents.get(act=Act.RECORDING), on=TODAY())
    request = ask(world, client_file)

    web = login(world.technical_lead)
    assert "Auskunft (PDF)" in web.get(f"/akte/{client_file.public_id}/datenschutz/").content.decode()
    answer = web.get(f"/akte/{client_file.public_id}/datenschutz/antrag/{request.public_id}/auskunft.pdf")
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.rule("DS-02")
def test_every_model_of_the_file_is_in_the_copy_or_left_out_with_a_reason():
    """A new model that points to a client: name it in queries/data_copy.py, and mask in it what is another person's."""
    decided = [*SHOWN, *NESTED, *LEFT_OUT]
    assert sorted(model.__name__ for model in belongings()) == sorted(model.__name__ for model in decided)
    assert all([*NESTED.values(), *LEFT_OUT.values()])


@pytest.mark.rule("DS-02")
def test_every_masked_column_exists():
    missing = {
        (model.__name__, name)
        for model, names in MASKED.items()
        for name in names - {field.name for field in model._meta.concrete_fields}
    }
    assert missing == set()


def said(sections):
    return "\n".join(f"{v.label}: {v.text}" for s in sections for record in s.records for v in record)


@pytest.mark.rule("DS-02")
def test_the_copy_holds_what_was_told_in_words_of_the_house(world, file):
    client = Client.objects.get(cases__isnull=False)
    url = f"/akte/{client.public_id}/kontakt/"
    drafts.save(
        world.counsellor.actor,
        url,
        client.public_id,
        {"note": ["halb getippt"]},
        revision=None,
        label="Kontakt",
        url=url,
    )
    record_read(by=world.counsellor.actor, obj=client, file=client, what="Teil A")

    sections = data_copy(client)

    text = said(sections)
    assert "Themen: Wohnen" in text
    assert "Kontaktweg: Telefon" in text
    assert "note: halb getippt" in text
    assert "was: Counsellor Beispiel hat gelesen: Teil A." in text
    assert f"Dateiname: {access.CANARY}.pdf" in text
    assert f"Anschrift: {access.CANARY}" in text
    titles = [section.key for section in sections]
    assert titles[0] == "client"
    assert {"counsellingcase", "consent", "contact", "parta", "planstep", "files", "drafts", "log"} <= set(titles)


@pytest.mark.rule("DS-02")
def test_other_people_are_masked_also_in_notes(world, client_file):
    by = world.counsellor.actor
    add_household_member(
        by=by, client=client_file, relation="child", name="Tarkan Özdemir", birth_date=date(2015, 5, 5)
    )
    record_contact(
        by=by, case=client_file.cases.get(), on=TODAY(), channel="phone", topics=["housing"],
        note="Mira Özdemir sorgt sich um Tarkan.",
    )  # fmt: skip

    text = said(data_copy(client_file))

    assert ("Tarkan" in text, "05.05.2015" in text) == (False, False)
    assert "Beziehung: Kind" in text
    assert "Notiz: Mira Özdemir sorgt sich um [andere Person]." in text


@pytest.mark.rule("DS-02")
def test_the_letter_is_read_and_every_word_of_it_stands_in_the_log(world, login, client_file):
    request, web = ask(world, client_file), login(world.counsellor)
    base = f"/akte/{client_file.public_id}/datenschutz/antrag/{request.public_id}/"

    answer = web.get(f"{base}auskunft.pdf")

    text = words_of(b"".join(answer.streaming_content))
    assert "Auskunft über Ihre Daten" in text
    assert "36 Monate" in text
    assert "Mira Özdemir" in text
    assert Event.objects.filter(is_read=True, details={"what": "Kopie aller Daten"}).count() == 1


@pytest.mark.rule("DS-02")
def test_data_are_taken_along_for_machines_and_for_tables(world, login, client_file):
    request, web = ask(world, client_file, kind=RequestKind.PORTABILITY), login(world.counsellor)
    base = f"/akte/{client_file.public_id}/datenschutz/antrag/{request.public_id}/"

    data = json.loads(web.get(f"{base}daten.json").content)
    book = load_workbook(io.BytesIO(web.get(f"{base}daten.xlsx").content))

    assert data["format"] == "lotse-data-copy 1"
    assert data["sections"]["client"]["records"][0]["last_name"] == {
        "label": "Nachname", "value": "Özdemir", "text": "Özdemir",
    }  # fmt: skip
    assert "log" not in data["sections"]
    assert "Einwilligungen" in book.sheetnames
    assert [cell.value for cell in book["Angaben zur Person"][1]][:2] == ["angelegt am", "Beratungsstelle"]


def test_what_she_takes_along_is_hers(world, client_file):
    record_read(by=world.counsellor.actor, obj=client_file, file=client_file, what="Akte")
    sections = data_copy(client_file)
    assert {s.key for s in sections} - {s.key for s in portable(sections)} == {"log"}
    assert json.dumps(as_json(client_file, sections))


@pytest.mark.rule("DS-03")
def test_a_correction_stays_with_date_and_name(world, login, client_file):
    correction = note_correction(
        by=world.counsellor.actor, client=client_file, on=TODAY(), what="Geboren 1990", now="Geboren 1991"
    )

    page = login(world.technical_lead).get(f"/akte/{client_file.public_id}/datenschutz/").content.decode()
    assert ("Geboren 1990" in page, "Geboren 1991" in page, "Counsellor Beispiel" in page) == (True, True, True)
    assert Correction.objects.get() == correction


@pytest.mark.rule("DS-03")
def test_only_who_reads_the_file_corrects(world, client_file):
    with pytest.raises(NotAllowed):
        note_correction(by=world.dpo.actor, client=client_file, on=TODAY(), what="a", now="b")


@pytest.mark.rule("DS-04")
def test_a_frozen_file_is_read_and_not_continued(world, login, client_file):
    freeze(by=world.counsellor.actor, client=client_file, ground=FreezeGround.CONTESTED, on=TODAY())

    page = login(world.counsellor).get(f"/akte/{client_file.public_id}/").content.decode()
    assert "nur lesen: Verarbeitung eingeschränkt" in page
    assert [words in page for words in ("Kontakt erfassen", "ändern")] == [False, False]
    with pytest.raises(ValidationError, match="nicht weiterführen"):
        update_client(by=world.counsellor.actor, client=client_file, phone="1")

    unfreeze(by=world.technical_lead.actor, client=client_file)
    update_client(by=world.counsellor.actor, client=client_file, phone="1")


@pytest.mark.rule("DS-04")
def test_a_file_is_frozen_and_thawed_once(world, client_file):
    by = world.counsellor.actor
    with pytest.raises(ValidationError, match="nicht eingeschränkt"):
        unfreeze(by=by, client=client_file)
    freeze(by=by, client=client_file, ground=FreezeGround.CLAIMS, on=TODAY())
    with pytest.raises(ValidationError, match="schon eingeschränkt"):
        freeze(by=by, client=client_file, ground=FreezeGround.CLAIMS, on=TODAY())


@pytest.mark.rule("DS-04")
@pytest.mark.parametrize("name", ["colleague", "dpo", "sysadmin", "outsider"])
def test_nobody_else_freezes(world, client_file, name):
    with pytest.raises(NotAllowed):
        freeze(by=world.personas[name].actor, client=client_file, ground=FreezeGround.CLAIMS, on=TODAY())


@pytest.mark.rule("DS-05")
def test_a_hold_is_set_and_lifted_by_who_answers_for_data_protection(world, client_file):
    until = TODAY() + timedelta(days=90)
    with pytest.raises(NotAllowed):
        hold(by=world.counsellor.actor, client=client_file, reason="Klage", until=until)
    with pytest.raises(ValidationError, match="Zukunft"):
        hold(by=world.dpo.actor, client=client_file, reason="Klage", until=TODAY())

    held = hold(by=world.dpo.actor, client=client_file, reason="Klage", until=until)
    assert lift_hold(by=world.technical_lead.actor, held=held).lifted_on == TODAY()
    with pytest.raises(ValidationError, match="schon aufgehoben"):
        lift_hold(by=world.dpo.actor, held=held)


@pytest.mark.rule("DP-04")
def test_the_desk_names_no_client(world, login, client_file):
    ask(world, client_file)
    hold(by=world.dpo.actor, client=client_file, reason="Klage", until=TODAY() + timedelta(days=9))

    page = login(world.dpo).get("/datenschutz/").content.decode()

    assert ("Auskunft (Art. 15)" in page, f"Akte {client_file.number}" in page) == (True, True)
    assert ("Özdemir" in page, "Mira" in page) == (False, False)


def test_the_desk_sees_its_own_house_only(world, client_file):
    ask(world, client_file)
    assert len(open_requests(world.dpo.actor)) == 1
    assert open_requests(world.outsider.actor) == []
    assert DataSubjectRequest.objects.at_desk(world.sysadmin.actor).count() == 0


def test_pages_take_their_forms(world, login, client_file):
    web, base = login(world.counsellor), f"/akte/{client_file.public_id}/datenschutz/"
    web.post(f"{base}antrag/", {"kind": "access", "received_on": f"{TODAY()}", "identity": ""})
    request = DataSubjectRequest.objects.get()
    more = {"until": f"{TODAY() + timedelta(days=70)}", "reason": "Viele Akten"}
    web.post(f"{base}antrag/{request.public_id}/verlaengern/", more)
    given = {"on": f"{TODAY()}", "answer": "granted", "identity": "document", "note": ""}
    web.post(f"{base}antrag/{request.public_id}/antwort/", given)
    web.post(f"{base}berichtigung/", {"on": f"{TODAY()}", "what": "alt", "now": "neu"})
    web.post(f"{base}einschraenken/", {"on": f"{TODAY()}", "ground": "contested"})

    request.refresh_from_db()
    client_file.refresh_from_db()
    assert (request.answer, request.extended_until is not None) == ("granted", True)
    assert (client_file.frozen_on, Correction.objects.get().now) == (TODAY(), "neu")
    web.post(f"{base}aufheben/")
    assert "Die Verarbeitung ist nicht eingeschränkt." in web.post(f"{base}aufheben/", follow=True).content.decode()


def test_the_desk_takes_its_forms(world, login, client_file):
    Client.objects.update(restricted_on=TODAY() - timedelta(days=40))
    web = login(world.dpo)
    web.post("/datenschutz/fristen/client_file/", {"months": "60", "reason": "Beschluss"})
    assert "60 Monate" in web.get("/datenschutz/fristen/").content.decode()
    assert web.get("/datenschutz/fristen/with_owner/").status_code == 404

    until = f"{TODAY() + timedelta(days=9)}"
    web.post(f"/datenschutz/sperre/{client_file.public_id}/", {"reason": "Klage", "until": until})
    held = client_file.holds.get()
    assert "nichts zu löschen" in web.post("/datenschutz/loeschlauf/", follow=True).content.decode()
    web.post(f"/datenschutz/sperre/{held.public_id}/aufheben/")

    run = web.post("/datenschutz/loeschlauf/")["Location"]
    assert "Zustimmen kann nur eine andere Person." in web.get(run).content.decode()
    assert web.post(run, {"decision": "confirm"}).status_code == 403
    other = login(world.technical_lead)
    assert "Zugestimmt." in other.post(run, {"decision": "confirm"}, follow=True).content.decode()
    assert "schon entschieden" in other.post(run, {"decision": "cancel"}, follow=True).content.decode()


@pytest.mark.parametrize("key", ["verzeichnis", "folgenabschaetzung", "verschwiegenheit"])
def test_papers_of_the_house_come_as_pdf_and_word(world, login, key):
    web = login(world.dpo)

    pdf = web.get(f"/datenschutz/unterlagen/{key}.pdf")
    word = web.get(f"/datenschutz/unterlagen/{key}.docx")

    text = words_of(b"".join(pdf.streaming_content))
    assert ("KV Nordstadt" in text, "Muster" in text) == (True, True)
    assert word.content[:2] == b"PK"
    assert login(world.counsellor).get(f"/datenschutz/unterlagen/{key}.pdf").status_code == 403


def test_an_unknown_paper_does_not_exist(world, login):
    assert login(world.dpo).get("/datenschutz/unterlagen/geheim.pdf").status_code == 404


def test_the_register_shows_the_periods_that_hold_here(world, login):
    decide_retention(by=world.dpo.actor, retention_class="client_file", months=77, reason="Beschluss")
    pdf = login(world.dpo).get("/datenschutz/unterlagen/verzeichnis.pdf")
    assert "77 Monate" in words_of(b"".join(pdf.streaming_content))


def test_the_copy_says_of_every_date_how_exact_and_nothing_of_what_nobody_asked(world):
    client = make.person(
        world, birth_date=date(1990, 1, 1), birth_precision="year", entered_germany_on=date(2020, 5, 1)
    )
    [person] = data_copy(client)[0].records
    told = {value.label: value.text for value in person}

    assert (told["Geburtsdatum, wie genau"], told["Einreise, wie genau"]) == ("Jahr bekannt", "genau")
    assert "Haushalt" not in told
