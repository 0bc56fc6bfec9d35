"""Values that a house has set for its figures, as of a day: its own, else those of the house above, else the proposal."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from lotse.facts.definitions import Setting, all_settings
from lotse.facts.models import FigureSetting
from lotse.facts.registry import Fact, Period, Question
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


def settled(question: Question, facts: Iterable[Fact]) -> Question:
    """The question with the values that hold for who asks. No statement where no figure needs any."""
    if question.period.settings or not any(f.settings for f in facts):
        return question
    found = tuple(sorted(values_for(question.actor, question.period.key_date).items()))
    return replace(question, period=replace(question.period, settings=found))


def value(period: Period, key: str) -> str:
    return dict(period.settings).get(key) or all_settings()[key].default


def whole(period: Period, key: str) -> int:
    return int(value(period, key))


def values_for(actor: Actor, day: date) -> dict[str, str]:
    """What was set, by key; a key that is not here has its default."""
    return actor.know(f"figure settings {day}", lambda: _set_by_house(actor.organisation_id, day))


def _set_by_house(organisation_id: int, day: date) -> dict[str, str]:
    return {row.key: row.value for row in _rows(organisation_id, day)}


def _rows(organisation_id: int, day: date) -> list[FigureSetting]:
    """Farthest house and earliest day first, so that the last one by key holds."""
    above = Organisation.objects.filter(pk=organisation_id).values_list("path", flat=True)
    order = [int(pk) for path in above for pk in path.strip("/").split("/")]
    rows = FigureSetting.objects.filter(organisation_id__in=order, valid_from__lte=day)
    return sorted(
        rows.select_related("organisation"), key=lambda row: (order.index(row.organisation_id), row.valid_from)
    )


@dataclass(frozen=True)
class InForce:
    """A setting, its value on a day, and since when; None: nobody has decided, the proposal holds."""

    setting: Setting
    value: str
    since: date | None
    house: str = ""

    @property
    def words(self) -> str:
        return f"{self.value.upper() if self.setting.choices else self.value} {self.setting.unit}".strip()


def in_force(actor: Actor, day: date) -> list[InForce]:
    """Every setting as it holds for the actor's house."""
    rows = {row.key: row for row in _rows(actor.organisation_id, day)}
    return [_in_force(setting, rows.get(key)) for key, setting in all_settings().items()]


def _in_force(setting: Setting, row: FigureSetting | None) -> InForce:
    if row is None:
        return InForce(setting, setting.default, None)
    return InForce(setting, row.value, row.valid_from, str(row.organisation))
