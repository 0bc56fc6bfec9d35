"""A prepared statement answers as the queryset does that it was made of, and is written once."""

from copy import copy
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from django.db import connections
from django.db.models import Q
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.models import Client
from lotse.core.prepared import SHAPES, prepared
from tests.factories import casework as make


class Asked(NamedTuple):
    sites: tuple[int, ...]
    since: date | None


def test_values_change_and_the_statement_stays(world):
    people = [make.person(world, last_name=name) for name in ("Abel", "Bauer")]
    written = []

    @prepared
    def by_id(pk):
        written.append(pk)
        return Client.objects.filter(pk=pk).select_related("site")

    found = [by_id(person.pk)[0] for person in people]

    assert [(c.pk, c.last_name, c.site.name, c.informed_on) for c in found] == [
        (p.pk, p.last_name, p.site.name, p.informed_on) for p in people
    ]
    assert len(written) == 1


def test_another_connection_of_the_thread_gets_its_own_statement(world):
    """As with an event loop in the thread: the first connection does not see what the second has begun."""
    asked_on = []

    @prepared
    def by_id(pk):
        asked_on.append(connections["default"])
        return Client.objects.filter(pk=pk)

    person, first = make.person(world), connections["default"]
    by_id(person.pk)
    second = copy(first)
    connections["default"] = second
    try:
        assert [client.pk for client in by_id(person.pk)] == [person.pk]
    finally:
        connections["default"] = first
    assert [one is second for one in asked_on] == [False, True]


@pytest.mark.parametrize("since", [None, date(2000, 1, 1), date(2999, 1, 1)])
@pytest.mark.parametrize("length", [0, 1, 2])
def test_every_shape_answers_like_its_queryset(world, length, since):
    make.person(world)
    sites = (world.site.pk, world.far_site.pk)[:length]

    def rows(asked, text):
        known = Q() if asked.since is None else Q(informed_on__gte=asked.since)
        return (
            Client.objects.filter(known, site_id__in=asked.sites).exclude(last_name=text).values_list("pk", flat=True)
        )

    for text in ("", "Niemand", Client.objects.get().last_name):
        assert prepared(rows)(Asked(sites, since), text) == list(rows(Asked(sites, since), text))


def test_moments_are_told_as_the_database_wants_them(world):
    make.person(world)

    @prepared
    def since(moment):
        return Event.objects.filter(at__gt=moment)

    assert since(timezone.now()) == []
    assert since(datetime(2020, 1, 1, tzinfo=UTC)) == list(Event.objects.all())


def test_a_value_that_does_not_reach_the_statement_is_refused(db):
    @prepared
    def changed_before(number):
        return Client.objects.filter(number=number + 1)

    with pytest.raises(TypeError, match="does not reach"):
        changed_before(3)


def test_shapes_are_not_remembered_without_end(world):
    make.person(world)
    made = []

    @prepared
    def among(pks):
        made.append(len(pks))
        return Client.objects.filter(pk__in=pks)

    for length in range(SHAPES + 2):
        among(tuple(range(length)))
    among((0, 1))

    assert made.count(2) == 2
