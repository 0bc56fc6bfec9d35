"""A morning's digest of the appointments to come: how many and when, never with whom; tasks and deadlines that are soon due."""

from django.utils import timezone
from django.utils.formats import date_format

from lotse.casework.queries.calendar import reminders_due
from lotse.correspondence.actions import remind
from lotse.network.actions.reminders import remind_of_tasks
from lotse.organisations.actor import SystemActor
from lotse.programmes.actions.reminders import remind_of_deadlines

NOT_BEFORE = 6  # nobody is woken at midnight


def remind_everybody() -> int:
    now = timezone.localtime()
    if now.hour < NOT_BEFORE:
        return 0
    sent = 0
    for person, day, count in reminders_due(now.date()):
        by = SystemActor("Erinnerung an Termine", organisation_id=person.organisation_id)
        how_many = "einen Termin" if count == 1 else f"{count} Termine"
        text = f"am {date_format(day, 'l, j. F Y')} haben Sie {how_many}. Mit wem und wo, steht in Lotse."
        sent += remind(by=by, person=person, day=day, subject="Ihre Termine", text=text)
    return sent + remind_of_tasks() + remind_of_deadlines()
