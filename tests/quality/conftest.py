import pytest

from lotse.quality.models import Criterion
from tests.factories import quality as make


@pytest.fixture
def framework(world):
    """Three criteria; the second has two parts."""
    return make.small(world)


@pytest.fixture
def criterion(framework):
    return Criterion.objects.get(framework=framework, slug="b-1")


@pytest.fixture
def assessment(world, framework):
    return make.begun(world, framework)
