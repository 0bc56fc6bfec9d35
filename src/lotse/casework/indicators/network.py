"""Intercultural opening, as far as it is counted from casework (model.md §10.4): O2 and O7."""

from django.db.models import Case, F, Q

from lotse.casework.enums import ReferralState
from lotse.casework.facts import CONTACT_TOPICS, REFERRALS, words_of
from lotse.casework.indicators.counted import Counted, choice
from lotse.facts.registry import Period

SET, SHEET, PROGRAMME = "network", "network", ""
ANSWERED = {
    "accepted": "angenommen",
    "declined": "abgelehnt",
    "expired": "ohne Antwort abgelaufen",
    "cancelled": "zurückgezogen",
}


def transfers(_period: Period) -> Case:
    """What is still under way has no result yet."""
    return choice(*((Q(state=getattr(ReferralState, key.upper())), key) for key in ANSWERED))


COUNTED = {
    "transfers": Counted(REFERRALS, transfers, ANSWERED),
    "topics": Counted(CONTACT_TOPICS, lambda _period: F("topic"), words_of("counselling_topic")),
}
