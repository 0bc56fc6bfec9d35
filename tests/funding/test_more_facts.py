"""Money in figures: the same euro as the books, opened to their rows, shown to who keeps it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotse.facts.counting import TOTAL, rows_of_cell
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.funding.enums import EntryKind, PaymentKind
from lotse.funding.queries.balance import balances
from lotse.funding.queries.vacancies import Span, gaps, posts_of, vacancy_days
from lotse.organisations.models import Post, PostShare
from tests.factories import deadlines, funds
from tests.factories.deadlines import YEAR

FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)


def asked(actor, name):
    (result,) = evaluate([fact(f"funding.{name}")], Question(actor, Period(FIRST, LAST)))
    return result


def amounts(result):
    return {cell.label: cell.amount for cell in result.recorded if cell.count}


@pytest.fixture
def booked(world, grant):
    """A year of two carriers, with cents that no binary fraction holds and an entry taken back."""
    contract = funds.contract_of(grant, world.nordstadt)
    funds.call_of(grant, {world.nordstadt: Decimal("100.10"), world.suedstadt: Decimal("50.20")})
    funds.call_of(grant, {world.nordstadt: Decimal("7")}, received=None)
    funds.payment_of(contract, Decimal("80.30"))
    funds.payment_of(contract, Decimal("0.10"), kind=PaymentKind.REPAYMENT)
    funds.entry_of(grant, world.nordstadt, Decimal("19.99"))
    wrong = funds.entry_of(grant, world.nordstadt, Decimal("33.33"))
    funds.entry_of(grant, world.nordstadt, Decimal("33.33"), reverses=wrong)
    funds.entry_of(grant, world.nordstadt, Decimal("2"), kind=EntryKind.OWN_SHARE)
    funds.entry_of(grant, world.suedstadt, Decimal("1000.01"))
    return grant


def test_the_figures_are_the_balances_of_the_last_day(world, booked):
    actor, sums = world.coordinator.actor, balances(booked, LAST).values()
    assert asked(actor, "received").total.amount == sum(one.received for one in sums) == Decimal("150.30")
    assert asked(actor, "forwarded").total.amount == sum(one.forwarded - one.repaid for one in sums) == Decimal("80.20")
    assert asked(actor, "spent").total.amount == sum(one.spent for one in sums) == Decimal("1020.00")
    assert amounts(asked(actor, "called")) == {"eingegangen": Decimal("150.30"), "noch nicht eingegangen": Decimal(7)}


def test_the_own_share_is_told_of_the_expenses_and_a_carrier_sees_its_own_only(world, booked):
    result = asked(world.carrier_manager.actor, "booked")
    assert amounts(result) == {"Ausgabe": Decimal("19.99"), "Eigenanteil": Decimal(2)}
    assert (result.share.numerator, result.share.denominator, result.share.percent) == (2, Decimal("19.99"), 10)
    assert amounts(asked(world.carrier_manager.actor, "received")) == {"KV Nordstadt": Decimal("100.10")}


def test_small_numbers_of_money_are_not_hidden(world, booked):
    """They are about organisations, never about somebody's file."""
    result = asked(world.coordinator.actor, "received")
    assert [(cell.label, cell.count) for cell in result.recorded] == [("KV Nordstadt", 1), ("KV Südstadt", 1)]


def test_every_number_opens_to_its_rows(world, booked):
    question = Question(world.coordinator.actor, Period(FIRST, LAST))
    rows = rows_of_cell(fact("funding.booked"), EntryKind.EXPENSE, question)
    signed = [-row.amount if row.reverses_id else row.amount for row in rows]
    assert (len(signed), sum(signed)) == (4, Decimal("1020.00"))
    assert rows_of_cell(fact("funding.received"), TOTAL, question).count() == 2


def test_in_time_counts_the_documents_of_money_only(world, house, grant):
    need = deadlines.rule_of(grant, document="need_report", name="Bedarf", bearer="carrier", offset_years=0)
    report = deadlines.rule_of(grant, offset_years=0)
    deadlines.owed_by(world.nordstadt, need, submitted_on=date(YEAR, 4, 30))
    deadlines.owed_by(world.suedstadt, need, submitted_on=date(YEAR, 5, 1))
    deadlines.owed_by(house.agency, report)
    result = asked(world.coordinator.actor, "in_time")
    assert ({c.key: c.count for c in result.recorded if c.count}, result.share.percent) == (
        {"in_time": 1, "late": 1}, 50,
    )  # fmt: skip


def test_a_post_is_vacant_for_the_part_and_the_days_that_nobody_fills(world, house, grant):
    post = Post.objects.create(organisation=house.agency, title="Fachkraft", fte=Decimal("1.00"))
    half = {"post": post, "person": world.specialist.person, "fte": Decimal("0.50")}
    PostShare.objects.create(**half, valid_from=date(YEAR, 1, 11))
    whole_year = Decimal(10) + Decimal("0.5") * 355
    of_grant = posts_of([grant]), [grant]
    assert vacancy_days(*of_grant, FIRST, LAST) == {post.pk: whole_year}
    assert vacancy_days(*of_grant, FIRST, date(YEAR, 1, 12)) == {post.pk: Decimal(11)}
    assert vacancy_days(*of_grant, date(YEAR + 1, 1, 1), LAST) == {}


days = st.sampled_from([date.fromordinal(day) for day in range(FIRST.toordinal(), LAST.toordinal() + 1)])
parts = st.builds(
    lambda fte, ends: Span(Decimal(fte) / 100, min(ends), max(ends)), st.integers(1, 100), st.tuples(days, days)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 200), st.lists(parts, max_size=4))
def test_vacancy_is_the_sum_of_its_days(fte, shares):
    post, expected = Decimal(fte) / 100, Decimal(0)
    for number in range((LAST - FIRST).days + 1):
        day = date.fromordinal(FIRST.toordinal() + number)
        expected += max(post - sum(s.fte for s in shares if s.first <= day <= s.last), 0)
    assert sum(gap.fte_days for gap in gaps([Span(post, FIRST, LAST)], shares)) == expected


def test_the_page_shows_the_year_and_opens_a_number(client, world, booked):
    client.force_login(world.carrier_manager.user)
    page = client.get(reverse("funding:figures"), {"jahr": YEAR}).content.decode()
    assert ("100,10 €" in page, "KV Südstadt" in page) == (True, False)
    rows = client.get(reverse("funding:figure_rows", args=["received"]), {"jahr": YEAR, "zelle": "KV Nordstadt"})
    assert "Mittelabruf vom 15.01.2026: 100,10 €" in rows.content.decode()
    far = client.get(reverse("funding:figure_rows", args=["received"]), {"jahr": YEAR, "zelle": "KV Südstadt"})
    assert far.status_code == 404
