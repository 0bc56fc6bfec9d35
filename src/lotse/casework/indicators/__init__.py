"""The figures that are defined as data (lotse.facts.definitions), and how each is counted from casework."""

from lotse.casework.indicators import counselling, evidence, integration, network, quality, situation
from lotse.facts.defined import facts_of
from lotse.facts.registry import register

PARTS = (situation, integration, counselling, network, quality, evidence)


def register_facts() -> None:
    for part in PARTS:
        for fact in facts_of(part.SET, part.COUNTED, sheet=part.SHEET, programme=part.PROGRAMME):
            register(fact)
