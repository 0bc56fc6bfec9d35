from dataclasses import dataclass
from datetime import date, timedelta

from lotse.casework import rules
from lotse.casework.models import Client, Consent, CourseParticipation, ProviderContact
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.partners.queries.cooperation import agreed_providers


@dataclass(frozen=True)
class CourseCard:
    """A course with what a counsellor should notice about it."""

    course: CourseParticipation
    talks: list[ProviderContact]
    consent: Consent | None
    lacks_contact: bool
    is_contact_due: bool
    lacks_agreement: bool


def courses_of(client: Client, today: date) -> list[CourseCard]:
    """Running ones first, then those to come, then those that are over."""
    order = ("during", "before", "after")
    courses = list(client.courses.select_related("provider").prefetch_related("talks__person"))
    consents = list(client.consents.all())
    agreed = agreed_providers({course.provider_id for course in courses}, today)
    cards = [_card(course, consents, agreed, today) for course in courses]
    return sorted(cards, key=lambda card: order.index(card.course.phase))


def _card(course: CourseParticipation, consents: list[Consent], agreed: set[int], today: date) -> CourseCard:
    talks = list(course.talks.all())
    last = max((talk.on for talk in talks), default=course.began_on)
    return CourseCard(
        course,
        talks,
        rules.exchange_consent(consents, course.provider_id),
        course.is_running and not rules.has_fixed_contact(course.contact_person, course.presence),
        rules.provider_contact_is_due(course.is_running, last, today),
        rules.wants_cooperation(course.phase, course.provider_id in agreed),
    )


def get_course(actor: Actor, client: Client, public_id: str) -> CourseParticipation:
    rows = CourseParticipation.objects.visible_to(actor).filter(client=client)
    return found(rows.select_related("client", "provider"), public_id)


def exchange_consent(client: Client, course: CourseParticipation) -> Consent | None:
    return rules.exchange_consent(client.consents.all(), course.provider_id)


def my_course_steps(actor: Actor, today: date, limit: int = 20) -> list[CourseParticipation]:
    """Where I wanted to ask again, up to a week ahead, in my own files."""
    mine = {"client__responsible_id__in": actor.file_holder_ids, "organisation_id": actor.organisation_id}
    rows = CourseParticipation.objects.filter(**mine, client__restricted_on=None)
    due = rows.filter(follow_up_on__lte=today + timedelta(days=7)).select_related("client", "provider")
    return list(due.order_by("follow_up_on", "id")[:limit])
