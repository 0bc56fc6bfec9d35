"""What an analysis says of the whole: its reach, its texts, and what it takes over from the one before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from lotse.agency import rules
from lotse.agency.actions.papers import writable
from lotse.agency.enums import Orientation, Renewal
from lotse.agency.models import AgencyDocument, Analysis, FieldNote, SocialSpace
from lotse.agency.queries.analysis import previous_analysis, reach_of
from lotse.agency.texts import LONGEST, Place, mark_of
from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed
from lotse.core.search import fold
from lotse.organisations.actions.shared import change, save_checked
from lotse.organisations.actor import Actor

NOT_SPECIAL = "Der Schwerpunkt ist eines der gewählten Handlungsfelder."
ENDED = "„{name}“ ist beendet. Bei der Agentur unter „Sozialräume“ nehmen Sie ihn wieder auf."
TOO_LONG = f"Bitte kürzen: höchstens {LONGEST:,} Zeichen.".replace(",", ".")


def own_analysis(by: Actor, document: AgencyDocument) -> Analysis:
    """Inside an action: what she may write, made where nothing was said yet."""
    fresh = writable(by, document)
    kept, _made = Analysis.objects.get_or_create(document=fresh, defaults={"organisation_id": fresh.organisation_id})
    return kept


@action("analysis.reach_set", "hat festgelegt, wovon die Analyse handelt")
def set_reach(
    *, by: Actor, document: AgencyDocument, orientation: Orientation | str, spaces: Collection[SocialSpace],
    fields: Sequence[str], special_field: str, new_spaces: Iterable[str] = (), revision: int | None = None,
) -> Analysis:  # fmt: skip
    analysis = own_analysis(by, document)
    refuse_if_changed(analysis, revision)
    refuse_if(bool(special_field) and not rules.is_special_field(special_field, fields), NOT_SPECIAL, "special_field")
    values = {"orientation": orientation, "fields": list(fields), "special_field": special_field}
    changed = change(analysis, values)
    analysis.spaces.set([*spaces, *_made_spaces(document, new_spaces)])
    decide_renewal(analysis)
    analysis.revision += 1
    save_checked(analysis)
    record(analysis, fields=changed, renewal=analysis.renewal)
    return analysis


def _made_spaces(document: AgencyDocument, names: Iterable[str]) -> list[SocialSpace]:
    """A name that is known is that space, unless the agency has left it."""
    known = {fold(space.name): space for space in SocialSpace.objects.filter(agency=document.agency_id)}
    wanted: dict[str, str] = {}
    for name in filter(fold, names):
        wanted.setdefault(fold(name), name.strip())
    for space in (known[key] for key in wanted if key in known):
        refuse_if(space.has_ended, ENDED.format(name=space), "new_spaces")
    of = {"organisation_id": document.organisation_id, "agency_id": document.agency_id}
    return [known.get(key) or save_checked(SocialSpace(name=name, **of)) for key, name in wanted.items()]


def decide_renewal(analysis: Analysis) -> None:
    """Inside an action: said by what it comes to, never by hand (IA-06)."""
    before = previous_analysis(analysis.document)
    analysis.renewal = rules.renewal_for(before and reach_of(before), reach_of(analysis))
    analysis.based_on = before if analysis.renewal == Renewal.UPDATE else None


@dataclass(frozen=True)
class Typed:
    """`seen`: the mark of the words that the page has shown."""

    text: str
    seen: str


class WordsChanged(ValidationError):
    """Somebody else has written there meanwhile; `stored` is what stands there now."""

    def __init__(self, stored: Mapping[Place, str]) -> None:
        self.stored = stored
        labels = ", ".join(place.label for place in stored)
        super().__init__(f"Inzwischen hat jemand anderes hier geschrieben: {labels}. Ihr Text steht noch da.")


@action("analysis.written", "hat an der Analyse geschrieben")
def write_texts(*, by: Actor, document: AgencyDocument, texts: Mapping[Place, Typed]) -> None:
    """All or none: where words were changed by somebody else since they were shown, nothing is saved."""
    analysis = own_analysis(by, document)
    refuse_if(any(len(typed.text) > LONGEST for typed in texts.values()), TOO_LONG)
    rows = {field: _row(analysis, field) for field in {place.field for place in texts}}
    stored = {place: getattr(rows[place.field], place.name) for place in texts}
    foreign = {
        p: stored[p] for p, typed in texts.items() if stored[p] != typed.text and mark_of(stored[p]) != typed.seen
    }
    if foreign:
        raise WordsChanged(foreign)
    for field, row in rows.items():
        changed = change(row, {place.name: typed.text for place, typed in texts.items() if place.field == field})
        row.save()
        record(row, fields=changed)


def _row(analysis: Analysis, field: str) -> Analysis | FieldNote:
    if not field:
        return analysis
    defaults = {"organisation_id": analysis.organisation_id}
    return FieldNote.objects.get_or_create(document=analysis.document, field=field, defaults=defaults)[0]
