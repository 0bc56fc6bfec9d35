"""Plan, actual and forecast: every figure is a sum of entries, and every forecast says how it was found."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lotse.core.errors import NotAllowed
from lotse.funding.actions.ledger import book, take_back
from lotse.funding.actions.planning import expect, forget_account, give_up_expected, map_account
from lotse.funding.enums import EntryKind, Hint, Way
from lotse.funding.ledger_words import euro, percent, way_words
from lotse.funding.models import AccountMapping, ForecastValue
from lotse.funding.queries.balance import balances
from lotse.funding.queries.entries import Asked, entries, sums
from lotse.funding.queries.forecast import Span, figures, together
from lotse.funding.rules import overruns
from tests.factories import deadlines, funds
from tests.factories.deadlines import YEAR
from tests.factories.funds_ledger import account_of, forecast_of
from tests.funding.refusing import refused

AUTUMN = date(YEAR, 10, 15)
PLAN = "/foerderung/buchungen/plan/"


def of(grant, carrier, on=AUTUMN):
    return figures(grant, [carrier], YEAR, on)[0]


def only(grant, carrier, on=AUTUMN):
    return next(one for one in of(grant, carrier, on).lines)


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(YEAR, 1, 30), 0, date(YEAR - 1, 12, 31)),
        (date(YEAR, 1, 31), 1, date(YEAR, 1, 31)),
        (date(YEAR, 10, 15), 9, date(YEAR, 9, 30)),
        (date(YEAR, 12, 30), 11, date(YEAR, 11, 30)),
        (date(YEAR, 12, 31), 12, date(YEAR, 12, 31)),
        (date(YEAR + 1, 2, 1), 12, date(YEAR + 1, 2, 1)),
        (date(YEAR - 1, 2, 1), 0, date(YEAR - 1, 12, 31)),
    ],
)
def test_only_whole_months_are_projected(on, months, until):
    span = Span(YEAR, on)
    assert (span.months, span.full_until) == (months, until)


def test_salaries_are_projected_from_whole_months(world, grant):
    line = funds.line_of(grant, "Gehälter", is_staff=True)
    for month in range(1, 11):
        funds.entry_of(grant, world.nordstadt, 1000, line=line, on=date(YEAR, month, 10))
    found = only(grant, world.nordstadt)
    assert (found.actual, found.expected, found.way) == (10_000, 12_000, Way.MONTHLY)
    assert way_words(found) == f"9.000,00 € bis 30.09.{YEAR} ÷ 9 Monate × 12 = 12.000,00 €."


def test_what_is_booked_every_month_is_projected_too_and_the_rest_follows_the_plan(world, grant):
    rent, travel = funds.line_of(grant, "Miete"), funds.line_of(grant, "Reisen")
    for line in (rent, travel):
        funds.cost_of(grant, world.nordstadt, 600, line=line)
    for month in range(1, 10):
        funds.entry_of(grant, world.nordstadt, 40, line=rent, on=date(YEAR, month, 3))
    funds.entry_of(grant, world.nordstadt, 40, line=travel, on=date(YEAR, 2, 3))
    lines = of(grant, world.nordstadt).lines
    assert [(one.expected, one.way) for one in lines] == [(480, Way.MONTHLY), (600, Way.PLAN)]


def test_the_carriers_own_forecast_goes_before_unless_more_was_spent(world, grant):
    line = funds.line_of(grant)
    funds.entry_of(grant, world.nordstadt, 700, line=line)
    forecast_of(grant, world.nordstadt, 900, line=line)
    assert (only(grant, world.nordstadt).expected, only(grant, world.nordstadt).way) == (900, Way.HAND)
    ForecastValue.objects.update(amount=500)
    found = only(grant, world.nordstadt)
    assert (found.expected, found.is_at_least) == (700, True)
    assert way_words(found) == "Eigene Angabe 500,00 €: Umzug im Herbst. Gebucht ist schon mehr: 700,00 €."


def test_when_the_year_is_over_the_forecast_is_what_was_booked(world, grant):
    forecast_of(grant, world.nordstadt, 900)
    funds.entry_of(grant, world.nordstadt, 700)
    found = only(grant, world.nordstadt, on=date(YEAR, 12, 31))
    assert (found.expected, found.way) == (700, Way.OVER)


@pytest.mark.rule("FU-15")
@pytest.mark.parametrize(("expected", "over"), [("120", False), ("120.01", True), ("119.99", False), ("100", False)])
def test_a_kind_of_expense_may_exceed_its_plan_by_what_the_grant_allows(expected, over):
    assert overruns(Decimal(expected), Decimal(100), Decimal(20)) is over


@pytest.mark.rule("FU-15")
@pytest.mark.parametrize(("spent", "hint"), [(100, None), (115, Hint.BALANCED), (121, Hint.LIMIT)])
def test_a_hint_says_what_goes_over_and_whether_others_make_up_for_it(world, grant, spent, hint):
    line, other = funds.line_of(grant), funds.line_of(grant, "Reisen")
    funds.cost_of(grant, world.nordstadt, 100, line=line)
    funds.cost_of(grant, world.nordstadt, 100, line=other)
    funds.entry_of(grant, world.nordstadt, spent, line=line)
    forecast_of(grant, world.nordstadt, 10, line=other)
    found = of(grant, world.nordstadt)
    assert [one for _line, one in found.hinted] == [hint, None]


@pytest.mark.rule("FU-15")
def test_without_balance_by_others_it_is_said(world, grant):
    funds.cost_of(grant, world.nordstadt, 100)
    funds.entry_of(grant, world.nordstadt, 110)
    assert of(grant, world.nordstadt).worst == Hint.UNBALANCED


@pytest.mark.rule("FU-01")
def test_the_own_share_is_compared_with_what_was_spent_and_what_will_be(world, grant):
    funds.entry_of(grant, world.nordstadt, 1000)
    funds.entry_of(grant, world.nordstadt, 99, EntryKind.OWN_SHARE)
    found = of(grant, world.nordstadt)
    assert (found.own_share, found.needed_own, found.has_own_share) == (99, 100, False)
    funds.entry_of(grant, world.nordstadt, 1, EntryKind.OWN_SHARE)
    assert of(grant, world.nordstadt).has_own_share is True


def test_all_carriers_together_are_the_sum(world, grant):
    funds.cost_of(grant, world.nordstadt, 100)
    funds.cost_of(grant, world.suedstadt, 50)
    funds.entry_of(grant, world.nordstadt, 7)
    funds.entry_of(grant, world.suedstadt, 9)
    whole = together(figures(grant, [world.nordstadt, world.suedstadt], YEAR, AUTUMN))
    assert (whole.planned, whole.actual, whole.expected, whole.used_percent) == (150, 16, 150, Decimal("10.67"))


amounts = some.sampled_from([Decimal("0.01"), Decimal("33.33"), Decimal("100.00"), Decimal("0.10")])
acts = some.lists(
    some.tuples(some.sampled_from([*EntryKind, "back"]), amounts, some.integers(1, 300), some.booleans()),
    min_size=3, max_size=15,
)  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=acts)
def test_the_list_the_plan_and_the_balance_show_the_same_figure(world, house, acts):
    grant, by = deadlines.grant_of(house), world.coordinator.actor
    lines, made = [funds.line_of(grant), funds.line_of(grant, "Reisen")], []
    for number, (act, amount, day, is_second) in enumerate(acts):
        on = date.fromordinal(date(YEAR, 1, 1).toordinal() + day)
        carrier = world.suedstadt if is_second else world.nordstadt
        if act == "back":
            if made:
                entry = made.pop()
                take_back(by=by, entry=entry, on=max(on, entry.on), reason="falsch")
            continue
        line = lines[number % 2] if act == EntryKind.EXPENSE else None
        values = {"funding_year": YEAR, "on": on, "amount": amount, "payee": "A", "reason": "B", "line": line}
        made.append(book(by=by, grant=grant, carrier=carrier, kind=act, double_reason="Probe", **values))
    for on in (date(YEAR, 4, 1), date(YEAR, 10, 31)):
        _compare(grant, by, on, (world.nordstadt, world.suedstadt))


def _compare(grant, by, on, carriers):
    known = balances(grant, on, YEAR)
    for found in figures(grant, carriers, YEAR, on):
        asked = Asked(traeger=found.carrier.public_id, jahr=YEAR, bis=on)
        listed = sums(asked.narrow(entries(by, grant)))
        balance = known.get(found.carrier.pk)
        pots = (balance.spent, balance.own_share, balance.income) if balance else (0, 0, 0)
        assert (
            (found.actual, found.own_share, found.income) == (listed.expense, listed.own_share, listed.income) == pots
        )
        for line in found.lines:
            of_line = sums(asked.but(ausgabenart=line.line.public_id, art="expense").narrow(entries(by, grant)))
            assert line.actual == of_line.expense


def test_figures_cost_the_same_however_many_carriers_and_entries(world, grant, django_assert_num_queries):
    for carrier in (world.nordstadt, world.suedstadt):
        for _ in range(5):
            funds.entry_of(grant, carrier, 7)
    with django_assert_num_queries(6):
        figures(grant, [world.nordstadt, world.suedstadt], YEAR, AUTUMN)
    with django_assert_num_queries(6):
        figures(grant, [world.nordstadt], YEAR, AUTUMN)


def test_each_figure_opens_to_its_entries(world, grant, login):
    line = funds.line_of(grant)
    funds.entry_of(grant, world.nordstadt, 7, line=line)
    page = login(world.carrier_manager).get(f"{PLAN}?bis={YEAR}-10-31").content.decode()
    assert f"art=expense&amp;ausgabenart={line.public_id}&amp;bis={YEAR}-10-31" in page
    assert "Rechenweg" in page


def test_a_carrier_sees_no_other_in_its_plan(world, grant, login):
    funds.entry_of(grant, world.suedstadt, 7)
    page = login(world.carrier_manager).get(PLAN)
    assert (page.context["whole"].actual, world.suedstadt.name in page.content.decode()) == (0, False)


def test_the_district_sees_all_carriers_and_their_sum(world, grant, login):
    funds.entry_of(grant, world.nordstadt, 7)
    funds.entry_of(grant, world.suedstadt, 9)
    context = login(world.coordinator).get(PLAN).context
    assert ([one.actual for one in context["part"].rows], context["whole"].actual) == ([7, 9], 16)


@pytest.mark.parametrize("ending", ["ausgabe.xlsx", "rechenweg.pdf"])
def test_plan_and_actual_leave_as_table_and_paper(world, grant, login, ending):
    funds.entry_of(grant, world.nordstadt, 7)
    assert login(world.coordinator).get(PLAN + ending).status_code == 200


def test_a_carrier_says_what_it_expects_and_takes_it_back(world, grant, login):
    client, line = login(world.carrier_manager), funds.line_of(grant)
    client.post(f"{PLAN}{line.public_id}/?jahr={YEAR}", {"amount": "1.500,00", "note": "Umzug"})
    value = ForecastValue.objects.get()
    assert (value.amount, value.organisation, value.funding_year) == (1500, world.nordstadt, YEAR)
    give_up_expected(by=world.carrier_manager.actor, value=value)
    assert ForecastValue.objects.count() == 0


def test_the_second_of_two_who_expect_is_told(world, grant):
    values = {
        "by": world.carrier_manager.actor, "grant": grant, "carrier": world.nordstadt, "funding_year": YEAR,
        "line": funds.line_of(grant), "note": "Umzug",
    }  # fmt: skip
    expect(**values, amount=Decimal(1))
    expect(**values, amount=Decimal(2), revision=1)
    assert "jemand anderes gespeichert" in refused(expect, **values, amount=Decimal(3), revision=1)[0]


def test_nobody_expects_or_maps_for_another_carrier(world, grant):
    by, line = world.carrier_manager.actor, funds.line_of(grant)
    values = {"by": by, "grant": grant, "carrier": world.suedstadt, "line": line}
    with pytest.raises(NotAllowed):
        expect(**values, funding_year=YEAR, amount=Decimal(1), note="Umzug")
    with pytest.raises(NotAllowed):
        map_account(**values, account="4711")
    with pytest.raises(NotAllowed):
        forget_account(by=by, mapping=account_of(grant, world.suedstadt))


def test_an_account_is_mapped_once_and_changed_in_its_place(world, grant):
    values = {"by": world.carrier_manager.actor, "grant": grant, "carrier": world.nordstadt, "account": " 4711 "}
    map_account(**values, line=funds.line_of(grant))
    map_account(**values, line=funds.line_of(grant, "Reisen"))
    assert list(AccountMapping.objects.values_list("account", "line__name")) == [("4711", "Reisen")]


def test_money_and_percent_are_said_the_german_way():
    assert (euro(Decimal("1234.5")), percent(Decimal("20.00")), percent(Decimal("12.50"))) == (
        "1.234,50 €",
        "20 %",
        "12,5 %",
    )
