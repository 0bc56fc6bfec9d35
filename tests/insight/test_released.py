"""Tables of a fixed period: counted once, shown protected, never changed."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.casework.actions.erasure import erase_file
from lotse.casework.models import Contact, CounsellingCase, Enquiry
from lotse.core.canonical import digest
from lotse.core.errors import NotAllowed
from lotse.documents.enums import DeletionReason
from lotse.facts.counting import MISSING
from lotse.insight import actions, rules
from lotse.insight.enums import PeriodKind, SnapshotState
from lotse.insight.models import Snapshot
from lotse.insight.periods import FixedPeriod, offered
from lotse.insight.protecting import Audience, patterns
from lotse.insight.released import exact_tables, is_intact, shown_tables
from lotse.organisations.actor import SystemActor
from tests.factories import casework as make
from tests.insight.conftest import LAST_YEAR, enquiries
from tests.personas import persona

YEAR = FixedPeriod(PeriodKind.YEAR, date(LAST_YEAR, 1, 1))
LEADS = ["technical_lead", "carrier_manager"]


@pytest.fixture
def prepared(world, year):
    return actions.prepare(by=world.carrier_manager.actor, period=YEAR)


@pytest.fixture
def released(world, prepared):
    return actions.release(by=world.carrier_manager.actor, snapshot=prepared)


def exact(snapshot, key):
    return next(table for table in exact_tables(snapshot) if table.key == key)


def shown(snapshot, key, audience=Audience.INSIDE):
    table = next(table for table in shown_tables(snapshot, audience) if table.key == key)
    return {line.label: dict(zip(table.places, line.numbers, strict=True)) for line in (*table.lines, table.total)}


def test_the_order_in_which_a_database_keeps_keys_changes_nothing():
    """PostgreSQL puts the shortest first, so that "new" would be taken for all that was counted."""
    counts = {"total": {"a": {"s": 14}, "b": {"s": 6}}, "new": {"a": {"s": 6}}, "last": {"a": {"s": 6}}}
    table = {"bundle": "one", "telling": True, "least": 3, "columns": [{"key": "a"}, {"key": "b"}], "counts": counts}
    content = {
        "tables": [table], "sites": [{"key": "s"}], "thresholds": {"inside": 3, "outside": 5},
        "period": {"start": f"{YEAR.start}", "end": f"{YEAR.end}"},
    }  # fmt: skip
    turned = {**content, "tables": [{**table, "counts": dict(reversed(counts.items()))}]}
    assert patterns(turned, []) == patterns(content, [])


@pytest.mark.parametrize(("kind", "start", "end", "name"), [
    (PeriodKind.YEAR, date(2025, 1, 1), date(2025, 12, 31), "2025"),
    (PeriodKind.QUARTER, date(2025, 10, 1), date(2025, 12, 31), "4. Quartal 2025"),
    (PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29), "Februar 2024"),
])  # fmt: skip
def test_a_fixed_period_knows_its_days_and_its_name(kind, start, end, name):
    period = FixedPeriod(kind, start)
    assert (period.end, period.name) == (end, name)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 11, 21)])
def test_offered_periods_are_over(today):
    found = offered(today)
    assert [period for period in found if period.end >= today] == []
    assert [len([p for p in found if p.kind == kind]) for kind in PeriodKind] == [12, 8, 3]


def test_exact_tables_hold_every_row_of_the_carrier_and_no_other(world, prepared, year):
    expected = {}
    for (gender, site, _programme), number in year.items():
        place = {world.site.pk: world.site}.get(site) or next(
            (s for s in world.nordstadt.sites.all() if s.pk == site), None
        )
        if place and number:
            cell = f"cases.gender:{gender or MISSING}", place.public_id
            expected[cell] = expected.get(cell, 0) + number

    table = exact(prepared, "cases.gender")

    assert (table.dimensions, table.version) == (("cell", "site"), 1)
    assert dict(table.cells) == expected


def test_a_snapshot_of_one_site_holds_one_dimension(world, year):
    made = actions.prepare(by=world.technical_lead.actor, period=YEAR, site=world.site)
    table = exact(made, "cases.gender")
    hers = sum(n for (_gender, site, _programme), n in year.items() if site == world.site.pk)
    assert (table.dimensions, sum(table.cells.values())) == (("cell",), hers)


def test_small_numbers_are_dots_and_never_zeros(world, prepared):
    small = {key for key, n in exact(prepared, "cases.gender").cells.items() if 0 < n < 3}
    assert small != set()
    lines = shown(prepared, "cases.gender")
    assert lines["divers"]["zusammen"] is None


@pytest.mark.rule("ST-01")
@pytest.mark.parametrize("persona", LEADS)
def test_who_leads_the_carrier_prepares_and_releases(world, year, persona):
    by = world.personas[persona].actor
    made = actions.release(by=by, snapshot=actions.prepare(by=by, period=YEAR))
    assert (made.state, made.released_by_id, made.edition) == (SnapshotState.RELEASED, by.person_id, 1)


@pytest.mark.rule("ST-01")
@pytest.mark.parametrize("persona", ["counsellor", "coordinator", "funder", "sysadmin", "specialist"])
def test_nobody_else_prepares(world, persona):
    with pytest.raises(NotAllowed):
        actions.prepare(by=world.personas[persona].actor, period=YEAR)


@pytest.mark.rule("ST-01")
def test_nobody_releases_for_another_carrier(world, prepared):
    with pytest.raises(Snapshot.DoesNotExist):
        actions.release(by=world.coordinator.actor, snapshot=prepared)
    with pytest.raises(NotAllowed):
        actions.prepare(by=world.carrier_manager.actor, period=YEAR, site=world.far_site)


@pytest.mark.rule("ST-02")
def test_a_running_period_is_not_counted(world):
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="noch nicht vorbei"):
        actions.prepare(by=world.carrier_manager.actor, period=FixedPeriod(PeriodKind.YEAR, date(today.year, 1, 1)))


@pytest.mark.rule("ST-02")
def test_the_last_day_of_a_period_is_not_over():
    period = FixedPeriod(PeriodKind.MONTH, date(2025, 1, 1))
    assert [rules.is_over(period, date(2025, 1, 31)), rules.is_over(period, date(2025, 2, 1))] == [False, True]


def test_cases_stand_in_years_only(world):
    quarter = actions.prepare(
        by=world.carrier_manager.actor, period=FixedPeriod(PeriodKind.QUARTER, date(LAST_YEAR, 1, 1))
    )
    assert {table.key.split(".")[0] for table in exact_tables(quarter)} == {
        "contacts",
        "referrals",
        "enquiries",
        "interpreting",
    }


def test_one_waits_at_a_time(world, prepared):
    with pytest.raises(ValidationError, match="liegen schon Tabellen bereit"):
        actions.prepare(by=world.carrier_manager.actor, period=YEAR)


def test_where_nothing_may_show_nothing_is_released(world):
    make.case(world)
    CounsellingCase.objects.update(first_contact_on=date(LAST_YEAR, 3, 1))
    Contact.objects.all().delete()
    prepared = actions.prepare(by=world.carrier_manager.actor, period=YEAR)
    content = {**prepared.content, "tables": [t for t in prepared.content["tables"] if t["population"] == "cases"]}
    hidden = {
        audience: {b: p for b, p in found.items() if b.startswith(("cases", "level"))}
        for audience, found in content["hidden"].items()
    }
    only = saved_copy(prepared, {**content, "hidden": hidden})
    with pytest.raises(ValidationError, match="so klein"):
        actions.release(by=world.carrier_manager.actor, snapshot=only)


def saved_copy(snapshot, content):
    """The same with other tables, as if the closed list were shorter."""
    values = {
        f.attname: getattr(snapshot, f.attname)
        for f in snapshot._meta.concrete_fields
        if f.name not in ("id", "public_id")
    }
    return Snapshot.objects.create(**{**values, "content": content, "digest": digest(content), "edition": 7})


@pytest.mark.rule("ST-03")
def test_what_is_not_released_shows_to_who_leads_only(world, prepared):
    seen = {
        name: Snapshot.objects.visible_to(persona.actor).exists()
        for name, persona in world.personas.items()
        if persona.person
    }
    assert {name for name, sees in seen.items() if sees} == {"technical_lead", "carrier_manager"}


@pytest.mark.rule("ST-03")
def test_what_is_released_shows_to_who_counts_this_work(world, released):
    seen = {
        name: Snapshot.objects.visible_to(persona.actor).exists()
        for name, persona in world.personas.items()
        if persona.person
    }
    assert {name for name, sees in seen.items() if sees} == {
        "counsellor", "colleague", "technical_lead", "carrier_manager", "coordinator", "funder",
    }  # fmt: skip


@pytest.mark.rule("ST-05")
def test_district_and_funder_see_no_number_below_five(world, released):
    audiences = {
        name: rules.audience_of(world.personas[name].actor, released).value
        for name in ("counsellor", "carrier_manager", "coordinator", "funder")
    }
    assert audiences == {
        "counsellor": "inside",
        "carrier_manager": "inside",
        "coordinator": "outside",
        "funder": "outside",
    }
    numbers = [
        n
        for table in shown_tables(released, Audience.OUTSIDE)
        for line in (*table.lines, table.total)
        for n in line.numbers
    ]
    assert [n for n in numbers if n and n < 5] == []


@pytest.mark.rule("ST-05")
def test_a_funder_at_home_reads_as_from_outside(world, released):
    persona(world, "paying", world.nordstadt, "funder_readonly")
    assert rules.audience_of(world.paying.actor, released) == Audience.OUTSIDE


@pytest.mark.rule("ST-05")
def test_exact_numbers_show_to_the_technical_lead_of_the_one_site(world, released):
    own = actions.prepare(by=world.technical_lead.actor, period=YEAR, site=world.site)
    lead, manager = world.technical_lead.actor, world.carrier_manager.actor
    assert [rules.sees_exact(by, of) for by in (lead, manager) for of in (own, released)] == [True, False, False, False]
    assert shown(own, "cases.gender", None)["divers"] == {"Beratungsstelle Nordstadt": 1}


@pytest.mark.rule("ST-07")
def test_numbers_are_never_changed(world, released):
    for change in (
        {"content": {}},
        {"digest": "x" * 64},
        {"end": date(2000, 1, 1)},
        {"released_at": timezone.now()},
        {"edition": 9},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Snapshot.objects.filter(pk=released.pk).update(**change)
    released.refresh_from_db()
    assert is_intact(released)


@pytest.mark.rule("ST-07")
def test_a_changed_number_breaks_the_checksum(world, released):
    released.content["tables"][0]["counts"]["total"] = {}
    assert not is_intact(released)


@pytest.mark.rule("ST-07")
def test_a_snapshot_keeps_definition_thresholds_and_parameters(released):
    content = released.content
    table = next(t for t in content["tables"] if t["fact"] == "cases.age")
    assert (table["version"], table["definition"][:6], content["list"], content["thresholds"]) == (
        2,
        "Fälle,",
        1,
        {"inside": 3, "outside": 5},
    )
    assert content["period"] == {"kind": "year", "start": f"{LAST_YEAR}-01-01", "end": f"{LAST_YEAR}-12-31"}


@pytest.mark.rule("ST-08")
def test_withdrawing_needs_a_reason_and_hides_from_everybody_else(world, released):
    lead = world.carrier_manager.actor
    with pytest.raises(ValidationError, match="warum"):
        actions.withdraw(by=lead, snapshot=released, reason=" ")
    gone = actions.withdraw(by=lead, snapshot=released, reason="Falsch gezählt")
    assert (gone.state, gone.reason, gone.withdrawn_by_id) == ("withdrawn", "Falsch gezählt", lead.person_id)
    assert not Snapshot.objects.visible_to(world.counsellor.actor).exists()
    for again in (
        lambda: actions.withdraw(by=lead, snapshot=gone, reason="x"),
        lambda: actions.release(by=lead, snapshot=gone),
    ):
        with pytest.raises(ValidationError, match="schon erledigt"):
            again()


# --- beside earlier releases ---------------------------------------------------------------------------------------
def out(world, kind, month=1, site=None):
    by = world.carrier_manager.actor
    period = FixedPeriod(kind, date(LAST_YEAR, month, 1))
    return actions.release(by=by, snapshot=actions.prepare(by=by, period=period, site=site))


def withheld(snapshot):
    return {table.title for table in shown_tables(snapshot, Audience.INSIDE) if table.withheld}


@pytest.mark.rule("ST-04")
def test_a_year_does_not_reveal_the_quarter_that_is_not_out(world):
    """Three quarters are out; the fourth had two enquiries. The year minus the three would be these two."""
    for month in (1, 4, 7):
        enquiries(world, world.site, month, 12)
        enquiries(world, world.site, month, 9, "further_counselling")
        out(world, PeriodKind.QUARTER, month)
    enquiries(world, world.site, 11, 2)

    year = out(world, PeriodKind.YEAR)

    assert "Einmalige Anfragen" in withheld(year)
    assert year.content["beside"] == [f"{n}. Quartal {LAST_YEAR}, KV Nordstadt" for n in (1, 2, 3)]


@pytest.mark.rule("ST-04")
def test_a_year_whose_quarters_are_all_out_is_their_sum(world):
    """What was recorded late for one of them would otherwise be the difference."""
    for month in (1, 4, 7, 10):
        enquiries(world, world.site, month, 12)
        enquiries(world, world.site, month, 9, "further_counselling")
        out(world, PeriodKind.QUARTER, month)
    enquiries(world, world.site, 4, 1)

    year = out(world, PeriodKind.YEAR)

    assert shown(year, "enquiries.outcome")["zusammen"]["zusammen"] == 84
    assert (withheld(year), "enquiries.outcome" in [t["fact"] for t in year.content["tables"] if t.get("summed")]) == (
        set(),
        True,
    )


@pytest.mark.rule("ST-04")
def test_a_line_that_was_out_once_stays_a_line(world):
    """A cell that nobody falls into any more is a zero; to leave it out would hide that from the check."""
    enquiries(world, world.site, 1, 12)
    enquiries(world, world.site, 1, 9, "further_counselling")
    out(world, PeriodKind.MONTH)
    Enquiry.objects.filter(outcome="further_counselling").update(outcome="case_management")

    second = out(world, PeriodKind.MONTH)

    labels = ["Anliegen geklärt", "Case Management", "weitere Beratungsgespräche angeboten"]
    numbers = {label: line["zusammen"] for label, line in shown(second, "enquiries.outcome").items()}
    assert {label: numbers[label] for label in labels} == dict(zip(labels, (12, 9, 0), strict=True))


@pytest.mark.rule("ST-04")
def test_a_second_release_does_not_show_the_one_that_was_added(world):
    enquiries(world, world.site, 1, 12)
    enquiries(world, world.site, 1, 9, "further_counselling")
    first = out(world, PeriodKind.MONTH)
    enquiries(world, world.site, 1, 1)
    actions.withdraw(by=world.carrier_manager.actor, snapshot=first, reason="Eine Anfrage fehlte")

    second = out(world, PeriodKind.MONTH)

    assert (withheld(first), second.edition) == (set(), 2)
    assert "Einmalige Anfragen" in withheld(second)


@pytest.mark.rule("ST-04")
def test_a_second_release_shows_many_that_were_added(world):
    enquiries(world, world.site, 1, 12)
    enquiries(world, world.site, 1, 9, "further_counselling")
    out(world, PeriodKind.MONTH)
    enquiries(world, world.site, 1, 6)
    second = out(world, PeriodKind.MONTH)
    assert shown(second, "enquiries.outcome")["zusammen"] == {"zusammen": 27}


@pytest.mark.rule("ST-04")
def test_site_and_carrier_hide_the_same_cells(world, year):
    whole = out(world, PeriodKind.YEAR)
    one = out(world, PeriodKind.YEAR, site=world.site)
    name = world.site.name
    for key in ("cases.gender", "cases.tier", "cases.level_first", "plans.status"):
        assert {cell: line[name] for cell, line in shown(one, key).items()} == {
            cell: line[name] for cell, line in shown(whole, key).items()
        }


@pytest.mark.rule("ST-04")
def test_what_came_out_meanwhile_stops_a_release(world):
    """Prepared before the month was out: together they would show the two enquiries of the other months."""
    enquiries(world, world.site, 1, 12)
    enquiries(world, world.site, 1, 9, "further_counselling")
    enquiries(world, world.site, 2, 2)
    by = world.carrier_manager.actor
    quarter = actions.prepare(by=by, period=FixedPeriod(PeriodKind.QUARTER, date(LAST_YEAR, 1, 1)))
    out(world, PeriodKind.MONTH)

    with pytest.raises(ValidationError, match="verrät „Einmalige Anfragen“ kleine Zahlen"):
        actions.release(by=by, snapshot=quarter)


@pytest.mark.rule("ST-04")
def test_a_part_of_what_is_out_does_not_reveal_the_other_part(world):
    enquiries(world, world.site, 1, 12)
    enquiries(world, world.site, 2, 2)
    out(world, PeriodKind.QUARTER)
    assert "Einmalige Anfragen" in withheld(out(world, PeriodKind.MONTH))


@pytest.mark.rule("ST-06")
def test_tables_of_one_population_have_one_status_for_their_shared_cells(world, released):
    for audience in Audience:
        totals = {}
        for table, content in zip(shown_tables(released, audience), released.content["tables"], strict=True):
            if not table.withheld:
                totals.setdefault(content["population"], set()).add(table.total.numbers)
        assert {population: len(found) for population, found in totals.items()} == dict.fromkeys(totals, 1)


def test_erasing_a_file_leaves_released_tables_as_they_were(world, released):
    before = json.dumps(Snapshot.objects.get(pk=released.pk).content, sort_keys=True)
    shown_before = shown_tables(released, Audience.INSIDE)

    for case in CounsellingCase.objects.filter(organisation=world.nordstadt)[:5]:
        erase_file(by=SystemActor("Löschlauf", world.nordstadt.pk), client=case.client, reason=DeletionReason.values[0])

    after = Snapshot.objects.get(pk=released.pk)
    assert (json.dumps(after.content, sort_keys=True), shown_tables(after, Audience.INSIDE)) == (before, shown_before)
    assert is_intact(after)
