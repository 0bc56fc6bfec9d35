import csv
import io
import re
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from lotse.auditlog.models import Event
from lotse.casework.actions.plans import record_status
from lotse.casework.models import Client, CounsellingCase, SupportPlan
from lotse.facts.models import FigureSetting, YearlyRating
from lotse.facts.registry import FORGOTTEN
from lotse.programmes.models import Programme, SiteOffer
from lotse.surveys.facts import CLOSED
from lotse.surveys.models import SurveyRound
from tests.casework.test_outcomes import part_a
from tests.factories import casework as make
from tests.factories import surveys
from tests.personas import START

TODAY = timezone.localdate()


@pytest.fixture
def managed(world):
    programme = Programme.objects.create(code="intman", name="Integrationsmanagement")
    SiteOffer.objects.create(programme=programme, site=world.site, valid_from=START)
    case = make.case(world, programme=programme)
    part_a(case, employed=True)
    return case


def text(web, url):
    return web.get(url).content.decode()


def test_a_figure_says_what_it_means_and_opens_its_rows(world, managed, login):
    web = login(world.counsellor)
    page = text(web, "/auswertung/kennzahl/integration.employed/?sheet=integration")

    for words in ("100 %", "1 von 1, 0 nicht erhoben", "Hat ein Arbeitsverhältnis", "6 von 7", "Nr. 12", "Vorschlag", "jede einmal"):  # fmt: skip
        assert words in page
    assert str(managed.client) in text(web, "/auswertung/integration.employed/yes/?sheet=integration")


def test_who_only_counts_sees_the_same_page_with_dots(world, managed, login):
    CounsellingCase.objects.update(first_contact_on=date(TODAY.year - 1, 5, 1))
    year = f"scope=all&year={TODAY.year - 1}"
    page = text(login(world.colleague), f"/auswertung/kennzahl/integration.employed/?sheet=integration&{year}")
    assert ("Ein Anteil steht nur da" in page, str(managed.client) in page) == (True, False)


def test_a_figure_names_the_values_that_it_needs(world, managed, login):
    FigureSetting.objects.create(
        organisation=world.nordstadt, key="integration.language_level", value="a2", valid_from=START
    )
    page = text(login(world.counsellor), "/auswertung/kennzahl/integration.language_course/?sheet=integration")
    assert ("Abgeschlossen ab Niveau" in page, ">A2" in page) == (True, True)


@pytest.mark.parametrize(
    "url",
    [
        "kennzahl/gibt.es.nicht/",
        "kennzahl/cases.age/?start=gestern",
        "werte/gibt.es.nicht/",
        "netzwerk/network.topics/",
    ],
)
def test_what_is_not_there_is_not_found(world, login, url):
    assert login(world.counsellor).get(f"/auswertung/{url}").status_code == 404


def test_sheets_that_have_figures_are_offered(world, login):
    page = text(login(world.counsellor), "/auswertung/")
    assert ("Wirkung: Migrationsberatung" in page, "Wirkung: Integrationsmanagement" in page) == (True, False)


def test_the_self_reports_stand_with_their_indicators_where_these_are_offered(world, managed, login):
    asked = surveys.asked(world)
    surveys.answered(world, asked, *[surveys.YES] * 6)
    surveys.closed(world, asked)
    SurveyRound.objects.update(closed_at=f"{TODAY.year - 1}-06-01T12:00:00Z")
    web, year = login(world.colleague), f"scope=all&year={TODAY.year - 1}"
    page = text(web, f"/auswertung/?sheet=integration&{year}")

    assert "Kennen wichtige Hilfsangebote" in page
    assert "Kennen wichtige Hilfsangebote" not in text(web, f"/auswertung/?sheet=work&{year}")
    assert "/auswertung/surveys.knows_offers/yes/" not in page
    figure = text(web, f"/auswertung/kennzahl/surveys.knows_offers/?sheet=integration&{year}")
    for words in (
        "100 %",
        "6 von 6, 0 nicht erhoben",
        "Nr. 8",
        "4 von 7",
        CLOSED,
        "Alle, die diese Frage beantwortet haben",
    ):
        assert words in figure


def test_a_sheet_names_what_is_not_recorded(world, managed, login):
    web = login(world.counsellor)
    page = text(web, "/auswertung/?sheet=integration")
    numbers = [int(number) for number in re.findall(r"<strong>(\d+): ", page)]
    assert (numbers, page.count("Wird in Lotse noch nicht erfasst.")) == ([], 0)
    assert "Noch nicht erfasst" not in text(web, "/auswertung/?sheet=work")


def test_a_figure_of_whole_files_says_that_erased_ones_do_not_count(world, managed, login):
    web = login(world.counsellor)
    assert FORGOTTEN in text(web, "/auswertung/kennzahl/integration.employed/?sheet=integration")
    assert FORGOTTEN in text(web, "/auswertung/integration.employed/yes/?sheet=integration")
    assert FORGOTTEN not in text(web, "/auswertung/kennzahl/cases.movement/")


def test_figures_stand_in_the_order_of_their_list(world, managed, login):
    found = login(world.counsellor).get("/auswertung/?sheet=integration").context["asked"].facts
    assert [fact.number for fact in found] == sorted(
        (fact.number for fact in found), key=lambda number: int(number.split(" ")[0])
    )
    assert [fact.number for fact in found][:3] == ["1", "2", "3"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_shows_the_share_beside_the_total(world, login, ending):
    programme = Programme.objects.create(code="intman", name="Integrationsmanagement")
    SiteOffer.objects.create(programme=programme, site=world.site, valid_from=START)
    for number in range(12):
        made = make.case(world, client=make.person(world, last_name=f"N{number}"), programme=programme)
        part_a(made, employed=number < 6)
    rows = exported(login(world.counsellor), ending)
    shares = {(r["Kennung"], r["Ausprägung"]): f"{r['Anteil in %'] or ''}" for r in rows}
    assert (shares["integration.employed", "zusammen"], shares["integration.employed", "ja"]) == ("50", "")


def exported(web, ending):
    content = web.get(f"/auswertung/?sheet=integration&format={ending}").content
    if ending == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    head, *rows = load_workbook(io.BytesIO(content))["Statistik"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_value_is_set_on_its_page(world, login):
    web = login(world.technical_lead)
    answer = web.post("/auswertung/werte/quality.entry_days/", {"value": "7", "valid_from": f"{TODAY}"})
    assert (answer.status_code, FigureSetting.objects.get().value) == (302, "7")
    assert "7 Tagen" in text(web, "/auswertung/werte/")
    assert (
        "Bitte"
        in web.post("/auswertung/werte/integration.language_level/", {"value": "x", "valid_from": ""}).content.decode()
    )


def test_who_does_not_decide_reads_only(world, login):
    web = login(world.counsellor)
    assert "Speichern" not in text(web, "/auswertung/werte/quality.entry_days/")
    assert (
        web.post("/auswertung/werte/quality.entry_days/", {"value": "7", "valid_from": f"{TODAY}"}).status_code == 403
    )
    assert web.post("/auswertung/netzwerk/network.offer/", {"rating": "2", "reason": "Gut."}).status_code == 403


def test_a_year_is_rated_on_its_page(world, login):
    web, year = login(world.technical_lead), TODAY.year - 1
    url = f"/auswertung/netzwerk/network.offer/?jahr={year}"
    assert "Bitte ausfüllen." in web.post(url, {"rating": "2", "reason": ""}).content.decode()
    assert web.post(url, {"rating": "2", "reason": "Es fehlt an Plätzen."}).status_code == 302
    assert (
        YearlyRating.objects.get().year,
        "Es fehlt an Plätzen." in text(web, f"/auswertung/netzwerk/?jahr={year}"),
    ) == (year, True)
    assert f"Netzwerk und Öffnung {TODAY.year}" in text(web, "/auswertung/netzwerk/?jahr=1999")


def planned(world, case):
    Client.objects.filter(pk=case.client_id).update(
        gender="w", birth_date=date(2000, 2, 29), entered_germany_on=date(2024, 1, 31), country_of_origin="sy", last_name="Geheim"
    )  # fmt: skip
    plan = make.plan(world, of=case)
    SupportPlan.objects.filter(pk=plan.pk).update(manager_number=4)
    record_status(by=world.counsellor.actor, plan=plan, key_date=make.days_ago(5), value="in_implementation")
    return plan


def test_the_evaluation_block_has_seven_fields_and_the_state_and_no_name(world, managed, login):
    plan = planned(world, managed)
    answer = login(world.counsellor).get(f"/auswertung/evaluation/?key_date={make.days_ago(4)}&format=csv")
    head, row = csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";")

    day = make.days_ago(4)
    months = (day.year - 2024) * 12 + day.month - 1 - (day.day < 31)
    age = day.year - 2000 - ((day.month, day.day) < (2, 29))
    assert len(head) == 8
    assert row == [
        "weiblich",
        f"{age}",
        f"{months}",
        "Syrien",
        f"{plan.number}",
        "05334012",
        "4",
        "befindet sich in der Umsetzung",
    ]


def test_the_evaluation_block_is_as_of_the_day(world, managed, login):
    planned(world, managed)
    web = login(world.counsellor)
    assert "befindet sich" not in text(web, f"/auswertung/evaluation/?key_date={make.days_ago(6)}")
    assert "lief kein Plan" in text(web, f"/auswertung/evaluation/?key_date={make.days_ago(25)}")


def test_opening_the_evaluation_block_is_logged_for_each_file(world, managed, login):
    planned(world, managed)
    login(world.technical_lead).get("/auswertung/evaluation/?format=xlsx")
    event = Event.objects.get(key="downloaded")
    assert (event.file_ref, event.details) == (managed.client.public_id, {"what": "Evaluationsdatensatz"})


def test_nobody_gets_rows_of_files_that_are_closed_to_her(world, managed, login):
    planned(world, managed)
    for persona in (world.colleague, world.outsider):
        assert "lief kein Plan" in text(login(persona), "/auswertung/evaluation/")
    for persona in (world.coordinator, world.funder, world.carrier_manager):
        assert login(persona).get("/auswertung/evaluation/?format=csv").status_code == 403
