"""Last year's cases of two carriers, at three sites and in two programmes, with small numbers in many cells."""

from collections import Counter
from datetime import date
from itertools import product

import pytest
from django.utils import timezone

from lotse.casework.models import Client, CounsellingCase, Enquiry
from lotse.facts.registry import all_facts
from lotse.organisations.models import Site
from lotse.programmes.models import Programme, SiteOffer
from tests.factories import casework as make
from tests.factories.rows import saved
from tests.personas import START

LAST_YEAR = timezone.localdate().year - 1
SPREAD = {  # gender: how many by place, where a place is (site, programme)
    "w": (4, 2, 3, 0, 1, 2),
    "m": (1, 3, 0, 0, 2, 3),
    "d": (1, 0, 0, 0, 0, 1),
    "": (0, 1, 2, 0, 0, 0),
}


def shown_facts():
    """The figures of the first sheet that every carrier is shown; those of one programme stand only where it is offered."""
    return [fact for fact in all_facts() if not fact.programme and fact.sheet == "work"]


@pytest.fixture
def places(world):
    third = Site.objects.create(organisation=world.nordstadt, name="Beratungsstelle Weststadt")
    other = Programme.objects.create(code="intman", name="Integrationsmanagement")
    SiteOffer.objects.create(programme=other, site=third, valid_from=START)
    return list(product((world.site, world.far_site, third), (world.mbe, other)))


@pytest.fixture
def year(world, places):
    """The cases of last year, spread over the places, as {(gender, site id, programme id): number}."""
    wanted = [
        (gender, *place)
        for gender, numbers in SPREAD.items()
        for place, n in zip(places, numbers, strict=True)
        for _ in range(n)
    ]
    first = {
        by.organisation_id: make.case(world, by=by, consented=False)
        for by in (world.counsellor.actor, world.outsider.actor)
    }
    for number, (gender, site, programme) in enumerate(wanted):
        pattern = first[site.organisation_id]
        client = copy(pattern.client, gender=gender, last_name=f"Person{number}", number=100 + number)
        copy(pattern, client=client, site=site, programme=programme, first_contact_on=date(LAST_YEAR, 3, 1))
    CounsellingCase.objects.filter(pk__in=[case.pk for case in first.values()]).delete()
    return Counter((gender, site.pk, programme.pk) for gender, site, programme in wanted)


def copy(row, **changes):
    """The same row again, under a new id, with some changes."""
    kept = [f.attname for f in row._meta.concrete_fields if f.name not in ("id", "public_id", *changes)]
    made = type(row)(**{name: getattr(row, name) for name in kept}, **changes)
    made.save()
    return made


@pytest.fixture
def half_seen(world, year):
    """The colleague holds every third file of the carrier."""
    files = Client.objects.filter(organisation=world.nordstadt)
    files.filter(pk__in=[c.pk for c in files.order_by("pk")[::3]]).update(responsible=world.colleague.person)
    return year


def enquiries(world, site, month, number, outcome="resolved"):
    for _ in range(number):
        saved(Enquiry, organisation=site.organisation, site=site, programme=world.mbe, recorded_by=world.counsellor.person,
              on=date(LAST_YEAR, month, 5), channel="phone", route="own_initiative", outcome=outcome, referred_to=None)  # fmt: skip
