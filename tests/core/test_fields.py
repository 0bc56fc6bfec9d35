"""Euro as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lotse.core.fields import BAD_AMOUNT, NEGATIVE, TOO_FINE, EuroField

TYPED = {
    "1.234,50": "1234.50", "1234,5": "1234.50", "1 234,50 €": "1234.50", "1\xa0234,50": "1234.50", "1234.50": "1234.50",
    "12.5": "12.50", "1.500": "1500.00", "1.234.567,89": "1234567.89", "7": "7.00", "7,": "7.00", "0": "0.00",
}  # fmt: skip
REFUSED = {
    "1,234": TOO_FINE, "1,234.50": BAD_AMOUNT, "1234.567": BAD_AMOUNT, "12.34,50": BAD_AMOUNT, "zehn": BAD_AMOUNT,
    "1e3": BAD_AMOUNT, "NaN": BAD_AMOUNT, "٣": BAD_AMOUNT, "٣.5": BAD_AMOUNT, ",5": BAD_AMOUNT, "-5": NEGATIVE, "−1,00": NEGATIVE,
    "": "Dieses Feld ist zwingend erforderlich.",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "amount"), TYPED.items())
def test_an_amount_is_read_as_people_here_write_it_to_the_cent(typed, amount):
    assert str(EuroField().clean(typed)) == amount


@pytest.mark.parametrize(("typed", "why"), REFUSED.items())
def test_what_is_no_amount_is_refused_in_german(typed, why):
    with pytest.raises(ValidationError) as refused:
        EuroField().clean(typed)
    assert refused.value.messages == [why]


def test_less_than_nothing_is_typed_only_where_it_may_be():
    assert [EuroField(signed=True).clean(typed) for typed in ("-1.000,50", "−3")] == [Decimal("-1000.50"), Decimal(-3)]


def test_too_large_a_number_is_refused_and_an_empty_one_is_none_where_it_may_be():
    assert EuroField(required=False).clean(" ") is None
    with pytest.raises(ValidationError):
        EuroField().clean("10000000000")


@given(st.decimals(0, 9_999_999_999, places=2))
def test_what_a_form_shows_it_reads_again(amount):
    field = EuroField()
    shown = field.widget.format_value(field.prepare_value(amount))
    assert field.clean(shown) == amount
