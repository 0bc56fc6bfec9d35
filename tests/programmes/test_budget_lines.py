"""The conditions of a grant and the order of its financing plan."""

from decimal import Decimal

import pytest

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.programmes.actions.budget_lines import add_line, raise_line, remove_line, rename_line
from lotse.programmes.models import BudgetLine
from lotse.programmes.queries.grants import used_lines
from tests.factories import agencies, deadlines, funds, funds_ledger
from tests.funding.refusing import refused


@pytest.fixture
def grant(world):
    return deadlines.grant_of(agencies.build(world))


@pytest.fixture
def lines(world, grant):
    by = world.coordinator.actor
    return [
        add_line(by=by, grant=grant, name=name, number=f"{n}") for n, name in enumerate(("Räume", "Reisen", "Druck"), 1)
    ]


def test_a_line_is_added_at_the_end_and_raised(world, grant, lines):
    raise_line(by=world.coordinator.actor, line=lines[2])
    assert [line.name for line in grant.lines.all()] == ["Räume", "Druck", "Reisen"]
    raise_line(by=world.coordinator.actor, line=lines[0])
    assert list(grant.lines.values_list("position", flat=True)) == [1, 2, 3]


def test_a_line_is_renamed_and_no_two_are_called_the_same(world, grant, lines):
    by = world.coordinator.actor
    assert f"{rename_line(by=by, line=lines[0], name='Miete', number='2.1')}" == "2.1 Miete"
    assert refused(rename_line, by=by, line=lines[1], name="Miete") == ["Diese Ausgabenart gibt es schon."]


@pytest.mark.parametrize("name", ["carrier_manager", "specialist", "sysadmin"])
def test_only_the_coordination_changes_the_plan(world, grant, lines, name):
    by = getattr(world, name).actor
    for act, values in ((add_line, {"grant": grant, "name": "Neu"}), (rename_line, {"line": lines[0], "name": "Neu"})):
        with pytest.raises(NotAllowed):
            act(by=by, **values)
    for act in (raise_line, remove_line):
        with pytest.raises(NotAllowed):
            act(by=by, line=lines[1])
    assert not BudgetLine.objects.filter(name="Neu").exists()


def test_conditions_stand_on_the_page_and_are_changed_there(world, grant, login):
    web, url = login(world.coordinator), f"/agentur/fristen/zuwendungen/{grant.public_id}/"
    values = {
        "name": grant.name, "financing": "share", "own_share_percent": "12,5", "overrun_percent": "20", "spend_within_days": "42",
        "retention_years": "10",
    }  # fmt: skip
    assert web.post(f"{url}bearbeiten/", values).status_code == 302
    grant.refresh_from_db()
    assert (grant.own_share_percent, grant.spend_within_days) == (Decimal("12.5"), 42)
    shown = web.get(url).content.decode()
    assert "mindestens 12,50 % je Träger und Jahr" in shown


def test_the_plan_is_kept_in_the_browser(world, grant, lines, login):
    web = login(world.coordinator)
    web.post(f"/agentur/fristen/zuwendungen/{grant.public_id}/ausgabenart/", {"number": "3", "name": "Honorare"})
    line = BudgetLine.objects.get(name="Honorare")
    web.post(f"/agentur/fristen/ausgabenarten/{line.public_id}/hoch/")
    web.post(f"/agentur/fristen/ausgabenarten/{line.public_id}/aendern/", {"number": "3.1", "name": "Honorare extern"})
    assert [f"{one}" for one in grant.lines.all()] == ["1 Räume", "2 Reisen", "3.1 Honorare extern", "3 Druck"]


def test_a_line_on_which_nothing_stands_is_removed(world, grant, lines):
    remove_line(by=world.coordinator.actor, line=lines[1])
    assert [line.name for line in grant.lines.all()] == ["Räume", "Druck"]
    assert Event.objects.filter(key="budget_line.removed").count() == 1


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda grant, carrier, line: funds.entry_of(grant, carrier, 5, line=line), "Buchungen"),
        (lambda grant, carrier, line: funds.cost_of(grant, carrier, 5, line=line), "geplante Ausgaben"),
        (lambda grant, carrier, line: funds_ledger.account_of(grant, carrier, line=line), "Konten der Buchhaltung"),
        (lambda grant, carrier, line: funds_ledger.forecast_of(grant, carrier, 5, line=line), "eigene Prognosen"),
    ],
)
def test_a_line_on_which_something_stands_stays_and_says_what(world, grant, lines, make, what):
    make(grant, world.nordstadt, lines[1])
    told = f"Auf dieser Ausgabenart steht schon etwas: {what}. Sie lässt sich umbenennen, aber nicht entfernen."
    assert refused(remove_line, by=world.coordinator.actor, line=lines[1]) == [told]
    assert used_lines(grant) == {lines[1].pk}


def test_the_page_offers_to_remove_only_what_can_be(world, grant, lines, login):
    funds.entry_of(grant, world.nordstadt, 5, line=lines[0])
    web, here = login(world.coordinator), f"/agentur/fristen/zuwendungen/{grant.public_id}/"
    page = web.get(here).content.decode()
    ways = [f"/agentur/fristen/ausgabenarten/{line.public_id}/entfernen/" for line in lines]
    assert [way in page for way in ways] == [False, True, True]
    assert "Entfernt: 2 Reisen." in web.post(ways[1], follow=True).content.decode()
    assert "steht schon etwas: Buchungen" in web.post(ways[0], follow=True).content.decode()
    assert [line.name for line in grant.lines.all()] == ["Räume", "Druck"]
