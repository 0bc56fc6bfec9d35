"""Each predicate of rules.py at its edges."""

import pytest

from lotse.organisations import rules
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Deputy, Membership, Organisation, Person

HOME, AWAY = 1, 2


def actor(**more):
    values = {"person_id": 1, "ref": "a", "label": "A", "organisation_id": HOME, "role_keys": frozenset({"dpo"})}
    return Actor(**{**values, **more})


def person(pk=2, organisation=None):
    return Person(pk=pk, organisation=organisation or Organisation(pk=HOME, path="/1/"))


@pytest.mark.rule("OR-01")
@pytest.mark.parametrize(
    ("roles", "where", "inside"),
    [({"dpo"}, HOME, True), ({"dpo"}, AWAY, False), ({"funder_readonly"}, HOME, False), (set(), HOME, False),
     ({"funder_readonly", "dpo"}, HOME, True)],
)  # fmt: skip
def test_who_works_there_looks_inside(roles, where, inside):
    assert rules.looks_inside(actor(role_keys=frozenset(roles)), where) is inside


@pytest.mark.rule("OR-01")
def test_who_manages_looks_inside_elsewhere(world):
    assert rules.looks_inside(world.coordinator.actor, world.suedstadt.pk)
    assert rules.manages(world.coordinator.actor, world.suedstadt.pk)
    assert not rules.manages(world.carrier_manager.actor, world.suedstadt.pk)


@pytest.mark.rule("OR-02")
def test_a_right_is_for_another():
    assert [rules.is_for_another(actor(), person(pk)) for pk in (1, 2)] == [False, True]


@pytest.mark.rule("OR-03")
@pytest.mark.parametrize(("granter", "holder", "second"), [(1, 2, False), (2, 1, False), (2, 3, True)])
def test_second_person_is_neither_granter_nor_holder(granter, holder, second):
    grants = Membership(granted_by_id=granter, person_id=holder), Deputy(granted_by_id=granter, deputy_id=holder)
    assert [rules.is_second_person(actor(), grant) for grant in grants] == [second, second]


@pytest.mark.rule("OR-03")
@pytest.mark.parametrize(
    ("permissions", "where", "may"),
    [
        ({Permission.CONFIRM_FILE_ACCESS}, HOME, True),
        ({Permission.CONFIRM_FILE_ACCESS}, AWAY, False),
        (set(), HOME, False),
    ],
)
def test_deputies_are_led_at_home(permissions, where, may):
    assert rules.leads(actor(permissions=frozenset(permissions)), where) is may


@pytest.mark.rule("OR-03")
def test_own_deputy_is_arranged_by_oneself():
    assert [rules.may_arrange_deputy(actor(), person(pk)) for pk in (1, 2)] == [True, False]


@pytest.mark.rule("OR-03")
@pytest.mark.parametrize(("path", "home"), [("/1/", True), ("/1/5/", True), ("/9/", False), ("/9/1/", False)])
def test_file_role_is_held_at_home_or_below(path, home):
    assert rules.role_is_at_home(person(), Organisation(path=path)) is home
