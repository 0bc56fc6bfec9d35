"""Who looks inside an organisation: who works there, and who manages it. Its name and its sites are no secret."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from lotse.organisations.models.periods import DatedQuerySet
from lotse.organisations.roles import EXTERNAL


class StaffQuerySet(models.QuerySet):
    """For models with `organisation`, or with a way to it in `organisation_path`."""

    organisation_path = "organisation"

    def visible_to(self, actor: Any) -> Self:
        if actor.role_keys.issubset(EXTERNAL):  # nobody from outside, and nobody without a role
            return self.none()
        inside = {actor.organisation_id, *actor.managed_organisation_ids}
        return self.filter(**{f"{self.organisation_path}_id__in": inside})


class DatedStaffQuerySet(StaffQuerySet, DatedQuerySet):
    """Dated rows with an organisation."""


def in_branches(paths: frozenset[str], way: str = "") -> Q:
    """Rows whose organisation, or the one that `way` leads to, stands in one of these branches; nothing for no branch."""
    path = f"{way}__path" if way else "path"
    found = Q(pk__in=[])
    for start in paths:
        found |= Q(**{f"{path}__startswith": start})
    return found
