"""Who has no business with a file sees nothing of it, not even that it exists; who had is named in its log."""

import pytest

from tests.factories import casework as make


@pytest.mark.parametrize("name", ["outsider", "sysadmin", "coordinator", "colleague"])
def test_a_file_does_not_exist_for_others(world, page, sign_in, accessible, complaints, name):
    client = make.case(world, client=make.person(world, last_name="Geheimhalt")).client
    sign_in(world.personas[name])

    for address in (f"/akte/{client.public_id}/", f"/akte/{client.public_id}/plan/"):
        assert page.goto(address).status == 404
        page.get_by_role("heading", name="Hier ist nichts").wait_for()
    accessible()
    for address in ("/", "/suche/?q=Geheimhalt", "/klienten/?q=Geheimhalt"):
        page.goto(address)
        shown = page.content()
        assert [told for told in (client.public_id, client.full_name, str(client)) if told in shown] == []
    assert all("404" in complaint or "403" in complaint for complaint in complaints)
    complaints.clear()


def test_the_log_of_a_file_names_who_has_looked_and_nobody_else(world, page, sign_in, complaints):
    client = make.case(world).client
    for name in ("outsider", "technical_lead"):
        sign_in(world.personas[name])
        page.goto(f"/akte/{client.public_id}/")
        page.context.clear_cookies()
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/verlauf/?nur=reads")

    page.get_by_text("Technical_Lead Beispiel hat gelesen: Akte").wait_for()
    assert page.get_by_text("Outsider Beispiel").count() == 0
    complaints.clear()
