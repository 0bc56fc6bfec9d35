"""What somebody can do next with a document: one primary button, and a few words where it is another's turn."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from lotse.agency import rules
from lotse.agency.enums import DocumentState as State
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.missing import Missing
from lotse.agency.queries.readiness import missing_for_review
from lotse.agency.queries.way import by_place, comments_of, last_word, next_waiting, since_last_time
from lotse.organisations.actor import Actor

WAITS = {
    State.READY: "Die Koordination prüft.",
    State.RELEASED: "Die Koordination übermittelt es an die Behörde.",
    State.TRANSMITTED: "Liegt bei der Behörde.",
}
OWN = "Freigeben muss jemand anderes aus der Koordination: Sie sind selbst zuständig."


@dataclass(frozen=True)
class Step:
    """`is_button`: done with one press; else it opens a form. `key`: pressed with Alt (or what the browser takes for it)."""

    label: str
    url: str
    is_button: bool = False
    key: str = ""


@dataclass(frozen=True)
class NextStep:
    primary: Step | None
    others: tuple[Step, ...] = ()
    waits: str = ""
    missing: tuple[Missing, ...] = ()


def _to(name: str, document: AgencyDocument) -> str:
    return reverse(f"agency:{name}", args=[document.public_id])


def next_step(actor: Actor, document: AgencyDocument, held: str = "") -> NextStep:
    """`held`: why it cannot go out today, which its page says."""
    if rules.may_write(actor, document):
        missing = tuple(missing_for_review(document))
        ready = Step("Zur Prüfung geben", _to("hand_in", document), is_button=True)
        return NextStep(None if missing or held else ready, missing=missing)
    if rules.releases(actor, document.agency):
        return _of_coordination(actor, document, held)
    return NextStep(None, waits=WAITS.get(State(document.state), ""))


def _of_coordination(actor: Actor, document: AgencyDocument, held: str) -> NextStep:
    if rules.reviews(actor, document):
        back = Step("Zurückgeben", _to("return", document)), Step("Anmerkung", _to("comment", document))
        may = rules.may_release(actor, document)
        out = Step("Freigeben", _to("release", document), is_button=True, key="f") if may and not held else None
        return NextStep(out, back, waits="" if may else OWN)
    if rules.transmits(actor, document):
        return NextStep(Step("Übermittelt", _to("transmit", document)))
    if rules.hears_back(actor, document):
        return NextStep(
            Step("Angenommen", _to("accept", document)), (Step("Korrektur verlangt", _to("correct", document)),)
        )
    return NextStep(None, waits="Die Agentur schreibt." if document.is_writable else "")


def head(
    actor: Actor, document: AgencyDocument, in_a_row: bool, shown_places: Collection[str], *, held: str
) -> dict[str, Any]:
    """`in_a_row`: opened from the pile of what waits, so that the next one follows."""
    comments = comments_of(actor, document)
    compares = document.state in (State.READY, State.RETURNED) or document.version > 1
    return {
        "step": next_step(actor, document, held),
        "listed_comments": [one for one in comments if one.resolved_at is None and one.place not in shown_places],
        "comments_inline": bool(shown_places),
        "by_place": by_place(comments),
        "may_comment": rules.reviews(actor, document),
        "word": last_word(actor, document),
        "changed": since_last_time(actor, document) if compares else None,
        "in_a_row": in_a_row,
        "following": next_waiting(actor, document) if in_a_row else None,
    }
