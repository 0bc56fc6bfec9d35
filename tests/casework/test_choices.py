"""The organisation's own words reach every form, page and paper of the file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotse.casework.actions.cases import end_case
from lotse.casework.documents import plan_paper
from lotse.casework.enums import CaseState
from lotse.casework.models import Client
from lotse.catalogues.actions import add_entry, change_entry
from tests.factories import casework as make

PAGES = ("person/", "haushalt/", "einwilligungen/", "erstkontakt/", "kontakt/", "plan/umfeld/", "plan/ziel/", "teil-a/personal/", "abschluss/beenden/")  # fmt: skip


@pytest.fixture
def lead(world):
    return world.technical_lead.actor


def text_of(web, address):
    return web.get(address).content.decode()


def test_switched_off_language_is_not_offered_but_stays_in_the_file(world, login, lead):
    client = make.person(world, contact_language="ar")
    change_entry(by=lead, name="language", key="ar", label="Arabisch (Hoch)", hidden=True)
    web = login(world.counsellor)

    assert "Arabisch (Hoch)" not in text_of(web, "/klienten/neu/")
    assert '<option value="ar" selected>Arabisch (Hoch)' in text_of(web, f"/akte/{client.public_id}/person/")
    assert "Arabisch (Hoch)" in text_of(web, f"/akte/{client.public_id}/")


def test_own_reason_ends_a_case_and_stays_readable(world, login, lead):
    case = make.case(world, tier=None)
    own = add_entry(by=lead, name="end_reason", label="Ruhestand")
    address = f"/akte/{case.client.public_id}/abschluss/"
    assert f'<option value="{own.key}">Ruhestand' in text_of(login(world.counsellor), f"{address}beenden/")

    end_case(
        by=world.counsellor.actor, case=case, state=CaseState.ABORTED, on=timezone.localdate(), reason=own.key,
        part_a_reason="no_agreement", part_b_reason="no_agreement",
    )  # fmt: skip
    change_entry(by=lead, name="end_reason", key=own.key, label="Ruhestand", hidden=True)

    assert "<dd>Ruhestand</dd>" in text_of(login(world.counsellor), address)


def test_paper_prints_the_own_words(world, lead):
    own = add_entry(by=lead, name="goal", label="Garten pachten", group="housing")
    plan = make.plan(world)
    make.goal(world, plan, area="housing", goal=own.key)
    change_entry(by=lead, name="goal_area", key="housing", label="Wohnung und Umzug")

    printed = repr(plan_paper(plan).blocks)

    assert "Garten pachten" in printed
    assert "Wohnung und Umzug" in printed


@pytest.mark.parametrize("page", PAGES)
def test_own_words_cost_a_form_one_statement(world, login, lead, page):
    make.plan(world)
    for name, key in (("language", "ar"), ("goal", "find_flat"), ("goal_area", "housing"), ("end_reason", "moved")):
        change_entry(by=lead, name=name, key=key, hidden=True)
    web = login(world.counsellor)
    address = f"/akte/{Client.objects.get().public_id}/{page}"
    assert web.get(address).status_code == 200

    with CaptureQueriesContext(connection) as asked:
        web.get(address)

    assert sum("catalogues_catalogueoverride" in query["sql"] for query in asked.captured_queries) <= 1
