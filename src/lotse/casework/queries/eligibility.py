"""What the file says for the rules of eligibility, and what they have said before."""

from datetime import date

from django.db.models import Q

from lotse.casework.models import Client, ContactTopic, CounsellingCase, EligibilityAdvice
from lotse.casework.rules import ANTI_DISCRIMINATION
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.programmes.eligibility.advice import Finding
from lotse.programmes.eligibility.known import Known, Offer, Span
from lotse.programmes.models import Programme
from lotse.programmes.queries.programmes import counselling_offers

DIGITS_OF_LAND = 2


def known_of(
    actor: Actor, client: Client, case: CounsellingCase | None, day: date, has_room: bool | None = None
) -> Known:
    """`has_room`: whether the site has free capacity, where the case does not say so itself."""
    said = case.has_free_capacity if case else None
    return Known(
        born=Span.of(client.birth_date, client.birth_precision),
        entered=Span.of(client.entered_germany_on, client.entered_precision),
        permanent_since=client.permanent_status_on,
        is_resettler=client.is_resettler,
        residence_status=_residence_status(client, day),
        in_crisis=case.in_crisis if case else None,
        has_free_capacity=has_room if said is None else said,
        has_course_duty=case.has_course_duty if case else None,
        is_discriminated=_is_discriminated(client, case),
        land=client.site.municipality_code[:DIGITS_OF_LAND],
        offered=frozenset(offer.programme.code for offer in counselling_offers(actor, day)),
        offers={c.programme.code: _offer(c) for c in client.cases.open().select_related("programme")},
    )


def _residence_status(client: Client, day: date) -> str:
    in_force = client.residence_statuses.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))
    return in_force.values_list("status", flat=True).first() or ""


def _is_discriminated(client: Client, case: CounsellingCase | None) -> bool | None:
    """It was talked about; that it was not is no answer."""
    if case and case.programme.code == ANTI_DISCRIMINATION:
        return True
    return ContactTopic.objects.filter(contact__client=client, topic="racism_exclusion").exists() or None


def _offer(case: CounsellingCase) -> Offer:
    return Offer(case.first_contact_on, case.extended_until)


def counselling_programmes() -> dict[str, Programme]:
    """By code, those that advise people."""
    return {programme.code: programme for programme in Programme.objects.filter(is_counselling=True)}


def advices_of(client: Client) -> list[EligibilityAdvice]:
    return list(client.advices.select_related("suggested", "chosen", "advised_by"))


def get_advice(actor: Actor, client: Client, public_id: str) -> EligibilityAdvice:
    advices = EligibilityAdvice.objects.visible_to(actor).filter(client=client)
    return found(advices.select_related("suggested", "chosen", "advised_by"), public_id)


def named_findings(advice: EligibilityAdvice) -> list[tuple[Finding, str]]:
    """Each programme under the name it had that day; the code where it is gone."""
    programmes = Programme.objects.prefetch_related("names")
    names = {programme.code: programme.name_on(advice.advised_on) for programme in programmes}
    return [(finding, names.get(finding.programme, finding.programme)) for finding in advice.findings]


def last_choice(client: Client) -> Programme | None:
    """What the last advice came to."""
    last = client.advices.select_related("chosen").first()
    return last.chosen if last else None
