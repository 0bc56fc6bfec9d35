"""All sheets of the statistics: the first table at once, the rest by itself."""

import re

import pytest

from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_sheet_after_sheet_is_counted_by_itself(page, sign_in, world, look):
    make.case(world)
    sign_in(world.counsellor)
    page.goto("/auswertung/")
    page.get_by_role("link", name="Alle Blätter").click()
    page.get_by_text(re.compile(r"^(\d) von \1 Blättern gezählt$")).wait_for()
    assert page.get_by_role("heading", level=2).first.inner_text() == "Fälle und Kontakte"
    assert page.get_by_role("heading", name="Zügig und vollständig").count() == 1
    assert page.locator("caption", has_text="Verlauf").count() == 1
    look("alle-blaetter")
