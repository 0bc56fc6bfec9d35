"""Documents that prove criteria: which there are, in which state, and what belongs to one."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.organisations.ties import Hanging
from lotse.quality.models import Criterion, EvidenceDocument, EvidenceLink, EvidenceVersion
from lotse.quality.models.evidence import SOON


def expired(day: date) -> Q:
    return Q(expires_on__lt=day)


def expiring(day: date) -> Q:
    return Q(expires_on__gte=day, expires_on__lte=day + SOON)


# Word in the address → words, and the condition on a day.
STATES: Mapping[str, str] = {
    "": "alle", "gueltig": "gültig", "bald": "laufen bald ab", "abgelaufen": "abgelaufen", "ohne": "ohne Kriterium",
}  # fmt: skip


def _condition(state: str, day: date) -> Q:
    return {
        "gueltig": ~expired(day) & ~expiring(day) | Q(expires_on=None), "bald": expiring(day), "abgelaufen": expired(day),
        "ohne": Q(links=None),
    }.get(state, Q())  # fmt: skip


def documents(actor: Actor, state: str, day: date) -> QuerySet[EvidenceDocument]:
    rows = EvidenceDocument.objects.visible_to(actor).filter(_condition(state, day))
    return rows.select_related("owner", "organisation").annotate(criterion_count=Count("links", distinct=True))


def counted(actor: Actor, day: date) -> dict[str, int]:
    """By the words of the address; one statement."""
    by_state = {f"n{at}": Count("pk", filter=_condition(state, day), distinct=True) for at, state in enumerate(STATES)}
    numbers = EvidenceDocument.objects.visible_to(actor).order_by().aggregate(**by_state)
    return {state: numbers[f"n{at}"] for at, state in enumerate(STATES)}


def get_document(actor: Actor, public_id: str) -> EvidenceDocument:
    return found(EvidenceDocument.objects.visible_to(actor).select_related("owner", "organisation"), public_id)


def get_version(actor: Actor, public_id: str) -> EvidenceVersion:
    rows = EvidenceVersion.objects.visible_to(actor)
    return found(rows.select_related("document__organisation", "file"), public_id)


def get_document_link(actor: Actor, public_id: str) -> EvidenceLink:
    return found(EvidenceLink.objects.visible_to(actor).select_related("document__organisation"), public_id)


def versions(document: EvidenceDocument) -> QuerySet[EvidenceVersion]:
    return EvidenceVersion.objects.filter(document=document).select_related("file", "filed_by")


def links(document: EvidenceDocument) -> QuerySet[EvidenceLink]:
    rows = EvidenceLink.objects.filter(document=document).select_related("criterion__framework")
    return rows.order_by("criterion__framework_id", "criterion__position")


def owners(house: Organisation, kept: Person | None = None) -> dict[str, Person]:
    """Who is at work at the carrier, and whose it is already."""
    people = Person.objects.filter(organisation=house).at_work_on(timezone.localdate())
    return {row.public_id: row for row in [*people, *([kept] if kept else [])]}


def linkable(document: EvidenceDocument) -> dict[str, Criterion]:
    """Of every catalogue of the carrier what it does not stand beside yet."""
    rows = Criterion.objects.filter(organisation_id=document.organisation_id).exclude(evidence__document=document)
    ordered = rows.select_related("framework").order_by("-framework_id", "position")
    return {row.public_id: row for row in ordered}


def open_documents(person: Person) -> Hanging:
    """Somebody else becomes responsible before she leaves."""
    return Hanging("Nachweisunterlage", "Nachweisunterlagen", (EvidenceDocument.objects.filter(owner=person),))
