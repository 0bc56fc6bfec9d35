"""What holds for the quality of a carrier; each docstring is the rule in one sentence, with its id."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.organisations.roles import EXTERNAL
from lotse.quality.enums import Rating
from lotse.quality.models import Complaint, Criterion, Improvement, Judgement

DAYS_TO_ANSWER = 14
# An improvement on which nobody has done anything for so long lies still.
STILL = timedelta(days=30)


def enters(actor: Actor) -> bool:
    """Criteria and manual are for everybody who works at the carrier, not for who comes from outside (QM-03)."""
    return not actor.role_keys <= EXTERNAL


def keeps(actor: Actor) -> bool:
    """Quality is judged by who keeps it for a carrier: officer, technical lead and management (QM-02)."""
    return bool(actor.quality_paths)


def keeps_quality_of(actor: Actor, house: Organisation) -> bool:
    """Where the manual speaks of a criterion is entered by who keeps the quality of this carrier (QM-03)."""
    return house.path.startswith(tuple(actor.quality_paths))


def oversees(actor: Actor) -> bool:
    """How far carriers are is seen by who coordinates or leads the district above them (QM-02)."""
    return bool(actor.quality_read_paths)


def rating_of(parts: Collection[str]) -> str:
    """A criterion with parts is fulfilled only if all its parts are; those that do not apply stand apart (QM-02)."""
    if not parts or "" in parts:
        return ""
    counting = [rating for rating in parts if rating != Rating.NOT_APPLICABLE]
    if not counting:
        return Rating.NOT_APPLICABLE
    if all(rating == Rating.FULFILLED for rating in counting):
        return Rating.FULFILLED
    return Rating.NOT_FULFILLED if all(rating == Rating.NOT_FULFILLED for rating in counting) else Rating.PARTLY


def may_review(actor: Actor, judgement: Judgement) -> bool:
    """A judgement is reviewed by another than who made it (QM-02)."""
    return judgement.is_judged and judgement.assessed_by_id != actor.person_id


def hints(criteria: Iterable[Criterion]) -> Mapping[int, str]:
    """A code that is printed more than once says which entry it is; codes are compared whatever their case (QM-01)."""
    by_code: dict[str, list[int]] = {}
    for one in criteria:
        by_code.setdefault(one.code.casefold(), []).append(one.pk)
    return {
        pk: f"({number}. Eintrag)"
        for same in by_code.values()
        if len(same) > 1
        for number, pk in enumerate(same, start=1)
    }


def works_at(person: Person, house: Organisation) -> bool:
    """An improvement, and an answer that is owed, is in the hands of somebody who works at the carrier (QM-20)."""
    return person.organisation.path.startswith(house.path)


def may_work_on(actor: Actor, improvement: Improvement) -> bool:
    """An improvement is worked on by who is to do it and by who keeps the quality of the carrier (QM-20)."""
    return actor.person_id == improvement.owner_id or keeps_quality_of(actor, improvement.organisation)


def may_check_effect(actor: Actor, improvement: Improvement) -> bool:
    """Whether an improvement helped is checked by who keeps quality, and never by who did it (QM-20)."""
    return actor.person_id != improvement.owner_id and keeps_quality_of(actor, improvement.organisation)


def answer_due(received_on: date) -> date:
    """What people who are counselled tell a carrier is answered within fourteen days (QM-22)."""
    return received_on + timedelta(days=DAYS_TO_ANSWER)


def is_about(actor: Actor, complaint: Complaint) -> bool:
    """Whom a complaint is about neither sees nor handles it (QM-21)."""
    return complaint.about_person_id is not None and complaint.about_person_id == actor.person_id


def may_answer(actor: Actor, complaint: Complaint) -> bool:
    """A complaint is answered by who handles it or keeps the quality of the carrier, never by whom it is about (QM-21)."""
    in_hand = complaint.handled_by_id == actor.person_id or keeps_quality_of(actor, complaint.organisation)
    return in_hand and not is_about(actor, complaint)
