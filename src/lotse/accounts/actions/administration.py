"""What whoever administers accounts may do: lock, unlock, say which roles need a second factor. Never a password."""

from django.db import transaction

from lotse.accounts import throttle
from lotse.accounts.actions.sessions import end_all_sessions
from lotse.accounts.actors import Administrator
from lotse.accounts.models import RoleDuty, User
from lotse.accounts.notices import notify
from lotse.auditlog.door import action, record, refuse_if, require


@action("account.locked", "hat ein Konto gesperrt")
def lock_account(*, by: Administrator, user: User) -> User:
    """Signs the owner out everywhere, at once."""
    require(user.pk in by.account_ids)
    refuse_if(user.pk == by.user_id, "Das eigene Konto sperrt niemand selbst.")
    fresh = User.objects.select_for_update().get(pk=user.pk)
    fresh.is_active = False
    end_all_sessions(fresh)
    record(fresh, organisation_id=by.organisation_id)
    return fresh


@action("account.unlocked", "hat ein Konto entsperrt")
def unlock_account(*, by: Administrator, user: User) -> User:
    """Opens a locked account and forgets failed logins."""
    require(user.pk in by.account_ids)
    fresh = User.objects.select_for_update().get(pk=user.pk)
    fresh.is_active = True
    fresh.save()
    throttle.forget(fresh.email)
    record(fresh, organisation_id=by.organisation_id)
    subject, template = "Ihr Konto bei Lotse ist entsperrt", "accounts/mail/unlocked.txt"
    transaction.on_commit(lambda: notify(fresh, subject, template))
    return fresh


@action("account.duty_set", "hat festgelegt, ob eine Rolle einen zweiten Faktor braucht")
def set_second_factor_duty(*, by: Administrator, organisation_id: int, role: str, required: bool | None) -> None:
    """None goes back to the default of the role."""
    require(organisation_id in by.organisation_ids)
    duty = RoleDuty.objects.filter(organisation_id=organisation_id, role=role).first()
    duty = duty or RoleDuty(organisation_id=organisation_id, role=role)
    if required is None:
        RoleDuty.objects.filter(pk=duty.pk).delete()
    else:
        duty.must_use_second_factor = required
        duty.save()
    record(duty, role=role, required=required)
