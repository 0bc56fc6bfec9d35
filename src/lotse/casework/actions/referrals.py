"""Referring a client to a partner: prepared with her, agreed by her, sent by mail, followed up."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.cases import NO_BASIS
from lotse.casework.actions.consents import record_decision
from lotse.casework.actions.file import expect_revision, open_active_file, save_checked
from lotse.casework.actions.under_way import close_link, end
from lotse.casework.enums import Act, ReferralState
from lotse.casework.letters import REFERRAL_LETTER
from lotse.casework.models import Client, Consent, Referral, ReferralQuestion
from lotse.casework.models.referral import LINK
from lotse.casework.queries import current_case
from lotse.casework.referral_content import as_stored, sections_of
from lotse.casework.states import REFERRAL, require_step
from lotse.correspondence.links import make_link
from lotse.correspondence.outbox import queue_mail
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner

VALID_FOR = timedelta(days=14)
SILENT_AFTER = timedelta(days=5)  # a default: then the counsellor is reminded to ask
NOTHING_CHOSEN = "Bitte mindestens eine Angabe wählen, sonst weiß der Partner nicht, um wen es geht."
NOT_OPEN = "Diese Angabe gibt es nicht oder nicht mehr. Bitte neu wählen."
NO_CONSENT = (
    "Die Person hat dieser Weitergabe noch nicht zugestimmt. Halten Sie zuerst ihre Einwilligung für diesen Partner,"
    " diesen Zweck und diese Angaben fest."
)
NO_CASE = "Es gibt keinen offenen Fall. Halten Sie zuerst den Erstkontakt fest oder nehmen Sie den Fall wieder auf."
SENT_ALREADY = "Dieser Verweis ist schon abgeschickt oder beendet."
NOT_UNDER_WAY = "Dieser Verweis ist nicht mehr offen. Sie können einen neuen beginnen."


@action("referral.drafted", "hat einen Verweis an einen Partner vorbereitet")
def draft_referral(
    *, by: Actor, client: Client, partner: Partner, purpose: str, sections: Collection[str], message: str = ""
) -> Referral:
    fresh = open_active_file(by, client)
    refuse_if(not rules.plan_is_open(fresh), NO_BASIS)
    case = current_case(client)  # the one she has chosen, where several are open
    refuse_if(case is None or not case.is_open, NO_CASE)
    _refuse_unusable(fresh, partner, sections)
    referral = Referral(
        organisation_id=fresh.organisation_id,
        client=fresh,
        case=case,
        partner=partner,
        purpose=purpose.strip(),
        sections=list(sections),
        message=message,
    )
    save_checked(referral)
    record(referral, file=fresh, partner=partner.public_id)
    return referral


def _refuse_unusable(client: Client, partner: Partner, sections: Collection[str]) -> None:
    refuse_if(partner.organisation_id != client.organisation_id, "Diesen Partner gibt es nicht.", "partner")
    refuse_if(not sections, NOTHING_CHOSEN, "sections")
    offered = {section.key for section in sections_of(client)}
    refuse_if(not set(sections) <= offered, NOT_OPEN, "sections")


@action("referral.changed", "hat einen Verweis geändert")
def change_referral(*, by: Actor, referral: Referral, revision: int | None = None, **data: Any) -> Referral:
    """A draft only. Where the consent no longer covers it, it is asked for again before sending."""
    client, fresh = open_referral(by, referral)
    refuse_if(fresh.state != ReferralState.DRAFT, SENT_ALREADY)
    expect_revision(fresh, revision)
    changed = change(fresh, data)
    _refuse_unusable(client, fresh.partner, fresh.sections)
    save_checked(fresh)
    record(fresh, file=client, fields=changed)
    return fresh


def open_referral(by: Actor, referral: Referral) -> tuple[Client, Referral]:
    """File first, then the referral: the order in which every act on a file takes its locks."""
    client = open_active_file(by, referral.client)
    fresh = Referral.objects.select_for_update(of=("self",)).select_related("partner", "link").get(pk=referral.pk)
    return client, fresh


@transaction.atomic
def record_disclosure(*, by: Actor, referral: Referral, given: bool, **decision: Any) -> Consent:
    """What the person decided about exactly this: recipient, purpose, sections."""
    about = {"recipient": referral.partner, "purpose": referral.purpose, "scope": list(referral.sections)}
    return record_decision(by=by, client=referral.client, act=Act.DISCLOSURE, given=given, **about, **decision)


def covering_consent(referral: Referral) -> Consent | None:
    given = referral.client.consents.filter(act=Act.DISCLOSURE, recipient_id=referral.partner_id)
    return next((consent for consent in given if rules.covers_referral(consent, referral)), None)


@action("referral.sent", "hat einen Verweis abgeschickt")
def send_referral(*, by: Actor, referral: Referral, recipient: str) -> Referral:
    """The mail names nobody: it holds a link that opens with a code which the partner gets by another channel."""
    client, fresh = open_referral(by, referral)
    refuse_if(fresh.state != ReferralState.DRAFT, SENT_ALREADY)
    _refuse_unusable(client, fresh.partner, fresh.sections)
    fresh.consent = covering_consent(fresh)
    refuse_if(fresh.consent is None, NO_CONSENT)
    fresh.content = as_stored(section for section in sections_of(client) if section.key in fresh.sections)
    require_step(REFERRAL, ReferralState.DRAFT, ReferralState.SENT)
    fresh.state, fresh.sent_at = ReferralState.SENT, timezone.now()
    _mail_link(by, client, fresh, recipient)
    save_checked(fresh)
    record(fresh, file=client, partner=fresh.partner.public_id, sections=fresh.sections)
    return fresh


def _mail_link(by: Actor, client: Client, referral: Referral, recipient: str) -> None:
    """A new link ends the former one, and its code."""
    validate_email(recipient)
    close_link(referral)
    referral.recipient, referral.wrong_codes = recipient, 0
    referral.link, token = make_link(
        purpose=LINK, obj=referral, organisation_id=client.organisation_id, valid_for=VALID_FOR
    )
    referral.remind_on = timezone.localdate() + SILENT_AFTER
    values = {"token": token, "site": client.site, "label": by.label, "until": referral.link.valid_until}
    queue_mail(REFERRAL_LETTER, organisation_id=client.organisation_id, to=recipient, values=values)


@action("referral.link_renewed", "hat einen neuen Link zu einem Verweis verschickt")
def renew_link(*, by: Actor, referral: Referral, recipient: str) -> Referral:
    client, fresh = open_referral(by, referral)
    refuse_if(fresh.state not in (ReferralState.SENT, ReferralState.SEEN), NOT_UNDER_WAY)
    refuse_if(covering_consent(fresh) is None, NO_CONSENT)
    _mail_link(by, client, fresh, recipient)
    save_checked(fresh)
    record(fresh, file=client)
    return fresh


@action("referral.code_made", "hat einen Code für den Link eines Verweises erzeugt")
def make_code(*, by: Actor, referral: Referral) -> str:
    """Shown once, to be read out on the phone; what is kept is its hash. A new one ends the former and its wrong tries."""
    client, fresh = open_referral(by, referral)
    refuse_if(not rules.is_open_to_partner(fresh), NOT_UNDER_WAY)
    code = get_random_string(8, "0123456789")
    fresh.code_hash, fresh.wrong_codes = make_password(code), 0
    save_checked(fresh)
    record(fresh, file=client)
    return code


@action("referral.cancelled", "hat einen Verweis zurückgezogen")
def cancel_referral(*, by: Actor, referral: Referral) -> Referral:
    client, fresh = open_referral(by, referral)
    refuse_if(ReferralState.CANCELLED not in REFERRAL[ReferralState(fresh.state)], NOT_UNDER_WAY)
    close_link(fresh)
    end(fresh, ReferralState.CANCELLED)
    save_checked(fresh)
    record(fresh, file=client)
    return fresh


@action("referral.followed_up", "hat bei einem Verweis nachgefasst")
def follow_up(*, by: Actor, referral: Referral, remind_on: date | None) -> Referral:
    """Off the list of today; until a later day, or for good."""
    client, fresh = open_referral(by, referral)
    fresh.remind_on = remind_on
    save_checked(fresh)
    record(fresh, file=client, until=remind_on)
    return fresh


@action("referral.question_answered", "hat die Rückfrage eines Partners beantwortet")
def answer_question(*, by: Actor, question: ReferralQuestion, reply: str) -> ReferralQuestion:
    client, referral = open_referral(by, question.referral)
    fresh = ReferralQuestion.objects.select_for_update().get(pk=question.pk)
    refuse_if(fresh.replied_at is not None, "Diese Frage ist schon beantwortet.")
    fresh.reply, fresh.replied_at = reply, timezone.now()
    save_checked(fresh)
    referral.remind_on = timezone.localdate() + SILENT_AFTER
    save_checked(referral)
    record(fresh, file=client)
    return fresh
