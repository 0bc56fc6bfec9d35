"""Social spaces of an agency: renamed, ended, taken up again; what speaks of them keeps them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.agency.actions import analysis as reach_acts
from lotse.agency.actions.renewal import take_over
from lotse.agency.actions.spaces import change_space
from lotse.agency.enums import DocumentKind
from lotse.agency.models import Analysis, SocialSpace
from lotse.agency.queries.analysis import spaces_of
from lotse.core.errors import NotAllowed
from tests.factories.agencies import YEAR

NEW = "/agentur/massnahmen/neu/"


@pytest.fixture
def space(house):
    return house.space()


@pytest.fixture
def document(house):
    return house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1)


def change(house, space, **more):
    values = {"name": space.name, "ended_on": None, **more}
    return change_space(by=house.world.worker.actor, space=space, **values)


def reach(house, document, *spaces, new=()):
    return reach_acts.set_reach(
        by=house.world.worker.actor, document=document, orientation="needs", spaces=spaces, fields=["SR"],
        special_field="", new_spaces=new,
    )  # fmt: skip


def ended(house, space, ago=0):
    return change(house, space, ended_on=timezone.localdate() - timedelta(days=ago))


def test_a_space_is_renamed_where_it_stands_already(house, space, login):
    measure = house.measure(space=space)
    change(house, space, name=" Hochfeld-Nord ")
    assert SocialSpace.objects.get().name == "Hochfeld-Nord"
    assert (
        "Hochfeld-Nord" in login(house.world.worker).get(f"/agentur/massnahmen/{measure.public_id}/").content.decode()
    )


def test_two_spaces_never_bear_one_name(house, space):
    other = house.space(name="Altstadt")
    with pytest.raises(ValidationError, match="gibt es schon"):
        change(house, other, name="HOCHFELD")
    change(house, space, name="HOCHFELD")
    house.space(name="Hafen", agency=house.far_agency, organisation=house.far_agency.parent)
    change(house, other, name="Hafen")


def test_an_ended_space_is_not_offered_for_new_things(house, space, document, login):
    web = login(house.world.worker)
    assert space.public_id in web.get(NEW).content.decode()
    change(house, space, ended_on=timezone.localdate() + timedelta(days=1))
    assert spaces_of(document) == [space]
    ended(house, space)
    assert spaces_of(document) == []
    assert space.public_id not in web.get(NEW).content.decode()


def test_what_speaks_of_an_ended_space_keeps_it(house, space, document, login):
    reach(house, document, space)
    measure = house.measure(space=space)
    ended(house, space, ago=3)
    assert spaces_of(document) == [space]
    web, url = login(house.world.worker), f"/agentur/massnahmen/{measure.public_id}/aendern/"
    assert f'value="{space.public_id}" selected' in web.get(url).content.decode()
    given = {"title": "Neu", "kind": "workshop", "on": f"{YEAR}-03-04", "files_kind": "photo", "space": space.public_id}
    assert web.post(url, given).status_code == 302
    measure.refresh_from_db()
    assert measure.space == space
    assert space.public_id not in web.get(f"{NEW}?wie={measure.public_id}").content.decode()


def test_an_analysis_that_goes_on_leaves_ended_spaces_behind(house, space):
    before = house.document(DocumentKind.ANALYSIS, funding_year=YEAR - 2, until_year=YEAR - 1)
    other = house.space(name="Altstadt")
    reach(house, before, space, other)
    ended(house, space)
    made = take_over(by=house.world.worker.actor, document=house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1))
    assert list(made.spaces.all()) == [other]


def test_the_name_of_an_ended_space_says_how_to_take_it_up_again(house, space, document):
    ended(house, space)
    with pytest.raises(ValidationError, match="„Hochfeld“ ist beendet"):
        reach(house, document, new=["hochfeld"])
    assert not Analysis.objects.exists()
    change(house, space)
    assert list(reach(house, document, new=["hochfeld"]).spaces.all()) == [space]


def test_the_second_who_changes_a_space_is_told(house, space):
    change(house, space, name="Nord", revision=1)
    with pytest.raises(ValidationError, match="Inzwischen"):
        change(house, space, name="Süd", revision=1)


def test_only_the_agency_changes_its_spaces(house, space, login):
    url = f"/agentur/sozialraum/{space.public_id}/"
    with pytest.raises(NotAllowed):
        change_space(by=house.world.coordinator.actor, space=space, name="X", ended_on=None)
    assert login(house.world.coordinator).get(url).status_code == 403
    assert login(house.world.far_worker).get(url).status_code == 404


def test_the_page_lists_changes_and_ends(house, login):
    web, url = login(house.world.worker), f"/agentur/sozialraeume/{house.agency.public_id}/"
    assert "Noch keine." in web.get(url).content.decode()
    space = house.space()
    web.post(f"/agentur/sozialraum/{space.public_id}/", {"name": "Hafen", "ended_on": "2025-01-31", "revision": 1})
    space.refresh_from_db()
    assert (space.name, space.ended_on) == ("Hafen", date(2025, 1, 31))
    assert "nicht mehr seit 31.01.2025" in web.get(url).content.decode()
    shown = login(house.world.coordinator).get(url).content.decode()
    assert "Hafen" in shown
    assert "ändern" not in shown
