"""The tables of one site, counted from the registry of figures."""

from lotse.facts.counting import exact
from lotse.facts.registry import Period, Question, fact
from lotse.organisations.actor import Actor
from lotse.wayup.models import ReportingPeriod
from lotse.wayup.tables import Key, TableForm, folded


def counted(actor: Actor, period: ReportingPeriod, site_id: int) -> dict[str, dict[Key, int]]:
    """One statement a table, all in the transaction of who draws up."""
    question = Question(actor, Period(period.starts_on, period.ends_on), site_id=site_id)
    return {table.key: _table(table, question) for table in period.form.tables}


def _table(table: TableForm, question: Question) -> dict[Key, int]:
    figures = [fact(dimension.fact) for dimension in table.dimensions]
    stale = [f.key for f, d in zip(figures, table.dimensions, strict=True) if f.version != d.version]
    if stale:
        raise LookupError(f"the closed list names other versions of {stale}")
    return folded(table, exact(figures, question))
