"""Two quarters of a forum and its coordination round: a topic goes up, is decided and comes back; an officer stays outside."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.network.enums import Part
from lotse.network.models import Notes, Topic
from tests.factories import casework as casework_make
from tests.factories import forum as make
from tests.network.test_patterns import stuck
from tests.network.test_tasks import given

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOTES = "Beim Jobcenter gibt es seit Wochen keine Termine.\n\nFür den Raum bitten wir um einen Beamer.\n\nNur für uns: Wir sind müde."


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def follow(page, name, **more):
    page.get_by_role("link", name=name, **more).first.click()
    page.wait_for_load_state()


@pytest.fixture
def as_(page, sign_in, world):
    """Who has signed in once in this journey comes back with her session: logins in a row are slowed down."""
    sessions = {}

    def _as(name, address="/"):
        page.context.clear_cookies()
        if name in sessions:
            page.context.add_cookies(sessions[name])
        else:
            sign_in(world.personas[name])
            sessions[name] = page.context.cookies()
        page.goto(address)

    return _as


def test_a_topic_goes_up_is_decided_and_comes_back(world, page, as_, look):
    forum = make.forum(world)
    stuck(world, 6, casework_make.partner(world, name="Jobcenter Nordstadt"), topic="housing")
    make.meeting_of(forum.round, days=14)

    as_("counsellor", "/netzwerk/themen/")
    look("themen-leer")
    follow(page, "Muster suchen")
    look("muster")
    follow(page, "melden")
    page.get_by_label("Was soll sich ändern?").fill("Termine auch ohne Anruf, Familie Özdemir zum Beispiel.")
    press(page, "Einbringen")
    look("muster-name-gefunden")
    page.get_by_label("Was soll sich ändern?").fill("Termine auch ohne Anruf.")
    press(page, "Einbringen")
    topic = Topic.objects.get()
    address = f"/netzwerk/themen/{topic.public_id}/"

    as_("outsider")
    look("heute-thema-freigeben")
    follow(page, topic.title)
    look("thema-im-forum")
    press(page, "Freigeben")
    as_("officer")
    look("heute-thema-auf-tagesordnung")
    follow(page, topic.title)
    press(page, "Auf die nächste Tagesordnung")
    follow(page, "Besprochen")
    page.get_by_label("Was wurde besprochen?").fill("Die Stadt spricht mit dem Jobcenter.")
    press(page, "Speichern")

    # the second quarter: nothing yet, then politics, then the answer
    Topic.objects.update(released_on=timezone.localdate() - timedelta(days=95))
    as_("counsellor", "/netzwerk/themen/?stand=ohne-antwort")
    look("themen-ohne-antwort")
    as_("officer", address)
    follow(page, "An die Politik geben")
    page.get_by_label("An wen").fill("An den Sozialausschuss, Sitzung im März.")
    press(page, "Speichern")
    look("thema-bei-der-politik")
    follow(page, "Rückmeldung geben")
    page.get_by_label("Was soll das Forum erfahren?").fill("Ab April gibt es Termine online.")
    look("thema-rueckmeldung-geben")
    press(page, "Speichern")
    as_("counsellor")
    look("heute-rueckmeldung")
    follow(page, topic.title)
    look("thema-beantwortet")
    follow(page, "abschließen")
    press(page, "Speichern")
    look("thema-abgeschlossen")


def test_words_leave_part_1_when_all_agree(world, page, as_, look, complaints):
    forum = make.forum(world)
    forum.seat("officer", in_inner_part=False)
    Notes.objects.create(organisation=world.nordstadt, meeting=forum.meeting, part=Part.INNER, text=NOTES)
    inner = f"/netzwerk/teil-1/{forum.meeting.public_id}/"

    as_("counsellor", inner)
    look("teil-1-leer")
    follow(page, "Zur Freigabe vorschlagen")
    page.get_by_label("Beim Jobcenter gibt es").check()
    press(page, "Übernehmen")
    look("freigabe-vorschlagen")
    press(page, "Vorschlagen")

    as_("outsider")
    look("heute-freigabe")
    follow(page, "Beim Jobcenter")
    look("freigabe-zustimmen")
    follow(page, "Einwand")
    page.get_by_label("Was spricht dagegen?").fill("Zu allgemein.")
    press(page, "Speichern")
    look("freigabe-einwand")
    press(page, "zurücknehmen")
    page.get_by_label("Wir haben diesen Text gemeinsam festgelegt").check()
    press(page, "Freigeben")
    released = page.url
    press(page, "An Koordinierungsrunde")
    look("freigabe-weitergegeben")

    as_("officer", released)
    look("freigabe-von-aussen")
    assert "müde" not in page.content()
    page.goto(inner)
    assert "müde" not in page.content()
    assert [text for text in complaints if "404" not in text] == []
    complaints.clear()


def test_tasks_are_done_and_looked_at(world, page, as_, look):
    forum = make.forum(world)
    today = timezone.localdate()
    given(
        forum,
        text="Beim Jobcenter nachfragen, ob es im Januar zusätzliche Termine gibt",
        due_on=today - timedelta(days=3),
    )
    given(forum, text="Einladung an die Ausländerbehörde", due_on=today + timedelta(days=5))
    given(forum, text="Raum suchen", by="counsellor", owner="outsider")
    as_("counsellor", "/netzwerk/aufgaben/")
    look("aufgaben")
    follow(page, "Beim Jobcenter")
    look("aufgabe-offen")
    page.get_by_label("Was ist herausgekommen?").fill("Vier Termine in der zweiten Woche.")
    press(page, "Erledigt")
    look("aufgaben-danach")
    as_("officer", "/netzwerk/aufgaben/?stand=erledigt")
    follow(page, "Beim Jobcenter")
    look("aufgabe-pruefen")
    press(page, "Ergebnis geprüft")
    look("aufgabe-geprueft")
