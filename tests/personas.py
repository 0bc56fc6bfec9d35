"""Who acts in the tests: two carriers under one district, one counselling site each."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.utils import timezone

from lotse.accounts.models import User
from lotse.organisations.actor import Actor
from lotse.organisations.enums import OrganisationKind as Kind
from lotse.organisations.models import Membership, Organisation, Person, Site
from lotse.organisations.roles import ROLES
from lotse.organisations.who import actor_for
from lotse.programmes.models import Programme, SiteOffer

START = date(2020, 1, 1)


@dataclass
class Persona:
    user: User
    person: Person | None

    @property
    def actor(self) -> Actor:
        return actor_for(self.person)


@dataclass
class World:
    district: Organisation
    nordstadt: Organisation
    suedstadt: Organisation
    site: Site
    far_site: Site
    mbe: Programme
    personas: dict[str, Persona] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Persona:
        try:
            return self.__dict__["personas"][name]
        except KeyError as error:
            raise AttributeError(name) from error


def organisation(name, kind, parent=None, **more):
    made = Organisation.objects.create(name=name, kind=kind, parent=parent, **more)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save()
    return made


def grant(person, role, where, site=None, **more):
    opens = ROLES[role].opens_files
    confirmed = timezone.now() if opens else None
    values = {"valid_from": START, "needs_confirmation": opens, "confirmed_at": confirmed, **more}
    return Membership.objects.create(person=person, organisation=where, site=site, role=role, **values)


def persona(world, name, where, role=None, site=None):
    user = User.objects.create_user(f"{name}@lotse.example", "demo-Lotse-2026")
    person = Person.objects.create(organisation=where, first_name=name.title(), last_name="Beispiel", user=user)
    if role:
        grant(person, role, where, site)
    world.personas[name] = Persona(user, person)


@pytest.fixture
def world(db):
    return make_world()


def make_world():
    district = organisation("Bezirk Beispiel", Kind.DISTRICT_ASSOCIATION, is_carrier=True)
    nord = organisation("KV Nordstadt", Kind.COUNTY_ASSOCIATION, district, is_carrier=True)
    sued = organisation("KV Südstadt", Kind.COUNTY_ASSOCIATION, district, is_carrier=True)
    site = Site.objects.create(organisation=nord, name="Beratungsstelle Nordstadt", municipality_code="05334012")
    far_site = Site.objects.create(organisation=sued, name="Beratungsstelle Südstadt")
    mbe = Programme.objects.create(code="mbe", name="Migrationsberatung", max_years=3)
    for place in (site, far_site):
        SiteOffer.objects.create(programme=mbe, site=place, valid_from=START)
    made = World(district, nord, sued, site, far_site, mbe)
    persona(made, "counsellor", nord, "counsellor", site)
    persona(made, "colleague", nord, "counsellor", site)
    persona(made, "technical_lead", nord, "technical_lead", site)
    persona(made, "carrier_manager", nord, "carrier_manager")
    persona(made, "sysadmin", nord, "sysadmin")
    persona(made, "specialist", nord, "integration_specialist")
    persona(made, "dpo", nord, "dpo")
    persona(made, "coordinator", district, "regional_coordinator")
    persona(made, "funder", district, "funder_readonly")
    persona(made, "outsider", sued, "counsellor", far_site)
    made.personas["nobody"] = Persona(User.objects.create_user("nobody@lotse.example", "demo-Lotse-2026"), None)
    return made
