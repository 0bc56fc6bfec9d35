"""Who may open what, and that nothing of a file shows anywhere else."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from lotse.casework.actions.access import confirm_assignment, request_assignment
from lotse.casework.models import (
    Client,
    Contact,
)
from lotse.core.errors import NotAllowed
from tests.access.matrix import ALLAUTH, MATRIX, PERSONAS, PUBLIC
from tests.access.whole_file import CANARY


def names(patterns=None, prefix=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name


def own_names():
    return sorted({name for name in names() if not name.startswith(ALLAUTH)} - set(PUBLIC))


def address(name, ids):
    for pattern_name, kwargs in ((name, ids), (name, {})):
        needed = {k: v for k, v in kwargs.items() if k in _arguments(name)}
        return reverse(pattern_name, kwargs=needed)


def _arguments(name):
    lookups = get_resolver()
    *spaces, last = name.split(":")
    for space in spaces:
        lookups = lookups.namespace_dict[space][1]
    return lookups.reverse_dict.getlist(last)[0][0][0][1]


def test_every_address_stands_in_the_matrix():
    assert own_names() == sorted(MATRIX)


def packs(size=15):
    every = sorted(MATRIX)
    return [pytest.param(every[at : at + size], id=every[at]) for at in range(0, len(every), size)]


@pytest.fixture(scope="module", params=packs())
def addresses(request):
    """Of the module, so that the tests of one pack stand together and share one look at it."""
    return request.param


@pytest.fixture(scope="module")
def seen():
    return {}


@pytest.fixture
def looked(world, file, login, addresses, seen):
    """(address, persona) -> status, and whether the file shows, of one pack; whoever looks also searches for the file."""
    if (addresses[0], PERSONAS[0]) not in seen:
        seen.clear()
        for persona in PERSONAS:
            web = login(world.personas[persona])
            seen.update({(name, persona): look(web, address(name, file)) for name in addresses})
    return seen


def look(web, url):
    response = web.get(url, {"q": CANARY})
    shown = b"".join(response.streaming_content) if response.streaming else response.content
    found = shown.decode(errors="replace")
    for echo in (f'value="{CANARY}"', f"Suche: {CANARY}", f"q={CANARY}"):
        found = found.replace(echo, "")
    return response.status_code, CANARY in found


@pytest.mark.rule("DP-04")
def test_addresses_open_for_exactly_these_personas(looked, addresses):
    got = {name: tuple(looked[name, persona][0] for persona in PERSONAS) for name in addresses}
    assert got == {name: MATRIX[name] for name in addresses}


HOLDS_NO_FILE = [persona for persona in PERSONAS if persona not in ("counsellor", "technical_lead")]


@pytest.mark.rule("DP-04")
def test_nothing_of_a_file_shows_to_those_who_do_not_hold_it(looked, addresses):
    singing = [(name, persona) for name in addresses for persona in HOLDS_NO_FILE if looked[name, persona][1]]
    assert singing == []


def test_addresses_lead_strangers_to_the_login(world, file, client, addresses):
    answers = {name: client.get(address(name, file)) for name in addresses}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(addresses, 302)
    assert {answer["Location"].split("?")[0] for answer in answers.values()} == {"/konto/login/"}


@pytest.mark.rule("RF-01")
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_address_is_closed_to_everybody_without_its_link(world, file, client, login, name):
    webs = [client, *(login(world.personas[persona]) for persona in PERSONAS)]
    assert {web.get(address(name, file)).status_code for web in webs} == {PUBLIC[name]}


def test_the_canary_sings_for_who_holds_the_file(world, file, login):
    """The test above would pass on an empty page; this one shows that the canary is there to be seen."""
    web = login(world.counsellor)
    pages = ("overview", "client_list", "plan", "part_a", "appointments", "calendar", "appointment", "courses")
    seen = {page: look(web, address(f"casework:{page}", file)) for page in pages}
    assert seen == dict.fromkeys(pages, (200, True))


def test_secret_text_is_sealed_in_the_database(world, file):
    """Names are readable for search (ADR 0006); nothing that was told in confidence is."""
    client = Client.objects.get(number=1)
    raw = Client.objects.filter(pk=client.pk).values_list("phone", "address").get()
    notes = Contact.objects.values_list("note", flat=True).get()

    assert all(CANARY.encode() not in bytes(value) for value in (*raw, notes))
    assert (client.phone, Contact.objects.get().note) == (CANARY, CANARY)


@pytest.mark.rule("AC-01")
def test_assigned_file_opens_after_a_second_person_has_confirmed(world, file):
    client = Client.objects.get(number=1)
    colleague = world.colleague

    assignment = request_assignment(
        by=world.counsellor.actor,
        client=client,
        person=colleague.person,
        reason="Urlaub",
        valid_from=timezone.localdate(),
    )
    assert not Client.objects.visible_to(colleague.actor).exists()

    confirm_assignment(by=world.technical_lead.actor, assignment=assignment)
    assert Client.objects.visible_to(colleague.actor).get() == client


@pytest.mark.rule("AC-01")
@pytest.mark.parametrize("persona", ["counsellor", "colleague", "sysadmin", "coordinator", "outsider"])
def test_nobody_else_confirms_a_file_access(world, file, persona):
    assignment = request_assignment(
        by=world.counsellor.actor,
        client=Client.objects.get(number=1),
        person=world.colleague.person,
        reason="Urlaub",
        valid_from=timezone.localdate(),
    )
    with pytest.raises(NotAllowed):
        confirm_assignment(by=world.personas[persona].actor, assignment=assignment)


def test_writing_into_a_file_needs_more_than_knowing_its_address(world, file, login):
    url = address("casework:new_contact", file)
    data = {"on": f"{timezone.localdate()}", "channel": "phone", "topics": ["housing"]}

    statuses = [
        login(world.personas[name]).post(url, data).status_code
        for name in ("outsider", "colleague", "technical_lead", "sysadmin")
    ]

    assert statuses == [404, 404, 403, 404]
    assert Contact.objects.count() == 1
