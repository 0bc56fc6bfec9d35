"""Sums in euro, to the cent."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum

CENT = Decimal("0.01")


class EuroSum(Sum):
    """SQLite adds up in binary, and leaves a trace of it behind the cents: it is cut off where the engine compares and where it is read."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        sql, params = super().as_sqlite(compiler, connection, **context)
        return f"CAST(ROUND({sql}, 2) AS NUMERIC)", params

    @property
    def convert_value(self) -> Any:
        return lambda value, _expression, _connection: value if value is None else Decimal(value).quantize(CENT)
