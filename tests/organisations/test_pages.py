"""Pages cost the same for one row and for three, and stay within twelve statements."""

import pytest

from lotse.organisations.actions.units import create_site, rename_organisation
from tests.factories import organisations as make

ONE_AND_THREE = pytest.mark.parametrize("rows", [1, 3])


@pytest.fixture
def filled(world):
    """`filled(n)`: n people with a post, a role and a deputy each, n sites and n names."""

    def _filled(count):
        manager = world.carrier_manager.actor
        for number in range(count):
            person = make.person(world, last_name=f"Nr{number}", languages=["de", "tr"])
            make.share(world, of=make.post(world), who=person)
            make.role(world, who=person, site=world.site)
            make.role(world, who=person, by=world.coordinator.actor, role="counsellor")
            make.deputy(world, who=person)
            create_site(by=manager, organisation=world.nordstadt, name=f"Stelle {number}")
            rename_organisation(
                by=manager, organisation=world.nordstadt, name=f"N{number}", valid_from=make.in_days(-9 + number)
            )
        return person

    return _filled


@ONE_AND_THREE
@pytest.mark.parametrize(("tab", "statements"), [
    ("", 11), ("menschen/", 8), ("stellen/", 8), ("wer/", 8), ("vertretungen/", 7),
])  # fmt: skip
def test_pages_of_an_organisation_do_not_grow(world, filled, login, django_assert_num_queries, rows, tab, statements):
    filled(rows)
    web, address = login(world.carrier_manager), f"/verwaltung/{world.nordstadt.public_id}/{tab}"
    web.get(address)
    with django_assert_num_queries(statements):
        web.get(address)


@ONE_AND_THREE
@pytest.mark.parametrize(("address", "statements"), [("/bestaetigen/", 7), ("/", 14), ("/verwaltung/", 6)])
def test_pages_of_the_second_person_do_not_grow(
    world, filled, login, django_assert_num_queries, rows, address, statements
):
    filled(rows)
    web = login(world.carrier_manager)
    web.get(address)
    with django_assert_num_queries(statements):
        web.get(address)


@ONE_AND_THREE
def test_page_of_a_person_does_not_grow(world, filled, login, django_assert_num_queries, rows):
    filled(rows)
    person = world.counsellor.person
    for number in range(rows):
        make.role(world, who=person, valid_from=make.in_days(-50 + number), valid_to=make.in_days(-50 + number))
        make.share(world, who=person)
    web = login(world.carrier_manager)
    web.get(f"/verwaltung/menschen/{person.public_id}/")
    with django_assert_num_queries(9):
        web.get(f"/verwaltung/menschen/{person.public_id}/")
