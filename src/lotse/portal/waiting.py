"""What waits for this actor as the second person: file access from casework, roles and deputies from organisations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lotse.casework.actions.access import confirm_assignment
from lotse.casework.actions.emergency import allow_emergency, decline_emergency
from lotse.casework.models import FileAssignment
from lotse.casework.queries import waiting_assignments
from lotse.organisations.actions import grants
from lotse.organisations.actor import Actor
from lotse.organisations.models import Deputy, Membership
from lotse.organisations.rights import awaiting_confirmation

Subject = FileAssignment | Membership | Deputy

# What is decided → its name in the actions, yes, no. Some can only be confirmed.
EMERGENCY = "emergency"
VERBS: dict[type | str, tuple[str, Callable[..., Any], Callable[..., Any] | None]] = {
    FileAssignment: ("assignment", confirm_assignment, None),
    EMERGENCY: ("assignment", allow_emergency, decline_emergency),
    Membership: ("membership", grants.confirm_role, grants.decline_role),
    Deputy: ("deputy", grants.confirm_deputy, grants.decline_deputy),
}


@dataclass(frozen=True)
class Waiting:
    """One decision in words. It holds no function: a template would call it."""

    subject: Subject
    wish: str

    @property
    def ref(self) -> str:
        return self.subject.public_id

    @property
    def asked_by(self) -> str:
        return str(self.subject.granted_by or "Das System")

    @property
    def is_emergency(self) -> bool:
        """One look for an hour, needed now."""
        return getattr(self.subject, "is_emergency", False)

    @property
    def can_be_declined(self) -> bool:
        return verbs_of(self.subject)[2] is not None


def waiting_for(actor: Actor) -> list[Waiting]:
    """Nothing and no statement for who never confirms; no client is named."""
    files = [Waiting(row, _file_wish(row)) for row in waiting_assignments(actor)]
    return files + [Waiting(grant, _wish(grant)) for grant in awaiting_confirmation(actor)]


def verbs_of(subject: Subject) -> tuple[str, Callable[..., Any], Callable[..., Any] | None]:
    return VERBS[EMERGENCY if getattr(subject, "is_emergency", False) else type(subject)]


def decide(actor: Actor, asked: Waiting, agree: bool) -> None:
    name, yes, no = verbs_of(asked.subject)
    verb = yes if agree or no is None else no
    verb(by=actor, **{name: asked.subject})


def _file_wish(row: FileAssignment) -> str:
    who = row.person.with_account
    return f"{who} braucht Einblick in eine Akte" if row.is_emergency else f"eine Akte für {who} öffnen"


def _wish(grant: Membership | Deputy) -> str:
    if isinstance(grant, Deputy):
        return f"{grant.deputy.with_account} als Vertretung von {grant.person} eintragen, {_period(grant)}"
    where = grant.site or grant.organisation
    return f"{grant.person.with_account} die Rolle {grant.get_role_display()} geben, {where}, {_period(grant)}"


def _period(grant: Membership | Deputy) -> str:
    begin = f"ab {grant.valid_from:%d.%m.%Y}"
    return f"{begin} bis {grant.valid_to:%d.%m.%Y}" if grant.valid_to else begin
