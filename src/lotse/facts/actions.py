from datetime import date

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.facts.definitions import all_settings
from lotse.facts.models import FIRST_YEAR, FigureSetting, YearlyRating
from lotse.facts.ratings import rated_indicators
from lotse.facts.rights import decides_figures
from lotse.organisations.actor import Actor

NOT_YOURS = "Das legt die Fachleitung, die Geschäftsführung oder die Koordination fest."
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
    refuse_if(row is not None and revision not in (None, row.revision), ELSEWHERE)
    row = row or YearlyRating(organisation_id=by.organisation_id, indicator=indicator, year=year, revision=0)
    row.rating, row.reason, row.by_label, row.revision = rating, reason, by.label, row.revision + 1
    row.save()
    record(row, indicator=indicator, year=year, rating=rating)
    return row
