"""The world of the tests is harsher than production: warnings are errors (pyproject), no network, no silent template."""

import os
import re
import socket
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as WebClient

# A busy machine is slow; how slow it is says nothing about what is tested.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")

pytest_plugins = ["tests.personas"]

WIDE = 1280
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))|\son[a-z]+=\"|\sstyle=\"|<style|javascript:", re.IGNORECASE
)


@pytest.fixture(autouse=True)
def harsh_world(settings, monkeypatch, tmp_path):
    for name, value in quick_and_apart(tmp_path).items():
        setattr(settings, name, value)
    real_connect = socket.socket.connect

    def only_loopback(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wants to reach {address}")
        return real_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_loopback)


def quick_and_apart(folder):
    """Settings of every test: passwords that cost nothing, files and mail that go nowhere else."""
    return {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "STORED_FILES": folder / "files",
        "STORAGES": _in_folder(settings.STORAGES, folder / "files"),
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    }


def _in_folder(storages, folder):
    """The product's storages, with the files of this test in a folder of their own."""
    default = storages["default"]
    return {**storages, "default": {**default, "OPTIONS": {**default["OPTIONS"], "location": folder}}}


@pytest.fixture(autouse=True)
def fresh_keys():
    """Every test has its own database rows, so the data keys of the last one must not be remembered."""
    from lotse.core.crypto import forget_cached_keys

    forget_cached_keys()
    yield
    forget_cached_keys()


@pytest.fixture(scope="session", autouse=True)
def log_that_can_be_flushed(django_db_setup):
    """Tests with a live server or real transactions empty the database afterwards; the log's triggers refuse that."""
    from tests.auditlog.flushing import flush_may_empty_the_log

    with flush_may_empty_the_log():
        yield


@pytest.fixture(scope="session", autouse=True)
def nobody_holds_the_database(django_db_setup, django_db_blocker):
    """A browser brings an event loop, with which the thread gets a second connection; PostgreSQL drops no database in use."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.close()


class CarefulClient(WebClient):
    """Every HTML answer is free of inline script and style, and of template syntax left over."""

    def request(self, **request):
        response = super().request(**request)
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            page = response.content.decode()
            found = INLINE.search(page)
            assert found is None, f"{request.get('PATH_INFO')}: {found.group()}"
            assert "{{" not in page, request.get("PATH_INFO")
            assert "{%" not in page, request.get("PATH_INFO")
        return response


@pytest.fixture
def client():
    return CarefulClient()


@pytest.fixture
def login(client):
    """`login(persona)` gives a web client that is signed in as the persona."""

    def _login(persona):
        fresh = CarefulClient()
        fresh.force_login(persona.user)
        return fresh

    return _login


def pytest_addoption(parser):
    parser.addoption("--rule", action="append", help="run only the tests marked with this rule id (repeatable)")
    parser.addoption("--without-constraints", action="store_true", help="each test of a constraint runs without it")


def pytest_collection_modifyitems(config, items):
    keep_tests_of_rules(config, items)
    keep_what_differs_by_engine(config, items)
    skip_journeys_without_browser(items)


def keep_tests_of_rules(config, items):
    wanted = set(config.getoption("--rule") or [])
    if wanted:
        _keep(config, items, lambda item: wanted & {mark.args[0] for mark in item.iter_markers("rule")})


def keep_what_differs_by_engine(config, items):
    """Of the two runs of `make test` each does its part of what no database decides (docs/testing.md)."""
    engine = {"sqlite": False, "postgresql": True}.get(os.environ.get("LOTSE_SHARE", ""))
    if engine is not None:
        _keep(config, items, lambda item: _is_shared_out(item, is_postgres=engine))


def _is_shared_out(item, *, is_postgres):
    chosen = item.callspec.params if hasattr(item, "callspec") else {}
    if item.get_closest_marker("once"):
        return not is_postgres
    if item.get_closest_marker("own_database"):
        return chosen.get("databases") == "postgresql" if is_postgres else True
    if item.get_closest_marker("journey"):
        return (chosen.get("width", WIDE) == WIDE) == is_postgres
    return True


def _keep(config, items, wanted):
    kept = [item for item in items if wanted(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def skip_journeys_without_browser(items):
    """Journeys need a browser; where there is none they are skipped, unless skips are forbidden."""
    if Path("/usr/bin/chromium").exists() or os.environ.get("LOTSE_NO_SKIPS"):
        return
    for item in items:
        if "journey" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="no /usr/bin/chromium: apt-get install chromium"))
