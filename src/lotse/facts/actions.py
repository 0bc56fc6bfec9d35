from datetime import date
from typing import Any

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.facts.definitions import all_settings
from lotse.facts.models import FIRST_YEAR, PERCENT, FigureSetting, FigureTarget, TargetReview, YearlyRating
from lotse.facts.ratings import rated_indicators
from lotse.facts.rights import decides_figures
from lotse.facts.rules import decides_targets, may_aim_anew, reviews_target
from lotse.facts.targets import aimed_at, possible_people
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person

NOT_YOURS = "Das legt die Fachleitung, die Geschäftsführung oder die Koordination fest."
NOT_YOURS_TO_REVIEW = (
    "Das hält fest, wer zuständig ist, oder die Fachleitung, die Geschäftsführung oder die Koordination."
)
OVER = "Dieses Ziel ist schon beendet."
REVIEWED = "Dieses Ziel wurde schon besprochen. Beenden Sie es und setzen Sie ein neues, wenn ein anderer Wert oder Tag gelten soll."
FUTURE = "Das Datum liegt in der Zukunft."
AIMED = ("aim", "value", "until")
ELSEWHERE = "Inzwischen hat jemand anderes gespeichert. Bitte laden Sie die Seite neu und vergleichen Sie."


@action("figure_setting.set", "hat einen Wert für Kennzahlen festgelegt")
def set_value(*, by: Actor, key: str, value: str, valid_from: date) -> FigureSetting:
    """From a day on; what held before stays readable. The same day again corrects it."""
    require(decides_figures(by), NOT_YOURS)
    setting = all_settings().get(key)
    refuse_if(setting is None, "Diesen Wert gibt es nicht.", "key")
    refuse_if(setting is not None and not setting.takes(value), "Bitte einen Wert aus der Liste wählen.", "value")
    known = FigureSetting.objects.filter(organisation_id=by.organisation_id, key=key, valid_from=valid_from).first()
    row = known or FigureSetting(organisation_id=by.organisation_id, key=key, valid_from=valid_from)
    row.value = value
    row.save()
    record(row, key=key, value=value, valid_from=valid_from)
    return row


@action("yearly_rating.given", "hat das Jahr eingeschätzt")
def rate(
    *, by: Actor, indicator: str, year: int, rating: int, reason: str, today: date, revision: int | None = None
) -> YearlyRating:
    """One rating a year for each indicator; the reason belongs to it."""
    require(decides_figures(by), NOT_YOURS)
    refuse_if(indicator not in rated_indicators(), "Diesen Indikator gibt es nicht.")
    refuse_if(not FIRST_YEAR <= year <= today.year, "Ein Jahr wird erst eingeschätzt, wenn es begonnen hat.")
    refuse_if(not reason.strip(), "Bitte begründen Sie die Einschätzung.", "reason")
    rows = YearlyRating.objects.select_for_update()
    row = rows.filter(organisation_id=by.organisation_id, indicator=indicator, year=year).first()
    if row is not None:
        refuse_if_changed(row, revision, ELSEWHERE)
    row = row or YearlyRating(organisation_id=by.organisation_id, indicator=indicator, year=year, revision=0)
    row.rating, row.reason, row.by_label, row.revision = rating, reason, by.label, row.revision + 1
    row.save()
    record(row, indicator=indicator, year=year, rating=rating)
    return row


@action("figure_target.set", "hat ein Ziel für eine Kennzahl gesetzt")
def set_target(*, by: Actor, figure: str, decided_on: date, today: date, **aimed: Any) -> FigureTarget:
    """One in force for each figure; the database refuses a second."""
    require(decides_targets(by, by.organisation_id), NOT_YOURS)
    fact = aimed_at().get(figure)
    refuse_if(fact is None, "Diese Kennzahl gibt es nicht.")
    refuse_if(decided_on > today, FUTURE, "decided_on")
    _refuse_stranger(by, aimed["responsible"])
    unit = PERCENT if fact and fact.share else fact.unit if fact else ""
    row = FigureTarget(organisation_id=by.organisation_id, figure=figure, unit=unit, decided_on=decided_on, **aimed)
    row.save()
    record(row, figure=figure, aim=str(row.aim), value=row.value, until=row.until)
    return row


@action("figure_target.changed", "hat ein Ziel für eine Kennzahl geändert")
def change_target(*, by: Actor, target: FigureTarget, revision: int | None = None, **given: Any) -> FigureTarget:
    """Who sees to it, what is done and when it is talked about may change any time; what is aimed at only before the first review."""
    require(decides_targets(by, target.organisation_id), NOT_YOURS)
    row = _fresh(target, revision)
    is_fixed = not may_aim_anew(row, row.reviews.exists())
    changed = change(row, given)
    refuse_if(is_fixed and not set(AIMED).isdisjoint(changed), REVIEWED)
    if "responsible" in changed:
        _refuse_stranger(by, given["responsible"])
    return _saved(row, fields=changed)


@action("figure_target.reviewed", "hat die Besprechung eines Ziels festgehalten")
def review_target(
    *, by: Actor, target: FigureTarget, on: date, standing: str, conclusion: str, next_on: date, today: date,
    revision: int | None = None,
) -> TargetReview:  # fmt: skip
    require(reviews_target(by, target), NOT_YOURS_TO_REVIEW)
    row = _fresh(target, revision)
    made = _reviewed(by, row, on, today, standing=standing, conclusion=conclusion, next_on=next_on)
    row.review_on = next_on
    _saved(row, on=on, next_on=next_on)
    return made


@action("figure_target.ended", "hat ein Ziel für eine Kennzahl beendet")
def end_target(
    *, by: Actor, target: FigureTarget, on: date, standing: str, conclusion: str, today: date,
    revision: int | None = None,
) -> FigureTarget:  # fmt: skip
    """With a last review: what came of it."""
    require(decides_targets(by, target.organisation_id), NOT_YOURS)
    row = _fresh(target, revision)
    _reviewed(by, row, on, today, standing=standing, conclusion=conclusion)
    row.ended_on = on
    return _saved(row, on=on)


def _fresh(target: FigureTarget, revision: int | None) -> FigureTarget:
    row = FigureTarget.objects.select_for_update().get(pk=target.pk)
    refuse_if(row.ended_on is not None, OVER)
    refuse_if_changed(row, revision)
    return row


def _saved(row: FigureTarget, **said: Any) -> FigureTarget:
    row.revision += 1
    row.save()
    record(row, figure=row.figure, **said)
    return row


def _reviewed(by: Actor, row: FigureTarget, on: date, today: date, **said: Any) -> TargetReview:
    """GO-04: a review says what came of it."""
    refuse_if(on > today, FUTURE, "on")
    refuse_if(on < row.decided_on, "Das liegt vor dem Beschluss.", "on")
    refuse_if(not said["conclusion"].strip(), "Bitte festhalten, was herauskam.", "conclusion")
    made = TargetReview(organisation_id=row.organisation_id, target=row, on=on, by_label=by.label, **said)
    made.save()
    return made


def _refuse_stranger(by: Actor, responsible: Person) -> None:
    """Who is responsible reads the figure herself."""
    is_stranger = responsible.public_id not in possible_people(by)
    refuse_if(is_stranger, "Bitte jemanden aus der Liste wählen.", "responsible")
