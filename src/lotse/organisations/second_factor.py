"""Which roles need a second factor: the default of the role, or what the organisation has set."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from lotse.accounts.middleware import SecondFactorMiddleware
from lotse.accounts.models import RoleDuty
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.roles import ROLES, Role

SENSITIVE = frozenset({Permission.CONFIRM_FILE_ACCESS, Permission.MANAGE_ACCOUNTS, Permission.READ_LOG})
REMEMBERED = "second_factor_duty"


@dataclass(frozen=True)
class Duty:
    role: Role
    required: bool
    is_default: bool


def is_default_for(role: Role) -> bool:
    """A default of Lotse, printed as such: who opens files, confirms access, administers accounts or reads logs."""
    return bool(settings.SECOND_FACTOR_DEFAULTS) and (role.opens_files or bool(role.permissions & SENSITIVE))


def duties(organisation_id: int) -> list[Duty]:
    """One line per role. One statement."""
    own = dict(RoleDuty.objects.filter(organisation_id=organisation_id).values_list("role", "must_use_second_factor"))
    return [Duty(role, own.get(key, is_default_for(role)), key not in own) for key, role in ROLES.items()]


def is_demanded_of(actor: Actor) -> bool:
    return any(duty.required for duty in duties(actor.organisation_id) if duty.role.key in actor.role_keys)


class RoleSecondFactorMiddleware(SecondFactorMiddleware):
    """Asks once per session, and again when her roles have changed. What the organisation changes holds from the next login."""

    def is_due(self, request: HttpRequest) -> bool:
        return super().is_due(request) or bool(request.actor and self._remembered(request))

    def _remembered(self, request: HttpRequest) -> bool:
        roles = sorted(request.actor.role_keys)
        known = request.session.get(REMEMBERED)
        if not known or known[0] != roles:
            known = request.session[REMEMBERED] = [roles, is_demanded_of(request.actor)]
        return known[1]
