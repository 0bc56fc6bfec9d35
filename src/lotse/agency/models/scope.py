"""Who sees what an agency does: who works in it, and who oversees the branch of the tree it stands in."""

from typing import Any, Self

from django.db import models

from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches


class AgencyQuerySet(models.QuerySet):
    """For models with `agency`, or with a way to it in `agency_path`."""

    agency_path = "agency"

    def visible_to(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.agency_paths | actor.overseen_paths, self.agency_path))

    def worked_on_by(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.agency_paths, self.agency_path))


class OfDocumentQuerySet(AgencyQuerySet):
    agency_path = "document__agency"


def agencies_seen_by(actor: Any) -> models.QuerySet[Organisation]:
    seen = in_branches(actor.agency_paths | actor.overseen_paths)
    return Organisation.objects.filter(seen, kind=OrganisationKind.AGENCY)
