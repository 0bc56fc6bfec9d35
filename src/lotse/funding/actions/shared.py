"""What every act on money begins with."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import refuse_if, require
from lotse.documents.actions import Received, keep_file, start_retention
from lotse.documents.enums import Compartment
from lotse.documents.models import StoredFile
from lotse.funding import rules
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant, GrantAgency

WHO_KEEPS = "Das trägt ein, wer die Fördermittel dieses Hauses führt."
NOT_IN_PHASE = "Dieses Jahr gehört nicht zur Förderphase."
NO_AGENCY = "Dieser Träger hat in dieser Zuwendung keine Integrationsagentur."
NOT_YET = "Bitte einen Tag angeben, der nicht in der Zukunft liegt."


def kept(by: Actor, house: Organisation) -> None:
    require(rules.keeps_funds_of(by, house), WHO_KEEPS)


def of_phase(grant: Grant, year: int) -> None:
    refuse_if(year not in grant.years, NOT_IN_PHASE, "funding_year")


def of_grant(grant: Grant, carrier: Organisation) -> None:
    refuse_if(not GrantAgency.objects.filter(grant=grant, organisation=carrier).exists(), NO_AGENCY, "carrier")


def happened(on: date, field: str) -> None:
    refuse_if(on > timezone.localdate(), NOT_YET, field)


def paper_of(by: Actor, grant: Grant, year: int, received: Received) -> StoredFile:
    """A voucher or contract for a funding year, with its clock at once: as long as the grant asks, never shorter than the house."""
    stored = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="evidence")
    last = date(year + grant.retention_years, 12, 31)
    start_retention(files=[stored], on=date(year, 12, 31), at_least=last)
    return stored
