"""What documents and devices ask of somebody today: of each kind one line."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import DateField, F, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from lotse.core.bundles import Kind
from lotse.core.lines import Line
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums import VersionState
from lotse.quality.models import Equipment, GovernedVersion
from lotse.quality.models.governed import works_at

AHEAD = timedelta(weeks=2)


def to_read(actor: Actor, today: date) -> QuerySet[GovernedVersion]:
    return GovernedVersion.objects.to_acknowledge_by(actor, today)


def to_review(actor: Actor, today: date) -> QuerySet[GovernedVersion]:
    mine = GovernedVersion.objects.holding(today).filter(works_at(actor), document__owner_id=actor.person_id)
    return mine.filter(review_on__lte=today + AHEAD)


def to_approve(actor: Actor, _today: date) -> QuerySet[GovernedVersion]:
    waiting = GovernedVersion.objects.filter(in_branches(actor.quality_paths, "organisation"))
    return waiting.filter(state=VersionState.SUBMITTED).exclude(written_by_id=actor.person_id)


def to_check(actor: Actor, today: date) -> QuerySet[Equipment]:
    mine = Equipment.objects.filter(works_at(actor), responsible_id=actor.person_id, discarded_on=None)
    return mine.filter(next_check_on__lte=today + AHEAD)


def _first(name: str, several: str) -> Callable[[list[Line]], str]:
    """One opens itself, of several the list."""
    return lambda lines: reverse(f"quality:{name}", args=[lines[0].ref]) if len(lines) == 1 else several


OF_DOCUMENT = {"ref": F("document__public_id"), "words": F("document__title")}
KINDS = {
    "paper_read": Kind(
        to_read, {**OF_DOCUMENT, "day": F("valid_from")}, _first("document", "/qualitaet/unterlagen/?nur=lesen"),
        ("Zu lesen: {words}", "gilt seit {day}"), ("{count} Unterlagen zu lesen", "zuerst {words}"), "",
    ),
    "paper_review": Kind(
        to_review, {**OF_DOCUMENT, "day": F("review_on")}, _first("document", "/qualitaet/unterlagen/"),
        ("Zu prüfen: {words}", "bis {day}"), ("{count} Unterlagen zu prüfen", "zuerst {words}, bis {day}"), "",
    ),
    "paper_approve": Kind(
        to_approve, {"words": F("document__title"), "day": Cast(F("created_at"), DateField())},
        _first("version", "/qualitaet/unterlagen/?nur=entwuerfe"),
        ("Zur Freigabe: {words}", "begonnen am {day}"), ("{count} Fassungen zur Freigabe", "zuerst {words}"), "",
    ),
    "device_check": Kind(
        to_check, {"words": F("name"), "day": F("next_check_on")}, _first("equipment", "/qualitaet/geraete/"),
        ("Gerät prüfen: {words}", "bis {day}"), ("{count} Geräte zu prüfen", "zuerst {words}, bis {day}"), "",
    ),
}  # fmt: skip
