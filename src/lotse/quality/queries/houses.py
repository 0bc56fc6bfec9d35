"""Whose papers a page is about: her own house, or one whose quality she keeps."""

from collections.abc import Mapping

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality.queries.frameworks import houses


def house_asked(actor: Actor, asked: str) -> Organisation:
    """By the id in the address; else her own, where she keeps only others the first of them."""
    kept = houses(actor)
    if asked in kept:
        return kept[asked]
    return usual_house(actor, kept) if kept else Organisation.objects.get(pk=actor.organisation_id)


def usual_house(actor: Actor, kept: Mapping[str, Organisation]) -> Organisation:
    """Of the houses whose quality she keeps her own, else the first."""
    return next((one for one in kept.values() if one.pk == actor.organisation_id), next(iter(kept.values())))


def staff(house: Organisation) -> dict[str, Person]:
    return {one.public_id: one for one in Person.objects.filter(organisation=house, left_on=None)}
