"""Closing a period: by two, level by level, and opened only from the top down."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.models import CounsellingCase
from lotse.core.errors import NotAllowed
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Organisation, Site
from lotse.wayup import rules
from lotse.wayup.actions.closings import accept, approve, draw_up, open_period, reopen
from lotse.wayup.closed_lists import all_forms
from lotse.wayup.enums import ClosingState
from lotse.wayup.models import Closing
from lotse.wayup.queries import due_of, standings, units_below
from lotse.wayup.states import CLOSING, require_step
from lotse.wayup.tables import added, totals
from tests.personas import organisation, persona
from tests.wayup import making
from tests.wayup.making import LAST_YEAR, accepted, another_carrier, approved, carrier_done, drawn, state_of, unit

S = ClosingState


def ready(house, period):
    """The only site of the carrier in the north is accepted."""
    return accepted(period, house.site, house.technical_lead, house.carrier_manager, house.technical_lead)


# --- periods ---------------------------------------------------------------------------------------------------------


def test_a_period_is_a_year_of_the_top_and_each_level_is_due_earlier(house, period):
    assert (period.organisation, period.starts_on, period.ends_on) == (
        house.district, date(LAST_YEAR, 1, 1), date(LAST_YEAR, 12, 31),
    )  # fmt: skip
    dues = [due_of(period, unit(where)) for where in (house.district, house.nordstadt, house.site)]
    assert [(period.due_on - due).days for due in dues] == [0, 14, 28]


@pytest.mark.rule("UP-02")
def test_only_the_top_opens_a_period(house):
    with pytest.raises(NotAllowed, match="Bezirk Beispiel"):
        open_period(
            by=house.carrier_manager.actor,
            year=LAST_YEAR,
            due_on=making.in_days(9),
            days_per_level=0,
            form=all_forms()[0],
        )


def test_a_year_is_opened_once_and_due_after_it_ended(house, period):
    with pytest.raises(ValidationError, match="schon gemeldet"):
        making.period(house)
    with pytest.raises(ValidationError, match="nach dem Ende"):
        making.period(house, year=LAST_YEAR - 1, due_on=date(LAST_YEAR - 1, 12, 31))


def test_a_running_year_is_not_closed(house):
    this_year = making.period(house, year=LAST_YEAR + 1, due_on=date(LAST_YEAR + 2, 3, 31))
    with pytest.raises(ValidationError, match="noch nicht zu Ende"):
        drawn(this_year, house.site, house.technical_lead)


# --- who reports -------------------------------------------------------------------------------------------------------


def test_units_are_own_sites_and_organisations_that_counsel_somewhere(house):
    Organisation.objects.create(
        name="ohne Stelle", kind="ministry", parent=house.district, path=f"{house.district.path}99/"
    )
    own = Site.objects.create(organisation=house.district, name="Eigene Stelle")
    assert [(u.name, u.sites, u.adds_up) for u in units_below(house.district)] == [
        (own.name, 1, False), ("KV Nordstadt", 1, True), ("KV Südstadt", 1, True),
    ]  # fmt: skip
    assert (unit(house.district).sites, unit(house.district).above_id) == (3, None)


def test_three_hundred_units_cost_no_more_statements_than_two(house, period, django_assert_num_queries):
    Site.objects.bulk_create([Site(organisation=house.district, name=f"Stelle {n}") for n in range(298)])
    with django_assert_num_queries(6):
        found = standings(period, units_below(house.district))
    assert len(found) == 300


# --- by two, level by level ---------------------------------------------------------------------------------------------


@pytest.mark.rule("UP-02")
def test_numbers_are_drawn_up_by_one_and_approved_by_another(house, period, year):
    made = drawn(period, house.site, house.technical_lead)
    assert (made.state, made.revision, made.sha256) == (S.OPEN, 1, made.report.sha256)
    persons = (house.technical_lead.actor, house.carrier_manager.actor)
    assert [rules.is_second_person(who, made) for who in persons] == [False, True]
    with pytest.raises(ValidationError, match="zweite Person"):
        approve(by=house.technical_lead.actor, closing=made, sha256=made.sha256)
    done = approve(by=house.carrier_manager.actor, closing=made, sha256=made.sha256)
    assert (done.state, done.approved_by, done.drawn_by) == (
        S.APPROVED,
        house.carrier_manager.person,
        house.technical_lead.person,
    )
    assert [e.key for e in Event.objects.filter(object_ref=made.public_id).order_by("pk")] == [
        "wayup.drawn_up",
        "wayup.approved",
    ]


@pytest.mark.rule("UP-02")
@pytest.mark.parametrize(
    "who", ["counsellor", "colleague", "sysadmin", "dpo", "coordinator", "funder", "outsider", "south_manager"]
)
def test_nobody_else_draws_up_or_approves(house, period, who):
    actor = getattr(house, who).actor
    with pytest.raises(NotAllowed):
        draw_up(by=actor, period=period, unit=unit(house.site))
    made = drawn(period, house.site, house.technical_lead)
    with pytest.raises((NotAllowed, Closing.DoesNotExist)):
        approve(by=actor, closing=made, sha256=made.sha256)
    assert not rules.reports_for(actor, house.nordstadt.pk)


@pytest.mark.rule("UP-02")
def test_who_may_count_only_a_part_draws_up_nothing(house, period, year):
    """Else the sum would lack what she may not count, and nobody would notice."""
    agency = organisation("Integrationsagentur", "agency", house.nordstadt)
    persona(house, "agency_lead", house.nordstadt, "technical_lead")
    Membership.objects.filter(person=house.agency_lead.person).update(organisation=agency)
    actor = house.agency_lead.actor
    assert (actor.may(Permission.REPORT_UP), rules.reports_for(actor, house.nordstadt.pk)) == (True, False)
    with pytest.raises(NotAllowed):
        draw_up(by=actor, period=period, unit=unit(house.site))


@pytest.mark.rule("UP-02")
def test_who_approves_approves_what_she_saw(house, period, year):
    seen = drawn(period, house.site, house.technical_lead)
    CounsellingCase.objects.filter(site=house.site).first().delete()
    again = drawn(period, house.site, house.technical_lead)
    assert (state_of(seen), again.revision) == (S.REPLACED, 2)
    for closing, sha256 in ((seen, seen.sha256), (again, seen.sha256)):
        with pytest.raises(ValidationError, match="neu zusammengestellt"):
            approve(by=house.carrier_manager.actor, closing=closing, sha256=sha256)


def test_the_numbers_are_those_of_the_figures(house, period, year):
    """Exact, also where the page shows a dot; and they stay when the files change."""
    made = drawn(period, house.site, house.technical_lead)
    expected = {}
    for (gender, site, _programme), n in year.items():
        if site == house.site.pk:
            expected[gender or "_missing"] = expected.get(gender or "_missing", 0) + n
    by_gender = {}
    for (_age, gender), n in made.numbers["cases_age"].items():
        by_gender[gender] = by_gender.get(gender, 0) + n
    assert by_gender == {gender: n for gender, n in expected.items() if n}

    whole_year = Period(period.starts_on, period.ends_on)
    question = Question(house.technical_lead.actor, whole_year, own=True, site_id=house.site.pk)
    (result,) = evaluate([fact("cases.movement")], question)
    assert totals(period.form, made.numbers)["cases"] == result.total.count == sum(expected.values())

    CounsellingCase.objects.all().delete()
    made.refresh_from_db()
    assert (made.report.sha256, totals(period.form, made.numbers)["cases"]) == (made.sha256, sum(expected.values()))


def test_sums_are_equal_on_every_level(house, period, year):
    """Sites, carriers, district: what each adds up is what stands below it, and what a count of everything says."""
    third = Site.objects.get(name="Beratungsstelle Weststadt")
    carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    carrier_done(house, period, house.suedstadt, house.south_lead, house.south_manager)
    for carrier in (house.nordstadt, house.suedstadt):
        accept(by=house.coordinator.actor, closing=making.latest(period, carrier))
    top = approved(period, house.district, house.coordinator, house.management)

    sites = [making.latest(period, site).numbers for site in (house.site, house.far_site, third)]
    carriers = [making.latest(period, carrier).numbers for carrier in (house.nordstadt, house.suedstadt)]
    assert top.numbers == added(period.form, sites) == added(period.form, carriers)
    assert totals(period.form, top.numbers)["cases"] == year.total()
    assert (str(top.units), str(top.sites), top.missing) == ("2 von 2", "3 von 3", [])


def test_a_sum_says_who_is_not_in_it(house, period):
    with pytest.raises(ValidationError, match="noch keine Meldung angenommen"):
        drawn(period, house.nordstadt, house.technical_lead)
    Site.objects.create(organisation=house.suedstadt, name="Noch eine")
    carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    accept(by=house.coordinator.actor, closing=making.latest(period, house.nordstadt))
    top = drawn(period, house.district, house.coordinator)
    assert (str(top.units), str(top.sites), top.missing) == ("1 von 2", "1 von 3", ["KV Südstadt"])


@pytest.mark.rule("UP-07")
def test_a_district_adds_up_thirteen_of_which_two_are_late(house, period):
    others = [another_carrier(house, number) for number in range(3, 14)]
    for carrier, lead, manager in others[:10]:
        carrier_done(house, period, carrier, lead, manager)
        accept(by=house.coordinator.actor, closing=making.latest(period, carrier))
    carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    accept(by=house.coordinator.actor, closing=making.latest(period, house.nordstadt))

    period.due_on = timezone.localdate()  # the carriers were due two weeks ago
    period.save()
    found = standings(period, units_below(house.district))
    missing = [s.unit.name for s in found if s.is_missing and s.is_late]
    assert (len(found), missing) == (13, ["KV Nummer 13", "KV Südstadt"])
    top = drawn(period, house.district, house.coordinator)
    assert (str(top.units), top.missing) == ("11 von 13", ["KV Nummer 13", "KV Südstadt"])
    assert all(s.is_late and not s.is_missing for s in found if s.is_added)


def test_who_hands_in_after_the_day_is_late(house, period):
    made = approved(period, house.site, house.technical_lead, house.carrier_manager)
    (standing,) = standings(period, [unit(house.site)])
    assert (standing.is_late, standing.waits, standing.is_missing) == (False, True, False)
    made.approved_at = timezone.now() + timedelta(days=400)
    made.save()
    (standing,) = standings(period, [unit(house.site)])
    assert (standing.is_late, standing.is_missing) == (True, False)


# --- accepted above -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("UP-03")
def test_the_level_above_accepts_and_nobody_what_she_approved(house, period):
    made = approved(period, house.site, house.technical_lead, house.carrier_manager)
    persons = (house.technical_lead.actor, house.carrier_manager.actor)
    assert [rules.has_not_approved(who, made) for who in persons] == [True, False]
    with pytest.raises(ValidationError, match="nimmt nicht selbst an"):
        accept(by=house.carrier_manager.actor, closing=made)
    assert accept(by=house.technical_lead.actor, closing=made).state == S.ACCEPTED


@pytest.mark.rule("UP-03")
def test_a_carrier_is_accepted_by_the_district_only(house, period):
    made = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    for who in (house.technical_lead, house.carrier_manager):
        assert not rules.adds_up(who.actor, made)
        with pytest.raises(NotAllowed):
            accept(by=who.actor, closing=made)
    with pytest.raises(Closing.DoesNotExist):
        accept(by=house.south_manager.actor, closing=made)
    assert accept(by=house.coordinator.actor, closing=made).accepted_by == house.coordinator.person


@pytest.mark.rule("UP-03")
def test_at_the_top_the_unit_notes_that_it_was_accepted(house, period):
    carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    accept(by=house.coordinator.actor, closing=making.latest(period, house.nordstadt))
    top = approved(period, house.district, house.coordinator, house.management)
    assert accept(by=house.coordinator.actor, closing=top).state == S.ACCEPTED


# --- opened again ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("UP-04")
def test_what_is_not_accepted_is_taken_back_by_the_unit_with_a_reason(house, period):
    made = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    with pytest.raises(ValidationError, match="den Grund"):
        reopen(by=house.technical_lead.actor, closing=made, reason=" ")
    done = reopen(by=house.technical_lead.actor, closing=made, reason="Nachträge aus dem Dezember")
    assert (done.state, done.reason, done.reopened_by) == (
        S.REOPENED,
        "Nachträge aus dem Dezember",
        house.technical_lead.person,
    )
    assert "Nachträge" not in str(Event.objects.filter(object_ref=made.public_id).values())
    assert drawn(period, house.nordstadt, house.technical_lead).revision == 2


@pytest.mark.rule("UP-04")
def test_what_is_accepted_is_given_back_from_above_only(house, period):
    made = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    accept(by=house.coordinator.actor, closing=made)
    persons = (house.technical_lead.actor, house.management.actor, house.south_manager.actor)
    assert [rules.may_reopen(who, made) for who in persons] == [True, True, False]
    made.refresh_from_db()
    assert [rules.may_reopen(who, made) for who in persons] == [False, True, False]
    with pytest.raises(NotAllowed):
        reopen(by=house.technical_lead.actor, closing=made, reason="doch noch etwas")
    assert reopen(by=house.management.actor, closing=made, reason="Bitte prüfen").state == S.REOPENED


@pytest.mark.rule("UP-04")
def test_an_approved_sum_locks_what_is_in_it_until_it_is_opened(house, period):
    below = ready(house, period)
    above = approved(period, house.nordstadt, house.technical_lead, house.carrier_manager)
    assert state_of(below) == S.LOCKED
    with pytest.raises(ValidationError, match="zuerst diese öffnen"):
        reopen(by=house.technical_lead.actor, closing=below, reason="Fehler")
    reopen(by=house.technical_lead.actor, closing=above, reason="Fehler unten")
    assert state_of(below) == S.ACCEPTED
    assert reopen(by=house.technical_lead.actor, closing=below, reason="Fehler").state == S.REOPENED


@pytest.mark.rule("UP-04")
def test_a_sum_with_a_part_that_was_given_back_is_not_approved(house, period):
    below = ready(house, period)
    above = drawn(period, house.nordstadt, house.technical_lead)
    reopen(by=house.technical_lead.actor, closing=below, reason="Fehler")
    with pytest.raises(ValidationError, match="neu zusammenrechnen"):
        approve(by=house.carrier_manager.actor, closing=above, sha256=above.sha256)
    assert (state_of(above), state_of(below)) == (S.OPEN, S.REOPENED)


@pytest.mark.rule("UP-04")
def test_an_approved_closing_is_not_drawn_up_again(house, period):
    approved(period, house.site, house.technical_lead, house.carrier_manager)
    with pytest.raises(ValidationError, match="schon freigegeben"):
        drawn(period, house.site, house.technical_lead)


@pytest.mark.rule("UP-04")
@pytest.mark.parametrize("before", ClosingState)
@pytest.mark.parametrize("after", ClosingState)
def test_only_declared_steps_are_taken(before, after):
    if after in CLOSING[before]:
        require_step(before, after)
    else:
        with pytest.raises(ValidationError, match=after.label):
            require_step(before, after)


def test_a_unit_sees_itself_and_one_level_below(house, period):
    below = ready(house, period)
    above = approved(period, house.nordstadt, house.technical_lead, house.carrier_manager)
    seen = {
        name: set(Closing.objects.visible_to(getattr(house, name).actor))
        for name in ("technical_lead", "coordinator", "south_manager", "counsellor", "funder")
    }
    assert seen == {
        "technical_lead": {below, above}, "coordinator": {above}, "south_manager": set(), "counsellor": set(), "funder": set(),
    }  # fmt: skip
