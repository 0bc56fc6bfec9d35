"""The gallery shows everything that pages are built from, so that the journeys can look at it."""

from pathlib import Path

import pytest

from lotse.core.forms import KERN
from lotse.core.gallery import SampleForm, samples
from lotse.core.templatetags.lotse import TONES

COMPONENTS = Path(__file__).resolve().parents[2] / "src" / "lotse" / "core" / "templates" / "core" / "components"


@pytest.fixture
def answer(world, login):
    return login(world.counsellor).get("/entwicklung/bausteine/")


def test_every_component_is_shown(answer):
    rendered = {template.name for template in answer.templates}
    assert {f"core/components/{path.name}" for path in COMPONENTS.iterdir()} - rendered == set()


def test_every_tone_is_shown(answer):
    shown = answer.content.decode()
    assert [tone for tone in TONES if tone and f"badge--{tone}" not in shown] == []
    assert all(f"alert--{tone}" in shown for tone in ("info", "success", "warning", "danger"))


def test_every_kind_of_control_of_the_house_is_shown():
    used = {type(field.widget) for field in SampleForm().fields.values()}
    assert {widget for widget in KERN if widget.__name__ != "SelectMultiple"} - used == set()


def test_every_field_is_refused_once():
    refused = dict(samples())["mit Fehlern"]
    without = set(refused.fields) - set(refused.errors)
    assert without == {"hinted", "asked", "state", "office"}


def test_warning_waits_to_be_acknowledged(answer):
    odd = dict(samples())["mit Warnung zum Bestätigen"]
    assert (odd.is_valid(), odd.may_proceed()) == (True, False)
    assert answer.content.decode().count('name="acknowledged"') == 1


def test_ids_stand_once(answer):
    import re

    ids = re.findall(r'\sid="([^"]+)"', answer.content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_gallery_does_not_exist_in_production(world, login, settings):
    settings.PRODUCTION = True
    assert login(world.counsellor).get("/entwicklung/bausteine/").status_code == 404
