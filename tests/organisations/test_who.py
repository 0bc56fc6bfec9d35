"""Who acts is found by hand-written SQL; it must see exactly what the model calls in force."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from lotse.organisations.enums import Permission
from lotse.organisations.models import Deputy, Membership
from lotse.organisations.who import actor_for, actor_for_user

DAY = date(2026, 3, 15)
BEGINS = (DAY - timedelta(days=1), DAY, DAY + timedelta(days=1))
ENDS = (None, DAY - timedelta(days=1), DAY, DAY + timedelta(days=1))
GRANTS = [
    {"valid_from": begin, "valid_to": end, "needs_confirmation": needs, "confirmed_at": at}
    for begin, end, needs, at in product(BEGINS, ENDS, (True, False), (None, timezone.now()))
    if end is None or end >= begin
]
WITH_SECOND_PERSON = [grant for grant in GRANTS if grant["needs_confirmation"]]  # the database takes no other deputy


@pytest.mark.parametrize("grant", GRANTS)
def test_a_role_counts_exactly_when_it_is_in_force(world, grant):
    person = world.outsider.person
    Membership.objects.filter(person=person).delete()
    Membership.objects.create(person=person, organisation=person.organisation, role="desk_officer", **grant)
    expected = frozenset(Membership.objects.in_force(DAY).filter(person=person).values_list("role", flat=True))
    assert actor_for(person, DAY).role_keys == expected


@pytest.mark.parametrize("grant", WITH_SECOND_PERSON)
def test_a_deputy_holds_the_files_exactly_when_it_is_in_force(world, grant):
    away, deputy = world.colleague.person, world.counsellor.person
    Deputy.objects.create(person=away, deputy=deputy, **grant)
    standing_in = Deputy.objects.in_force(DAY).filter(deputy=deputy).values_list("person_id", flat=True)
    assert actor_for(deputy, DAY).file_holder_ids == {deputy.pk, *standing_in}


def test_a_deputy_who_does_not_counsel_holds_no_files(world):
    clerk = world.specialist.person
    Deputy.objects.create(person=world.counsellor.person, deputy=clerk, valid_from=DAY)
    assert actor_for(clerk, DAY).file_holder_ids == frozenset()


def test_a_person_without_a_role_acts_with_no_rights(world):
    person = world.outsider.person
    Membership.objects.filter(person=person).delete()
    actor = actor_for(person, DAY)
    assert (actor.person_id, actor.label, actor.permissions) == (person.pk, str(person), frozenset())


def test_somebody_who_has_left_does_not_act(world):
    person = world.counsellor.person
    person.left_on = DAY
    person.save()
    assert actor_for_user(person.user) is None


def test_finding_out_who_acts_is_one_statement(world, django_assert_num_queries):
    user = world.counsellor.person.user
    with django_assert_num_queries(1):
        actor = actor_for_user(user)
    assert actor.may(Permission.COUNSEL)
