"""Merging and undoing is as if nothing had been: for any rows on either side, whatever was chosen."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lotse.casework.actions.merging import merge_clients
from lotse.casework.actions.unmerging import undo_merge
from lotse.casework.enums import Act, ConsentState
from lotse.casework.models import Client, Consent, CounsellingCase
from lotse.casework.queries.merging import merge_plan
from lotse.casework.queries.ownership import moving_columns
from lotse.casework.queries.person_parts import PARTS
from lotse.core.models import Draft
from lotse.programmes.models import Programme
from tests.casework.snapshots import picture
from tests.factories import casework as make
from tests.factories.rows import saved

DAY = date(2026, 1, 5)
# What needs more than its columns: made below, or in the way of every merge.
BY_HAND = {"casework.consent.client", "casework.counsellingcase.client", "casework.handover.client"}
PLAIN = [column for column in moving_columns() if column.key not in BY_HAND]

texts = some.sampled_from(["", "0150 5551234", "a@lotse.example", "Straße 1\nüber der Bäckerei", "x" * 200])
people = some.fixed_dictionaries({
    "first_name": some.sampled_from(["Mira", "Ali"]), "last_name": some.sampled_from(["Özdemir", "Oezdemir", "Ali"]),
    "birth_date": some.sampled_from([None, date(1990, 1, 1), date(1990, 5, 3)]), "gender": some.sampled_from(["", "w"]),
    "nationalities": some.lists(some.sampled_from(["sy", "tr"]), max_size=2, unique=True),
    "interpreter_needed": some.sampled_from([None, True, False]), "is_resettler": some.sampled_from([None, True, False]),
    "phone": texts, "email": texts, "address": texts, "informed_on": some.sampled_from([DAY, DAY + timedelta(30)]),
})  # fmt: skip
consents = some.dictionaries(
    some.sampled_from([Act.AGREEMENT, Act.RECORDING, Act.COMPETENCE, Act.HEALTH]), some.integers(0, 40), max_size=4
)
rows = some.lists(some.sampled_from(PLAIN), max_size=6)
cases = some.lists(some.sampled_from(["mbe", "jmd"]), max_size=2, unique=True)
file = some.tuples(people, consents, rows, cases, some.booleans())


@pytest.fixture
def programmes(world):
    return {"mbe": world.mbe, "jmd": Programme.objects.create(code="jmd", name="Jugendmigrationsdienst")}


def acts_of(acts, codes):
    """Two services side by side need a consent of their own."""
    return {**acts, **({Act.JOINT: 0} if len(codes) > 1 else {})}


def build(world, programmes, values, acts, columns, codes, has_draft):
    client = make.person(world, **values)
    for act, day in acts_of(acts, codes).items():
        make.decide(world, client, act, on=DAY + timedelta(day))
    for column in columns:
        saved(column.model, **{column.name: client})
    for code in codes:
        make.case(world, client=client, programme=programmes[code], consented=False)
    if has_draft:
        saved(
            Draft,
            object_ref=client.public_id,
            owner_ref="a",
            form_key="contact",
            organisation_id=world.nordstadt.pk,
            url="/",
            content=b"",
        )
    return client


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(one=file, other=file, chosen=some.sets(some.sampled_from([part.key for part in PARTS])), goes_on=some.booleans())
@pytest.mark.rule("DU-02")
def test_merged_and_separated_is_as_if_nothing_had_been(world, programmes, one, other, chosen, goes_on):
    kept, gone = build(world, programmes, *one), build(world, programmes, *other)
    before, plan = picture(kept, gone), merge_plan(kept, gone)
    assert plan.stops == []

    going_on = [clash.taken.public_id for clash in plan.clashes if goes_on]
    merge = merge_clients(by=world.counsellor.actor, survivor=kept, absorbed=gone, take=chosen, going_on=going_on)
    assert all(not column.rows_of(gone.pk).exists() for column in moving_columns())
    given_once = Consent.objects.filter(client=kept, state=ConsentState.GIVEN).values_list("act", flat=True)
    assert sorted(given_once) == sorted({*acts_of(one[1], one[3]), *acts_of(other[1], other[3])})
    running = CounsellingCase.objects.filter(client=kept, ended_on=None).values_list("programme__code", flat=True)
    assert sorted(running) == sorted({*one[3], *other[3]})

    undo_merge(by=world.counsellor.actor, merge=merge)
    assert picture(kept, gone) == before
    assert Client.objects.get(pk=gone.pk).merged_into is None
