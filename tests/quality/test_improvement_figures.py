"""Improvements and complaints in figures and on *Heute*: for who keeps quality, opened to their rows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.facts.counting import TOTAL, rows_of_cell
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.organisations.ties import ties_of
from lotse.quality.models import Improvement
from lotse.quality.queries.today import work_items
from tests.factories import quality as catalogue
from tests.factories import quality_improvements as make
from tests.factories.quality_improvements import days

YEAR = Period(days(-200), days(0))


def asked(persona, name):
    (result,) = evaluate([fact(f"improvement.{name}")], Question(persona.actor, YEAR))
    return result


def counts(persona, name):
    return {cell.label: cell.count for cell in asked(persona, name).recorded if cell.count}


def told(persona):
    return [(item.title, item.sentence, item.badge) for item in work_items(persona.actor, timezone.localdate())]


@pytest.fixture
def lead(world):
    return world.technical_lead


def test_open_improvements_and_their_overdue_share(world, lead):
    make.raised(world)
    make.overdue(make.raised(world))
    make.closed(world)
    assert counts(lead, "overdue") == {"im Plan": 1, "überfällig": 1}
    assert asked(lead, "overdue").share.percent == 50


@pytest.mark.parametrize(
    ("after", "band"), [(30, "bis 30 Tage"), (31, "bis 90 Tage"), (180, "bis 180 Tage"), (181, "länger")]
)
def test_days_from_the_finding_to_the_effect(world, lead, after, band):
    row = make.closed(world)
    begun = row.effect_checked_at - timedelta(days=after)
    Improvement.objects.filter(pk=row.pk).update(raised_at=begun)
    assert counts(lead, "time_to_effect") == {band: 1}


def test_what_did_not_help_has_no_time_to_effect(world, lead):
    make.closed(world, effect="not_effective")
    assert counts(lead, "time_to_effect") == {}


def test_complaints_by_topic_and_in_time(world, lead):
    make.answered(world, make.taken_down(world))
    make.answered(world, make.taken_down(world, received_on=days(-20), topic="manner"))
    make.taken_down(world, received_on=days(-15))
    make.taken_down(world)
    make.taken_down(world, kind="praise")
    assert counts(lead, "complaints") == {"Erreichbarkeit und Wartezeit": 3, "Umgang miteinander": 1}
    assert counts(lead, "complaints_in_time") == {
        "rechtzeitig": 1, "später": 1, "fehlt": 1, "noch nicht fällig": 1,
    }  # fmt: skip
    share = asked(lead, "complaints_in_time").share
    assert (share.numerator, share.denominator) == (1, 3)


@pytest.mark.rule("QM-21")
def test_a_complaint_about_herself_nobody_counts(world, lead):
    make.taken_down(world, handled_by=world.colleague, about=lead)
    assert counts(lead, "complaints") == {}
    assert sum(counts(world.carrier_manager, "complaints").values()) == 1


def test_suggestions_by_their_answer(world, lead):
    make.suggested(world)
    assert counts(lead, "suggestions") == {"noch nicht beantwortet": 1}


def test_behind_a_number_stand_its_rows(world, lead):
    row = make.raised(world)
    make.raised(world, by=catalogue.far_manager(world), owner=world.far_manager, organisation=world.suedstadt)
    found = rows_of_cell(fact("improvement.overdue"), TOTAL, Question(lead.actor, YEAR))
    assert list(found) == [row]


def test_only_who_keeps_quality_is_offered_them(world, login):
    make.raised(world)
    sheet = "/auswertung/?sheet=improvement"
    assert "Offene Verbesserungen" in login(world.technical_lead).get(sheet).content.decode()
    assert "Offene Verbesserungen" not in login(world.counsellor).get(sheet).content.decode()


def test_who_looks_over_carriers_counts_their_improvements_and_reads_none(world):
    row = make.overdue(make.raised(world))
    make.closed(world)
    assert counts(world.coordinator, "overdue") == {"überfällig": 1}
    assert counts(world.coordinator, "time_to_effect") == {"bis 30 Tage": 1}
    found = rows_of_cell(fact("improvement.overdue"), TOTAL, Question(world.coordinator.actor, YEAR))
    assert (list(found), Improvement.objects.filter(pk=row.pk).exists()) == ([], True)


def test_what_people_say_is_not_for_who_looks_over_carriers(world):
    make.taken_down(world)
    for name in ("complaints", "complaints_in_time", "suggestions"):
        assert evaluate([fact(f"improvement.{name}")], Question(world.coordinator.actor, YEAR)) == []


def test_the_district_finds_them_below_the_state_of_its_carriers(world, login):
    make.overdue(make.raised(world, title="Schild am Eingang"))
    page = login(world.coordinator).get("/qualitaet/traeger/").content.decode()
    assert '<th scope="row">überfällig</th><td class="num">1</td>' in page
    assert ("Schild am Eingang" in page, "Beschwerden" in page.split("<main")[1]) == (False, False)


def test_of_another_district_nobody_counts_anything(world):
    make.raised(world)
    far = catalogue.far_manager(world)
    assert counts(far, "overdue") == {}


# --- Heute -----------------------------------------------------------------------------------------------------------
def test_today_names_hers_that_is_due_soon(world):
    make.raised(world, title="Schild", due_on=days(7))
    make.raised(world, title="Später", due_on=days(8))
    assert told(world.counsellor) == [("Verbesserung", f"Schild, bis {days(7):%d.%m.%Y}", "fällig")]
    assert told(world.colleague) == []


def test_today_asks_another_to_check_the_effect(world, lead):
    row = make.done(world, owner=lead, title="Schild")
    Improvement.objects.filter(pk=row.pk).update(effect_due_on=days(0))
    line = ("Wirkung prüfen", f"Schild, ab {days(0):%d.%m.%Y}", "")
    assert (told(lead), told(world.carrier_manager)) == ([], [line])


def test_today_names_what_is_to_be_answered_and_what_is_late_with_others(world, lead):
    make.taken_down(world, handled_by=world.colleague, received_on=days(-15))
    late = f"{days(-1):%d.%m.%Y}"
    assert told(world.colleague) == [("Rückmeldung beantworten", f"bis {late}", "")]
    assert told(lead) == [("Rückmeldung ohne Antwort", f"war fällig am {late}", "überfällig")]


def test_today_says_nothing_to_whom_it_is_about(world, lead):
    make.taken_down(world, handled_by=world.colleague, about=lead, received_on=days(-15))
    assert told(lead) == []


def test_today_asks_for_an_answer_to_a_suggestion(world, lead):
    make.suggested(world)
    assert told(lead) == [("Vorschlag beantworten", f"Mehr Stühle, vom {days(0):%d.%m.%Y}", "")]


def test_today_in_one_statement_however_much_there_is(world, lead, django_assert_num_queries):
    for _number in range(3):
        make.overdue(make.raised(world, owner=lead))
        make.taken_down(world)
        make.suggested(world)
    actor = lead.actor
    with django_assert_num_queries(1):
        assert len(work_items(actor, timezone.localdate())) == 3


def test_today_shows_them(world, login):
    make.overdue(make.raised(world, title="Schild"))
    assert "Schild" in login(world.counsellor).get("/").content.decode()


# --- who leaves ------------------------------------------------------------------------------------------------------
def test_nobody_leaves_with_work_in_hand(world):
    make.raised(world)
    make.done(world)
    make.taken_down(world, handled_by=world.counsellor)
    labels = {(tie.label, tie.count) for tie in ties_of(world.counsellor.person)}
    assert {("offene Verbesserung", 1), ("Rückmeldung ohne Antwort", 1)} <= labels
