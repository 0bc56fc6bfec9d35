"""A self-assessment: judged by one, its parts decide, reviewed by another, closed when nothing is missing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lotse.core.errors import NotAllowed
from lotse.quality import rules
from lotse.quality.actions import assessments as acts
from lotse.quality.enums import AssessmentState, Change, Rating
from lotse.quality.models import SelfAssessment
from lotse.quality.queries import assessments as queries
from lotse.quality.queries.carriers import carriers, states
from tests.factories import quality as make
from tests.funding.refusing import refused

F, P, N, NA = Rating.FULFILLED, Rating.PARTLY, Rating.NOT_FULFILLED, Rating.NOT_APPLICABLE


def page(world, assessment, name="carrier_manager"):
    return queries.page(world.personas[name].actor, assessment)


def by_slug(world, assessment):
    return {row.judgement.criterion.slug: row for row in page(world, assessment).rows}


def fresh(row):
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([F, F], F), ([F, P], P), ([F, N], P), ([N, N], N), ([P, P], P), ([P, N], P), ([NA, NA], NA), ([F, NA], F), ([N, NA], N),
        ([F, ""], ""), ([], ""),
    ],
)  # fmt: skip
@pytest.mark.rule("QM-02")
def test_the_parts_decide_about_the_criterion(parts, whole):
    assert rules.rating_of(parts) == whole


@pytest.mark.rule("QM-02")
@given(st.lists(st.sampled_from([F, P, N, NA]), min_size=1, max_size=6))
def test_fulfilled_is_only_what_has_no_part_that_lacks_anything(parts):
    counting = [part for part in parts if part != NA]
    assert (rules.rating_of(parts) == F) == (bool(counting) and set(counting) == {F})
    assert rules.rating_of(parts) == rules.rating_of(parts[::-1])


def test_an_assessment_begins_with_every_criterion_open(assessment):
    assert [(row.criterion.slug, row.rating) for row in assessment.judgements.all()] == [
        ("b-1", ""),
        ("b-2", ""),
        ("b-3", ""),
    ]


def test_one_runs_at_a_time(world, framework, assessment):
    assert refused(lambda: make.begun(world, framework)) == ["Zu diesem Katalog läuft schon eine Selbstbewertung."]


def test_its_days_are_in_order(world, framework):
    said = refused(lambda: make.begun(world, framework, ends_on=date(2025, 1, 1)))
    assert said == ["Das Ende liegt vor dem Beginn."]


def test_a_criterion_is_judged_with_reason_and_finding(world, assessment):
    row = make.of(assessment, "b-1")
    acts.judge(
        by=world.technical_lead.actor, judgement=row, rating=NA, reason=" Kein Kurs ", finding="Nie gefragt", revision=1
    )
    row = fresh(row)
    assert (row.rating, row.reason, row.finding, row.assessed_by) == (
        NA,
        "Kein Kurs",
        "Nie gefragt",
        world.technical_lead.person,
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_not_applicable_says_why(world, assessment, reason):
    row = make.of(assessment, "b-1")
    said = refused(lambda: acts.judge(by=world.technical_lead.actor, judgement=row, rating=NA, reason=reason))
    assert said == ["Bitte angeben, warum das Kriterium nicht anwendbar ist."]


def test_a_rating_is_needed(world, assessment):
    said = refused(lambda: acts.judge(by=world.technical_lead.actor, judgement=make.of(assessment, "b-1")))
    assert said == ["Bitte eine Bewertung wählen."]


@pytest.mark.rule("QM-02")
def test_the_rating_of_a_criterion_with_parts_is_never_typed(world, assessment):
    row, by = make.of(assessment, "b-2"), world.technical_lead.actor
    first, second = row.criterion.parts.values_list("pk", flat=True)
    assert refused(lambda: acts.judge(by=by, judgement=row, rating=F, parts={first: F})) == [
        "Bitte jede Teilanforderung bewerten."
    ]
    acts.judge(by=by, judgement=row, rating=F, parts={first: F, second: N})
    assert (fresh(row).rating, [rating for _part, rating in queries.parts_of(row)]) == (P, [F, N])
    acts.judge(by=by, judgement=row, rating=N, parts={first: F, second: F})
    assert fresh(row).rating == F


def test_the_second_who_judges_is_told(world, assessment):
    row = make.of(assessment, "b-1")
    make.judged(world, row, revision=1)
    with pytest.raises(ValidationError, match="Inzwischen"):
        make.judged(world, row, N, revision=1)


@pytest.mark.rule("QM-02")
def test_a_judgement_is_reviewed_by_another(world, assessment):
    row = make.of(assessment, "b-1")
    make.judged(world, row)
    with pytest.raises(NotAllowed):
        acts.review(by=world.carrier_manager.actor, assessment=assessment, judgements=[row])
    assert acts.review(by=world.technical_lead.actor, assessment=assessment, judgements=[row]) == 1
    assert fresh(row).reviewed_by == world.technical_lead.person
    nothing = ["Hier gibt es gerade nichts zu prüfen, was jemand anderes bewertet hat."]
    assert (
        refused(lambda: acts.review(by=world.technical_lead.actor, assessment=assessment, judgements=[row])) == nothing
    )


def test_many_are_reviewed_at_once_but_never_ones_own(world, assessment):
    for slug in ("b-1", "b-2"):
        make.judged(world, make.of(assessment, slug))
    make.judged(world, make.of(assessment, "b-3"), by=world.technical_lead)
    assert (
        acts.review(by=world.technical_lead.actor, assessment=assessment, judgements=assessment.judgements.all()) == 2
    )
    assert make.of(assessment, "b-3").reviewed_by is None


def test_what_is_changed_is_to_be_reviewed_again(world, assessment):
    make.judged_all(world, assessment)
    acts.review(by=world.technical_lead.actor, assessment=assessment, judgements=assessment.judgements.all())
    assert fresh(assessment).state == AssessmentState.REVIEWED
    make.judged(world, make.of(assessment, "b-1"), N)
    assert (fresh(assessment).state, make.of(assessment, "b-1").reviewed_by) == (AssessmentState.RUNNING, None)


def test_it_is_closed_when_everything_is_judged_and_reviewed(world, assessment):
    by = world.carrier_manager.actor
    make.judged(world, make.of(assessment, "b-1"))
    said = refused(lambda: acts.close_assessment(by=by, assessment=assessment))
    assert said == ["Es fehlt noch etwas: 2 zu bewerten, 1 zu prüfen."]
    closed = make.closed(world, assessment)
    assert (closed.state, closed.closed_on is not None) == (AssessmentState.CLOSED, True)
    over = ["Diese Selbstbewertung ist abgeschlossen."]
    row = make.of(assessment, "b-1")
    assert refused(lambda: make.judged(world, row, N)) == over
    assert refused(lambda: acts.review(by=world.technical_lead.actor, assessment=assessment, judgements=[row])) == over
    assert refused(lambda: acts.close_assessment(by=by, assessment=assessment)) == over


def test_the_next_one_is_copied_and_looked_at_again(world, framework, assessment):
    row = make.of(assessment, "b-1")
    acts.judge(by=world.carrier_manager.actor, judgement=row, rating=F, finding="Handbuch")
    last = make.closed(world, assessment, P)
    second = make.begun(world, framework, title="2027", copy_from=last)
    copied = {row.criterion.slug: (row.rating, row.to_recheck, row.reviewed_by) for row in second.judgements.all()}
    assert copied == dict.fromkeys(("b-1", "b-2", "b-3"), (P, True, None))
    assert [rating for _part, rating in queries.parts_of(make.of(second, "b-2"))] == [P, P]
    assert refused(lambda: acts.close_assessment(by=world.carrier_manager.actor, assessment=second)) == [
        "Es fehlt noch etwas: 3 zu bewerten, 0 zu prüfen."
    ]


def test_a_finding_is_copied_and_opens_in_its_new_place(world, framework, assessment):
    row = make.of(assessment, "b-1")
    acts.judge(by=world.carrier_manager.actor, judgement=row, rating=F, finding="Leitbild hängt aus")
    for slug in ("b-2", "b-3"):
        make.judged(world, make.of(assessment, slug))
    acts.review(by=world.technical_lead.actor, assessment=assessment, judgements=assessment.judgements.all())
    last = acts.close_assessment(by=world.carrier_manager.actor, assessment=assessment)
    assert make.of(make.begun(world, framework, copy_from=last), "b-1").finding == "Leitbild hängt aus"


def test_what_still_holds_is_confirmed_with_one_click(world, framework, assessment):
    second = make.begun(world, framework, copy_from=make.closed(world, assessment))
    row = make.of(second, "b-1")
    acts.confirm_judgement(by=world.technical_lead.actor, judgement=row)
    row = fresh(row)
    assert (row.to_recheck, row.rating, row.assessed_by, row.is_judged) == (False, F, world.technical_lead.person, True)
    said = refused(lambda: acts.confirm_judgement(by=world.technical_lead.actor, judgement=row))
    assert said == ["Hier gibt es nichts aus dem letzten Zeitraum zu bestätigen."]


def test_nothing_is_copied_from_another_catalogue(world, framework, assessment):
    other = make.small(world, key="anderes")
    said = refused(lambda: make.begun(world, other, copy_from=assessment))
    assert said == ["Übernehmen lässt sich nur eine Selbstbewertung zu derselben Fassung des Katalogs."]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("", F, Change.NEW), (F, F, Change.SAME), (N, P, Change.BETTER), (P, F, Change.BETTER), (F, N, Change.WORSE),
        (NA, F, Change.OTHER), (F, NA, Change.OTHER), (F, "", ""), ("", "", ""), (NA, NA, Change.SAME),
    ],
)  # fmt: skip
def test_a_judgement_stands_beside_the_one_before(before, now, said):
    assert queries.change(before, now) == said


def test_differences_to_the_last_period_are_found(world, framework, assessment):
    last = make.closed(world, assessment, P)
    second = make.begun(world, framework, copy_from=last)
    make.judged(world, make.of(second, "b-1"), F)
    make.judged(world, make.of(second, "b-2"), P)
    rows = by_slug(world, second)
    assert {slug: row.change for slug, row in rows.items()} == {"b-1": Change.BETTER, "b-2": Change.SAME, "b-3": ""}
    found = page(world, second)
    assert [row.judgement.criterion.slug for row in found.chosen("geaendert", "")] == ["b-1"]
    assert found.counted() == {"": 3, "offen": 1, "pruefen": 2, "geaendert": 1}
    assert found.previous == last


def test_what_is_fulfilled_is_counted_by_chapter_and_what_does_not_apply_stands_apart(world):
    assessment = make.begun(world, make.small(world, 12))
    for slug, rating in {"b-1": F, "b-2": F, "b-3": N, "b-4": NA, "b-11": P}.items():
        make.judged(world, make.of(assessment, slug), rating, reason="Kein Kurs")
    first, second = page(world, assessment).shares
    assert (first.title, first.fulfilled, first.applicable) == ("1 Bereich 1", 2, 9)
    assert first.said == [("1 nicht erfüllt", "bad"), ("1 nicht anwendbar", "none"), ("6 offen", "")]
    assert (second.fulfilled, second.applicable, second.said) == (
        0,
        2,
        [("1 teilweise erfüllt", "warn"), ("1 offen", "")],
    )


def test_after_a_judgement_comes_the_next_open_one(world, assessment):
    first, second, third = (make.of(assessment, f"b-{n}") for n in (1, 2, 3))
    make.judged(world, second)
    assert queries.next_open(first) == third
    assert queries.next_open(third) == first
    make.judged(world, first)
    assert queries.next_open(third) is None


@pytest.mark.parametrize("name", ["counsellor", "colleague", "sysadmin", "coordinator", "funder", "outsider"])
@pytest.mark.rule("QM-02")
def test_nobody_else_judges_reviews_or_closes(world, framework, assessment, name):
    by, row = world.personas[name].actor, make.of(assessment, "b-1")
    assert not SelfAssessment.objects.visible_to(by).exists()
    for act in (
        lambda: acts.begin_assessment(
            by=by, framework=framework, title="X", begins_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)
        ),
        lambda: acts.judge(by=by, judgement=row, rating=F),
        lambda: acts.confirm_judgement(by=by, judgement=row),
        lambda: acts.review(by=by, assessment=assessment, judgements=[row]),
        lambda: acts.close_assessment(by=by, assessment=assessment),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_officer_of_the_carrier_keeps_its_quality(world, assessment):
    row = make.of(assessment, "b-1")
    make.judged(world, row, by=make.officer(world))
    assert fresh(row).assessed_by == world.officer.person


def test_the_district_sees_states_of_all_carriers_by_name(world, framework, assessment):
    make.judged(world, make.of(assessment, "b-1"))
    by = world.coordinator.actor
    _district, nord, sued = states(by, carriers(by), date.today())
    [standing] = nord.standings
    assert (nord.carrier, standing.assessment.judged, standing.assessment.total) == (world.nordstadt, 1, 3)
    assert (sued.carrier, sued.standings) == (world.suedstadt, [])
    make.closed(world, assessment)
    second = make.begun(world, framework)
    assert states(by, [world.nordstadt], date.today())[0].standings[0].assessment == second
    assert carriers(world.carrier_manager.actor) == []


@pytest.mark.rule("QM-02")
def test_who_keeps_quality_and_who_sees_how_far_carriers_are(world):
    make.officer(world)
    names = ("officer", "technical_lead", "carrier_manager", "counsellor", "coordinator")
    actors = [world.personas[name].actor for name in names]
    assert [rules.keeps(actor) for actor in actors] == [True, True, True, False, False]
    assert [rules.oversees(actor) for actor in actors] == [False, False, False, False, True]


@pytest.mark.rule("QM-02")
def test_there_is_nothing_to_review_before_it_is_judged(world, assessment):
    row, lead = make.of(assessment, "b-1"), world.technical_lead.actor
    assert not rules.may_review(lead, row)
    make.judged(world, row)
    assert rules.may_review(lead, fresh(row))
    assert not rules.may_review(world.carrier_manager.actor, row)
