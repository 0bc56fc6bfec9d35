"""What people on funded posts can: for the management of their own house."""

import pytest

from lotse.core.errors import NotAllowed
from lotse.funding.actions.qualification import Said, note_qualification
from lotse.funding.models import QualificationNote
from lotse.funding.packaged import FROZEN
from lotse.funding.qualification_points import newest
from lotse.funding.queries.qualification import profiled, staff
from tests.factories import funds_staff as make

TODAY = make.in_days(0)


@pytest.fixture
def person(world, grant, house):
    share = make.share_of(house.agency, make.person_of(world.nordstadt, languages=["ar"]))
    make.paid(grant, share)
    return share.person


def test_the_profile_has_five_points_that_are_required_and_one_that_is_desirable():
    profile = newest()
    assert (profile.is_example, [point.required for point in profile.points]) == (True, [True] * 5 + [False])
    assert FROZEN.checksums() == FROZEN.released()


def test_what_is_required_and_not_met_or_not_said_is_a_gap(world, person):
    by = world.carrier_manager.actor
    answers = {"methods": Said(True, "zwölf Jahre"), "psychology": Said(False), "language": Said(None)}
    note_qualification(by=by, person=person, answers=answers)
    [found] = profiled(by, [person])
    assert [point.key for point in found.gaps] == ["intercultural", "organisation", "psychology", "learning"]
    note_qualification(by=by, person=person, answers={"methods": Said(None)})
    assert QualificationNote.objects.count() == 0


def test_only_the_management_of_her_own_house_sees_and_notes_it(world, person):
    note_qualification(by=world.carrier_manager.actor, person=person, answers={"methods": Said(True)})
    names = ("carrier_manager", "coordinator", "specialist", "outsider")
    actors = [getattr(world, name).actor for name in names]
    assert [staff(actor, TODAY).count() for actor in actors] == [1, 0, 0, 0]
    assert [QualificationNote.objects.visible_to(actor).count() for actor in actors] == [1, 0, 0, 0]
    for actor in actors[1:]:
        with pytest.raises(NotAllowed):
            note_qualification(by=actor, person=person, answers={})


def test_the_checklist_is_filled_in_on_its_page(world, person, login):
    web = login(world.carrier_manager)
    page = web.get("/foerderung/stellen/qualifikation/").content.decode()
    assert "Lücken" in page
    asked = [point.key for point in newest().points if point.required]
    address = f"/foerderung/stellen/qualifikation/{person.public_id}/"
    assert web.get(address).status_code == 200
    assert web.post(address, {f"met_{key}": "true" for key in asked}).status_code == 302
    assert "vollständig" in web.get("/foerderung/stellen/qualifikation/").content.decode()
