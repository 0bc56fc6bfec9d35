"""The whole file takes longer to make than to look at: the tests of this folder share one, and none sees what another wrote."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import override_settings

from lotse.core.crypto import forget_cached_keys
from tests.access.whole_file import whole_file
from tests.conftest import quick_and_apart
from tests.personas import make_world


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """World and file inside a transaction that ends with the module; each test has its own inside of it."""
    settings = quick_and_apart(tmp_path_factory.mktemp("shared"))
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**settings):
            world = make_world()
            ids = whole_file(world)
        forget_cached_keys()
        yield SimpleNamespace(world=world, ids=ids, settings=settings)
        transaction.set_rollback(True)


@pytest.fixture
def world(made_once, db, settings):
    for name, value in made_once.settings.items():
        setattr(settings, name, value)
    return made_once.world


@pytest.fixture
def file(made_once, world):
    return made_once.ids
