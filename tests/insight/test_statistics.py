import re

import pytest
from django.utils import timezone

from lotse.organisations.models import Site
from tests.factories import casework as make
from tests.insight.conftest import LAST_YEAR, shown_facts

TODAY = timezone.localdate()


def page(web, query=""):
    return web.get(f"/auswertung/{query}").content.decode()


def table(text, title):
    """The numbers of one figure by their words."""
    section = next(part for part in text.split("<section")[1:] if f">{title} <span" in part)
    cells = re.findall(r'<th scope="row"[^>]*>(.*?)</th><td class="num">\s*(?:<a[^>]*>)?([^<\s]*)', section)
    return {name: number if number == "•" else int(number.replace(".", "")) for name, number in cells}


def test_who_holds_files_begins_with_exact_numbers_of_her_own(world, login):
    make.case(world, client=make.person(world, gender="w"))
    make.case(world, client=make.person(world, last_name="Ohne"))

    text = page(login(world.counsellor))

    assert table(text, "Geschlecht") == {"weiblich": 1, "nicht erhoben": 1, "zusammen": 2}


def test_of_the_others_she_counts_last_year(world, year, login):
    text = page(login(world.colleague), "?scope=all")

    assert f'<option value="{LAST_YEAR}" selected>' in text
    assert table(text, "Verlauf") == {"neu": 21, "fortgeführt": 0, "beendet": 0, "nicht erhoben": 0, "zusammen": 21}
    assert table(text, "Geschlecht")["divers"] == "•"


@pytest.mark.rule("ST-03")
@pytest.mark.parametrize("persona", ["carrier_manager", "coordinator", "funder"])
def test_who_sees_no_cases_has_released_tables_and_no_filter(world, login, persona):
    web = login(world.personas[persona])
    answer = web.get(f"/auswertung/?scope=all&year={LAST_YEAR}&format=csv")
    assert (answer.status_code, answer["Location"]) == (302, "/auswertung/freigegeben/")
    assert web.get("/auswertung/cases.gender/w/").status_code == 404


def test_what_is_not_recorded_stands_in_every_figure(world, year, login):
    text = page(login(world.colleague), "?scope=all")
    assert text.count(">nicht erhoben</th>") == len(shown_facts())


def test_shown_cells_add_up_to_the_total(world, year, login):
    text = page(login(world.counsellor), f"?scope=own&start={LAST_YEAR}-01-01&end={LAST_YEAR}-12-31")
    for fact in (fact for fact in shown_facts() if not fact.population.closed):
        numbers = table(text, fact.title)
        total = numbers.pop("zusammen")
        assert sum(numbers.values()) == total, fact.key


def test_a_site_without_cases_shows_zeros(world, year, login):
    empty = Site.objects.create(organisation=world.nordstadt, name="Beratungsstelle Neu")
    web = login(world.colleague)

    assert table(page(web, "?scope=all"), "Beratungsstellen")["Beratungsstelle Neu"] == 0
    assert set(table(page(web, f"?scope=all&site={empty.public_id}"), "Geschlecht").values()) == {0}


def test_a_year_without_work_shows_zeros(world, year, login):
    own = f"?scope=own&start={LAST_YEAR - 2}-01-01&end={LAST_YEAR - 2}-12-31"
    assert set(table(page(login(world.counsellor), own), "Verlauf").values()) == {0}
    assert set(
        table(page(login(world.colleague), f"?scope=all&year={LAST_YEAR - 2}"), "Einmalige Anfragen").values()
    ) == {0}


def test_a_technical_lead_has_no_enquiries_of_her_own_to_count(world, login):
    """She reads none, so zeros would be wrong; among all she may count they are."""
    web = login(world.technical_lead)
    assert ("Einmalige Anfragen" in page(web), "Einmalige Anfragen" in page(web, "?scope=all")) == (False, True)


@pytest.mark.parametrize(("query", "answer"), [
    ("?start=2026-05-01&end=2026-01-01", "Das Ende liegt vor dem Beginn."),
    (f"?start={TODAY.year + 1}-01-01&end={TODAY.year + 1}-12-31", "Das Datum liegt in der Zukunft."),
    ("?start=gestern&end=2026-01-01", "Bitte ein Datum wie"),
    ("?start=&end=2026-01-01", "Bitte ausfüllen."),
    (f"?scope=all&year={TODAY.year}", "Das steht hier nicht mehr zur Wahl"),
    ("?site=gibtesnicht", "Das steht hier nicht mehr zur Wahl"),
    ("?scope=alles", "Das steht hier nicht mehr zur Wahl"),
])  # fmt: skip
def test_a_wrong_question_counts_nothing_and_says_why(world, login, query, answer):
    text = page(login(world.counsellor), query)
    assert answer in text
    assert "<caption" not in text


def test_a_foreign_site_is_no_choice(world, login):
    text = page(login(world.counsellor), f"?scope=all&site={world.far_site.public_id}")
    assert "Das steht hier nicht mehr zur Wahl" in text


def test_site_and_programme_together_are_for_own_files_only(world, login):
    both = f"site={world.site.public_id}&programme={world.mbe.public_id}"
    web = login(world.counsellor)

    assert "Bitte entweder eine Beratungsstelle oder ein Programm wählen." in page(web, f"?scope=all&{both}")
    assert "<caption" in page(web, f"?scope=own&{both}")


def test_of_the_others_nobody_chooses_days(world, year, login):
    """Days in the address are not heard: one day after the other would show each single case."""
    web = login(world.colleague)
    asked = page(web, f"?scope=all&start={LAST_YEAR}-03-01&end={LAST_YEAR}-03-01")
    assert table(asked, "Verlauf") == table(page(web, "?scope=all"), "Verlauf")


@pytest.mark.parametrize("persona", ["counsellor", "technical_lead", "coordinator"])
@pytest.mark.parametrize("cases", [1, 3])
def test_statistics_page_costs_at_most_ten_statements(world, login, django_assert_max_num_queries, persona, cases):
    for number in range(cases):
        make.case(world, client=make.person(world, last_name=f"N{number}"))
    web = login(world.personas[persona])
    web.get("/auswertung/")
    with django_assert_max_num_queries(10):
        web.get("/auswertung/")
