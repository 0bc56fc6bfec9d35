"""What stands beside the chain, for the actor."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from lotse.agency.models import (
    AdviceRequest,
    HandbookPage,
    HandbookReading,
    HandbookSuggestion,
    Onboarding,
    OnboardingStep,
    ProjectConcept,
    Training,
    TrainingPlace,
)
from lotse.agency.support import first_weeks_of
from lotse.core.finding import found
from lotse.core.guides import Item
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person


@dataclass(frozen=True)
class FirstStep:
    item: Item
    row: OnboardingStep
    is_next: bool


def house_of(actor: Actor) -> Organisation | None:
    """For whom she coordinates: the topmost, where there are several."""
    return Organisation.objects.filter(path__in=actor.released_paths).order_by("path").first()


def onboardings(actor: Actor) -> QuerySet[Onboarding]:
    rows = Onboarding.objects.visible_to(actor).select_related("agency", "person")
    return rows.annotate(all_steps=Count("steps"), done=Count("steps__done_on"))


def get_onboarding(actor: Actor, public_id: str) -> Onboarding:
    return found(onboardings(actor), public_id)


def first_steps(onboarding: Onboarding) -> list[FirstStep]:
    words, rows = first_weeks_of(onboarding.version), list(onboarding.steps.all())
    following = next((row.pk for row in rows if row.done_on is None), None)
    return [FirstStep(words.item(row.key) or Item(row.key, row.key, ""), row, row.pk == following) for row in rows]


def get_first_step(actor: Actor, public_id: str) -> OnboardingStep:
    rows = OnboardingStep.objects.filter(onboarding__in=Onboarding.objects.visible_to(actor))
    return found(rows.select_related("onboarding__agency", "onboarding__person"), public_id)


def newcomers(agency: Organisation, day: date) -> dict[str, Person]:
    """Who works in an agency and has no first weeks yet, by public id."""
    people = Person.objects.filter(memberships__organisation=agency, memberships__role="integration_specialist")
    free = people.exclude(pk__in=Onboarding.objects.filter(agency=agency).values("person_id"))
    rows = free.exclude(left_on__lt=day).distinct().order_by("last_name", "first_name", "id")
    return {row.public_id: row for row in rows}


def concepts(actor: Actor) -> QuerySet[ProjectConcept]:
    return ProjectConcept.objects.visible_to(actor).select_related("agency")


def get_concept(actor: Actor, public_id: str) -> ProjectConcept:
    return found(concepts(actor), public_id)


def trainings(actor: Actor, day: date) -> list[Training]:
    """Those to come, with the number of places taken and whether one is hers."""
    rows = Training.objects.visible_to(actor).filter(on__gte=day).select_related("organisation")
    mine = TrainingPlace.objects.filter(training=OuterRef("pk"), person_id=actor.person_id)
    return list(rows.annotate(taken=Count("places"), my_place=Subquery(mine.values("pk")[:1])))


def get_training(actor: Actor, public_id: str) -> Training:
    return found(Training.objects.visible_to(actor).select_related("organisation"), public_id)


def places_of(training: Training) -> list[TrainingPlace]:
    return list(training.places.select_related("person__organisation").order_by("person__last_name", "id"))


def advice_requests(actor: Actor) -> QuerySet[AdviceRequest]:
    """Open ones first."""
    rows = AdviceRequest.objects.visible_to(actor).select_related("agency", "asked_by", "answered_by")
    return rows.order_by(F("answered_on").asc(nulls_first=True), "-asked_on", "-id")


def get_advice_request(actor: Actor, public_id: str) -> AdviceRequest:
    return found(advice_requests(actor), public_id)


def handbook(actor: Actor) -> list[HandbookPage]:
    """By chapter; `read` is the version she has read, None for never."""
    mine = HandbookReading.objects.filter(page=OuterRef("pk"), person_id=actor.person_id)
    return list(HandbookPage.objects.visible_to(actor).annotate(read=Subquery(mine.values("version")[:1])))


def unread(actor: Actor) -> list[HandbookPage]:
    return [page for page in handbook(actor) if page.read != page.version]


def get_handbook_page(actor: Actor, public_id: str) -> HandbookPage:
    return found(HandbookPage.objects.visible_to(actor).select_related("organisation"), public_id)


def suggestions_for(page: HandbookPage) -> list[HandbookSuggestion]:
    return list(page.suggestions.select_related("by").order_by(F("answered_on").asc(nulls_first=True), "-on", "-id"))


def get_suggestion(actor: Actor, public_id: str) -> HandbookSuggestion:
    return found(HandbookSuggestion.objects.visible_to(actor).select_related("page__organisation", "by"), public_id)
