"""Alignments on data protection, and exchanges of data that hold or wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from lotse.core.finding import found
from lotse.network.enums import ExchangeState
from lotse.network.models import Alignment, AlignmentParty, ExchangeProcess, PracticeExample, RuleStatement
from lotse.organisations.actor import Actor

END_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Shown:
    """An exchange as it stands on a day."""

    row: ExchangeProcess
    state: ExchangeState

    @property
    def waits_for(self) -> str:
        """Whose yes is missing, in words; empty where none is."""
        if self.row.activated_on:
            return ""
        missing = (
            "von uns" if not self.row.own_yes_on else "",
            str(self.row.party) if not self.row.other_yes_on else "",
        )
        return " und ".join(name for name in missing if name)


@dataclass(frozen=True)
class Whole:
    """Everything on the page of an alignment."""

    alignment: Alignment
    parties: Sequence[AlignmentParty]
    examples: Sequence[PracticeExample]
    statements: Sequence[RuleStatement]
    exchanges: Sequence[Shown]

    @property
    def next_step(self) -> str:
        """Of the four steps, the first for which nothing is there."""
        filled = {
            "party": self.parties, "example": self.examples, "statement": self.statements,
            "aligned": [row for row in self.statements if row.aligned], "exchange": self.exchanges,
        }  # fmt: skip
        return next((name for name, rows in filled.items() if not rows), "")


def alignments(actor: Actor) -> list[Alignment]:
    return list(Alignment.objects.visible_to(actor).select_related("contact"))


def exchanges_in_force(actor: Actor, day: date) -> list[Shown]:
    """What may be passed on today, and how."""
    rows = ExchangeProcess.objects.visible_to(actor).in_force_on(day)
    return _shown(rows.select_related("party", "alignment"), day)


def _shown(rows: QuerySet[ExchangeProcess], day: date) -> list[Shown]:
    return [Shown(row, row.state_on(day)) for row in rows]


def get_alignment(actor: Actor, public_id: str) -> Alignment:
    return found(Alignment.objects.visible_to(actor).select_related("contact", "format"), public_id)


def whole_alignment(actor: Actor, public_id: str, day: date) -> Whole:
    """Five statements."""
    alignment = get_alignment(actor, public_id)
    of_it = {"alignment": alignment}
    return Whole(
        alignment,
        list(AlignmentParty.objects.visible_to(actor).filter(**of_it)),
        list(PracticeExample.objects.visible_to(actor).filter(**of_it).select_related("written_by")),
        list(RuleStatement.objects.visible_to(actor).filter(**of_it).select_related("party")),
        _shown(ExchangeProcess.objects.visible_to(actor).filter(**of_it).select_related("party"), day),
    )


def parties_of(actor: Actor, alignment: Alignment) -> dict[str, AlignmentParty]:
    rows = AlignmentParty.objects.visible_to(actor).filter(alignment=alignment)
    return {party.public_id: party for party in rows}


def get_example(actor: Actor, public_id: str) -> PracticeExample:
    return found(PracticeExample.objects.visible_to(actor).select_related("alignment"), public_id)


def get_statement(actor: Actor, public_id: str) -> RuleStatement:
    return found(RuleStatement.objects.visible_to(actor).select_related("alignment", "party"), public_id)


def get_exchange(actor: Actor, public_id: str) -> ExchangeProcess:
    rows = ExchangeProcess.objects.visible_to(actor)
    whole = ("alignment__contact", "party", "own_yes_by", "drafted_by", "scan", "replaces", "replaced_by")
    return found(rows.select_related(*whole), public_id)


def exchanges_to_do(actor: Actor, is_officer: bool, day: date) -> QuerySet[ExchangeProcess]:
    """For the officer, what waits for her yes; for who leads, what waits for the others, and what will soon end."""
    rows = ExchangeProcess.objects.visible_to(actor).filter(alignment__ended_on=None)
    waits, mine = Q(activated_on=None), Q(alignment__contact_id=actor.person_id)
    ends = Q(activated_on__isnull=False, ended_on=None, valid_to__lte=day + END_AHEAD, replaced_by=None)
    wanted = mine & (waits & (Q(other_yes_on=None) | Q(objected_on__isnull=False)) | ends)
    if is_officer:
        wanted |= waits & Q(own_yes_on=None, objected_on=None) & ~Q(drafted_by_id=actor.person_id)
    return rows.filter(wanted)
