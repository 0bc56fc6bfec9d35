from collections import Counter

import pytest

from lotse.auditlog.models import Event
from lotse.auditlog.sentences import sentence
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.enquiries import record_enquiry
from lotse.casework.models import Client
from lotse.facts.counting import rows_of_cell
from lotse.facts.registry import Period, Question, all_facts
from lotse.facts.results import evaluate
from tests.factories import casework as make
from tests.insight.conftest import LAST_YEAR

ALL = f"?scope=all&year={LAST_YEAR}"


def opened(web, path, query=""):
    answer = web.get(f"/auswertung/{path}/{query}")
    return answer.status_code, answer.content.decode()


def reads():
    return [sentence(event) for event in Event.objects.filter(is_read=True, object_type="openedcell")]


def test_a_cell_opens_down_to_the_files_it_counts(world, login):
    client = make.person(world, gender="w")
    make.case(world, client=client)
    make.case(world, client=make.person(world, last_name="Anders", gender="m"))

    _status, text = opened(login(world.counsellor), "cases.gender/w")

    assert ("Özdemir, Mira" in text, f"/akte/{client.public_id}/" in text, "Anders" in text) == (True, True, False)
    assert "Fälle, die im Zeitraum an mindestens einem Tag offen waren." in text
    assert "cases.gender, Fassung 1" in text


def test_opening_files_behind_a_number_is_logged_once(world, login):
    make.case(world, client=make.person(world, gender="w"))
    web = login(world.counsellor)

    for _ in range(2):
        opened(web, "cases.gender/w", "?start=2026-01-01")

    assert [entry.split(", 01.01.2026 bis")[0] for entry in reads()] == [
        "Counsellor Beispiel hat gelesen: Liste hinter der Zahl „Geschlecht: weiblich“"
    ]


def test_who_may_count_but_not_see_gets_the_number_and_no_names(world, year, login):
    _status, text = opened(login(world.colleague), "cases.gender/w", ALL)

    assert '<p class="figure">9 ' in text
    assert "dürfen Sie nicht lesen" in text
    assert ("Person" in text.split("<main")[1], reads()) == (False, [])


def test_a_protected_number_stays_protected_when_opened(world, year, login):
    _status, text = opened(login(world.colleague), "cases.gender/d", ALL)
    assert '<p class="figure">• ' in text
    assert "Diese Zahl ist geschützt" in text


def test_who_sees_some_gets_those_and_the_number_of_the_others(world, half_seen, login):
    _status, text = opened(login(world.colleague), "cases.gender/w", ALL)
    hers = Client.objects.visible_to(world.colleague.actor).filter(gender="w").count()

    assert text.count('<a href="/akte/') == hers
    assert f"{9 - hers} davon dürfen Sie nur zählen, nicht lesen." in text


@pytest.mark.parametrize("path", ["cases.nothing/w", "cases.gender/unbekannt", "cases.site/gibtesnicht"])
def test_an_unknown_figure_or_cell_does_not_exist(world, login, path):
    assert opened(login(world.counsellor), path)[0] == 404


def test_what_is_foreign_does_not_exist(world, login):
    foreign, own = world.far_site.public_id, world.site.public_id
    web = login(world.counsellor)

    assert opened(web, f"cases.site/{own}")[0] == 200
    assert opened(web, f"cases.site/{foreign}")[0] == 404
    assert opened(web, "cases.gender/_total", f"?site={foreign}")[0] == 404
    assert opened(web, "cases.site/_total", f"{ALL}&site={own}")[0] == 404


def test_long_lists_come_in_pages_and_every_row_once(world, login):
    for number in range(27):
        make.case(world, client=make.person(world, last_name=f"N{number:02}"), consented=False)
    web = login(world.counsellor)

    first = web.get("/auswertung/cases.movement/_total/").content.decode()
    more = first.split("ab=")[1].split('"')[0]
    second = web.get(f"/auswertung/cases.movement/_total/?ab={more}").content.decode()

    names = Counter(
        name
        for page in (first, second)
        for name in Client.objects.values_list("last_name", flat=True)
        if f"{name}," in page
    )
    assert (len(names), set(names.values())) == (27, {1})


def test_enquiries_are_listed_without_a_file_to_open_or_log(world, login):
    record_enquiry(
        by=world.counsellor.actor, site=world.site, programme=world.mbe, on=make.days_ago(1), channel="phone",
        route="own_initiative", topics=["housing"], outcome="resolved", next_step="",
    )  # fmt: skip
    _status, text = opened(login(world.counsellor), "enquiries.topic/housing")

    assert ("Einmalige Anfrage" in text, "/akte/" in text, reads()) == (True, False, [])


def test_every_number_equals_the_rows_behind_it(world):
    """For each cell of each figure: what is counted is what opens."""
    plan = make.plan(world, agreed=True)
    topics = ["housing", "family"]
    record_contact(by=world.counsellor.actor, case=plan.case, on=make.days_ago(1), channel="phone", topics=topics)
    make.case(world, client=make.person(world, last_name="Zwei", gender="w"))
    question = Question(world.counsellor.actor, Period(make.days_ago(300), make.days_ago(0)), own=True)

    for result in evaluate(all_facts(), question):
        for cell in (*result.cells, result.total):
            assert rows_of_cell(result.fact, cell.key, question).count() == cell.count, (result.fact.key, cell.key)
