"""Whose papers a page is about: her own house, or one whose quality she keeps."""

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality.queries.frameworks import houses


def house_asked(actor: Actor, asked: str) -> Organisation:
    """By the id in the address; else her own, where she keeps only others the first of them."""
    kept = houses(actor)
    own = next((one for one in kept.values() if one.pk == actor.organisation_id), None)
    if asked in kept:
        return kept[asked]
    return own or next(iter(kept.values()), None) or Organisation.objects.get(pk=actor.organisation_id)


def staff(house: Organisation) -> dict[str, Person]:
    return {one.public_id: one for one in Person.objects.filter(organisation=house, left_on=None)}
