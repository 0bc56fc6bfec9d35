from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.facts.actions import rate, set_value
from lotse.facts.definitions import all_settings, definitions
from lotse.facts.models import FigureSetting, YearlyRating
from lotse.facts.ratings import rated_indicators, ratings_of
from lotse.facts.registry import SHEETS, Period, Question, all_facts, fact
from lotse.facts.values import in_force, settled, value

TODAY = timezone.localdate()
KEY = "quality.entry_days"


def put(by, number, on=TODAY, key=KEY):
    return set_value(by=by.actor, key=key, value=f"{number}", valid_from=on)


def asked(by, day=TODAY):
    question = Question(by.actor, Period(date(day.year, 1, 1), day))
    return value(settled(question, [fact("quality.entered")]).period, KEY)


def test_without_a_decision_the_proposal_holds(world):
    assert asked(world.counsellor) == all_settings()[KEY].default == "3"


def test_a_value_holds_from_its_day_on(world):
    put(world.technical_lead, 5, TODAY - timedelta(days=10))
    put(world.technical_lead, 7, TODAY)
    days = [TODAY - timedelta(days=n) for n in (11, 10, 1, 0)]
    assert [asked(world.counsellor, day) for day in days] == ["3", "5", "5", "7"]


def test_the_own_house_goes_before_the_one_above_and_neighbours_do_not_matter(world):
    put(world.coordinator, 9)
    assert (asked(world.counsellor), asked(world.outsider)) == ("9", "9")
    put(world.technical_lead, 4, TODAY - timedelta(days=5))
    assert (asked(world.counsellor), asked(world.outsider), asked(world.coordinator)) == ("4", "9", "9")


def test_the_same_day_again_corrects(world):
    put(world.technical_lead, 4)
    put(world.carrier_manager, 6)
    assert FigureSetting.objects.get().value == "6"
    assert Event.objects.filter(key="figure_setting.set").count() == 2


@pytest.mark.parametrize("persona", ["counsellor", "funder", "dpo", "sysadmin", "specialist"])
def test_who_does_not_lead_and_count_decides_nothing(world, persona):
    with pytest.raises(NotAllowed):
        put(world.personas[persona], 4)
    with pytest.raises(NotAllowed):
        stars(world.personas[persona])


@pytest.mark.parametrize(("key", "number"), [
    (KEY, "0"), (KEY, "61"), (KEY, "drei"), (KEY, "²"), ("integration.language_level", "x9"), ("gibt.es.nicht", "1"),
])  # fmt: skip
def test_a_value_out_of_bounds_is_refused(world, key, number):
    with pytest.raises(ValidationError):
        put(world.technical_lead, number, key=key)


def test_the_page_says_whose_value_it_is(world):
    put(world.coordinator, 9)
    rows = {row.setting.key: row for row in in_force(world.counsellor.actor, TODAY)}
    assert (rows[KEY].words, rows[KEY].house, rows[KEY].since) == ("9 Tagen", "Bezirk Beispiel", TODAY)
    assert (rows["integration.language_level"].words, rows["integration.language_level"].since) == ("B1", None)


def stars(by, number=3, year=TODAY.year, reason="Der Arbeitskreis tagt.", indicator="network.offer", **more):
    given = {"indicator": indicator, "year": year, "rating": number, "reason": reason, "today": TODAY, **more}
    return rate(by=by.actor, **given)


def test_a_year_is_rated_once_and_can_be_corrected(world):
    first = stars(world.technical_lead)
    stars(world.carrier_manager, 4, revision=first.revision)
    row = YearlyRating.objects.get()
    assert (row.rating, row.reason, row.revision) == (4, "Der Arbeitskreis tagt.", 2)
    with pytest.raises(ValidationError, match="jemand anderes"):
        stars(world.technical_lead, 1, revision=first.revision)


@pytest.mark.parametrize("wrong", [
    {"number": 0}, {"number": 5}, {"reason": "  "}, {"year": TODAY.year + 1}, {"year": 1999}, {"indicator": "network.topics"},
])  # fmt: skip
def test_a_rating_has_four_steps_a_reason_and_a_year_that_has_begun(world, wrong):
    with pytest.raises(ValidationError):
        stars(world.technical_lead, **wrong)


def test_the_year_before_stands_beside_it(world):
    stars(world.technical_lead, 2, year=TODAY.year - 1)
    stars(world.technical_lead, 3)
    stars(world.coordinator, 1)
    rows = {row.indicator.key: row for row in ratings_of(world.counsellor.actor, TODAY.year)}
    assert rows.keys() == rated_indicators().keys()
    assert (rows["network.offer"].rating.rating, rows["network.offer"].before.rating, rows["network.offer"].words) == (
        3, 2, "weitgehend",
    )  # fmt: skip
    assert rows["network.mission"].rating is None


def test_every_figure_of_a_set_says_what_it_means():
    counted = {f.key: f for f in all_facts()}
    for name in ("integration", "counselling", "situation", "quality"):
        found = definitions(name)
        assert found.figures.keys() <= counted.keys(), name
        assert all(counted[key].share == said.share for key, said in found.figures.items())
    assert {f.sheet for f in all_facts()} == SHEETS.keys()
    assert [f.key for f in all_facts() if set(f.share) - set(f.keys)] == []
