"""A guest tries every address of the product: the room of her procedure and her own account open, nothing else exists."""

import pytest

from tests.access.matrix import PUBLIC
from tests.access.test_access import address, own_names
from tests.factories import quality_certification as make
from tests.factories import quality_guests as guests

ASSESSING = {
    "room", "checklist", "remark", "evidence", "feedback", "issued", "summary", "visit", "plan", "note", "edit_note",
    "paper", "check", "finish", "report", "write",
}  # fmt: skip
ONE_BUTTON = {"schedule", "issue", "present"}
BOARD = {"room", "checklist", "feedback", "issued", "report", "vote"}


@pytest.fixture
def hers(world, file):
    """The ids of her own procedure, which has come as far as its visit, beside those of everything else."""
    return {**file, **guests.of_room(guests.of(world, "assessor").access.certification)}


def opened(web, ids, method="get"):
    answers = {}
    for name in own_names():
        answers[name] = getattr(web, method)(address(name, ids)).status_code
    return answers


def everything_else(found, allowed):
    return {name: status for name, status in found.items() if name not in allowed and status != 404}


@pytest.mark.rule("QM-09")
@pytest.mark.rule("DP-09")
def test_an_assessor_tries_every_address(world, hers, login):
    found = opened(login(guests.of(world, "assessor")), hers)
    room = {f"guests:{name}": 200 for name in ASSESSING} | {f"guests:{name}": 302 for name in ONE_BUTTON}
    allowed = {**room, "guests:rooms": 302, "portal:home": 302, "accounts:security": 200, "accounts:end_others": 405}
    drafts = {"core:draft": 405, "core:discard_draft": 405}
    assert everything_else(found, {**allowed, **drafts}) == {}
    assert {name: found[name] for name in (*allowed, *drafts)} == {**allowed, **drafts}


@pytest.mark.rule("QM-09")
def test_a_member_of_the_board_tries_every_address(world, hers, login):
    found = opened(login(guests.of(world, "board")), hers)
    room = {f"guests:{name}": 200 for name in BOARD} | {
        f"guests:{name}": 403 for name in ("decide", "conditions", "revoke")
    }
    allowed = {**room, "guests:rooms": 302, "portal:home": 302, "accounts:security": 200, "accounts:end_others": 405}
    drafts = {"core:draft": 405, "core:discard_draft": 405}
    assert everything_else(found, {**allowed, **drafts}) == {}
    assert {name: found[name] for name in (*allowed, *drafts)} == {**allowed, **drafts}


@pytest.mark.rule("QM-09")
@pytest.mark.parametrize("side", ["assessor", "board"])
def test_a_guest_posts_to_every_address(world, hers, login, side):
    """Only into her own room and account; what is sent is empty, so nothing changes there either."""
    guest = guests.of(world, side)
    web = login(guest)
    outside = [
        name for name in own_names() if not name.startswith(("guests:", "accounts:", "core:")) and name != "portal:home"
    ]
    assert {web.post(address(name, hers)).status_code for name in outside} == {404}


@pytest.mark.parametrize("name", ["guests:room", "guests:checklist", "guests:evidence", "guests:visit"])
def test_a_guest_of_another_procedure_finds_nothing(world, hers, login, name):
    other = make.registered(world, framework=make.make.small(world, key="ganz-anderes"))
    web = login(guests.guest(world, other, name="Fremd Beispiel"))
    assert web.get(address(name, hers)).status_code == 404


def test_a_guest_whose_time_is_over_tries_every_address(world, hers, login):
    guest = guests.of(world, "assessor")
    guests.over(guest)
    found = opened(login(guest), hers)
    allowed = {
        "guests:rooms",
        "portal:home",
        "accounts:security",
        "accounts:end_others",
        "core:draft",
        "core:discard_draft",
    }
    assert everything_else(found, allowed) == {}


def test_pages_without_a_login_are_those_of_everybody(world, hers, login):
    web = login(guests.of(world, "assessor"))
    assert {name: web.get(address(name, hers)).status_code for name in PUBLIC} == PUBLIC
