"""Every building block in every state, looked at by axe: what holds here holds on the pages."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_components_are_accessible_in_every_state(world, page, sign_in, accessible, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    sign_in(world.counsellor)
    page.goto("/entwicklung/bausteine/")
    accessible()


def test_conditional_field_opens_and_closes(world, page, sign_in):
    sign_in(world.counsellor)
    page.goto("/entwicklung/bausteine/")
    form = page.get_by_role("region", name="Formular leer")
    office = form.get_by_label("Nur wenn es läuft")

    office.wait_for(state="hidden")
    form.get_by_label("läuft", exact=True).check()
    office.wait_for(state="visible")
    form.get_by_role("group", name="Öffnet das nächste Feld").get_by_label("nein").check()
    office.wait_for(state="hidden")
