"""What every act on a client file begins with: the door is open to this actor, and nobody else is inside."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from lotse.auditlog.door import NotAllowed, refuse_if, require
from lotse.casework import rules
from lotse.casework.enums import CaseState
from lotse.casework.models import Client, CounsellingCase, SupportPlan
from lotse.casework.models.scope import Sight, sight_of_one
from lotse.core.fields import FUTURE
from lotse.core.prepared import prepared
from lotse.organisations.actor import Actor

CLOSED_TO_YOU = "Diese Akte ist für Sie nicht geöffnet."
ENDED = "Dieser Fall ist beendet. Sie können ihn wieder aufnehmen."
GOES_ON = "Dieser Fall geht in einem anderen weiter. Bitte öffnen Sie die Akte neu; Ihre Eingabe bleibt als Entwurf."
MERGED = (
    "Diese Akte wurde gerade mit einer anderen zusammengeführt. Ihre Eingabe ist noch da; bitte noch einmal speichern."
)
RESTING = "Die Einwilligung wurde widerrufen. Die Akte ruht und wird nicht weitergeführt."

FROZEN = (
    "Die Verarbeitung ist eingeschränkt (Art. 18). Die Akte lässt sich lesen, aber nicht weiterführen. "
    "Unter „Datenschutz“ steht, warum."
)


class Outdated(ValidationError):
    """Somebody else has saved the same thing since the form was opened; both versions are shown to the user."""

    def __init__(self) -> None:
        super().__init__(
            "Inzwischen hat jemand anderes gespeichert. Ihre Eingabe ist noch da; bitte vergleichen Sie beide Fassungen."
        )


def open_file(by: Actor, client: Client) -> Client:
    """The client's row, locked for this transaction; refused to everybody who may not continue the file."""
    _refuse_who_does_not_counsel(by)
    for locked in _locked_client(sight_of_one(by), client.pk):
        return locked
    was_merged = Client.objects.filter(pk=client.pk, merged_into__in=Client.objects.visible_to(by).values("pk"))
    refuse_if(was_merged.exists(), MERGED)
    raise NotAllowed(CLOSED_TO_YOU)


def _refuse_who_does_not_counsel(by: Actor) -> None:
    require(rules.can_counsel(by), "Akten führt nur, wer berät.")


@prepared
def _locked_client(sight: Sight, client_id: int) -> QuerySet[Client]:
    return Client.objects.in_sight(sight).filter(pk=client_id).order_by().select_for_update(of=("self",))


def open_active_file(by: Actor, client: Client) -> Client:
    locked = open_file(by, client)
    refuse_if(rules.is_restricted(locked), RESTING)
    refuse_if(rules.is_frozen(locked), FROZEN)
    return locked


def open_case_of_file(by: Actor, case: CounsellingCase) -> tuple[Client, CounsellingCase]:
    """Client and case, both fresh and locked, by one statement; refused when the case has ended."""
    _refuse_who_does_not_counsel(by)
    for fresh in _locked_case(sight_of_one(by), case.pk):
        refuse_if(rules.is_restricted(fresh.client), RESTING)
        refuse_if(not fresh.is_open, GOES_ON if fresh.state == CaseState.MERGED else ENDED)
        return fresh.client, fresh
    # Its file was merged while we waited for the lock: the case has another owner now.
    refuse_if(CounsellingCase.objects.visible_to(by, one=True).filter(pk=case.pk).exists(), MERGED)
    raise NotAllowed(CLOSED_TO_YOU)


@prepared
def _locked_case(sight: Sight, case_id: int) -> QuerySet[CounsellingCase]:
    """The file's row is locked first, as everywhere."""
    cases = CounsellingCase.objects.in_sight(sight).select_related("client").filter(pk=case_id).order_by()
    return cases.select_for_update(of=("client", "self"))


def open_plan_of_file(by: Actor, plan: SupportPlan) -> tuple[Client, SupportPlan]:
    client = open_active_file(by, plan.client)
    return client, SupportPlan.objects.select_for_update().get(pk=plan.pk)


def expect_revision(obj: Any, revision: int | None) -> None:
    """Two people at once: whoever saves second sees both versions. None means that the caller has no form open."""
    if revision is not None and revision != obj.revision:
        raise Outdated
    obj.revision += 1


def refuse_future(day: date | None, field: str) -> None:
    refuse_if(day is not None and not rules.is_today_or_earlier(day, timezone.localdate()), FUTURE, field)


def save_checked(obj: Any) -> Any:
    """Saves; what the constraints of the row refuse, the door says in German."""
    obj.save()
    return obj
