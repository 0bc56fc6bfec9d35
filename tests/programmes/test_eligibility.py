"""The rules of eligibility, to the day: the day before, the day itself, the day after; and what never happens."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lotse.catalogues.loader import catalogue
from lotse.core.dates import full_years, years_later
from lotse.programmes.eligibility.advice import NO, PERHAPS, YES, Finding, advise
from lotse.programmes.eligibility.judging import Matter, judge
from lotse.programmes.eligibility.known import Known, Offer, Span
from lotse.programmes.eligibility.ruleset import DATA, KINDS, RELEASES, BadRules, read, releases, ruleset_on
from lotse.programmes.standard import STANDARD

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
ADULT = Span.of(date(1986, 5, 1))
SINCE_2024 = Span.of(date(2024, 3, 1))
COUNSELLING = {code for code, _name, _level, counsels, _years in STANDARD if counsels}


def found(programme, day=TODAY, **known):
    return next(f for f in advise(Known(**known), day).findings if f.programme == programme)


def answer(programme, day=TODAY, **known):
    return found(programme, day, **known).answer


def suggested(day=TODAY, **known):
    first = advise(Known(**known), day).suggested
    return first and (first.programme, first.answer)


# --- age ----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("EL-01")
@pytest.mark.parametrize(("day", "jmd", "mbe"), [
    (date(2026, 4, 30), YES, NO), (date(2026, 5, 1), NO, YES), (date(2026, 5, 2), NO, YES),
])  # fmt: skip
def test_on_the_27th_birthday_the_youth_service_ends_and_the_adults_begins(day, jmd, mbe):
    known = {
        "born": Span.of(date(1999, 5, 1)),
        "entered": SINCE_2024,
        "residence_status": "ae_25_1",
        "in_crisis": False,
    }
    assert (answer("jmd", day, **known), answer("mbe", day, **known)) == (jmd, mbe)


@pytest.mark.parametrize(("day", "jmd"), [(date(2027, 2, 28), YES), (date(2027, 3, 1), NO)])
def test_who_was_born_on_a_leap_day_turns_27_on_the_first_of_march(day, jmd):
    assert answer("jmd", day, born=Span.of(date(2000, 2, 29)), residence_status="ae_25_1") == jmd


@pytest.mark.parametrize(("day", "jmd"), [(date(2026, 4, 30), NO), (date(2026, 5, 1), YES)])
def test_the_youth_service_begins_at_twelve(day, jmd):
    assert answer("jmd", day, born=Span.of(date(2014, 5, 1)), residence_status="d_60a") == jmd


def test_the_last_day_of_the_youth_service_is_named():
    assert found("jmd", born=Span.of(date(2000, 5, 1)), residence_status="d_60a").until == date(2027, 4, 30)


@pytest.mark.parametrize(("day", "jmd"), [
    (date(2025, 12, 31), YES), (date(2026, 1, 1), PERHAPS), (date(2026, 12, 30), PERHAPS), (date(2026, 12, 31), NO),
])  # fmt: skip
def test_a_birth_known_to_the_year_is_undecided_in_the_year_of_the_birthday(day, jmd):
    year = Span.of(date(1999, 1, 1), "year")
    got = found("jmd", day, born=year, residence_status="ae_25_1")
    assert (got.answer, got.missing) == (jmd, ("genaues Geburtsdatum",) if jmd == PERHAPS else ())


@pytest.mark.parametrize(("day", "precision", "last"), [
    (date(2024, 2, 1), "month", date(2024, 2, 29)), (date(2026, 12, 1), "month", date(2026, 12, 31)),
    (date(1990, 1, 1), "year", date(1990, 12, 31)), (date(1990, 1, 1), "estimated", date(1990, 12, 31)),
    (date(1990, 5, 12), "day", date(1990, 5, 12)),
])  # fmt: skip
def test_a_partial_date_spans_its_month_or_year(day, precision, last):
    assert Span.of(day, precision) == Span(day, last)


# --- the window of three years --------------------------------------------------------------------------------------
@pytest.mark.rule("CL-11")
@pytest.mark.parametrize(("day", "mbe"), [
    (date(2027, 2, 28), YES), (date(2027, 3, 1), YES), (date(2027, 3, 2), NO),
])  # fmt: skip
def test_a_newcomer_is_advised_until_three_years_after_entry(day, mbe):
    got = found(
        "mbe",
        day,
        born=ADULT,
        entered=SINCE_2024,
        permanent_since=date(2024, 3, 1),
        residence_status="ne_9",
        in_crisis=False,
    )
    assert (got.answer, got.until) == (mbe, date(2027, 3, 1) if mbe == YES else None)


@pytest.mark.rule("CL-11")
@pytest.mark.parametrize(("day", "mbe"), [(date(2027, 3, 1), YES), (date(2027, 3, 2), NO)])
def test_three_years_after_a_leap_day_end_with_the_first_of_march(day, mbe):
    leap = Span.of(date(2024, 2, 29))
    assert answer("mbe", day, born=ADULT, entered=leap, is_resettler=True, in_crisis=False) == mbe


@pytest.mark.rule("CL-11")
def test_the_later_of_entry_and_status_counts_for_foreigners_and_entry_alone_for_resettlers():
    dates = {
        "born": ADULT,
        "entered": Span.of(date(2015, 1, 1)),
        "permanent_since": date(2025, 1, 1),
        "in_crisis": False,
    }
    assert answer("mbe", residence_status="ne_9", **dates) == YES
    assert answer("mbe", is_resettler=True, **dates) == NO


def test_after_three_years_without_the_day_of_the_status_it_is_asked_for():
    got = found("mbe", born=ADULT, entered=Span.of(date(2015, 1, 1)), residence_status="ne_9")
    assert (got.answer, got.missing) == (PERHAPS, ("Tag der Einreise oder des dauerhaften Status",))


# --- groups of the MBE ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("known", "rule"), [
    ({"is_resettler": True, "entered": SINCE_2024}, "mbe_resettler"),
    ({"residence_status": "bvfg_7", "entered": SINCE_2024}, "mbe_resettler"),
    ({"residence_status": "eu_citizen", "entered": SINCE_2024}, "mbe_new"),
    ({"permanent_since": date(2025, 1, 1)}, "mbe_new"),
    ({"residence_status": "ae_24", "entered": SINCE_2024}, "mbe_ukraine"),
    ({"residence_status": "ae_104c"}, "mbe_chance"),
    ({"residence_status": "permission_55"}, "mbe_procedure"),
    ({"residence_status": "ne_9", "entered": Span.of(date(2010, 1, 1)), "permanent_since": date(2012, 1, 1), "in_crisis": True,
      "has_free_capacity": True}, "mbe_settled"),
    ({"residence_status": "d_60b", "in_crisis": True, "has_free_capacity": True}, "mbe_opening"),
])  # fmt: skip
def test_each_group_is_found(known, rule):
    got = found("mbe", born=ADULT, **known)
    assert (got.answer, got.rule) == (YES, rule)


@pytest.mark.rule("CL-12")
@pytest.mark.parametrize(("crisis", "capacity", "mbe"), [
    (True, True, YES), (True, False, NO), (False, True, NO), (None, True, PERHAPS), (True, None, PERHAPS), (None, False, NO),
])  # fmt: skip
def test_people_settled_longer_need_a_crisis_and_free_capacity(crisis, capacity, mbe):
    known = {"entered": Span.of(date(2010, 1, 1)), "permanent_since": date(2012, 1, 1), "residence_status": "ne_9"}
    assert answer("mbe", born=ADULT, in_crisis=crisis, has_free_capacity=capacity, **known) == mbe


@pytest.mark.rule("CL-12")
@pytest.mark.parametrize("duty", [True, False, None])
def test_who_must_attend_the_course_goes_first_among_those_settled_longer(duty):
    known = {"residence_status": "ne_9", "entered": Span.of(date(2010, 1, 1)), "permanent_since": date(2012, 1, 1)}
    crisis = {"in_crisis": True, "has_free_capacity": True, "has_course_duty": duty}
    assert found("mbe", born=ADULT, **crisis, **known).has_priority is (duty is True)
    assert found("mbe", born=ADULT, residence_status="d_60b", **crisis).has_priority is False


@pytest.mark.parametrize(("day", "rule"), [
    (date(2022, 12, 30), "mbe_new"), (date(2022, 12, 31), "mbe_procedure"), (date(2023, 1, 1), "mbe_procedure"),
])  # fmt: skip
def test_a_rule_holds_from_its_first_day(day, rule):
    assert found("mbe", day, born=ADULT, residence_status="permission_55", in_crisis=False).rule == rule


@pytest.mark.parametrize(("day", "mbe"), [(date(2027, 6, 30), YES), (date(2027, 7, 1), NO)])
def test_a_rule_holds_through_its_last_day(day, mbe):
    assert answer("mbe", day, born=ADULT, residence_status="ae_104c", in_crisis=False) == mbe


@pytest.mark.parametrize(("day", "mbe"), [(date(2025, 12, 31), PERHAPS), (date(2026, 1, 1), NO)])
def test_the_prospect_of_104c_counted_while_the_title_was_given(day, mbe):
    assert answer("mbe", day, born=ADULT, residence_status="d_60a", in_crisis=False) == mbe


# --- how long the counselling lasts -----------------------------------------------------------------------------------
@pytest.mark.rule("CL-10")
@pytest.mark.parametrize(("day", "mbe"), [
    (date(2026, 5, 31), YES), (date(2026, 6, 1), YES), (date(2026, 6, 2), PERHAPS),
])  # fmt: skip
def test_counselling_beyond_three_years_asks_for_a_reason_and_is_never_refused(day, mbe):
    offers = {"mbe": Offer(date(2023, 6, 1))}
    got = found("mbe", day, born=ADULT, residence_status="permission_55", offers=offers)
    assert (got.answer, got.missing) == (mbe, ("Grund für mehr als drei Jahre",) if mbe == PERHAPS else ())


def test_a_prolonged_counselling_goes_on_until_its_new_end():
    offers = {"mbe": Offer(date(2023, 6, 1), prolonged_until=date(2026, 12, 31))}
    known = {"born": ADULT, "residence_status": "permission_55", "offers": offers}
    assert [answer("mbe", day, **known) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [YES, PERHAPS]


@pytest.mark.parametrize(("day", "intman"), [
    (date(2026, 6, 1), YES), (date(2026, 6, 2), PERHAPS), (date(2027, 6, 1), PERHAPS), (date(2027, 6, 2), NO),
])  # fmt: skip
def test_integration_management_lasts_three_years_and_four_with_a_reason(day, intman):
    known = {"residence_status": "ae_25_1", "in_follow_up_housing": True, "land": "08"}
    assert answer("intman", day, offers={"intman": Offer(date(2023, 6, 1))}, **known) == intman


def test_no_prolongation_reaches_beyond_the_fourth_year():
    offers = {"intman": Offer(date(2023, 6, 1), prolonged_until=date(2029, 1, 1))}
    known = {"residence_status": "ae_25_1", "in_follow_up_housing": True, "land": "08", "offers": offers}
    assert found("intman", date(2027, 6, 1), **known).until == date(2027, 6, 1)
    assert answer("intman", date(2027, 6, 2), **known) == NO


# --- where, and for whom else -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("land", "offered", "answers"), [
    ("05", (), {"sbf": YES, "intman": NO}), ("08", (), {"sbf": NO, "intman": YES}),
    ("", (), {"sbf": YES, "intman": YES}), ("05", ("intman",), {"sbf": YES, "intman": YES}),
])  # fmt: skip
def test_a_programme_of_one_land_is_advised_there_or_where_it_is_offered(land, offered, answers):
    known = {
        "residence_status": "arrival_proof",
        "in_follow_up_housing": True,
        "land": land,
        "offered": frozenset(offered),
    }
    assert {code: answer(code, **known) for code in answers} == answers


def test_what_is_offered_here_is_marked():
    offered = {f.programme: f.is_offered for f in advise(Known(offered=frozenset({"mbe"})), TODAY).findings}
    assert [code for code, is_here in offered.items() if is_here] == ["mbe"]


@pytest.mark.parametrize(("matter", "ads"), [(True, YES), (False, NO), (None, PERHAPS)])
def test_anti_discrimination_advice_is_for_whom_it_happened_to(matter, ads):
    assert answer("ads", is_discriminated=matter) == ads


@pytest.mark.parametrize(("day", "source"), [(date(2025, 12, 31), "Kompendium"), (date(2026, 1, 1), "Richtlinie")])
def test_the_guideline_in_force_that_day_is_cited(day, source):
    assert found("ads", day, is_discriminated=True).source.startswith(source)


# --- the suggestion -------------------------------------------------------------------------------------------------
@pytest.mark.rule("EL-01")
@pytest.mark.parametrize(("known", "first"), [
    ({}, None),
    ({"has_free_capacity": True}, None),
    ({"born": ADULT}, ("mbe", PERHAPS)),
    ({"born": Span.of(date(2006, 1, 1))}, ("jmd", PERHAPS)),
    ({"born": ADULT, "residence_status": "permission_55", "land": "05"}, ("sbf", YES)),
    ({"born": ADULT, "residence_status": "permission_55", "land": "08"}, ("mbe", YES)),
    ({"born": Span.of(date(2006, 1, 1)), "residence_status": "ae_25_1"}, ("jmd", YES)),
    ({"born": ADULT, "residence_status": "ae_25_1", "entered": SINCE_2024}, ("mbe", YES)),
    ({"born": ADULT, "residence_status": "ae_25_1", "entered": SINCE_2024, "is_discriminated": True}, ("ads", YES)),
    ({"born": ADULT, "residence_status": "ae_25_1", "entered": SINCE_2024, "in_follow_up_housing": True, "land": "08"}, ("intman", YES)),
])  # fmt: skip
def test_the_programme_that_fits_best_is_suggested(known, first):
    assert suggested(**known) == first


def test_only_what_exists_is_answered_for():
    assert [f.programme for f in advise(Known(), TODAY, ["mbe", "gibtesnicht"]).findings] == ["mbe"]


# --- what never happens ---------------------------------------------------------------------------------------------
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # two cores, many people
STATUSES = some.sampled_from(["", *catalogue("residence_status").keys])
DAYS = some.dates(date(1990, 1, 1), date(2030, 12, 31))
SPANS = some.builds(Span.of, DAYS, some.sampled_from(["day", "month", "year", "estimated"]))
MAYBE = some.none() | some.booleans()
ANYBODY = some.builds(
    Known, born=some.none() | SPANS, entered=some.none() | SPANS, permanent_since=some.none() | DAYS, is_resettler=MAYBE,
    residence_status=STATUSES, in_crisis=MAYBE, has_free_capacity=MAYBE, has_course_duty=MAYBE, in_follow_up_housing=MAYBE,
    is_discriminated=MAYBE, land=some.sampled_from(["", "05", "08", "11"]), offered=some.frozensets(some.sampled_from(sorted(COUNSELLING))),
    offers=some.dictionaries(some.sampled_from(["mbe", "intman"]), some.builds(Offer, DAYS, some.none() | DAYS)),
)  # fmt: skip


@pytest.mark.rule("EL-01")
@PATIENT
@given(ANYBODY, DAYS)
def test_every_answer_says_why_and_from_where(known, day):
    got = advise(known, day)
    assert {f.programme for f in got.findings} == COUNSELLING
    for finding in got.findings:
        assert finding.why
        assert bool(finding.missing) == (finding.answer == PERHAPS)
        assert finding.source or "eine gültige Regel" in finding.missing
        assert finding.until is None or (finding.answer == YES and finding.until >= day)


@PATIENT
@given(ANYBODY, DAYS)
def test_an_answer_can_be_kept_and_read_again(known, day):
    assert [Finding.from_row(f.to_row()) for f in advise(known, day).findings] == list(advise(known, day).findings)


@pytest.mark.rule("EL-01")
@PATIENT
@given(ANYBODY, some.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_forgetting_what_is_known_of_the_person_never_makes_a_no(known, day):
    """Missing data is a perhaps: with nothing known but the place, no programme of that place is refused."""
    blank = Known(land=known.land, offered=known.offered)
    at_home = [f for f in advise(blank, day).findings if "Dieses Programm gibt es nur" not in f.why]
    assert {f.answer for f in at_home} == {PERHAPS}


@PATIENT
@given(ANYBODY, DAYS)
def test_a_condition_on_one_unknown_matter_is_never_decided(known, day):
    ruleset = ruleset_on(day)
    conditions = {c for p in ruleset.programmes for r in p.rules for c in r.needs}
    blank = Matter(Known(), day, ruleset, "mbe")
    assert {c.key for c in conditions if judge(c, blank).holds is not None} == {"offer_3", "offer_3_or_4"}


@PATIENT
@given(SPANS, DAYS)
def test_what_is_decided_on_a_vague_date_holds_for_every_day_it_may_mean(span, day):
    matters = {"residence_status": "ae_25_1", "in_crisis": False}
    vague = answer("jmd", day, born=span, **matters)
    exact = {answer("jmd", day, born=Span.of(one), **matters) for one in (span.first, span.last)}
    assert vague == PERHAPS or exact == {vague}


@given(some.dates(date(1950, 1, 1), date(2026, 1, 1)), some.integers(1, 30))
def test_the_day_so_many_years_later_is_the_first_on_which_they_are_full(start, years):
    later = years_later(start, years)
    assert (full_years(start, later), full_years(start, later - DAY)) == (years, years - 1)


# --- the file of rules ------------------------------------------------------------------------------------------------
def test_no_released_rule_was_changed_and_none_is_unlisted():
    now = {path.name: sha256(path.read_bytes()).hexdigest() for path in DATA.iterdir()}
    lines = (line.split("  ", 1) for line in RELEASES.read_text(encoding="ascii").splitlines())
    assert now == {name: digest for digest, name in lines}


def test_every_residence_status_is_classified_once():
    statuses = [s for release in releases() for s in release.classes]
    assert sorted(statuses) == sorted(catalogue("residence_status").keys)


def test_every_programme_that_counsels_has_rules_and_every_group_exists():
    rules = [rule for p in releases()[-1].programmes for rule in p.rules]
    assert {p.code for p in releases()[-1].programmes} == COUNSELLING
    assert {rule.target_group for rule in rules} - {""} == set(catalogue("target_group_mbe").keys)
    assert {condition.kind for rule in rules for condition in rule.needs} == set(KINDS)


def test_before_the_first_release_the_first_one_speaks():
    assert ruleset_on(date(1990, 1, 1)) == releases()[0]


@pytest.mark.parametrize(("good", "bad"), [
    ("kind: flag", "kind: guess"), ("sureness: verified", "sureness: hoped"), ("needs: [discriminated]", "needs: [nobody]"),
    ("source: ads_now", "source: hearsay"), ("rank: 1,", "rang: 1,"), ("version: 2026-11", "version: 2027-01"), ("sources:", "- x"),
])  # fmt: skip
def test_a_file_that_is_not_as_agreed_is_refused(tmp_path, good, bad):
    path = tmp_path / "2026-11.yaml"
    path.write_text((DATA / "2026-11.yaml").read_text(encoding="utf-8").replace(good, bad), encoding="utf-8")
    with pytest.raises(BadRules):
        read(path)
