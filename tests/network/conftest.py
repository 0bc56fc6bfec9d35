import pytest

from tests.factories import forum as make


@pytest.fixture
def forum(world):
    return make.forum(world)
