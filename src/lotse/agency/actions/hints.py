"""A false alarm: the hint is laid aside for these words, by who may write the document."""

import re

from lotse.agency.actions.papers import writable
from lotse.agency.models import AgencyDocument, DismissedHint
from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actor import Actor

CHECKSUM = re.compile(r"[0-9a-f]{64}")
NOT_A_HINT = "Diesen Hinweis gibt es nicht mehr. Bitte die Seite neu laden."


@action("hint.dismissed", "hat einen Hinweis als Fehlalarm weggelegt")
def dismiss_hint(*, by: Actor, document: AgencyDocument, hint: str, place: str, words: str) -> DismissedHint:
    """`words` is the checksum of `Hint`. A second time changes nothing."""
    fresh = writable(by, document)
    is_one = bool(hint) and len(hint) <= 40 and len(place) <= 60 and CHECKSUM.fullmatch(words)
    refuse_if(not is_one, NOT_A_HINT)
    made, _new = DismissedHint.objects.get_or_create(
        document=fresh, hint=hint, place=place, words=words,
        defaults={"organisation_id": fresh.organisation_id, "by_id": by.person_id},
    )  # fmt: skip
    record(made, hint=hint)
    return made
