"""A whole certification: rework, one document that never leaves the house, and a board that is not of one mind."""

import re

import pytest
from django.conf import settings
from django.test import Client as WebClient
from django.utils import timezone

from lotse.quality.actions import certification as acts
from lotse.quality.enums import Side, SubmissionMode
from tests.factories import quality_certification as make
from tests.factories import quality_guests as guests

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MEMBERS = (("Bea Beispiel", "Ja"), ("Bert Beispiel", "Nein"), ("Bodo Beispiel", "Ja"))


@pytest.fixture
def become(page, live_server):
    """The same browser in the hands of the next one; signing in is told in test_account.py."""

    def _become(user, path):
        web = WebClient()
        web.force_login(user)
        page.context.clear_cookies()
        value = web.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        page.goto(path)

    return _become


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name, exact=True):
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=exact).first.click()


@pytest.fixture
def procedure(world):
    """The contract is signed, and the house has proposed when."""
    made = make.contracted(world, make.registered(world))
    acts.propose_schedule(by=make.house(world), certification=made, days={"3": make.today(), "5": make.today()})
    return made


def test_a_whole_certification(world, procedure, page, become, look):
    house, room = world.carrier_manager.user, f"/gutachten/{procedure.public_id}/"
    of_house = f"/qualitaet/zertifizierung/{procedure.public_id}/"
    assessor = guests.guest(world, procedure).user
    board = [
        guests.board(world, procedure, name=name, is_chair=at == 0).user for at, (name, _vote) in enumerate(MEMBERS)
    ]
    become(assessor, "/")
    look("gutachten")
    press(page, "Einverstanden")

    _hand_in(world, procedure, page, become, of_house)
    _first_round(assessor, page, become, look, room)
    _rework(world, procedure, page, become, of_house)
    _second_round(assessor, page, become, room)
    _visit(page, look, room)
    _report(page, look, room)
    for user, (_name, said) in zip(board, MEMBERS, strict=True):
        become(user, f"{room}abstimmung/")
        page.get_by_label(said, exact=True).check()
        press(page, "Abstimmen")
    become(board[0], f"{room}abstimmung/")
    assert "2 Ja, 1 Nein" in page.content()
    look("gutachten-abstimmung")
    follow(page, "Entscheidung festhalten")
    look("gutachten-entscheidung")
    page.get_by_label("erteilen", exact=True).check()
    press(page, "Festhalten")

    become(house, of_house)
    assert "Gültig bis" in page.content()
    become(house, f"{of_house}gaeste/")
    look("gaeste")
    follow(page, "Was Gäste angesehen haben")
    look("gaeste-protokoll")
    assert "Gerda Beispiel (Begutachtung) hat gelesen: Checkliste." in page.content()


def _hand_in(world, procedure, page, become, of_house):
    procedure.refresh_from_db()
    make.document(world, procedure, "Konzeption")
    make.document(world, procedure, "Personalakten", SubmissionMode.ON_SITE_ONLY)
    make.answered(world, procedure)
    become(world.carrier_manager.user, f"{of_house}checkliste/")
    press(page, "Einreichen")


def _first_round(assessor, page, become, look, room):
    become(assessor, f"{room}checkliste/")
    look("gutachten-checkliste")
    assert page.get_by_role("link", name="Konzeption").count() == 1
    assert page.get_by_role("link", name="Personalakten").count() == 0
    assert "nur vor Ort" in page.content()
    follow(page, re.compile("Rückmeldung schreiben.*B 1$"), exact=False)
    look("gutachten-rueckmeldung-schreiben")
    page.get_by_label("Rückmeldung", exact=False).first.fill("Bitte mit einem Protokoll belegen.")
    page.get_by_label("Muss nachgearbeitet werden").check()
    press(page, "Speichern")
    page.goto(f"{room}rueckmeldung/")
    look("gutachten-rueckmeldung")
    press(page, "Bericht ausgeben")


def _rework(world, procedure, page, become, of_house):
    procedure.refresh_from_db()
    old = procedure.submissions.get(title="Konzeption")
    make.document(world, procedure, "Konzeption mit Protokoll", SubmissionMode.REVISED, replaces=old)
    become(world.carrier_manager.user, f"{of_house}checkliste/")
    assert "Bitte mit einem Protokoll belegen." in page.content()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("gilt weiter")).first.click()
    page.goto(f"{of_house}checkliste/")
    press(page, "Einreichen")


def _second_round(assessor, page, become, room):
    become(assessor, f"{room}rueckmeldung/zusammenfassung/")
    page.get_by_label("Zusammenfassung").fill("Jetzt ist alles belegt.")
    press(page, "Speichern")
    press(page, "Bericht ausgeben")


def _visit(page, look, room):
    page.goto(f"{room}besuch/planen/")
    page.get_by_label("Tag des Besuchs").fill(f"{timezone.localdate()}")
    press(page, "Speichern")
    for number in range(2):
        with page.expect_navigation():
            page.get_by_role("link", name=re.compile("festhalten")).nth(number).click()
        page.get_by_label("ja", exact=True).check()
        press(page, "Speichern")
    follow(page, "Gespräch notieren")
    page.get_by_label("Gespräch mit").fill("Beratung")
    page.get_by_label("Notiz").fill("Alle kennen die Konzeption.")
    press(page, "Speichern")
    look("gutachten-besuch")
    follow(page, "Besuch abschließen")
    press(page, "Abschließen")


def _report(page, look, room):
    page.goto(f"{room}auditbericht/schreiben/")
    page.get_by_label("Bericht", exact=True).fill("Die Standards werden gelebt.")
    page.get_by_label("erteilen", exact=True).check()
    press(page, "Speichern")
    look("gutachten-auditbericht")
    press(page, "Dem Beirat vorlegen")


def test_the_page_of_an_invitation_and_of_packages(world, procedure, page, become, look, mailoutbox):
    become(world.carrier_manager.user, f"/qualitaet/zertifizierung/{procedure.public_id}/gaeste/einladen/")
    look("gast-einladen")
    page.get_by_label("Name").fill("Paula Beispiel")
    page.get_by_label("Begutachtung", exact=True).check()
    press(page, "Eintragen")
    page.goto(f"/qualitaet/zertifizierung/{procedure.public_id}/pakete/")
    look("pakete")
    guests.invited(world, procedure, Side.BOARD, "Gerda Beispiel")
    link = re.search(r"/gutachten/einladung/\S+", mailoutbox[-1].body)[0]
    page.context.clear_cookies()
    page.goto(link)
    look("gast-einladung")
