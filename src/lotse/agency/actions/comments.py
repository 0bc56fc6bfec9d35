"""What the coordination says about passages of a document, and when that is done."""

from lotse.agency import rules
from lotse.agency.actions.papers import writable
from lotse.agency.actions.release import WHO_RELEASES
from lotse.agency.models import AgencyDocument, DocumentComment
from lotse.agency.queries.content import places_of
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.documents.actions import resolved
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor

NOT_OPEN = "Anmerkungen gehören zu einem Dokument, das zur Prüfung steht."


@action("agency_document.commented", "hat eine Anmerkung zu einem Dokument der Agentur geschrieben")
def comment(*, by: Actor, document: AgencyDocument, place: str, text: str) -> DocumentComment:
    fresh = _reviewed(by, document)
    refuse_if(not text.strip(), "Bitte schreiben Sie, was zu ändern ist.", "text")
    known = places_of(fresh)
    made = DocumentComment.objects.create(
        organisation_id=fresh.organisation_id, document=fresh, place=place if place in known else "",
        passage=known.get(place, ""), text=text.strip(), by_id=by.person_id,
    )  # fmt: skip
    record(fresh)
    return made


@action("agency_document.comment_withdrawn", "hat eine Anmerkung zu einem Dokument der Agentur gelöscht")
def withdraw_comment(*, by: Actor, remark: DocumentComment) -> None:
    """As long as the document has not been returned."""
    fresh = _reviewed(by, remark.document)
    record(fresh)
    remark.delete()


@action("agency_document.comment_resolved", "hat eine Anmerkung als erledigt abgehakt")
def resolve_comment(*, by: Actor, remark: DocumentComment) -> DocumentComment:
    document = writable(by, remark.document)
    done = resolved(by, remark)
    record(document)
    return done


def _reviewed(by: Actor, document: AgencyDocument) -> AgencyDocument:
    fresh = locked(document)
    require(rules.releases(by, fresh.agency), WHO_RELEASES)
    refuse_if(not rules.reviews(by, fresh), NOT_OPEN)
    return fresh
