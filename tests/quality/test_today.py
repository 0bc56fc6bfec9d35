"""What waits is read by a statement written once for all of one standing; each still finds what is hers."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from lotse.agency.queries.duties import BUNDLE as AGENCY
from lotse.core.bundles import Bundle, Kind
from lotse.core.lines import lines_of, read
from lotse.funding.queries.today import BUNDLE as FUNDING
from lotse.quality.models import Improvement
from lotse.quality.queries.today import BUNDLE as QUALITY
from tests.factories import quality_evidence as proofs
from tests.factories import quality_improvements as make
from tests.factories import quality_papers as papers

TODAY = timezone.localdate


def _improvements(owner_only):
    def rows(actor, today):
        found = Improvement.objects.filter(due_on__lte=today)
        return found.filter(owner_id=actor.person_id) if owner_only else found

    return rows


def _kind(rows):
    said = ("{words}", "seit {day}")
    return Kind(rows, {"words": F("title"), "day": F("due_on")}, lambda _lines: "/", said, said, "")


@pytest.mark.parametrize("bundle", [QUALITY, FUNDING, AGENCY], ids=["quality", "funding", "agency"])
def test_everybody_finds_what_the_kinds_say_of_her(world, bundle):
    for owner in (world.counsellor, world.colleague, world.technical_lead):
        make.overdue(make.raised(world, owner=owner, title=owner.person.first_name))
        proofs.document(world, owner=owner.person)
    make.suggested(world)
    make.taken_down(world)
    papers.in_force(world)
    found = 0
    for persona in world.personas.values():
        if persona.person is None:
            continue
        actor = persona.actor
        asked = [lines_of(name, kind.rows(actor, TODAY()), **kind.columns) for name, kind in bundle.kinds.items()]
        lines = bundle.lines(actor, TODAY())
        assert {name: sorted(rows) for name, rows in lines.items()} == {
            name: sorted(rows) for name, rows in read(asked).items()
        }
        found += len(lines)
    assert (found > 0) == (bundle is QUALITY)


def test_a_statement_is_written_once_a_day_for_all_of_one_standing(world):
    written = []

    def rows(actor, today):
        written.append(today)
        return _improvements(owner_only=True)(actor, today)

    for owner in (world.counsellor, world.colleague):
        make.overdue(make.raised(world, owner=owner, title=owner.person.first_name))
    bundle = Bundle({"improve": _kind(rows)})

    def titles(persona, day):
        return [item.title for item in bundle.items(persona.actor, day)]

    assert [titles(who, TODAY()) for who in (world.counsellor, world.colleague, world.counsellor)] == [
        ["Counsellor"], ["Colleague"], ["Counsellor"],
    ]  # fmt: skip
    assert len(written) == 1
    assert titles(world.counsellor, TODAY() - timedelta(days=400)) == []
    assert titles(world.technical_lead, TODAY()) == []
    assert len(written) == 3


def test_what_is_of_no_person_is_of_the_house(world):
    make.overdue(make.raised(world))
    house = Bundle({"improve": _kind(_improvements(owner_only=False))}, of_house=True)
    assert len(house.items(world.colleague.actor, TODAY())) == 1
    with pytest.raises(TypeError, match="does not reach the statement"):
        Bundle(house.kinds).items(world.colleague.actor, TODAY())


@pytest.mark.parametrize("bundle", [QUALITY, FUNDING, AGENCY], ids=["quality", "funding", "agency"])
def test_writing_a_statement_reads_nothing_that_may_have_changed_by_the_next_page(
    world, bundle, django_assert_num_queries
):
    personas = [persona.actor for persona in world.personas.values() if persona.person]
    with django_assert_num_queries(0):
        for actor in personas:
            lines_of_all = [kind.rows(actor.standing, TODAY()) for kind in bundle.kinds.values()]
            assert len(lines_of_all) == len(bundle.kinds)
