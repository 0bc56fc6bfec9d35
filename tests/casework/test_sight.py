"""Who sees which file: the same answer for one file and for many, by prepared statements and by the model's own rules."""

from datetime import timedelta
from itertools import product

import pytest
from django.http import Http404
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.models import Client, FileAssignment
from lotse.organisations.models import Deputy
from tests.factories import casework as make

PERSONAS = (
    "counsellor",
    "colleague",
    "technical_lead",
    "carrier_manager",
    "sysadmin",
    "specialist",
    "funder",
    "outsider",
)
DAYS = (-1, 0, 1)
ASSIGNMENTS = [
    (begin, end, is_confirmed) for begin, end, is_confirmed in product(DAYS, (None, *DAYS), (True, False)) if end is None or begin <= end
]  # fmt: skip


def opens(actor, client):
    try:
        return queries.get_client(actor, client.public_id) == client
    except Http404:
        return False


@pytest.mark.parametrize("persona", PERSONAS)
def test_list_search_and_file_show_exactly_what_is_visible(world, persona):
    away = world.colleague.person
    Deputy.objects.create(
        person=away, deputy=world.counsellor.person, valid_from=timezone.localdate(), needs_confirmation=True, confirmed_at=timezone.now()
    )  # fmt: skip
    people = [make.person(world, last_name=name) for name in ("Alt", "Älter", "Zander")]
    Client.objects.filter(pk=people[1].pk).update(responsible=away)
    Client.objects.filter(pk=people[2].pk).update(
        responsible=world.outsider.person, site=world.far_site, organisation=world.suedstadt
    )
    actor = world.personas[persona].actor
    visible = list(Client.objects.visible_to(actor).order_by("name_key", "id"))

    assert [line.id for line in queries.client_list(actor, "").rows] == [client.pk for client in visible]
    assert [line.id for line in queries.search_clients(actor, "alt")] == [
        client.pk for client in visible if client.name_key.startswith("alt")
    ]
    assert [client for client in people if opens(actor, client)] == visible


@pytest.mark.parametrize("persona", ["colleague", "specialist"])
@pytest.mark.parametrize(("begin", "end", "is_confirmed"), ASSIGNMENTS)
def test_an_assigned_file_opens_exactly_while_it_is_in_force(world, persona, begin, end, is_confirmed):
    client, today, reader = make.person(world), timezone.localdate(), world.personas[persona]
    FileAssignment.objects.create(
        organisation=client.organisation, client=client, person=reader.person, reason="Vertretung", needs_confirmation=True,
        valid_from=today + timedelta(days=begin), valid_to=None if end is None else today + timedelta(days=end),
        confirmed_at=timezone.now() if is_confirmed else None,
    )  # fmt: skip
    in_force = FileAssignment.objects.in_force(today).exists() and persona == "colleague"

    assert opens(reader.actor, client) == in_force
    assert [line.id for line in queries.client_list(reader.actor, "").rows] == [client.pk] * in_force
