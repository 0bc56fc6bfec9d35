"""How money and the way of a forecast are said in words."""

from decimal import Decimal

from lotse.funding.enums import Hint, Way
from lotse.funding.queries.forecast import LineFigures

TONES = {Hint.LIMIT: "bad", Hint.UNBALANCED: "warn", Hint.BALANCED: "none"}


def euro(amount: Decimal) -> str:
    """ "1.234,50 €" """
    return f"{amount:,.2f} €".translate(str.maketrans(",.", ".,"))


def percent(value: Decimal) -> str:
    """ "20 %", "12,5 %" """
    return f"{value.normalize():f} %".replace(".", ",")


def hint_words(hint: Hint, line: LineFigures) -> str:
    return f"mehr als {percent(line.overrun_percent)} über Plan" if hint == Hint.LIMIT else hint.label


def way_words(line: LineFigures) -> str:
    """How the forecast was computed, so that somebody can do it again with paper and pencil."""
    actual = f"gebucht {euro(line.actual)}"
    if line.way == Way.OVER:
        return f"Das Jahr ist vorbei: {actual}."
    if line.way == Way.HAND and line.by_hand:
        said = f"Eigene Angabe {euro(line.by_hand.amount)}: {line.by_hand.note}"
        return f"{said}. {_at_least(line)}".strip()
    if line.way == Way.MONTHLY and line.span:
        span = line.span
        sum_ = f"{euro(line.full)} bis {span.full_until:%d.%m.%Y} ÷ {span.months} {'Monat' if span.months == 1 else 'Monate'} × 12"
        return f"{sum_} = {euro(line.full * 12 / span.months)}. {_at_least(line)}".strip()
    return f"Wie geplant: {euro(line.planned)}. {_at_least(line)}".strip()


def _at_least(line: LineFigures) -> str:
    return f"Gebucht ist schon mehr: {euro(line.actual)}." if line.is_at_least else ""
