"""Documents begun, and written while they are open."""

from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions.counts import count_around
from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.agency.purposes import PURPOSE_OF
from lotse.agency.queries.agencies import carrier_of
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.documents import templates
from lotse.documents.models import FormTemplate
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

WHO_WRITES = "Das schreibt, wer in dieser Integrationsagentur arbeitet."
HANDED_IN = "Dieses Dokument ist eingereicht. Geändert wird es wieder, wenn die Koordination es zurückgibt."
SPANS = {DocumentKind.ANALYSIS: 2}  # funding years; everything else is for one (IA-01)


@action("agency_document.begun", "hat ein Dokument der Agentur begonnen")
def begin_document(*, by: Actor, agency: Organisation, kind: DocumentKind, funding_year: int) -> AgencyDocument:
    require(rules.works_in(by, agency), WHO_WRITES)
    same = AgencyDocument.objects.filter(agency=agency, kind=kind, funding_year=funding_year)
    refuse_if(same.exists(), "Dieses Dokument gibt es für das Förderjahr schon.", "funding_year")
    made = AgencyDocument.objects.create(
        organisation_id=carrier_of(agency), agency=agency, kind=kind, funding_year=funding_year,
        until_year=funding_year + SPANS.get(kind, 1) - 1, responsible_id=by.person_id, template=form_for(agency, kind),
    )  # fmt: skip
    record(made, kind=kind, funding_year=funding_year)
    count_around(made)
    return made


def form_for(agency: Organisation, kind: str) -> FormTemplate | None:
    """The form that holds today; what is begun is never begun on an old one (IA-02)."""
    purpose = PURPOSE_OF.get(DocumentKind(kind))
    return templates.chosen(agency, purpose, timezone.localdate()) if purpose else None


@action("agency_document.form_changed", "hat ein Dokument der Agentur auf die jetzige Vorlage umgestellt")
def take_current_form(*, by: Actor, document: AgencyDocument) -> AgencyDocument:
    fresh = writable(by, document)
    form = form_for(fresh.agency, fresh.kind)
    refuse_if(form is None, f"Eine gültige Vorlage gibt es noch nicht. {templates.KEPT_BY}")
    fresh.template = form
    fresh.save(update_fields=["template"])
    record(fresh, fields=["template"])
    return fresh


def writable(by: Actor, document: AgencyDocument) -> AgencyDocument:
    """Inside an action: the document under a lock, open and hers to write. Everything that changes its rows begins here."""
    rows = AgencyDocument.objects.select_for_update(of=("self",)).select_related("agency")
    fresh = rows.get(pk=document.pk)
    require(rules.works_in(by, fresh.agency), WHO_WRITES)
    refuse_if(not fresh.is_writable, HANDED_IN)
    count_around(fresh)
    return fresh
