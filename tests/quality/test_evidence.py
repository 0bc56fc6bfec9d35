"""Living evidence: figures beside criteria, read by night, confirmed by people; they turn red and green by themselves."""

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.facts.kept import FEWEST, house_actor, numbers
from lotse.facts.registry import Question, fact
from lotse.facts.results import evaluate
from lotse.quality import rules
from lotse.quality.actions import evidence as acts
from lotse.quality.actions.frameworks import link_criteria
from lotse.quality.enums import Better
from lotse.quality.gauges import evidence
from lotse.quality.models import (
    Criterion,
    EvidenceConfirmation,
    EvidenceReading,
    EvidenceTarget,
    Judgement,
)
from lotse.quality.packaged import EXAMPLE, packaged
from lotse.quality.quarters import Quarter, quarters
from lotse.quality.queries.living import living
from tests.factories import casework
from tests.factories import quality as make
from tests.factories import quality_audits as audits
from tests.factories import quality_evidence as proofs

MINUTES = "mi-3-f"


@pytest.fixture
def awo(world):
    return make.awo(world)


@pytest.fixture
def team(world, awo):
    """It met three times last quarter, and there are minutes of all of it."""
    format = proofs.team(world)
    for days in (5, 20, 40):
        proofs.met(format, proofs.last_quarter() + timedelta(days=days))
    proofs.read(world)
    return format


# --- the data --------------------------------------------------------------------------------------------------------
def test_every_sign_belongs_to_a_criterion_and_names_a_figure_with_its_cells():
    known = {one.slug for one in packaged()[EXAMPLE].criteria}
    said = evidence()
    assert said.signs.keys() <= known
    assert {key for signs in said.signs.values() for key in signs} == said.gauges.keys()
    for gauge in said.gauges.values():
        assert gauge.wanted.cell or gauge.wanted.fact.share, gauge.key
        assert gauge.wanted.cell in ("", "*", *gauge.wanted.fact.keys) or not gauge.wanted.fact.keys, gauge.key


def test_quarters_are_the_running_one_and_the_four_before():
    shown = quarters(timezone.localdate())
    assert len(shown) == 5
    assert [one.is_over(timezone.localdate()) for one in shown] == [True] * 4 + [False]
    assert [after.begins_on - before.ends_on for before, after in itertools.pairwise(shown)] == [timedelta(1)] * 4
    assert Quarter(shown[0].begins_on.replace(year=2025, month=10, day=1)).name == "4. Quartal 2025"


@pytest.mark.rule("QM-12")
@pytest.mark.parametrize(("better", "value", "speaks"), [
    (Better.HIGHER, 80, True), (Better.HIGHER, 79, False), (Better.LOWER, 80, True), (Better.LOWER, 81, False),
    (Better.HIGHER, None, False), (Better.LOWER, None, False),
])  # fmt: skip
def test_a_figure_speaks_for_a_criterion_on_the_good_side_of_its_threshold(better, value, speaks):
    assert rules.speaks_for(better, 80, value) is speaks


# --- reading ---------------------------------------------------------------------------------------------------------
def test_what_is_read_is_what_the_figure_counts(world, team):
    sign = proofs.sign(world, MINUTES, "minuted")
    assert (sign.current.value, sign.current.quarter.begins_on, sign.word) == (
        100,
        proofs.last_quarter(),
        "spricht dafür",
    )
    question = Question(house_actor(world.nordstadt), sign.current.quarter.until(proofs.today()))
    (counted,) = evaluate([fact("quality.minuted")], question)
    assert counted.share.percent == sign.current.value
    assert proofs.sign(world, "mi-3-e", "team_case").current.value == 3


def test_a_quarter_that_runs_is_read_anew_and_each_value_is_kept_once(world, team):
    before = EvidenceReading.objects.count()
    proofs.met(team, proofs.this_quarter(), minuted=False)
    proofs.read(world)
    assert EvidenceReading.objects.count() == before
    assert proofs.sign(world, MINUTES, "minuted").current.value == 0


def test_a_number_is_judged_when_its_quarter_is_over_or_enough_before(world, awo):
    format = proofs.team(world)
    proofs.met(format, proofs.this_quarter())
    proofs.read(world)
    assert proofs.sign(world, "mi-3-e", "team_case").current.quarter.begins_on == proofs.last_quarter()
    for _more in range(2):
        proofs.met(format, proofs.this_quarter())
    proofs.read(world)
    now = proofs.sign(world, "mi-3-e", "team_case")
    assert (now.current.quarter.begins_on, now.current.value, now.tone) == (proofs.this_quarter(), 3, "good")


def test_one_carrier_is_not_counted_with_another_nor_the_district_with_its_carriers(world, team):
    far = numbers({"n": evidence().gauges["team_case"].wanted}, house_actor(world.suedstadt), _last_period())
    above = numbers({"n": evidence().gauges["team_case"].wanted}, house_actor(world.district), _last_period())
    own = numbers({"n": evidence().gauges["team_case"].wanted}, house_actor(world.nordstadt), _last_period())
    assert (far, above, own) == ({"n": 0}, {"n": 0}, {"n": 3})


def test_the_district_as_a_house_proves_nothing_with_what_its_carriers_did(world):
    audits.held(world, make.small(world))
    wanted = {key: evidence().gauges[key].wanted for key in ("audits_held", "criteria_proven")}
    running = quarters(proofs.today())[-1].until(proofs.today())
    own, above = [numbers(wanted, house_actor(house), running) for house in (world.nordstadt, world.district)]
    assert (own, above) == ({"audits_held": 1, "criteria_proven": 0}, {"audits_held": 0, "criteria_proven": None})


def _last_period():
    return quarters(proofs.today())[-2].until(proofs.today())


def test_all_figures_of_a_quarter_are_read_in_one_statement(world, team, django_assert_num_queries):
    wanted = {one.key: one.wanted for one in evidence().gauges.values()}
    house = house_actor(world.nordstadt)
    numbers(wanted, house, _last_period())
    with django_assert_num_queries(1):
        numbers(wanted, house, _last_period())


def test_what_counts_files_is_coarse_and_says_nothing_of_few(world):
    wanted = {"share": evidence().gauges["first_contact"].wanted}
    period = Quarter(proofs.days(-60)).until(proofs.today())
    for number in range(FEWEST - 1):
        casework.case(world, client=casework.person(world, last_name=f"Neu{number}"))
    assert numbers(wanted, house_actor(world.nordstadt), period) == {"share": None}
    casework.case(world, client=casework.person(world, last_name="Noch eine"))
    (value,) = numbers(wanted, house_actor(world.nordstadt), period).values()
    assert value is not None
    assert value % 5 == 0


def test_what_counts_files_is_read_once_and_only_of_quarters_that_are_over(world, awo):
    proofs.read(world)
    read = EvidenceReading.objects.filter(gauge="entered")
    assert [row.begins_on for row in read] == [one.begins_on for one in quarters(proofs.today())[:-1]]
    read.update(value=45)
    proofs.read(world)
    assert {row.value for row in EvidenceReading.objects.filter(gauge="entered")} == {45}


def test_the_worker_reads_each_carrier_with_such_a_catalogue_once_a_day(world, awo):
    assert (acts.read_due(), acts.read_due()) == (1, 0)
    EvidenceReading.objects.update(read_at=timezone.now() - timedelta(days=1))
    assert acts.read_due() == 1
    assert set(EvidenceReading.objects.values_list("organisation", flat=True)) == {world.nordstadt.pk}


def test_reading_is_asked_for_by_who_keeps_the_quality(world, awo, django_capture_on_commit_callbacks):
    with pytest.raises(NotAllowed):
        acts.ask_reading(by=world.counsellor.actor, organisation=world.nordstadt)
    with django_capture_on_commit_callbacks(execute=True):
        acts.ask_reading(by=world.carrier_manager.actor, organisation=world.nordstadt)
    assert EvidenceReading.objects.filter(organisation=world.nordstadt).exists()


# --- red and green ---------------------------------------------------------------------------------------------------
@pytest.mark.rule("QM-12")
def test_a_criterion_turns_red_because_meetings_stop_being_minuted_and_green_again(world, awo, team):
    criterion = Criterion.objects.get(slug=MINUTES)

    def state():
        proof = living(world.carrier_manager.actor, awo, [criterion], proofs.today()).of(criterion)
        sign = next(one for one in proof.signs if one.gauge.key == "minuted")
        return sign.word, sign.tone, proof.is_red

    assert state() == ("spricht dafür", "good", False)
    meetings = [proofs.met(team, proofs.this_quarter(), minuted=False) for _number in range(3)]
    proofs.read(world)
    assert state() == ("unter der Schwelle", "bad", True)
    for meeting in meetings:
        meeting.minutes_sent_at = timezone.now()
        meeting.save()
    proofs.read(world)
    assert state() == ("spricht dafür", "good", False)


def test_a_threshold_of_the_carrier_stands_before_the_proposed_one(world, team):
    proofs.met(team, proofs.this_quarter(), minuted=False)
    proofs.met(team, proofs.this_quarter())
    proofs.read(world)
    gauge = evidence().gauges["minuted"]
    assert proofs.sign(world, MINUTES, "minuted").tone == "bad"
    acts.set_threshold(by=world.technical_lead.actor, organisation=world.nordstadt, gauge=gauge, threshold=50)
    assert proofs.sign(world, MINUTES, "minuted").tone == "good"
    assert EvidenceTarget.objects.get().threshold == 50


def test_a_threshold_is_refused_to_others_above_all_and_to_the_second_of_two(world, awo):
    gauge, given = evidence().gauges["minuted"], {"organisation": world.nordstadt, "threshold": 50}
    for somebody in (world.counsellor, world.coordinator):
        with pytest.raises(NotAllowed):
            acts.set_threshold(by=somebody.actor, gauge=gauge, **given)
    with pytest.raises(ValidationError, match="Mehr als 100 Prozent"):
        acts.set_threshold(by=world.carrier_manager.actor, gauge=gauge, **{**given, "threshold": 101})
    acts.set_threshold(by=world.carrier_manager.actor, gauge=gauge, revision=0, **given)
    with pytest.raises(ValidationError, match="jemand anderes"):
        acts.set_threshold(by=world.technical_lead.actor, gauge=gauge, revision=0, **given)


# --- confirming ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("QM-12")
def test_a_confirmation_keeps_what_was_seen_and_sets_no_rating(world, awo, team):
    assessment = make.begun(world, awo)
    made = proofs.confirmed(world, MINUTES, "minuted", note="Ordner im Büro")
    assert (made.value, made.threshold, made.begins_on, made.version, made.confirmed_by) == (
        100, 80, proofs.last_quarter(), "2026-11", world.carrier_manager.person,
    )  # fmt: skip
    assert proofs.sign(world, MINUTES, "minuted").is_confirmed
    assert Judgement.objects.filter(assessment=assessment).exclude(rating="").count() == 0


def test_confirming_is_refused_where_nothing_speaks_for_it_or_another_value_stands_there(world, awo, team):
    criterion = Criterion.objects.get(slug=MINUTES)
    by = world.carrier_manager.actor
    with pytest.raises(NotAllowed):
        acts.confirm_evidence(by=world.counsellor.actor, criterion=criterion, gauge="minuted", value=100)
    with pytest.raises(ValidationError, match="ein anderer Wert"):
        acts.confirm_evidence(by=by, criterion=criterion, gauge="minuted", value=99)
    with pytest.raises(ValidationError, match="gehört nicht"):
        acts.confirm_evidence(by=by, criterion=criterion, gauge="contracts", value=1)
    proofs.met(team, proofs.this_quarter(), minuted=False)
    proofs.read(world)
    with pytest.raises(ValidationError, match="spricht"):
        acts.confirm_evidence(by=by, criterion=criterion, gauge="minuted", value=0)
    assert not EvidenceConfirmation.objects.exists()


def _again(world):
    return proofs.sign(world, MINUTES, "minuted").again


@pytest.mark.rule("QM-13")
def test_what_was_confirmed_is_looked_at_again_when_the_value_crosses_the_threshold(world, team):
    proofs.confirmed(world, MINUTES, "minuted")
    assert _again(world) == ""
    proofs.met(team, proofs.this_quarter(), minuted=False)
    proofs.read(world)
    assert _again(world) == "Der Wert spricht nicht mehr dafür."


@pytest.mark.rule("QM-13")
def test_what_was_confirmed_is_looked_at_again_when_the_definition_is_another(world, team):
    proofs.confirmed(world, MINUTES, "minuted")
    EvidenceConfirmation.objects.update(version="2020-01")
    assert _again(world) == "Die Definition hat sich geändert."


@pytest.mark.rule("QM-13")
def test_what_was_confirmed_is_looked_at_again_when_a_later_quarter_is_over(world, team):
    earlier = quarters(proofs.today())[-3]
    proofs.confirmed(world, MINUTES, "minuted")
    EvidenceConfirmation.objects.update(begins_on=earlier.begins_on, ends_on=earlier.ends_on)
    assert _again(world) == "Der Zeitraum ist vorbei."
    last = quarters(proofs.today())[-2]
    EvidenceConfirmation.objects.update(begins_on=last.begins_on, ends_on=last.ends_on)
    proofs.met(team, proofs.this_quarter())
    proofs.read(world)
    assert _again(world) == ""  # the quarter after it runs still


@pytest.mark.rule("QM-13")
def test_what_was_confirmed_is_looked_at_again_when_no_value_is_left(world, team):
    proofs.confirmed(world, MINUTES, "minuted")
    EvidenceReading.objects.filter(gauge="minuted").update(value=None)
    assert _again(world) == "Es gibt keinen Wert mehr."


# --- beside other catalogues -----------------------------------------------------------------------------------------
def test_a_mapped_criterion_shows_the_figures_of_the_other_and_is_confirmed_by_itself(world, awo, team):
    other = make.small(world)
    mine = Criterion.objects.get(framework=other, slug="b-1")
    link_criteria(by=world.carrier_manager.actor, criterion=mine, other=Criterion.objects.get(slug=MINUTES))
    sign = proofs.sign(world, "b-1", "minuted")
    assert (sign.via.slug, sign.current.value) == (MINUTES, 100)
    proofs.confirmed(world, MINUTES, "minuted")
    assert not proofs.sign(world, "b-1", "minuted").is_confirmed


def test_the_whole_catalogue_costs_the_same_few_statements(world, awo, team, django_assert_num_queries):
    actor, criteria = world.carrier_manager.actor, list(Criterion.objects.filter(framework=awo))
    proofs.document(world, criterion=criteria[0])
    with django_assert_num_queries(5):
        living(actor, awo, criteria, proofs.today())
    with django_assert_num_queries(5):
        living(actor, awo, criteria[:1], proofs.today())
