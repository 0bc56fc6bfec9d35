"""Improvements, suggestions and complaints of a carrier, made through the actions."""

from datetime import timedelta

from django.utils import timezone

from lotse.quality.actions import complaints, suggestions
from lotse.quality.actions import improvements as acts
from lotse.quality.enums import Effect, ImprovementSource
from lotse.quality.models import Complaint, Improvement, Suggestion


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


def suggested(world, by=None, **more) -> Suggestion:
    values = {"title": "Mehr Stühle", "text": "Im Flur stehen die Leute.", **more}
    return suggestions.suggest(by=(by or world.counsellor).actor, **values)


def taken_down(world, by=None, handled_by=None, about=None, **more) -> Complaint:
    values = {
        "organisation": world.nordstadt, "kind": "complaint", "way": "form", "topic": "reach", "received_on": days(-3),
        "language": "tr", "text": "Kimse telefona bakmıyor.", "text_german": "Niemand geht ans Telefon.",
        "reply_to": "kommt am Dienstag wieder", "handled_by": (handled_by or world.technical_lead).person,
        "about_person": about.person if about else None, **more,
    }  # fmt: skip
    return complaints.take_down(by=(by or world.carrier_manager).actor, **values)


def answered(world, complaint, by=None, on=None, result="justified", text="Das tut uns leid.") -> Complaint:
    values = {"complaint": complaint, "answer": text, "answered_on": on or days(0), "result": result}
    return complaints.answer(by=(by or world.carrier_manager).actor, **values)


def ids(world) -> dict[str, str]:
    """An improvement of the counsellor that is done, her suggestion, and an answered complaint about the technical lead."""
    said = taken_down(world, handled_by=world.counsellor, about=world.technical_lead)
    return {
        "improvement_id": done(world).public_id, "idea_id": suggested(world).public_id,
        "complaint_id": answered(world, said).public_id,
    }  # fmt: skip
