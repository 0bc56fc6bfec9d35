"""Who sees the quality of a carrier: the criteria everybody who works there, judgements only who keeps its quality."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from lotse.organisations.models.scope import in_branches
from lotse.organisations.roles import EXTERNAL


class OverseenQuerySet(models.QuerySet):
    def overseen_by(self, actor: Any) -> Self:
        """For the state alone that a carrier is in: who looks over the carriers of a district."""
        return self.filter(in_branches(actor.quality_read_paths, "organisation"))


class OfCatalogueQuerySet(OverseenQuerySet):
    """Criteria and where the manual speaks of them."""

    def visible_to(self, actor: Any) -> Self:
        kept = in_branches(actor.quality_paths, "organisation")
        works_here = Q(pk__in=[]) if actor.role_keys <= EXTERNAL else Q(organisation_id=actor.organisation_id)
        return self.filter(kept | works_here)


class KeptQuerySet(OverseenQuerySet):
    """What the house says of itself."""

    def visible_to(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.quality_paths, "organisation"))
