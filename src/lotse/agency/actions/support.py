"""Beside the chain: the first weeks, concepts, trainings, advice, the handbook."""

from datetime import date
from typing import Any

from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions.papers import WHO_WRITES
from lotse.agency.models import (
    AdviceRequest,
    HandbookPage,
    HandbookReading,
    HandbookSuggestion,
    HandbookVersion,
    Onboarding,
    OnboardingStep,
    ProjectConcept,
    Training,
    TrainingPlace,
)
from lotse.agency.queries.agencies import carrier_of
from lotse.agency.support import first_weeks
from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.core.fields import FUTURE
from lotse.organisations.actions.shared import change, locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.organisations.notices import notify

WHO_OFFERS = "Das macht die Koordination."


@action("onboarding.begun", "hat eine Einarbeitung begonnen")
def begin_onboarding(*, by: Actor, agency: Organisation, person: Person) -> Onboarding:
    require(rules.works_in(by, agency) or rules.releases(by, agency), WHO_WRITES)
    words, today = first_weeks(timezone.localdate()), timezone.localdate()
    owner = {"organisation_id": carrier_of(agency)}
    made = Onboarding.objects.create(**owner, agency=agency, person=person, version=words.version, begun_on=today)
    for item in words.items:
        OnboardingStep.objects.create(**owner, onboarding=made, key=item.key)
    record(made, version=words.version)
    return made


@action("onboarding.step_kept", "hat einen Schritt der Einarbeitung festgehalten")
def keep_first_step(*, by: Actor, step: OnboardingStep, done_on: date | None, note: str) -> OnboardingStep:
    require(rules.works_in(by, step.onboarding.agency), WHO_WRITES)
    refuse_if(done_on is not None and done_on > timezone.localdate(), FUTURE, "done_on")
    fresh = locked(step)
    fresh.done_on, fresh.note = done_on, note
    fresh.save()
    record(fresh, done_on=done_on)
    return fresh


@action("concept.begun", "hat ein Projektkonzept begonnen")
def begin_concept(*, by: Actor, agency: Organisation, **given: Any) -> ProjectConcept:
    require(rules.works_in(by, agency), WHO_WRITES)
    made = ProjectConcept.objects.create(
        organisation_id=carrier_of(agency), agency=agency, changed_on=timezone.localdate(), **given
    )
    record(made)
    return made


@action("concept.changed", "hat ein Projektkonzept geändert")
def change_concept(*, by: Actor, concept: ProjectConcept, revision: int | None = None, **given: Any) -> ProjectConcept:
    require(rules.works_in(by, concept.agency), WHO_WRITES)
    fresh = locked(concept)
    refuse_if_changed(fresh, revision)
    changed = change(fresh, given)
    fresh.revision, fresh.changed_on = fresh.revision + 1, timezone.localdate()
    fresh.save()
    record(fresh, fields=changed)
    return fresh


@action("training.offered", "hat eine Fortbildung angekündigt")
def offer_training(*, by: Actor, organisation: Organisation, **given: Any) -> Training:
    require(rules.offers_support(by, organisation), WHO_OFFERS)
    made = Training.objects.create(organisation=organisation, **given)
    record(made, on=made.on)
    return made


@action("training.changed", "hat eine Fortbildung geändert")
def change_training(*, by: Actor, training: Training, **given: Any) -> Training:
    """Whoever has a place is told when the day is another one, or when it is called off."""
    require(rules.offers_support(by, training.organisation), WHO_OFFERS)
    fresh = locked(training)
    changed = change(fresh, given)
    fresh.save()
    if told := _told_of(fresh, changed):
        notify((place.person for place in fresh.places.select_related("person__user")), told, f"{fresh.title}: {told}.")
    record(fresh, fields=changed)
    return fresh


def _told_of(training: Training, changed: list[str]) -> str:
    if "called_off_on" in changed and training.called_off_on:
        return "Fortbildung abgesagt"
    return f"Fortbildung jetzt am {training.on:%d.%m.%Y}" if {"on", "hours", "place"} & set(changed) else ""


@action("training.joined", "hat sich zu einer Fortbildung angemeldet")
def join_training(*, by: Actor, training: Training) -> TrainingPlace:
    fresh = locked(training)
    refuse_if(
        fresh.called_off_on is not None or fresh.on < timezone.localdate(), "Diese Fortbildung findet nicht mehr statt."
    )
    refuse_if(fresh.seats is not None and fresh.places.count() >= fresh.seats, "Es ist kein Platz mehr frei.")
    made = TrainingPlace.objects.create(organisation_id=by.organisation_id, training=fresh, person_id=by.person_id)
    record(made)
    return made


@action("training.left", "hat sich von einer Fortbildung abgemeldet")
def leave_training(*, by: Actor, training: Training) -> None:
    place = TrainingPlace.objects.filter(training=training, person_id=by.person_id).first()
    refuse_if(place is None, "Sie sind nicht angemeldet.")
    record(place)
    place.delete()


@action("advice.asked", "hat um Beratung durch den Bezirk gebeten")
def ask_advice(*, by: Actor, agency: Organisation, topic: str, text: str) -> AdviceRequest:
    require(rules.works_in(by, agency), WHO_WRITES)
    made = AdviceRequest(
        organisation_id=carrier_of(agency), agency=agency, topic=topic, text=text, asked_by_id=by.person_id,
        asked_on=timezone.localdate(),
    )  # fmt: skip
    made.save()
    record(made, topic=topic)
    return made


@action("advice.answered", "hat eine Beratungsanfrage beantwortet")
def answer_advice(*, by: Actor, request: AdviceRequest, answer: str) -> AdviceRequest:
    require(rules.offers_support(by, request.agency), WHO_OFFERS)
    fresh = locked(request)
    fresh.answer, fresh.answered_by_id, fresh.answered_on = answer, by.person_id, timezone.localdate()
    fresh.save()
    notify([fresh.asked_by], "Antwort auf Ihre Anfrage", "Die Koordination hat Ihre Anfrage beantwortet.")
    record(fresh)
    return fresh


@action("handbook.written", "hat eine Seite des Handbuchs geschrieben")
def write_page(
    *,
    by: Actor,
    organisation: Organisation,
    page: HandbookPage | None = None,
    revision: int | None = None,
    **given: Any,
) -> HandbookPage:
    """A new page, or the next version of one; `revision` is the version the form was shown with."""
    require(rules.offers_support(by, organisation), WHO_OFFERS)
    fresh = locked(page) if page else HandbookPage(organisation=organisation, version=0)
    refuse_if(revision is not None and page is not None and revision != fresh.version, STALE)
    for name, value in given.items():
        setattr(fresh, name, value)
    fresh.version, fresh.changed_on = fresh.version + 1, timezone.localdate()
    fresh.save()
    HandbookVersion.objects.create(
        organisation=organisation, page=fresh, version=fresh.version, title=fresh.title, body=fresh.body,
        by_id=by.person_id, on=fresh.changed_on,
    )  # fmt: skip
    _has_read(by, fresh)
    record(fresh, version=fresh.version)
    return fresh


STALE = "Inzwischen hat jemand anderes diese Seite geändert. Ihr Text ist noch da; bitte vergleichen Sie."


@action("handbook.read", "hat eine Seite des Handbuchs gelesen")
def mark_read(*, by: Actor, page: HandbookPage) -> None:
    _has_read(by, page)
    record(page, version=page.version)


def _has_read(by: Actor, page: HandbookPage) -> None:
    HandbookReading.objects.update_or_create(
        page=page, person_id=by.person_id, defaults={"version": page.version, "organisation_id": by.organisation_id}
    )


@action("handbook.suggested", "hat einen Vorschlag zum Handbuch gemacht")
def suggest(*, by: Actor, page: HandbookPage, text: str) -> HandbookSuggestion:
    """By everybody who reads it."""
    made = HandbookSuggestion.objects.create(
        organisation_id=by.organisation_id, page=page, text=text, by_id=by.person_id, on=timezone.localdate()
    )
    record(made)
    return made


@action("handbook.answered", "hat einen Vorschlag zum Handbuch beantwortet")
def answer_suggestion(*, by: Actor, suggestion: HandbookSuggestion, reply: str) -> HandbookSuggestion:
    require(rules.offers_support(by, suggestion.page.organisation), WHO_OFFERS)
    fresh = locked(suggestion)
    fresh.reply, fresh.answered_on = reply, timezone.localdate()
    fresh.save()
    notify([fresh.by], "Antwort auf Ihren Vorschlag", f"Zum Handbuch, Seite „{suggestion.page.title}“.")
    record(fresh)
    return fresh
