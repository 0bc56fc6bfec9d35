"""An audit: planned, prepared, checked criterion by criterion, answered by the audited, and over when every improvement was seen to help."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.auditlog.models import Event
from lotse.core.drawing import in_order_of
from lotse.core.errors import NotAllowed
from lotse.organisations.ties import ties_of
from lotse.quality import rules_audits as rules
from lotse.quality.actions import audits as acts
from lotse.quality.actions import findings
from lotse.quality.enums_audits import AuditKind, AuditState, CheckResult, FindingGrade
from lotse.quality.models import Area, Audit, AuditFinding, Criterion, PreparationItem
from lotse.quality.packaged_audits import audit_guide
from lotse.quality.queries import audits as queries
from lotse.quality.queries.audits_today import KINDS
from tests.factories import quality as catalogue
from tests.factories import quality_audits as make
from tests.factories.quality_audits import days
from tests.funding.refusing import refused

G, C = FindingGrade, CheckResult


@pytest.fixture
def audit(world, framework):
    return make.prepared(world, framework)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.mark.rule("QM-06")
def test_an_audit_from_outside_begins_with_the_packaged_list_to_prepare_by(world, framework):
    audit = make.external(world, framework, planned_on=days(365))
    points = audit_guide().external
    assert [(row.text, row.due_on) for row in audit.preparation.order_by("position")] == [
        (point.text, days(365) - timedelta(weeks=point.weeks_before)) for point in points
    ]
    assert (audit.state, audit.guide) == (AuditState.PLANNED, audit_guide().version)
    assert audit_guide().example


def test_what_would_have_been_due_before_today_is_due_today(world, framework):
    audit = make.external(world, framework, planned_on=days(1))
    assert {row.due_on for row in audit.preparation.all()} == {days(0)}


@pytest.mark.rule("QM-06")
def test_an_audit_from_outside_is_prepared_when_everything_on_the_list_is_done(world, framework):
    audit, by = make.external(world, framework), world.carrier_manager.actor
    said = refused(lambda: acts.prepare_audit(by=by, audit=audit))
    assert said == ["Es fehlt noch etwas auf der Vorbereitungsliste."]
    make.finished(world, audit)
    assert acts.prepare_audit(by=by, audit=audit).state == AuditState.PREPARED
    acts.set_point(by=by, audit=audit, text="Ausweise", due_on=days(3))
    assert fresh(audit).state == AuditState.PLANNED


def test_who_has_something_to_prepare_ticks_it_off_and_nobody_else(world, framework):
    audit = make.external(world, framework)
    item = acts.set_point(
        by=world.carrier_manager.actor, audit=audit, item=make.point_of(audit), text="Raum", due_on=days(3),
        owner=world.colleague.person,
    )  # fmt: skip
    assert list(PreparationItem.objects.visible_to(world.colleague.actor)) == [item]
    assert list(Audit.objects.visible_to(world.colleague.actor)) == []
    with pytest.raises(NotAllowed):
        acts.finish_point(by=world.counsellor.actor, item=item)
    done = acts.finish_point(by=world.colleague.actor, item=item)
    assert (done.done_by, done.done_on) == (world.colleague.person, days(0))
    assert refused(lambda: acts.finish_point(by=world.colleague.actor, item=item)) == [
        "Dieser Punkt ist schon erledigt."
    ]


@pytest.mark.rule("QM-06")
def test_nobody_audits_what_she_assessed_last(world, framework, assessment):
    catalogue.judged(world, catalogue.of(assessment, "b-1"), by=world.technical_lead)
    said = refused(lambda: make.planned(world, framework, auditor=world.technical_lead))
    assert said == [
        "Technical_Lead Beispiel hat Kriterien aus diesem Umfang zuletzt selbst bewertet. Bitte jemand anderes wählen."
    ]
    assert make.planned(world, framework, auditor=world.counsellor).auditor == world.counsellor.person


@pytest.mark.rule("QM-06")
def test_what_the_auditor_assesses_after_planning_she_cannot_check(world, framework):
    audit = make.prepared(world, framework, auditor=world.technical_lead)
    assessment = catalogue.begun(world, framework)
    catalogue.judged(world, catalogue.of(assessment, "b-1"), by=world.technical_lead)
    said = refused(lambda: make.checked(world, audit, by=world.technical_lead))
    assert "zuletzt selbst bewertet" in said[0]
    assert make.checked(world, audit, "b-2", by=world.technical_lead).result == C.CONFORM


def test_the_auditor_of_an_internal_audit_works_at_the_carrier(world, framework):
    said = refused(lambda: make.planned(world, framework, auditor=world.outsider))
    assert said == ["Das macht jemand, der bei diesem Träger arbeitet."]


@pytest.mark.parametrize("values", [{"kind": AuditKind.INTERNAL, "auditor": None}, {"kind": AuditKind.FUNDER}])
def test_somebody_audits(world, framework, values):
    said = refused(lambda: make.planned(world, framework, **{"auditor_body": "", **values}))
    assert said == [
        "Ein internes Audit hat eine*n Auditor*in aus dem Haus, ein externes eine prüfende Person oder Stelle."
    ]


def test_the_scope_belongs_to_the_catalogue_and_the_catalogue_to_the_carrier(world, framework):
    other = catalogue.small(world, key="anderes")
    areas = Area.objects.filter(framework=other)
    wrong = ["Der Umfang gehört zu einem anderen Katalog."]
    assert refused(lambda: make.planned(world, framework, areas=areas)) == wrong
    far = catalogue.far_manager(world)
    given = {"by": far, "organisation": world.suedstadt, "auditor": far}
    assert refused(lambda: make.planned(world, framework, **given)) == wrong


def test_only_who_keeps_the_quality_plans(world, framework):
    for persona in (world.counsellor, world.coordinator, catalogue.far_manager(world)):
        with pytest.raises(NotAllowed):
            make.planned(world, framework, by=persona)


def test_the_checklist_holds_the_criteria_of_the_scope_with_a_question(world):
    framework = catalogue.small(world, 25)
    [second] = Area.objects.filter(framework=framework, number="2")
    audit = make.drawn(world, framework, areas=[second])
    assert [row.criterion.slug for row in audit.checks.all()] == [f"b-{at}" for at in range(11, 21)]
    assert {row.question for row in audit.checks.all()} == {"Woran ist zu sehen, dass das so geschieht?"}
    assert (audit.seed, audit.drawn_from) == ("", 10)


def test_a_sample_is_drawn_again_with_its_seed(world):
    framework = catalogue.small(world, 25)
    first = make.drawn(world, framework, wanted=5)
    again = make.drawn(world, framework, wanted=5, seed=first.seed)
    slugs = [row.criterion.slug for row in first.checks.all()]
    assert (len(slugs), first.drawn_from) == (5, 25)
    assert slugs == [row.criterion.slug for row in again.checks.all()]
    every = Criterion.objects.filter(framework=framework).values_list("slug", flat=True)
    assert set(slugs) == set(in_order_of(first.seed, every)[:5])


@given(st.text(max_size=20), st.sets(st.text(min_size=1, max_size=5), max_size=30))
def test_a_draw_depends_on_the_seed_alone_not_on_the_order(seed, ids):
    assert in_order_of(seed, sorted(ids)) == in_order_of(seed, sorted(ids, reverse=True))


def test_it_is_drawn_anew_until_something_is_checked(world, framework, audit):
    acts.draw_checklist(by=world.carrier_manager.actor, audit=audit, wanted=1)
    assert audit.checks.count() == 1
    make.checked(world, audit, audit.checks.get().criterion.slug)
    said = refused(lambda: acts.draw_checklist(by=world.carrier_manager.actor, audit=audit))
    assert said == ["Die Prüfung hat begonnen; die Checkliste bleibt, wie sie ist."]


def test_without_a_catalogue_there_is_no_checklist(world):
    audit = make.external(world, None)
    said = refused(lambda: acts.draw_checklist(by=world.carrier_manager.actor, audit=audit))
    assert said == ["Ohne Katalog gibt es keine Checkliste. Feststellungen lassen sich trotzdem eintragen."]


def test_catalogue_and_scope_stay_when_the_checklist_is_drawn(world, framework, audit):
    values = {"kind": audit.kind, "title": "Neu", "planned_on": days(9), "auditor": audit.auditor}
    said = refused(lambda: acts.change_audit(by=world.carrier_manager.actor, audit=audit, **values))
    assert said[0].startswith("Katalog und Umfang bleiben")
    acts.change_audit(
        by=world.carrier_manager.actor, audit=audit, framework=framework, **values, revision=audit.revision
    )
    assert (fresh(audit).title, fresh(audit).planned_on) == ("Neu", days(9))


@pytest.mark.rule("QM-06")
def test_an_internal_audit_is_checked_by_its_auditor_alone(world, audit):
    for persona in (world.carrier_manager, world.technical_lead, world.colleague):
        with pytest.raises(NotAllowed):
            make.checked(world, audit, by=persona)
    row = make.checked(world, audit)
    assert (row.result, row.observation, row.checked_by) == (C.CONFORM, "Gesehen.", world.counsellor.person)


@pytest.mark.rule("QM-06")
def test_an_audit_from_outside_is_entered_by_who_keeps_the_quality(world, framework):
    audit = make.external(world, framework)
    make.finished(world, audit)
    acts.prepare_audit(by=world.carrier_manager.actor, audit=audit)
    made = findings.add_finding(by=world.technical_lead.actor, audit=audit, grade=G.MINOR, text="Protokolle fehlen")
    assert (made.number, made.criterion, made.is_grave) == (1, None, True)
    with pytest.raises(NotAllowed):
        findings.add_finding(by=world.counsellor.actor, audit=audit, grade=G.MINOR, text="x")


def test_the_second_who_saves_a_check_is_told(world, audit):
    make.checked(world, audit, revision=1)
    assert "Inzwischen" in refused(lambda: make.checked(world, audit, revision=1))[0]


def test_a_check_makes_its_finding(world, audit):
    make.checked(world, audit, grade=G.MAJOR, finding="Kein Aushang")
    found = make.finding_of(audit)
    assert (found.grade, found.text, found.criterion.slug, found.number) == (G.MAJOR, "Kein Aushang", "b-1", 1)
    stored = AuditFinding.objects.values_list("text", flat=True).get()
    assert b"Aushang" not in bytes(stored)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"result": ""}, "Bitte ein Ergebnis wählen."),
        ({"result": C.FINDING, "finding": ""}, "Bitte die Feststellung beschreiben."),
        ({"result": C.FINDING, "finding": "Fehlt."}, "Bitte einstufen."),
    ],
)
def test_a_finding_has_words_and_a_grade(world, audit, values, said):
    act = {"observation": "", "grade": "", **values}
    assert refused(lambda: findings.check(by=world.counsellor.actor, item=make.check_of(audit), **act)) == [said]


@pytest.mark.rule("QM-06")
def test_a_criterion_with_a_deviation_does_not_conform(world, audit):
    make.checked(world, audit, grade=G.MINOR)
    said = refused(lambda: make.checked(world, audit))
    assert said == ["Zu diesem Kriterium gibt es eine Abweichung. Sie muss erst weg oder anders eingestuft werden."]
    findings.remove_finding(by=world.counsellor.actor, finding=make.finding_of(audit))
    assert make.check_of(audit).result == ""
    assert make.checked(world, audit).result == C.CONFORM


def test_good_practice_stands_beside_what_conforms(world, audit):
    make.checked(world, audit, grade=G.GOOD_PRACTICE)
    assert make.checked(world, audit).result == C.CONFORM


def test_a_finding_is_graded_anew(world, audit):
    make.checked(world, audit, grade=G.MINOR)
    row = make.finding_of(audit)
    findings.change_finding(by=world.counsellor.actor, finding=row, grade=G.MAJOR, text="Ganz weg", revision=1)
    assert (fresh(row).grade, fresh(row).text) == (G.MAJOR, "Ganz weg")


@pytest.mark.rule("QM-06")
def test_it_is_held_when_the_checklist_is_complete(world, audit):
    act = {"by": world.counsellor.actor, "audit": audit, "report": "Gut."}
    make.checked(world, audit)
    assert refused(lambda: acts.hold_audit(**act, held_on=days(0))) == ["Auf der Checkliste ist noch etwas offen."]
    for slug in ("b-2", "b-3"):
        make.checked(world, audit, slug)
    assert refused(lambda: acts.hold_audit(**act, held_on=days(1))) == ["Dieser Tag liegt noch vor uns."]
    held = acts.hold_audit(**act, held_on=days(-1))
    assert (held.held_on, held.answer_due_on, held.state) == (days(-1), days(28), AuditState.FOLLOWED_UP)


@pytest.mark.rule("QM-06")
def test_from_deviation_to_checked_effect(world, framework):
    audit = make.held(world, framework, b_1=G.MAJOR, b_2=G.OBSERVATION)
    row = make.finding_of(audit)
    assert fresh(audit).state == AuditState.HELD
    make.answered(world, row)
    assert (fresh(audit).state, fresh(row).statement_by) == (AuditState.ANSWERED, world.technical_lead.person)
    make.followed(world, row)
    made = fresh(row).improvement
    assert (fresh(audit).state, made.finding, made.criterion.slug, made.source) == (
        AuditState.FOLLOWED_UP, "Fehlt.", "b-1", "audit",
    )  # fmt: skip
    close = {"by": world.carrier_manager.actor, "audit": audit}
    assert "deren Wirkung geprüft ist" in refused(lambda: acts.close_audit(**close))[0]
    make.effective(world, row)
    closed = acts.close_audit(**close)
    assert (closed.state, closed.closed_on) == (AuditState.CLOSED, days(0))


@pytest.mark.rule("QM-06")
def test_the_auditor_never_answers_her_own_findings(world, framework):
    audit = make.prepared(world, framework, auditor=world.technical_lead)
    for row in audit.checks.all():
        make.checked(world, audit, row.criterion.slug, G.MINOR, by=world.technical_lead)
    acts.hold_audit(by=world.technical_lead.actor, audit=audit, held_on=days(0), report="")
    row = make.finding_of(audit)
    with pytest.raises(NotAllowed):
        make.answered(world, row, by=world.technical_lead)
    with pytest.raises(NotAllowed):
        make.followed(world, row, by=world.technical_lead)
    assert make.answered(world, row, by=world.carrier_manager).statement_by == world.carrier_manager.person


def test_an_improvement_may_come_before_the_statement(world, framework):
    audit = make.held(world, framework, b_1=G.MINOR)
    make.followed(world, make.finding_of(audit))
    assert fresh(audit).state == AuditState.HELD
    assert refused(lambda: make.followed(world, make.finding_of(audit))) == [
        "Zu dieser Feststellung gibt es schon eine Verbesserung."
    ]
    make.answered(world, make.finding_of(audit))
    assert fresh(audit).state == AuditState.FOLLOWED_UP


def test_findings_are_answered_only_after_the_audit_and_stay_then(world, framework, audit):
    make.checked(world, audit, grade=G.MINOR)
    said = refused(lambda: make.answered(world, make.finding_of(audit)))
    assert said == ["Stellung genommen wird, wenn das Audit durchgeführt ist."]
    second = make.held(world, framework, b_1=G.MINOR)
    row, by = make.finding_of(second), world.counsellor.actor
    assert refused(lambda: findings.remove_finding(by=by, finding=row)) == [
        "Das Audit ist durchgeführt; seine Feststellungen bleiben."
    ]
    make.answered(world, row)
    said = refused(lambda: findings.change_finding(by=by, finding=row, grade=G.OBSERVATION, text="x"))
    assert said == ["Feststellungen werden eingetragen, solange das Audit läuft und nicht abgeschlossen ist."]


def test_what_is_called_off_stays_and_is_not_held(world, audit):
    acts.call_off(by=world.carrier_manager.actor, audit=audit)
    assert fresh(audit).state == AuditState.CALLED_OFF
    assert refused(lambda: acts.call_off(by=world.carrier_manager.actor, audit=audit)) == [
        "Dieses Audit ist schon durchgeführt oder entfallen."
    ]
    assert refused(lambda: acts.hold_audit(by=world.counsellor.actor, audit=audit, held_on=days(0), report="")) == [
        "Durchgeführt wird ein Audit, das vorbereitet ist."
    ]


def test_the_log_says_what_was_done_and_nothing_that_was_found(world, audit):
    make.checked(world, audit, grade=G.MAJOR, finding="Geheimwort")
    entry = Event.objects.filter(key="audit.checked").get()
    assert entry.fields == ["observation", "result"]
    assert not any("Geheimwort" in str(row.details) for row in Event.objects.all())


def test_keepers_and_the_auditor_see_an_audit(world, audit):
    seen = {
        name: Audit.objects.visible_to(world.personas[name].actor).exists()
        for name in ("carrier_manager", "technical_lead", "counsellor", "colleague", "coordinator", "outsider")
    }
    assert [name for name, sees in seen.items() if sees] == ["carrier_manager", "technical_lead", "counsellor"]


def test_areas_that_nobody_audited_for_years_are_named(world):
    framework, today = catalogue.small(world, 25), days(0)
    titles = ["1 Bereich 1", "2 Bereich 2", "3 Bereich 3"]
    by = world.carrier_manager.actor
    assert [(gap.title, gap.last) for gap in queries.gaps(by, today)] == [(title, None) for title in titles]
    [second] = Area.objects.filter(framework=framework, number="2")
    audit = make.prepared(world, framework, areas=[second])
    make.all_checked(world, audit)
    acts.hold_audit(by=world.counsellor.actor, audit=audit, held_on=today, report="")
    assert [gap.title for gap in queries.gaps(by, today)] == [titles[0], titles[2]]
    later = today.replace(year=today.year + 4, day=1)
    assert [(gap.title, gap.last) for gap in queries.gaps(by, later)][1] == (titles[1], today)
    assert queries.gaps(world.counsellor.actor, today) == []


def test_an_audit_of_the_whole_catalogue_leaves_no_gap(world, framework):
    make.held(world, framework)
    assert queries.gaps(world.carrier_manager.actor, days(0)) == []


def test_a_year_shows_its_own_audits_and_what_is_left_of_earlier_ones(world, framework):
    make.planned(world, framework, title="Alt", planned_on=date(2024, 5, 1))
    now = make.planned(world, framework, planned_on=days(0))
    by, year = world.carrier_manager.actor, days(0).year
    assert queries.of_year(by, year) == [now]
    assert [row.title for row in queries.left_over(by, year)] == ["Alt"]
    assert queries.years(by, days(0)) == [year + 1, year, 2024]


def lines(world, kind, name):
    return list(KINDS[kind].rows(world.personas[name].actor, days(0)))


def test_what_audits_ask_of_somebody_today(world, framework):
    audit = make.external(world, framework, planned_on=days(7))
    item = make.point_of(audit)
    assert len(lines(world, "audit_point", "carrier_manager")) == audit.preparation.count()
    acts.set_point(
        by=world.carrier_manager.actor, audit=audit, item=item, text="Raum", due_on=days(3), owner=world.colleague.person
    )  # fmt: skip
    assert lines(world, "audit_point", "colleague") == [item]
    assert item not in lines(world, "audit_point", "carrier_manager")
    assert lines(world, "audit_hold", "counsellor") == []
    near = make.planned(world, framework, planned_on=days(7))
    assert lines(world, "audit_hold", "counsellor") == [near]


def test_deviations_wait_for_an_answer_but_not_by_the_auditor(world, framework):
    audit = make.held(world, framework, b_1=G.MINOR, b_2=G.OPPORTUNITY)
    row = make.finding_of(audit)
    assert lines(world, "audit_answer", "technical_lead") == [row]
    assert lines(world, "audit_answer", "counsellor") == []
    make.answered(world, row)
    assert lines(world, "audit_answer", "technical_lead") == []


@pytest.mark.rule("QM-06")
def test_what_is_not_grave_asks_for_nothing(world, framework):
    audit = make.held(world, framework, b_1=G.OBSERVATION, b_2=G.OPPORTUNITY, b_3=G.GOOD_PRACTICE)
    assert audit.state == AuditState.FOLLOWED_UP
    assert all(rules.is_answered(row) and rules.is_settled(row) for row in audit.findings.all())
    assert acts.close_audit(by=world.carrier_manager.actor, audit=audit).state == AuditState.CLOSED


def test_nobody_leaves_with_an_audit_to_hold_or_to_prepare(world, framework):
    make.planned(world, framework)
    audit = make.external(world, framework)
    item, by = make.point_of(audit), world.carrier_manager.actor
    owner = world.counsellor.person
    acts.set_point(by=by, audit=audit, item=item, text="Raum", due_on=days(3), owner=owner)
    assert [(tie.label, tie.count) for tie in ties_of(owner) if "Vorb" in tie.label or "Audit" in tie.label] == [
        ("Audit, das noch ansteht", 1),
        ("offener Punkt einer Vorbereitung", 1),
    ]
    acts.finish_point(by=by, item=item)
    assert [tie.label for tie in ties_of(owner)] == ["Audit, das noch ansteht"]
