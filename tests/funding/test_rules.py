"""What holds for money, each rule by itself; nothing here needs a database."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Row

import pytest

from lotse.funding import rules
from lotse.funding.rules import Cost
from lotse.organisations.actor import Actor

CARRIER, SIBLING, DISTRICT = Row(path="/1/2/"), Row(path="/1/3/"), Row(path="/1/")
NOBODY = Actor(person_id=7, ref="", label="", organisation_id=2)
CLERK, DISTRICT_CLERK = NOBODY.but(funded_paths=frozenset({"/1/2/"})), NOBODY.but(funded_paths=frozenset({"/1/"}))
COST = Cost("R-17", "Druckerei Beispiel", Decimal("119.00"), date(2026, 3, 4))


@pytest.mark.rule("FU-10")
def test_the_room_opens_for_who_keeps_funds_of_a_house():
    assert [rules.enters(who) for who in (CLERK, DISTRICT_CLERK, NOBODY)] == [True, True, False]


@pytest.mark.rule("FU-10")
def test_funds_are_kept_for_the_own_house_and_those_below_it():
    kept = {
        who: [rules.keeps_funds_of(who, house) for house in (DISTRICT, CARRIER, SIBLING)]
        for who in (CLERK, DISTRICT_CLERK)
    }
    assert kept == {CLERK: [False, True, False], DISTRICT_CLERK: [True, True, True]}
    assert not rules.keeps_funds_of(NOBODY, CARRIER)


@pytest.mark.rule("FU-14")
@pytest.mark.parametrize("other", [
    COST, COST._replace(payee="DRUCKEREI beispiel"),
    COST._replace(number="R-18"),
    COST._replace(on=date(2026, 4, 1)),
    COST._replace(post=3),
])  # fmt: skip
def test_the_same_amount_to_the_same_payee_on_one_day_or_under_one_number_is_one_cost(other):
    assert (rules.is_one_cost(COST, other), rules.is_one_cost(other, COST)) == (True, True)


@pytest.mark.rule("FU-14")
@pytest.mark.parametrize("other", [
    COST._replace(amount=Decimal("119.01")),
    COST._replace(payee="Copyshop Beispiel"),
    COST._replace(number="R-18", on=date(2026, 4, 1)),
])  # fmt: skip
def test_another_amount_payee_or_paper_is_another_cost(other):
    assert (rules.is_one_cost(COST, other), rules.is_one_cost(other, COST)) == (False, False)


@pytest.mark.rule("FU-14")
def test_papers_without_a_number_have_none_in_common():
    first, second = COST._replace(number=""), COST._replace(number="", on=date(2026, 4, 1))
    assert [rules.is_one_cost(first, one) for one in (first, second)] == [True, False]


@pytest.mark.rule("FU-14")
def test_the_pay_of_two_posts_is_two_costs():
    pay = [COST._replace(post=post) for post in (3, 4, 3)]
    assert [rules.is_one_cost(pay[0], one) for one in pay] == [True, False, True]


@pytest.mark.rule("FU-07")
def test_an_illness_is_notified_from_the_day_on_which_pay_ends_and_everything_else_at_once():
    today = date(2026, 3, 4)
    assert [rules.is_notifiable(due, today) for due in (None, today, date(2026, 3, 5))] == [True, True, False]


@pytest.mark.parametrize(("number", "fits"), [
    ("DE02120300000000202051", True),
    ("NL91ABNA0417164300", True),  # another country, another length
    ("DE0212030000000020205", False),
    ("DE4512030000000020205", False),  # too short, though its check digits fit
    ("de02120300000000202051", False),
    ("", False),
])  # fmt: skip
def test_an_iban_has_check_digits_that_fit_and_the_length_of_its_country_where_it_is_german(number, fits):
    assert rules.is_iban(number) is fits
