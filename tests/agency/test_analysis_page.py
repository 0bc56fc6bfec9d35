import pytest

from lotse.agency.enums import DocumentKind
from lotse.agency.models import DataItem, Need


@pytest.fixture
def found(house):
    return house.document(DocumentKind.ANALYSIS)


@pytest.fixture
def web(world, login):
    return login(world.worker)


def url(document, rest=""):
    return f"/agentur/analyse/{document.public_id}/{rest}"


def test_an_empty_analysis_says_what_to_begin_with(web, found):
    page = web.get(url(found))
    assert page.status_code == 200, page.content
    for rest in ("rahmen/", "pruefen/", "verbinden/", "daten/neu/", "bedarfe/neu/", "karte/", "tabellen/", "tabellen/neu/"):
        assert web.get(url(found, rest)).status_code == 200, rest
