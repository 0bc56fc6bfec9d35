"""Who sees money: who keeps the funds of the house that receives the grant sees all of it, who keeps a carrier's its own."""

from typing import Any, Self

from django.db import models

from lotse.organisations.models.scope import in_branches


class OfGrantQuerySet(models.QuerySet):
    """For what only the receiver of a grant has: its calls."""

    grant_path = "grant"

    def visible_to(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.funded_paths, f"{self.grant_path}__organisation"))


class OfCarrierQuerySet(OfGrantQuerySet):
    """For what belongs to a carrier, which is its `organisation` or stands in `carrier_path`."""

    carrier_path = "organisation"

    def visible_to(self, actor: Any) -> Self:
        received = in_branches(actor.funded_paths, f"{self.grant_path}__organisation")
        return self.filter(received | in_branches(actor.funded_paths, self.carrier_path))


class OwnQuerySet(models.QuerySet):
    """For what a carrier has by itself, whatever the grant; `carrier_path` leads to the carrier."""

    carrier_path = "organisation"

    def visible_to(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.funded_paths, self.carrier_path))
