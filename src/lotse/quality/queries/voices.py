"""What colleagues suggest and what people who are counselled say: lists, and one of each."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.quality.models import Complaint, Suggestion

SUGGESTED = {"": "offen", "meine": "meine", "beantwortet": "beantwortet"}
SAID = {"": "offen", "ueberfaellig": "überfällig", "beantwortet": "beantwortet", "alle": "alle"}


def suggestions(actor: Actor, stand: str) -> QuerySet[Suggestion]:
    rows = Suggestion.objects.visible_to(actor).select_related("raised_by", "organisation")
    return rows.filter(_suggested(actor)[stand if stand in SUGGESTED else ""])


def _suggested(actor: Actor) -> Mapping[str, Q]:
    """Who keeps no quality sees her own alone, also among the open ones."""
    return {"": Q(result=""), "meine": Q(raised_by=actor.person_id), "beantwortet": ~Q(result="")}


def suggestion_counts(actor: Actor) -> dict[str, int]:
    asked = {f"n{at}": Count("pk", filter=wanted) for at, wanted in enumerate(_suggested(actor).values())}
    counts = Suggestion.objects.visible_to(actor).order_by().aggregate(**asked)
    return {key: counts[f"n{at}"] for at, key in enumerate(SUGGESTED)}


def get_suggestion(actor: Actor, public_id: str) -> Suggestion:
    rows = Suggestion.objects.visible_to(actor)
    return found(rows.select_related("organisation", "raised_by", "answered_by", "improvement__owner"), public_id)


def complaints(actor: Actor, stand: str, today: date) -> QuerySet[Complaint]:
    rows = Complaint.objects.visible_to(actor).select_related("handled_by", "organisation")
    return rows.filter(_said(today)[stand if stand in SAID else ""])


def _said(today: date) -> Mapping[str, Q]:
    waiting = Q(answered_on=None)
    return {"": waiting, "ueberfaellig": waiting & Q(answer_due_on__lt=today), "beantwortet": ~waiting, "alle": Q()}


def complaint_counts(actor: Actor, today: date) -> dict[str, int]:
    asked = {f"n{at}": Count("pk", filter=wanted) for at, wanted in enumerate(_said(today).values())}
    counts = Complaint.objects.visible_to(actor).order_by().aggregate(**asked)
    return {key: counts[f"n{at}"] for at, key in enumerate(SAID)}


def get_complaint(actor: Actor, public_id: str) -> Complaint:
    rows = Complaint.objects.visible_to(actor).select_related(
        "organisation", "handled_by__organisation", "about_person__organisation", "recorded_by", "improvement__owner"
    )
    return found(rows, public_id)
