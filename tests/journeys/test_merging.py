"""Two persons are found to be one, made one file, and separated again, in a real browser."""

import os

import pytest
from django.utils import timezone

from lotse.casework.actions.cases import open_case
from lotse.casework.actions.clients import add_household_member, update_client
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.custody import receive_property, report_damage
from lotse.casework.enums import Act, Damage
from lotse.casework.models import Client, MergeRecord
from lotse.programmes.models import Programme
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@pytest.fixture
def twice(world):
    """The same woman, taken in twice: once in writing as in the passport, once as heard on the phone."""
    birth = {"birth_date": make.days_ago(11000)}
    first = make.case(
        world, client=make.person(world, first_name="Mira", last_name="Özdemir", phone="0150 5551234", **birth)
    )
    second = make.case(
        world, client=make.person(world, first_name="Oezdemir", last_name="Mira", phone="0150 555 99 99", **birth)
    )
    for case, note in ((first, "Miete"), (second, "Ausbildung")):
        record_contact(
            by=world.counsellor.actor, case=case, on=timezone.localdate(), channel="phone", topics=["work"], note=note
        )
    return first.client, second.client


def shot(page, name, width):
    if folder := os.environ.get("LOTSE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@WIDTHS
def test_merging_and_unmerging_two_persons(world, page, sign_in, accessible, twice, width):
    kept, gone = twice
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)

    page.goto("/klienten/")
    page.get_by_role("link", name="Mögliche Dubletten").click()
    page.get_by_text("Vor- und Nachname vertauscht").wait_for()
    accessible()
    shot(page, "dubletten", width)
    page.get_by_role("button", name="Gehört vermutlich zusammen").click()
    page.get_by_text("Verknüpft. Beide Akten zeigen aufeinander.").wait_for()
    shot(page, "verknuepft", width)

    page.get_by_role("link", name="Vergleichen und zusammenführen").click()
    accessible()
    shot(page, "vorschau", width)
    page.get_by_label("Akte 2: 0150 555 99 99").check()
    page.get_by_role("button", name="Zusammenführen", exact=True).click()
    page.get_by_text(f"Akte {gone.number} gehört jetzt zu dieser Akte.").wait_for()
    page.get_by_text("Miete").wait_for()
    page.get_by_text("Ausbildung").wait_for()
    accessible()
    shot(page, "danach", width)

    page.goto(f"/klienten/?q={gone.number}")
    page.get_by_role("link", name="Özdemir, Mira").wait_for()
    page.goto(f"/akte/{gone.public_id}/")
    assert page.url.endswith(f"/akte/{kept.public_id}/")
    update_client(by=world.counsellor.actor, client=kept, address="Neue Straße 1", phone="0150 7777777")

    page.goto(f"/akte/{kept.public_id}/weitere-akten/")
    accessible()
    shot(page, "weitere", width)
    page.get_by_role("link", name=f"Akte {gone.number},").click()
    page.get_by_text("bleibt: 0150 7777777").wait_for()
    accessible()
    shot(page, "trennen", width)
    page.get_by_role("button", name="Wieder trennen").click()
    page.get_by_text("sind wie vorher").wait_for()

    assert Client.objects.filter(merged_into=None).count() == 2
    assert MergeRecord.objects.get().undone_at is not None
    page.goto("/klienten/dubletten/zusammengefuehrt/")
    page.get_by_text("getrennt").first.wait_for()
    accessible()
    shot(page, "bericht", width)


@WIDTHS
def test_pair_that_is_no_duplicate_is_remembered(world, page, sign_in, accessible, twice, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto("/klienten/dubletten/")
    page.get_by_role("button", name="Keine Dublette").click()
    page.get_by_text("Keine Dubletten in den Akten").wait_for()
    page.get_by_role("link", name="Entschieden").click()
    accessible()
    shot(page, "entschieden", width)
    page.get_by_role("button", name="zurücknehmen").click()
    page.get_by_role("button", name="zurücknehmen").wait_for(state="detached")
    page.goto("/klienten/dubletten/")
    page.get_by_text("Vor- und Nachname vertauscht").wait_for()


@WIDTHS
def test_pages_of_families_and_custody_fit_the_screen(world, page, sign_in, accessible, width):
    by, today = world.counsellor.actor, timezone.localdate()
    client = make.decide(world, make.case(world).client, Act.JOINT)
    jmd = Programme.objects.create(code="jmd", name="Jugendmigrationsdienst")
    open_case(
        by=by, client=client, programme=jmd, first_contact_on=today, access_route="own_initiative", channel="phone"
    )
    son = add_household_member(
        by=by, client=client, relation="child", name="Ali Özdemir", birth_date=make.days_ago(7000), is_co_advised=True
    )
    item = receive_property(
        by=by, client=client, description="Zeugnis, Original, 3 Seiten", received_on=today, reason="Anerkennung"
    )
    report_damage(by=by, item=item, kind=Damage.LOST, on=today, account="Beim Umzug der Stelle")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    for name, tail in {
        "uebersicht": "", "haushalt": "haushalt/", "eigene-akte": f"haushalt/{son.public_id}/eigene-akte/", "verwahrt": "eigentum/",
        "zurueck": f"eigentum/{item.public_id}/zurueck/", "regelung": f"eigentum/{item.public_id}/regelung/",
    }.items():  # fmt: skip
        page.goto(f"/akte/{client.public_id}/{tail}")
        accessible()
        shot(page, name, width)


@WIDTHS
def test_grown_up_son_gets_a_file_of_his_own(world, page, sign_in, width):
    """Nothing is typed again."""
    client = make.case(world).client
    add_household_member(
        by=world.counsellor.actor, client=client, relation="child", name="Ali Özdemir", birth_date=make.days_ago(7000)
    )
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/haushalt/")
    page.get_by_role("link", name="eigene Akte anlegen Ali Özdemir").click()
    page.get_by_role("button", name="Akte anlegen").click()
    page.get_by_text("Eigene Akte angelegt.").wait_for()
    page.get_by_role("heading", name="Ali Özdemir").wait_for()
    page.goto(f"/akte/{client.public_id}/haushalt/")
    page.get_by_role("link", name="eigene Akte 2").wait_for()
