import pytest

from tests.insight import conftest as figures
from tests.wayup import making

places, year = figures.places, figures.year


@pytest.fixture
def house(world):
    return making.heads(world)


@pytest.fixture
def period(house):
    return making.period(house)
