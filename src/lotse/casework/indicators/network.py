"""Intercultural opening, as far as it is counted (model.md §10.4): O2, O7, and from agreements with partners O6 and O8."""

from functools import partial

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value
from django.urls import reverse

from lotse.casework.enums import ReferralState
from lotse.casework.facts import CONTACT_TOPICS, REFERRALS, column, words_of
from lotse.facts.defined import Counted, choice
from lotse.facts.registry import Line, Period, Population
from lotse.organisations.actor import Actor
from lotse.partners.enums import CooperationEnd, CooperationKind
from lotse.partners.models import CooperationAgreement

SET, SHEET, PROGRAMME = "network", "network", ""
# The same cells as the figure of referrals has: two divisions of the same rows would give away what one of them hides.
ANSWERS = {state.value: state.label for state in ReferralState if state != ReferralState.DRAFT}
LASTING = {"in_force": "gilt", "over": "zu Ende"}


def _agreements(actor: Actor, period: Period, *, kind: CooperationKind) -> QuerySet[CooperationAgreement]:
    """In force on at least one day. The end of an old version is none."""
    rows = CooperationAgreement.objects.filter(organisation_id__in=actor.counted_organisation_ids, kind=kind)
    signed = rows.filter(signed_on__isnull=False, valid_from__lte=period.end)
    lasting = signed.filter(
        Q(valid_to=None) | Q(valid_to__gte=period.start), Q(ended_on=None) | Q(ended_on__gte=period.start)
    )
    nowhere = Value(0, output_field=IntegerField())
    return lasting.exclude(end_reason=CooperationEnd.REVISED, ended_on__lte=period.end).annotate(nowhere=nowhere)


def _of_the_house(actor: Actor) -> Q:
    return Q(organisation_id=actor.organisation_id)


def _line(row: CooperationAgreement) -> Line:
    place = [row.partner.public_id, row.public_id]
    return Line(row.subject, row.valid_from, row.partner.name, reverse("partners:cooperation", args=place))


def _population(key: str, kind: CooperationKind) -> Population:
    return Population(
        key,
        partial(_agreements, kind=kind),
        _of_the_house,
        _line,
        site="nowhere",
        programme="nowhere",
        related=("partner",),
        holds_files=False,
        of_house=True,
    )


def lasts(period: Period) -> Case:
    over = Q(valid_to__lt=period.key_date) | Q(ended_on__lte=period.key_date)
    return choice((over, "over"), otherwise="in_force")


COUNTED = {
    "transfers": Counted(REFERRALS, column("state"), ANSWERS),
    "topics": Counted(CONTACT_TOPICS, lambda _period: F("topic"), words_of("counselling_topic")),
    "joint_measures": Counted(_population("joint_measures", CooperationKind.MEASURE), lasts, LASTING),
    "agreements": Counted(_population("opening_agreements", CooperationKind.OPENING), lasts, LASTING),
}
