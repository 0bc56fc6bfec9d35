"""Absences of the house for who plans beside casework: that somebody is away, never why."""

from datetime import date

from lotse.casework.models import Absence
from lotse.core.away import Away


def away(organisation_id: int, first: date, last: date) -> list[Away]:
    rows = Absence.objects.filter(organisation_id=organisation_id, first_on__lte=last, last_on__gte=first)
    return [Away(*row) for row in rows.order_by().values_list("person_id", "first_on", "last_on")]
