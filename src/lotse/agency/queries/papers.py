"""Documents of agencies, as far as the actor may see them."""

from collections.abc import Iterable

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.agency.models.papers import DocumentQuerySet
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


def documents(actor: Actor) -> DocumentQuerySet:
    rows = AgencyDocument.objects.visible_to(actor)
    return rows.select_related("agency__parent", "responsible", "released_by", "template__file")


def get_document(actor: Actor, public_id: str, *kinds: DocumentKind) -> AgencyDocument:
    """Of one of these kinds, where some are named; else 404."""
    rows = documents(actor)
    return found(rows.filter(kind__in=kinds) if kinds else rows, public_id)


def newest_of(actor: Actor, agency: Organisation, kinds: Iterable[DocumentKind] = DocumentKind) -> list[AgencyDocument]:
    """The last version of every year, the newest year first."""
    return list(documents(actor).filter(agency=agency, kind__in=list(kinds)).newest())


def latest(actor: Actor, agency: Organisation, kind: DocumentKind, year: int) -> AgencyDocument | None:
    """The last version that holds in a year."""
    return documents(actor).filter(agency=agency, kind=kind).holding_in(year).last()
