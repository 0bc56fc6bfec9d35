"""Improvements, suggestions and complaints of a carrier, made through the actions."""

from datetime import timedelta

from django.utils import timezone

from lotse.quality.actions import improvements as acts
from lotse.quality.enums import Effect, ImprovementSource
from lotse.quality.models import Improvement


def days(number):
    return timezone.localdate() + timedelta(days=number)


def raised(world, owner=None, by=None, **more) -> Improvement:
    values = {
        "organisation": world.nordstadt, "source": ImprovementSource.CRITERION, "title": "Sprechzeiten aushängen",
        "finding": "Am Eingang hängt nichts.", "plan": "Ein Schild bestellen.", "due_on": days(30),
    }  # fmt: skip
    owner = (owner or world.counsellor).person
    return acts.raise_improvement(by=(by or world.technical_lead).actor, **{**values, "owner": owner, **more})


def done(world, owner=None, **more) -> Improvement:
    made = raised(world, owner, **more)
    by = (owner or world.counsellor).actor
    return acts.finish(by=by, improvement=made, text="Das Schild hängt.", effect_due_on=days(60))


def closed(world, effect=Effect.EFFECTIVE, **more) -> Improvement:
    by = world.carrier_manager.actor
    return acts.close(by=by, improvement=done(world, **more), effect=effect, text="Niemand fragt mehr.")


def overdue(improvement, by_days=5) -> Improvement:
    """As if the day had passed; no action makes one."""
    improvement.due_on = days(-by_days)
    improvement.save()
    return improvement
