"""Who leads: two people of each carrier that counsels, and of the district. One prepares, the other releases."""

from dataclasses import dataclass

from lotse.organisations.models import Organisation, Person, Site
from lotse.organisations.who import actor_for
from lotse.portal.demo.district import START, grant
from lotse.portal.demo.showcase.player import Player


@dataclass(frozen=True)
class Heads:
    organisation: Organisation
    lead: Player
    manager: Player


def district_heads(root: Organisation) -> Heads:
    return Heads(root, Player.known_as("koordination"), Player.known_as("bezirk"))


def hired(site: Site) -> Heads:
    """At a carrier where nobody who leads has a login."""
    lead = employed(site, "Yasemin", "Probst-Demo", "technical_lead", site)
    return Heads(site.organisation, lead, employed(site, "Bernd", "Musterhaus", "carrier_manager"))


def employed(at: Site, first: str, last: str, role: str, site: Site | None = None) -> Player:
    person = Person.objects.create(organisation=at.organisation, first_name=first, last_name=last, started_on=START)
    grant(person, at.organisation, role, site)
    return Player(person, actor_for(person))
