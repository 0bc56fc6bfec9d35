"""Referrals in every state, as the way to a partner goes: prepared, silent, asked back, declined, accepted."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from lotse.casework.actions.referral_answers import Addressee, accept_referral, ask_back, decline_referral, try_code
from lotse.casework.actions.referrals import draft_referral, follow_up, make_code, record_disclosure, send_referral
from lotse.casework.enums import DeclineReason
from lotse.casework.models import CounsellingCase, Referral
from lotse.portal.demo.showcase.stage import Stage
from lotse.portal.demo.story import TEXT_VERSION


def tell(stage: Stage) -> None:
    dilan = stage.file(
        "Dilan Phantasi", "Die Miete ist zu hoch, dazu kommen Schulden.", days=80, gender="w", contact_language="tr", phone="0150 555 1501"
    )  # fmt: skip
    _declined(stage, dilan)
    _accepted(stage, dilan)
    _silent(stage, dilan)
    elira = stage.file(
        "Elira Irgendwer", "Trennung, sucht Beratung für Frauen.", days=40, gender="w", contact_language="sq"
    )
    _asked_back(stage, elira)
    _draft(stage, elira, "law", "Klärung des Unterhalts")


def _draft(stage: Stage, case: CounsellingCase, partner: str, purpose: str) -> Referral:
    return draft_referral(
        by=stage.mara.actor, client=case.client, partner=stage.partners[partner], purpose=purpose, sections=["contact", "concern"]
    )  # fmt: skip


def _sent(stage: Stage, case: CounsellingCase, partner: str, purpose: str) -> Referral:
    by, referral = stage.mara.actor, _draft(stage, case, partner, purpose)
    record_disclosure(
        by=by, referral=referral, given=True, decided_on=stage.ago(7), language=case.client.contact_language, form="written",
        text_version=TEXT_VERSION,
    )  # fmt: skip
    return send_referral(by=by, referral=referral, recipient=stage.partners[partner].email)


def _read(stage: Stage, referral: Referral) -> Addressee:
    """The code was told on the phone."""
    partner = Addressee.of(referral.partner)
    try_code(by=partner, referral=referral, code=make_code(by=stage.mara.actor, referral=referral))
    return partner


def _silent(stage: Stage, case: CounsellingCase) -> None:
    referral = _sent(stage, case, "law", "Prüfung des Mietvertrags")
    follow_up(by=stage.mara.actor, referral=referral, remind_on=stage.today)
    a_week_ago = timezone.now() - timedelta(days=7)
    Referral.objects.filter(pk=referral.pk).update(sent_at=a_week_ago)  # an action cannot send in the past


def _asked_back(stage: Stage, case: CounsellingCase) -> None:
    referral = _sent(stage, case, "women", "Beratung zur Trennung")
    ask_back(
        by=_read(stage, referral),
        referral=referral,
        name="Frau Entwurf",
        text="Braucht Frau Irgendwer eine Dolmetscherin?",
    )


def _declined(stage: Stage, case: CounsellingCase) -> None:
    referral = _sent(stage, case, "housing", "Hilfe bei der Wohnungssuche")
    decline_referral(
        by=_read(stage, referral), referral=referral, name="Herr Vorlage", reason=DeclineReason.NO_CAPACITY,
        note="Wieder ab dem nächsten Quartal.",
    )  # fmt: skip


def _accepted(stage: Stage, case: CounsellingCase) -> None:
    referral = _sent(stage, case, "debts", "Hilfe bei Mietschulden")
    at = datetime.combine(stage.ahead(6), time(11), timezone.get_current_timezone())
    accept_referral(
        by=_read(stage, referral), referral=referral, name="Frau Exempel", appointment_at=at, place="Beispielhaus, 2. Stock"
    )  # fmt: skip
