"""My appointments for the calendar on my own device: when and where, never with whom."""

from django.http import HttpRequest, HttpResponse

from lotse.casework import queries
from lotse.casework.views.shared import actor_of, require_counsellor
from lotse.correspondence.calendars import Appointment, calendar_answer


@require_counsellor
def appointments_ics(request: HttpRequest) -> HttpResponse:
    rows = queries.my_appointments(actor_of(request), 100)
    entries = [Appointment(row.public_id, "Beratungstermin", row.takes_place_at, row.site.name) for row in rows]
    return calendar_answer(entries, "termine.ics")
