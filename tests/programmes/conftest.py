import pytest

from tests.factories import agencies


@pytest.fixture
def house(world):
    return agencies.build(world)
