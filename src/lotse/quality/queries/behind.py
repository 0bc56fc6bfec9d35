"""The rows that a living evidence was counted from, as far as the reader may see each of them."""

from django.db.models import QuerySet

from lotse.facts.counting import TOTAL, rows_of_cell
from lotse.facts.kept import house_actor
from lotse.facts.registry import Question
from lotse.organisations.actor import Actor
from lotse.quality.models import EvidenceReading
from lotse.quality.queries.living import Point, Sign


def rows_behind(actor: Actor, sign: Sign, current: Point, reading: EvidenceReading) -> QuerySet:
    """Counted as the house counts, read as the actor reads."""
    wanted = sign.gauge.wanted
    question = Question(house_actor(reading.organisation), current.quarter.until(sign.today))
    cell = TOTAL if wanted.cell in ("", "*") else wanted.cell
    return rows_of_cell(wanted.fact, cell, question, reader=actor)
