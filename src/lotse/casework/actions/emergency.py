"""Breaking the glass: one file, asked for with a reason, opened by a second person's yes, for an hour (FA-01)."""

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

OPEN_FOR = timedelta(minutes=60)
DAYS_TO_ANSWER = 1  # today and tomorrow; then the request is over
TRIES_AN_HOUR = 5
FAILED = "file.emergency_failed"
NOT_FOUND = "Mit diesen Angaben ist keine Akte eindeutig zu finden. Der Versuch steht im Protokoll."
ASKED = (
    "{who} braucht im Notfall Einblick in die Akte {number}. Bitte entscheiden Sie gleich auf der Seite Heute.\n"
    "Mit Ihrem Ja ist die Akte 60 Minuten offen."
)
TOLD = (
    "{who} hat im Notfall für 60 Minuten Einblick in die Akte {number}; zugestimmt hat {by}.\n"
    "Grund und Zeitpunkt stehen im Verlauf der Akte."
)
TOO_MANY = "Zu viele Versuche. Bitte fragen Sie die Fachleitung."
ALLOWING = [role.key for role in ROLES.values() if Permission.ALLOW_EMERGENCY in role.permissions]
OFFICERS = [key for key in ALLOWING if not ROLES[key].opens_files]


def break_glass(
    *, by: Actor, last_name: str, reason: str, number: int | None = None, birth_date: date | None = None
) -> FileAssignment:
    """The name must fit the number or the birth date, so that nobody leafs through files; a try that fails is logged."""
    require(rules.can_counsel(by), "Einblick im Notfall bekommt nur, wer berät.")
    refuse_if(_failed_tries(by) >= TRIES_AN_HOUR, TOO_MANY)
    known = {"number": number} if number else {"birth_date": birth_date}
    living = Client.objects.filter(organisation_id=by.organisation_id, erased_month=None)
    files = living.filter(**known) if number or birth_date else []
    named = [client for client in files if fold(client.last_name) == fold(last_name)]
    fitting = list(dict.fromkeys(client.merged_into or client for client in named))
    if len(fitting) != 1:
        note_failed_try(by=by)
        raise ValidationError(NOT_FOUND)
    return request_in_emergency(by=by, client=fitting[0], reason=reason)


def _failed_tries(by: Actor) -> int:
    since = timezone.now() - timedelta(hours=1)
    return Event.objects.filter(object_ref=by.ref, key=FAILED, at__gte=since).count()


@action(FAILED, "hat vergeblich versucht, eine Akte im Notfall zu öffnen")
def note_failed_try(*, by: Actor) -> None:
    record(Person.objects.get(pk=by.person_id))


@action("file.emergency_requested", "hat im Notfall um Einblick in die Akte gebeten")
def request_in_emergency(*, by: Actor, client: Client, reason: str) -> FileAssignment:
    """Opens nothing yet: a second person says yes first."""
    require(rules.can_counsel(by) and client.organisation_id == by.organisation_id)
    refuse_if(not reason.strip(), "Bitte den Grund angeben.", "reason")
    fresh = Client.objects.select_for_update().get(pk=client.pk)
    is_open = Client.objects.visible_to(by).filter(pk=fresh.pk).exists()
    refuse_if(is_open, "Diese Akte ist für Sie schon offen. Sie finden sie über die Suche.")
    today = timezone.localdate()
    waiting = fresh.assignments.filter(
        person_id=by.person_id, is_emergency=True, confirmed_at=None, valid_to__gte=today
    )
    refuse_if(waiting.exists(), "Das ist schon angefragt. Bitte rufen Sie die Fachleitung an.")
    assignment = FileAssignment(
        organisation_id=fresh.organisation_id,
        client=fresh,
        person_id=by.person_id,
        granted_by_id=by.person_id,
        reason=reason,
        valid_from=today,
        valid_to=today + timedelta(days=DAYS_TO_ANSWER),
        needs_confirmation=True,
        is_emergency=True,
    )
    save_checked(assignment)
    record(assignment, file=fresh)
    asked = [person for person in _with_roles(ALLOWING, fresh) if person.pk != by.person_id]
    notify(asked, "Einblick in eine Akte im Notfall", ASKED.format(who=by.label, number=fresh.number))
    return assignment


@action("file.emergency_opened", "hat im Notfall Einblick in die Akte gegeben")
def allow_emergency(*, by: Actor, assignment: FileAssignment) -> FileAssignment:
    """Technical lead or data protection officer. The hour begins now."""
    fresh = _undecided(by, assignment)
    fresh.confirmed_by_id, fresh.confirmed_at = by.person_id, timezone.now()
    fresh.opens_until = fresh.confirmed_at + OPEN_FOR
    fresh.valid_to = timezone.localdate(fresh.opens_until)
    save_checked(fresh)
    record(fresh, file=fresh.client, until=fresh.opens_until)
    people = [fresh.person, fresh.client.responsible, *_with_roles(OFFICERS, fresh.client)]
    told = TOLD.format(who=fresh.person, number=fresh.client.number, by=by.label)
    notify([person for person in people if person.pk != by.person_id], "Notfallzugriff auf eine Akte", told)
    return fresh


@action("file.emergency_declined", "hat Einblick in die Akte im Notfall abgelehnt")
def decline_emergency(*, by: Actor, assignment: FileAssignment) -> None:
    fresh = _undecided(by, assignment)
    record(fresh, file=fresh.client)
    told = f"Der Einblick in die Akte {fresh.client.number} wurde abgelehnt. Bitte sprechen Sie die Fachleitung an."
    notify([fresh.person], "Einblick abgelehnt", told)
    fresh.delete()


def _undecided(by: Actor, assignment: FileAssignment) -> FileAssignment:
    require(rules.may_allow_emergency(by, assignment), "Zustimmen kann nur Fachleitung oder Datenschutz.")
    fresh = (
        FileAssignment.objects.select_for_update(of=("self",)).select_related("person", "client").get(pk=assignment.pk)
    )
    is_over = fresh.confirmed_at is not None or not fresh.is_valid_on(timezone.localdate())
    refuse_if(is_over, "Darüber ist schon entschieden, oder die Anfrage ist abgelaufen.")
    return fresh


def _with_roles(keys: list[str], client: Client) -> list[Person]:
    """Who holds one of these roles for the whole house or for the site of the file."""
    grants = Membership.objects.in_force(timezone.localdate())
    grants = grants.filter(role__in=keys, organisation_id=client.organisation_id)
    here = grants.filter(site=None) | grants.filter(site_id=client.site_id)
    return list(Person.objects.filter(pk__in=here.values("person_id")).select_related("user"))
