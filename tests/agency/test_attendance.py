"""A list that people sign with their phone: names only while it is open, one paper afterwards."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.agency.actions.attendance import MOST, open_sheet, sign_in
from lotse.agency.models import MeasureEvidence, SignedName, SignInSheet
from lotse.agency.queries.attendance import sheet_behind
from lotse.core.errors import NotAllowed
from lotse.correspondence.links import LinkInvalid
from lotse.documents import blobs
from lotse.organisations.actor import SystemActor

PAGE = "/agentur/anmelden/"


@pytest.fixture
def sheet(house):
    measure = house.measure(on=timezone.localdate(), title="Lesefest")
    return open_sheet(by=house.world.worker.actor, measure=measure, on=timezone.localdate())


def signed(sheet, *names):
    for name in names:
        by = SystemActor("Test", organisation_id=sheet.organisation_id, public_id=sheet.public_id)
        sign_in(by=by, sheet=sheet, name=name, institution="Verein")


def test_whoever_has_the_code_writes_a_name_and_nothing_else(sheet, client):
    page = client.get(PAGE, {"t": sheet.token}).content.decode()
    assert "Lesefest" in page
    assert re.findall(r'<input type="text" name="(\w+)"', page) == ["name", "institution"]
    answer = client.post(PAGE, {"t": sheet.token, "name": "Ayla Beispiel", "institution": "Elternverein"})
    assert "danke=1" in answer["Location"]
    assert "Danke" in client.get(answer["Location"]).content.decode()
    entry = SignedName.objects.get()
    assert (entry.name, entry.institution) == ("Ayla Beispiel", "Elternverein")


def test_nobody_else_on_the_list_is_shown_to_who_signs(sheet, client):
    signed(sheet, "Ayla Beispiel")
    assert "Ayla" not in client.get(PAGE, {"t": sheet.token}).content.decode()


def test_an_empty_name_is_asked_for_again(sheet, client):
    assert "Bitte ausfüllen." in client.post(PAGE, {"t": sheet.token, "name": " "}).content.decode()
    assert not SignedName.objects.exists()


def test_a_wrong_or_old_code_opens_nothing(sheet, client):
    assert client.get(PAGE, {"t": "falsch"}).status_code == 404
    assert client.get(PAGE).status_code == 404
    token = sheet.token
    SignInSheet.objects.update(closed_at=timezone.now())
    assert client.post(PAGE, {"t": token, "name": "x"}).status_code == 404
    with pytest.raises(LinkInvalid):
        sheet_behind(token)


def test_the_page_is_not_kept_by_search_engines_and_throttled(sheet, client, monkeypatch):
    assert client.get(PAGE, {"t": sheet.token}).headers["X-Robots-Tag"] == "noindex, nofollow"
    monkeypatch.setattr("lotse.agency.views.attendance.admit", lambda *_: False)
    assert client.get(PAGE, {"t": sheet.token}).status_code == 429


def test_the_link_holds_for_that_day_only(house):
    with pytest.raises(ValidationError, match="schon vorbei"):
        open_sheet(by=house.world.worker.actor, measure=house.measure(), on=timezone.localdate() - timedelta(days=1))


def test_there_is_one_open_list_a_day(house, sheet):
    with pytest.raises(ValidationError, match="schon eine Liste offen"):
        open_sheet(by=house.world.worker.actor, measure=sheet.measure, on=sheet.on)


def test_a_list_is_not_flooded(sheet):
    rows = [SignedName(organisation=sheet.organisation, sheet=sheet, name="x", institution="") for _ in range(MOST)]
    SignedName.objects.bulk_create(rows)
    with pytest.raises(ValidationError, match="voll"):
        signed(sheet, "Noch jemand")


def test_only_the_agency_opens_a_list(house):
    for name in ("coordinator", "carrier_manager", "far_worker"):
        with pytest.raises(NotAllowed):
            open_sheet(by=house.world.personas[name].actor, measure=house.measure(), on=timezone.localdate())


@pytest.mark.rule("IA-12")
def test_closing_makes_one_paper_and_leaves_no_rows(house, sheet, login):
    signed(sheet, "Ayla Beispiel", "Bo Muster")
    web, url, token = login(house.world.worker), f"/agentur/listen/{sheet.public_id}/", sheet.token
    shown = web.get(url).content.decode()
    assert "Eingetragen: 2" in shown
    assert "<svg" in shown
    web.post(f"{url}abschliessen/")
    evidence = MeasureEvidence.objects.get().evidence
    assert (evidence.kind, evidence.has_personal_data, evidence.funding_year) == (
        "attendance_list",
        True,
        sheet.on.year,
    )
    assert blobs.read(evidence.file.storage_name, evidence.file.public_id).startswith(b"%PDF")
    closed = SignInSheet.objects.get()
    assert (SignedName.objects.count(), closed.token, closed.measure.participants) == (0, "", 2)
    with pytest.raises(LinkInvalid):
        sheet_behind(token)
    assert web.get(url).status_code == 404


def test_who_was_counted_before_is_not_counted_anew(house, sheet, login):
    type(sheet.measure).objects.update(participants=30)
    signed(sheet, "Ayla Beispiel")
    login(house.world.worker).post(f"/agentur/listen/{sheet.public_id}/abschliessen/")
    assert SignInSheet.objects.get().measure.participants == 30


def test_who_signs_while_it_is_closed_is_not_lost(house, sheet, login, monkeypatch):
    signed(sheet, "Ayla Beispiel")
    real = __import__("lotse.agency.views.attendance", fromlist=["render_pdf"]).render_pdf

    def slowly(document):
        signed(sheet, "Bo Muster")
        return real(document)

    monkeypatch.setattr("lotse.agency.views.attendance.render_pdf", slowly)
    login(house.world.worker).post(f"/agentur/listen/{sheet.public_id}/abschliessen/")
    assert (SignedName.objects.count(), MeasureEvidence.objects.count()) == (2, 0)


def test_an_empty_list_leaves_no_paper(house, sheet, login):
    login(house.world.worker).post(f"/agentur/listen/{sheet.public_id}/abschliessen/")
    assert (SignInSheet.objects.count(), MeasureEvidence.objects.count()) == (0, 0)


def test_an_entry_is_struck(house, sheet, login):
    signed(sheet, "Quatsch")
    entry = SignedName.objects.get()
    login(house.world.worker).post(f"/agentur/listen/{sheet.public_id}/{entry.public_id}/streichen/")
    assert not SignedName.objects.exists()


def test_a_list_is_printed_to_be_signed_with_a_pen(house, sheet, login):
    answer = login(house.world.worker).get(f"/agentur/massnahmen/{sheet.measure.public_id}/liste.pdf")
    assert answer.getvalue().startswith(b"%PDF")


def test_names_on_an_open_list_are_for_the_agency_only(house, sheet, login):
    url = f"/agentur/listen/{sheet.public_id}/"
    answers = [login(house.world.personas[name]).get(url).status_code for name in ("coordinator", "carrier_manager")]
    assert answers == [404, 404]
