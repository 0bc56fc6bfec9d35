"""What a partner does behind the link of a referral, without an account: give the code, then answer."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.actions.under_way import close_link, end
from lotse.casework.enums import DeclineReason, ReferralState
from lotse.casework.models import Client, Referral, ReferralQuestion
from lotse.casework.states import REFERRAL, REFERRAL_ENDS, require_step
from lotse.correspondence.links import LinkInvalid
from lotse.organisations.actor import SystemActor
from lotse.organisations.notices import notify
from lotse.partners.models import Partner

ANSWERED = "Darauf wurde schon geantwortet."


@dataclass(frozen=True)
class Addressee:
    """Whoever reads and answers for the partner; she has no account, the log knows the institution."""

    ref: str
    label: str
    organisation_id: int

    @classmethod
    def of(cls, partner: Partner) -> "Addressee":
        return cls(partner.public_id, f"{partner.name} (über den Link)"[:160], partner.organisation_id)


@action("referral.code_tried", "hat einen Code für den Link eines Verweises eingegeben")
def try_code(*, by: Addressee, referral: Referral, code: str) -> bool:
    """Counted under the lock of the row, so that five tries are five, however many come at once (RF-03)."""
    client, fresh = _open(referral)
    may_try = bool(fresh.code_hash) and not rules.code_is_locked(fresh)
    is_right = may_try and check_password(code, fresh.code_hash)
    if is_right:
        _note_first_look(fresh)
    elif may_try:
        fresh.wrong_codes += 1
        if rules.code_is_locked(fresh):
            _call_counsellor(client, fresh, "Der Link zu einem Verweis ist gesperrt: Der Code war fünfmal falsch.")
    save_checked(fresh)
    record(fresh, file=client, right=is_right)
    return is_right


def _note_first_look(referral: Referral) -> None:
    referral.wrong_codes = 0
    if referral.state == ReferralState.SENT:
        require_step(REFERRAL, ReferralState.SENT, ReferralState.SEEN)
        referral.state, referral.seen_at = ReferralState.SEEN, timezone.now()


def _open(referral: Referral) -> tuple[Client, Referral]:
    """File first, then the referral; whatever has ended meanwhile looks like a link that never was."""
    client = Client.objects.select_for_update().get(pk=referral.client_id)
    rows = Referral.objects.select_for_update(of=("self",)).select_related("link", "consent", "client")
    fresh = rows.get(pk=referral.pk)
    if not rules.is_open_to_partner(fresh):
        raise LinkInvalid
    return client, fresh


def _open_unanswered(referral: Referral) -> tuple[Client, Referral]:
    client, fresh = _open(referral)
    refuse_if(fresh.state in REFERRAL_ENDS, ANSWERED)
    return client, fresh


def _call_counsellor(client: Client, referral: Referral, told: str) -> None:
    """On Heute today, and by mail without a name."""
    referral.remind_on = timezone.localdate()
    notify([client.responsible], "Verweis", f"{told}\nAkte {client.number}, Seite Verweise.")


@action("referral.accepted", "hat einen Verweis angenommen")
def accept_referral(
    *, by: Addressee, referral: Referral, name: str, appointment_at: datetime | None = None, place: str = ""
) -> Referral:
    client, fresh = _open_unanswered(referral)
    is_past = appointment_at is not None and appointment_at < timezone.now()
    refuse_if(is_past, "Der Termin liegt in der Vergangenheit.", "appointment_at")
    fresh.answered_by, fresh.appointment_at, fresh.appointment_place = name, appointment_at, place
    return _answer(by, client, fresh, ReferralState.ACCEPTED)


@action("referral.declined", "hat einen Verweis abgelehnt")
def decline_referral(
    *, by: Addressee, referral: Referral, name: str, reason: DeclineReason, note: str = ""
) -> Referral:
    """Who does not take the person has no need to read about her any longer."""
    client, fresh = _open_unanswered(referral)
    fresh.answered_by, fresh.decline_reason, fresh.answer_note = name, reason, note
    close_link(fresh)
    return _answer(by, client, fresh, ReferralState.DECLINED)


def _answer(by: Addressee, client: Client, referral: Referral, state: ReferralState) -> Referral:
    end(referral, state)
    _call_counsellor(client, referral, f"Ein Partner hat geantwortet: {state.label}.")
    save_checked(referral)
    record(referral, file=client)
    return referral


@action("referral.question_asked", "hat zu einem Verweis eine Rückfrage gestellt")
def ask_back(*, by: Addressee, referral: Referral, name: str, text: str) -> ReferralQuestion:
    client, fresh = _open_unanswered(referral)
    question = ReferralQuestion(
        organisation_id=fresh.organisation_id, client=client, referral=fresh, asked_by=name, text=text
    )
    save_checked(question)
    _call_counsellor(client, fresh, "Ein Partner hat eine Frage zu einem Verweis.")
    save_checked(fresh)
    record(question, file=client)
    return question


@action("referral.expired", "hat abgelaufene Verweise beendet")
def expire_referrals(*, by: SystemActor) -> int:
    """For the worker: the two weeks are over and nobody has answered."""
    waiting = (ReferralState.SENT, ReferralState.SEEN)
    silent = Referral.objects.filter(state__in=waiting, link__valid_until__lte=timezone.now())
    count = 0
    for referral in silent.select_for_update(of=("self",)).select_related("client__responsible"):
        end(referral, ReferralState.EXPIRED)
        _call_counsellor(referral.client, referral, "Ein Partner hat auf einen Verweis nicht geantwortet.")
        save_checked(referral)
        record(referral, file=referral.client)
        count += 1
    return count
