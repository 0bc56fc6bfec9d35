"""Breaking the glass: a file is opened at once and for a short time, and those whom it concerns are told."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.models import Client, FileAssignment
from lotse.core.search import fold
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Person
from lotse.organisations.notices import notify
from lotse.organisations.roles import ROLES

DAYS = 1  # today and tomorrow
TRIES_AN_HOUR = 5
FAILED = "file.emergency_failed"
NOT_FOUND = "Mit diesen Angaben ist keine Akte eindeutig zu finden. Der Versuch steht im Protokoll."
TOLD = (
    "{who} hat im Notfall die Akte {number} geöffnet. Der Zugriff endet morgen.\n"
    "Grund und Zeitpunkt stehen auf der Seite Heute und im Verlauf der Akte."
)
TOO_MANY = "Zu viele Versuche. Bitte fragen Sie die Fachleitung."
CHECKERS = [role.key for role in ROLES.values() if Permission.CONFIRM_FILE_ACCESS in role.permissions]


def break_glass(
    *, by: Actor, last_name: str, reason: str, number: int | None = None, birth_date: date | None = None
) -> FileAssignment:
    """The name must fit the number or the birth date, so that nobody leafs through files; a try that fails is logged."""
    require(rules.can_counsel(by), "Eine Akte öffnet im Notfall nur, wer berät.")
    refuse_if(_failed_tries(by) >= TRIES_AN_HOUR, TOO_MANY)
    known = {"number": number} if number else {"birth_date": birth_date}
    files = Client.objects.filter(organisation_id=by.organisation_id, **known) if number or birth_date else []
    named = [client for client in files if fold(client.last_name) == fold(last_name)]
    fitting = list(dict.fromkeys(client.merged_into or client for client in named))
    if len(fitting) != 1:
        note_failed_try(by=by)
        raise ValidationError(NOT_FOUND)
    return open_in_emergency(by=by, client=fitting[0], reason=reason)


def _failed_tries(by: Actor) -> int:
    since = timezone.now() - timedelta(hours=1)
    return Event.objects.filter(object_ref=by.ref, key=FAILED, at__gte=since).count()


@action(FAILED, "hat vergeblich versucht, eine Akte im Notfall zu öffnen")
def note_failed_try(*, by: Actor) -> None:
    record(Person.objects.get(pk=by.person_id))


@action("file.emergency_opened", "hat die Akte im Notfall geöffnet")
def open_in_emergency(*, by: Actor, client: Client, reason: str) -> FileAssignment:
    """Counts at once and ends tomorrow; a second person checks it afterwards (FA-01)."""
    require(rules.can_counsel(by) and client.organisation_id == by.organisation_id)
    refuse_if(not reason.strip(), "Bitte den Grund angeben.", "reason")
    fresh = Client.objects.select_for_update().get(pk=client.pk)
    is_open = Client.objects.visible_to(by).filter(pk=fresh.pk).exists()
    refuse_if(is_open, "Diese Akte ist für Sie schon offen. Sie finden sie über die Suche.")
    today = timezone.localdate()
    assignment = FileAssignment(
        organisation_id=fresh.organisation_id,
        client=fresh,
        person_id=by.person_id,
        granted_by_id=by.person_id,
        reason=reason,
        valid_from=today,
        valid_to=today + timedelta(days=DAYS),
        is_emergency=True,
    )
    save_checked(assignment)
    record(assignment, file=fresh, until=assignment.valid_to)
    people = [person for person in _concerned(fresh) if person.pk != by.person_id]
    notify(people, "Notfallzugriff auf eine Akte", TOLD.format(who=by.label, number=fresh.number))
    return assignment


def _concerned(client: Client) -> list[Person]:
    """Who is responsible, and who checks access at the site: technical lead and carrier management."""
    today = timezone.localdate()
    grants = Membership.objects.in_force(today).filter(role__in=CHECKERS, organisation_id=client.organisation_id)
    here = grants.filter(site=None) | grants.filter(site_id=client.site_id)
    people = Person.objects.filter(pk__in=here.values("person_id")) | Person.objects.filter(pk=client.responsible_id)
    return list(people.select_related("user"))
