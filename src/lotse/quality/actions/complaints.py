"""What people who are counselled say of a carrier: taken down, confirmed, answered in time, never by whom it is about."""

from datetime import date
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality import rules
from lotse.quality.actions.improvements import raise_improvement
from lotse.quality.actions.shared import kept
from lotse.quality.enums import ComplaintResult, ImprovementSource, Voice
from lotse.quality.models import Complaint, Improvement

NOT_HERE = "Das bearbeitet jemand, der bei diesem Träger arbeitet."
HERSELF = "Um Sie selbst kann es dabei nicht gehen. Bitte geben Sie die Rückmeldung an jemand anderen weiter."
ABOUT = "Bearbeiten kann das nicht, um wen es geht."
NOT_HERS = "Das macht, wer die Rückmeldung bearbeitet oder die Qualität sichert."
ANSWERED = "Diese Rückmeldung ist schon beantwortet."
CONFIRMED = "Der Eingang ist schon bestätigt."
SAY = "Bitte die Antwort eintragen."
RESULT = "Bitte angeben, ob die Beschwerde berechtigt ist."
TEXT = "Bitte eintragen, was gesagt wurde, in der Sprache der Person oder auf Deutsch."
HAS_ONE = "Dazu gibt es schon eine Verbesserung."
FUTURE = "Dieser Tag kommt erst noch."


@action("complaint.taken_down", "hat eine Rückmeldung von Ratsuchenden aufgenommen")
def take_down(
    *, by: Actor, organisation: Organisation, kind: str, way: str, topic: str, received_on: date, handled_by: Person,
    language: str = "", text: str = "", text_german: str = "", reply_to: str = "", about_person: Person | None = None,
) -> Complaint:  # fmt: skip
    kept(by, organisation)
    _is_said(text, text_german)
    _in_right_hands(by, organisation, handled_by, about_person)
    refuse_if(received_on > timezone.localdate(), FUTURE, "received_on")
    made = Complaint(
        organisation=organisation, kind=kind, way=way, topic=topic, language=language, text=text.strip(),
        text_german=text_german.strip(), reply_to=reply_to.strip(), received_on=received_on,
        answer_due_on=rules.answer_due(received_on), handled_by=handled_by, about_person=about_person,
        recorded_by_id=by.person_id,
    )  # fmt: skip
    save_checked(made)
    record(made, kind=kind, topic=topic, due_on=made.answer_due_on)
    return made


def _is_said(text: str, text_german: str) -> None:
    refuse_if(not (text.strip() or text_german.strip()), TEXT, "text_german")


def _in_right_hands(by: Actor, house: Organisation, handled_by: Person, about: Person | None) -> None:
    refuse_if(about is not None and about.pk == by.person_id, HERSELF, "about_person")
    refuse_if(about is not None and about.pk == handled_by.pk, ABOUT, "handled_by")
    refuse_if(not rules.works_at(handled_by, house), NOT_HERE, "handled_by")


@action("complaint.changed", "hat eine Rückmeldung von Ratsuchenden geändert")
def change_complaint(
    *, by: Actor, complaint: Complaint, handled_by: Person, about_person: Person | None, revision: int | None = None,
    **words: Any,
) -> Complaint:  # fmt: skip
    """Everything but the day it came, from which the answer is due."""
    fresh = locked(complaint)
    kept(by, fresh.organisation)
    require(not rules.is_about(by, fresh), ABOUT)
    refuse_if(fresh.is_answered, ANSWERED)
    _is_said(words["text"], words["text_german"])
    _in_right_hands(by, fresh.organisation, handled_by, about_person)
    known = {name: value.strip() for name, value in words.items() if name in WORDS}
    changed = revise(fresh, {**known, "handled_by": handled_by, "about_person": about_person}, revision)
    record(fresh, fields=changed)
    return fresh


WORDS = ("kind", "way", "topic", "language", "text", "text_german", "reply_to")


def _in_hand(by: Actor, complaint: Complaint) -> Complaint:
    fresh = locked(complaint)
    require(rules.may_answer(by, fresh), NOT_HERS)
    refuse_if(fresh.is_answered, ANSWERED)
    return fresh


@action("complaint.confirmed", "hat den Eingang einer Rückmeldung bestätigt")
def confirm_receipt(*, by: Actor, complaint: Complaint) -> Complaint:
    fresh = _in_hand(by, complaint)
    refuse_if(fresh.confirmed_on is not None, CONFIRMED)
    revise(fresh, {"confirmed_on": timezone.localdate()}, None)
    record(fresh)
    return fresh


@action("complaint.answered", "hat eine Rückmeldung von Ratsuchenden beantwortet")
def answer(
    *, by: Actor, complaint: Complaint, answer: str, answered_on: date, result: ComplaintResult | str = "",
    revision: int | None = None,
) -> Complaint:  # fmt: skip
    """`result`: of a complaint alone."""
    fresh = _in_hand(by, complaint)
    is_complaint = fresh.kind == Voice.COMPLAINT
    refuse_if(not answer.strip(), SAY, "answer")
    refuse_if(is_complaint and not result, RESULT, "result")
    refuse_if(answered_on > timezone.localdate(), FUTURE, "answered_on")
    values = {"answer": answer.strip(), "answered_on": answered_on, "result": str(result) if is_complaint else ""}
    revise(fresh, values, revision)
    record(fresh, result=fresh.result, on=answered_on, in_time=fresh.was_in_time)
    return fresh


@action("complaint.improved", "hat aus einer Rückmeldung eine Verbesserung gemacht")
def improve(
    *, by: Actor, complaint: Complaint, title: str, owner: Person, due_on: date, finding: str = "", plan: str = ""
) -> Improvement:
    """Nothing of what was said goes along but what is entered here."""
    fresh = locked(complaint)
    kept(by, fresh.organisation)
    require(not rules.is_about(by, fresh), ABOUT)
    refuse_if(fresh.improvement_id is not None, HAS_ONE)
    made = raise_improvement(
        by=by, organisation=fresh.organisation, source=ImprovementSource.COMPLAINT, title=title, finding=finding,
        plan=plan, owner=owner, due_on=due_on,
    )  # fmt: skip
    revise(fresh, {"improvement": made}, None)
    record(fresh)
    return made
