"""Taking away a lost second factor, by two persons."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from lotse.accounts.actions.sessions import end_all_sessions
from lotse.accounts.actors import Administrator, Confirmer
from lotse.accounts.models import FactorReset, User
from lotse.accounts.notices import notify
from lotse.auditlog.door import action, record, refuse_if, require

SECOND_PERSON = "Bestätigen muss eine zweite Person: nicht, wer beantragt hat, und nicht, wem das Konto gehört."


@action("account.factor_reset_requested", "hat beantragt, einen zweiten Faktor zurückzusetzen")
def request_factor_reset(*, by: Administrator, user: User, reason: str) -> FactorReset:
    require(user.pk in by.account_ids)
    reset = FactorReset(
        organisation_id=by.organisation_id, user=user, reason=reason.strip(), requested_by_id=by.user_id
    )
    refuse_if(not Authenticator.objects.filter(user=user).exists(), "Dieses Konto hat keinen zweiten Faktor.")
    reset.save()
    record(reset)
    subject, template = "Ihr zweiter Faktor soll zurückgesetzt werden", "accounts/mail/factor_reset_requested.txt"
    transaction.on_commit(lambda: notify(user, subject, template, by=by.label))
    return reset


@action("account.factor_reset_confirmed", "hat einen zweiten Faktor zurückgesetzt")
def confirm_factor_reset(*, by: Confirmer, reset: FactorReset) -> FactorReset:
    """The second person: every factor goes, every session ends, the owner is told."""
    require(reset.user_id in by.account_ids)
    require(by.user_id not in (reset.requested_by_id, reset.user_id), SECOND_PERSON)
    fresh = _open(reset)
    fresh.confirmed_by_id, fresh.confirmed_at = by.user_id, timezone.now()
    fresh.save()
    Authenticator.objects.filter(user=fresh.user).delete()
    end_all_sessions(fresh.user)
    record(fresh)
    subject, template = "Ihr zweiter Faktor wurde zurückgesetzt", "accounts/mail/factor_reset.txt"
    transaction.on_commit(lambda: notify(fresh.user, subject, template))
    return fresh


@action("account.factor_reset_dropped", "hat das Zurücksetzen eines zweiten Faktors verworfen")
def drop_factor_reset(*, by: Confirmer, reset: FactorReset) -> FactorReset:
    require(reset.user_id in by.account_ids)
    fresh = _open(reset)
    fresh.dropped_at = timezone.now()
    fresh.save()
    record(fresh)
    return fresh


def _open(reset: FactorReset) -> FactorReset:
    fresh = FactorReset.objects.select_for_update(of=("self",)).select_related("user").get(pk=reset.pk)
    refuse_if(bool(fresh.confirmed_at or fresh.dropped_at), "Das ist schon erledigt.")
    return fresh
