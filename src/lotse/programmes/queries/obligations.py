"""What is owed, as far as the actor may see it."""

from lotse.organisations.models import Organisation
from lotse.programmes.models import Obligation


def owed(bearer: Organisation, document: str, funding_year: int) -> Obligation | None:
    """For actions that know a document and not its deadline."""
    rows = Obligation.objects.select_related("bearer", "rule")
    return rows.filter(bearer=bearer, document=document, funding_year=funding_year).first()
