"""Targets of a house, set through the action."""

from lotse.facts.actions import set_target
from lotse.facts.enums import Aim
from tests.factories.casework import days_ago


def set_for(world, by=None, responsible=None, **more):
    """At least 60 %, decided a hundred days ago, to be talked about in two months."""
    by = by or world.technical_lead
    values = {
        "figure": "integration.employed", "aim": Aim.AT_LEAST, "value": 60, "until": days_ago(-300), "measures": "Mehr Praktika.",
        "responsible": (responsible or by).person, "decided_on": days_ago(100), "review_on": days_ago(-60), "today": days_ago(0),
    }  # fmt: skip
    return set_target(by=by.actor, **{**values, **more})
