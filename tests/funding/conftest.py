import pytest

from tests.factories import agencies, deadlines


@pytest.fixture
def house(world):
    return agencies.build(world)


@pytest.fixture
def grant(house):
    """Of the district, with an agency of each carrier."""
    return deadlines.grant_of(house)
