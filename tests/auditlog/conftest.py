from dataclasses import dataclass

import pytest

from lotse.auditlog.door import VERBS


@dataclass(frozen=True)
class Thing:
    public_id: str = "thing"
    organisation_id: int | None = 1


@dataclass(frozen=True)
class By:
    ref: str = "mira"
    label: str = "Mira Beispiel"
    organisation_id: int | None = 1


@pytest.fixture
def thing():
    return Thing()


@pytest.fixture
def mira():
    return By()


@pytest.fixture
def karim():
    return By("karim", "Karim Muster")


@pytest.fixture
def verbs(monkeypatch):
    """Verbs that a test registers are gone after it."""
    before = dict(VERBS)
    yield VERBS
    VERBS.clear()
    VERBS.update(before)
