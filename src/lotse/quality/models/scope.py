"""Who sees the quality of a carrier: the criteria everybody who works there, judgements only who keeps its quality."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from lotse.organisations.models.scope import in_branches
from lotse.organisations.roles import EXTERNAL


def counted_by(actor: Any) -> Q:
    """Whose work she counts, and whose quality she keeps or looks over. A house itself counts no carrier below it (ADR 0047)."""
    branches = in_branches(actor.quality_paths | actor.quality_read_paths, "organisation")
    return branches | Q(organisation_id__in=actor.counted_organisation_ids)


class OverseenQuerySet(models.QuerySet):
    def overseen_by(self, actor: Any) -> Self:
        """For the state alone that a carrier is in: who looks over the carriers of a district."""
        return self.filter(in_branches(actor.quality_read_paths, "organisation"))


class OfCatalogueQuerySet(OverseenQuerySet):
    """Criteria and where the manual speaks of them."""

    def visible_to(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.quality_paths, "organisation") | _works_here(actor))


def _works_here(actor: Any) -> Q:
    """Not who comes from outside; who has no role at all only where she is the officer (QM-07)."""
    from lotse.quality.models.officers import QmOfficer  # noqa: PLC0415 -- appointments are such rows themselves

    if not actor.role_keys:
        return Q(organisation__in=QmOfficer.objects.in_office(actor).order_by().values("organisation"))
    return Q(pk__in=[]) if actor.role_keys <= EXTERNAL else Q(organisation_id=actor.organisation_id)


class KeptQuerySet(OverseenQuerySet):
    """What the house says of itself."""

    def visible_to(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.quality_paths, "organisation"))
