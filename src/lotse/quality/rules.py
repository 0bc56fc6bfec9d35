"""What holds for the quality of a carrier; each docstring is the rule in one sentence, with its id."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.roles import EXTERNAL
from lotse.quality.enums import Better, Rating
from lotse.quality.models import Criterion, EvidenceConfirmation, EvidenceDocument, EvidenceReading, Judgement


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


def speaks_for(better: str, threshold: int, value: int | None) -> bool:
    """A figure speaks for a criterion while it is on the good side of its threshold; it never sets a rating (QM-12)."""
    if value is None:
        return False
    return value >= threshold if better == Better.HIGHER else value <= threshold


def why_again(
    confirmed: EvidenceConfirmation, version: str, now: EvidenceReading | None, *, speaks: bool, day: date
) -> str:
    """What somebody confirmed is looked at again when figure, definition or period are no longer the ones she saw (QM-13)."""
    if confirmed.version != version:
        return "Die Definition hat sich geändert."
    if now is None:
        return "Es gibt keinen Wert mehr."
    if not speaks:
        return "Der Wert spricht nicht mehr dafür."
    is_newer = now.begins_on > confirmed.begins_on and now.ends_on < day
    return "Der Zeitraum ist vorbei." if is_newer else ""


def renews(actor: Actor, document: EvidenceDocument) -> bool:
    """A document that proves something is renewed by whose it is, and by who keeps the quality of the carrier (QM-14)."""
    is_own = document.owner_id == actor.person_id and document.organisation_id == actor.organisation_id
    return (is_own and enters(actor)) or keeps_quality_of(actor, document.organisation)
