"""Amounts and parts of a hundred as people write them here."""

from decimal import Decimal


def plain_euro(amount: Decimal) -> str:
    """1.234,50"""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def euro(amount: Decimal) -> str:
    """1.234,50 €"""
    return f"{plain_euro(amount)} €"


def signed(amount: Decimal) -> str:
    return f"+{plain_euro(amount)}" if amount > 0 else plain_euro(amount)


def percent(part: Decimal | None) -> str:
    """12,5 %, and a dash where there is nothing to compare with."""
    return "–" if part is None else f"{part:f}".replace(".", ",") + " %"


def short(part: Decimal) -> str:
    """20, not 20,00."""
    return f"{part.normalize():f}".replace(".", ",")
