"""Governed documents: written by one, approved by another, reviewed in time, read by everyone concerned (QM-04)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lotse.core.errors import NotAllowed
from lotse.organisations.enums import OrganisationKind as Kind
from lotse.quality import rules
from lotse.quality.actions import governed as acts
from lotse.quality.actions import governed_versions as steps
from lotse.quality.enums import ReviewResult, VersionState
from lotse.quality.models import Acknowledgement, GovernedDocument, GovernedVersion
from lotse.quality.queries import governed as queries
from lotse.quality.queries.wording import beside
from tests.factories import quality_papers as make
from tests.funding.refusing import refused
from tests.personas import organisation, persona

TODAY = timezone.localdate


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def seen_by(persona_of):
    return list(GovernedDocument.objects.visible_to(persona_of.actor))


@pytest.mark.rule("QM-04")
@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(1, 60))
def test_the_next_review_is_one_interval_later_and_overdue_the_day_after(since, months):
    day = rules.review_on(since, months)
    assert (day.year - since.year) * 12 + day.month - since.month == months
    assert not rules.is_overdue(day, day)
    assert rules.is_overdue(day, day + timedelta(days=1))
    assert not rules.is_overdue(None, day)


def test_a_version_goes_from_draft_to_in_force(world):
    document = make.document(world)
    version = make.draft(world, document)
    assert (version.number, version.stage[0]) == (1, "Entwurf")
    steps.submit_version(by=world.technical_lead.actor, version=version)
    assert fresh(version).stage[0] == "wartet auf Freigabe"
    steps.approve_version(by=world.carrier_manager.actor, version=version, valid_from=TODAY())
    version = fresh(version)
    assert (version.stage[0], version.approved_by) == ("in Kraft", world.carrier_manager.person)
    assert version.review_on == rules.review_on(TODAY(), 12)


@pytest.mark.rule("QM-04")
def test_nobody_approves_what_she_has_written(world):
    document = make.document(world)
    version = make.submitted(world, document)
    assert not rules.may_approve(world.technical_lead.actor, version)
    with pytest.raises(NotAllowed):
        steps.approve_version(by=world.technical_lead.actor, version=version, valid_from=TODAY())
    assert rules.may_approve(world.carrier_manager.actor, version)
    assert not rules.may_approve(world.counsellor.actor, version)


def test_who_writes_last_has_written_it(world):
    version = make.draft(world, make.document(world))
    steps.write_version(by=world.carrier_manager.actor, version=version, text="Anders.", revision=1)
    steps.submit_version(by=world.carrier_manager.actor, version=version)
    with pytest.raises(NotAllowed):
        steps.approve_version(by=world.carrier_manager.actor, version=fresh(version), valid_from=TODAY())
    approved = steps.approve_version(by=world.technical_lead.actor, version=version, valid_from=TODAY())
    assert (approved.text, approved.is_holding) == ("Anders.", True)


def test_a_second_writer_is_told_that_another_has_saved(world):
    version = make.draft(world, make.document(world))
    steps.write_version(by=world.carrier_manager.actor, version=version, text="Anders.", revision=1)
    said = refused(
        lambda: steps.write_version(by=world.technical_lead.actor, version=version, text="Wieder.", revision=1)
    )
    assert "Inzwischen hat jemand anderes gespeichert" in said[0]


def test_a_version_is_text_or_file(world):
    document = make.document(world)
    assert refused(lambda: make.draft(world, document, "  ")) == [steps.TEXT_OR_FILE]
    version = make.draft_file(world, document)
    assert (version.text, version.file.name) == ("", "plan.pdf")
    assert len(version.file.sha256) == 64
    version = steps.write_version(by=world.technical_lead.actor, version=version, text="Jetzt Text.")
    assert (version.text, version.file) == ("Jetzt Text.", None)


def test_there_is_one_draft_at_a_time_and_it_says_what_changes(world):
    version = make.in_force(world)
    assert refused(lambda: make.draft(world, version.document)) == [steps.SAY_WHAT]
    second = make.draft(world, version.document, change_note="kürzer")
    assert second.number == 2
    assert refused(lambda: make.draft(world, version.document, change_note="noch kürzer")) == [
        "Zu diesem Dokument gibt es schon einen Entwurf."
    ]


def test_what_is_returned_can_be_written_again(world):
    version = make.submitted(world, make.document(world))
    assert refused(lambda: steps.write_version(by=world.technical_lead.actor, version=version, text="x")) == [
        steps.NOT_DRAFT
    ]
    steps.return_version(by=world.carrier_manager.actor, version=version, remark="Bitte das Jahr nennen.")
    assert (fresh(version).state, fresh(version).remark) == (VersionState.DRAFT, "Bitte das Jahr nennen.")
    assert refused(lambda: steps.return_version(by=world.carrier_manager.actor, version=version, remark="x")) == [
        steps.NOT_SUBMITTED
    ]


def test_a_new_version_takes_over_on_its_day(world):
    first = make.in_force(world, days=30)
    second = make.approved(world, first.document, -5, "Neu.", change_note="neu")
    assert (fresh(first).stage[0], second.stage[0]) == ("in Kraft", "gilt später")
    assert fresh(first).ended_on == second.valid_from
    assert queries.holding_version(first.document) == first
    assert list(GovernedVersion.objects.holding(second.valid_from)) == [second]


def test_a_version_that_is_still_to_come_is_withdrawn_and_the_last_goes_on(world):
    first = make.in_force(world, days=30)
    second = make.approved(world, first.document, -5, "Neu.", change_note="neu")
    steps.withdraw_version(by=world.carrier_manager.actor, version=second)
    assert (fresh(first).ended_on, fresh(second).stage[0]) == (None, "zurückgezogen")
    assert not fresh(second).is_to_come_or_holds
    assert list(GovernedVersion.objects.holding(second.valid_from)) == [first]


def test_withdrawn_means_not_in_force_from_today(world):
    version = make.in_force(world)
    steps.withdraw_version(by=world.carrier_manager.actor, version=version)
    assert not fresh(version).is_holding
    assert list(GovernedVersion.objects.holding(make.days_ago(1))) == [version]
    assert refused(lambda: steps.withdraw_version(by=world.carrier_manager.actor, version=version)) == [steps.OVER]


def test_the_days_of_an_approval_are_in_order(world):
    first = make.in_force(world, days=10)
    second = make.submitted(world, first.document, change_note="neu")
    by = world.carrier_manager.actor

    def approve(valid_from, on=None):
        return refused(lambda: steps.approve_version(by=by, version=second, valid_from=valid_from, on=on))

    assert approve(make.days_ago(1)) == [steps.BEFORE_APPROVAL]
    assert approve(make.days_ago(20), make.days_ago(20)) == [steps.TOO_EARLY]
    assert approve(TODAY(), make.days_ago(-1)) == ["Das Datum liegt in der Zukunft."]


@pytest.mark.rule("QM-04")
def test_a_review_without_change_moves_the_next_day(world):
    version = make.in_force(world, days=400)
    assert rules.is_overdue(version.review_on, TODAY())
    steps.review_version(by=world.technical_lead.actor, version=version, result=ReviewResult.UNCHANGED, note="passt")
    assert fresh(version).review_on == rules.review_on(TODAY(), 12)
    [review] = queries.reviews(version.document)
    assert (review.by, review.note) == (world.technical_lead.person, "passt")


@pytest.mark.rule("QM-04")
def test_what_needs_a_new_version_stays_due(world):
    version = make.in_force(world, days=400)
    steps.review_version(by=world.technical_lead.actor, version=version, result=ReviewResult.NEW_VERSION)
    assert fresh(version).review_on == version.review_on


@pytest.mark.rule("QM-04")
def test_another_interval_moves_the_day(world):
    version = make.in_force(world, days=10)
    document = version.document
    acts.change_document(
        by=world.carrier_manager.actor, document=document, kind=document.kind, title="Leitbild 2", number="L 1",
        owner=document.owner, review_every=24, is_confidential=False, roles=[], unit=None, revision=1,
    )  # fmt: skip
    assert fresh(version).review_on == rules.review_on(version.approved_on, 24)
    assert str(fresh(document)) == "L 1 Leitbild 2"


def test_only_what_is_in_force_is_reviewed(world):
    version = make.draft(world, make.document(world))
    said = refused(
        lambda: steps.review_version(by=world.technical_lead.actor, version=version, result=ReviewResult.UNCHANGED)
    )
    assert said == [steps.NOT_HOLDING]


@pytest.mark.rule("QM-04")
def test_who_owns_a_document_writes_it_and_nobody_else(world):
    document = make.document(world, owner=world.counsellor.person)
    assert rules.writes(world.counsellor.actor, document)
    assert not rules.writes(world.colleague.actor, document)
    assert not rules.writes(world.counsellor.actor.but(organisation_id=world.suedstadt.pk), document)
    version = steps.begin_version(by=world.counsellor.actor, document=document, text="Mein Text.")
    with pytest.raises(NotAllowed):
        steps.submit_version(by=world.colleague.actor, version=version)
    with pytest.raises(NotAllowed):
        acts.change_document(by=world.counsellor.actor, document=document, title="x")


def test_the_owner_works_at_the_carrier(world):
    assert refused(lambda: make.document(world, owner=world.outsider.person)) == [acts.FOREIGN_OWNER]
    assert refused(lambda: make.document(world, unit=world.suedstadt)) == [acts.FOREIGN_UNIT]
    with pytest.raises(NotAllowed):
        acts.enter_document(
            by=world.counsellor.actor, organisation=world.nordstadt, kind="mission", title="x",
            owner=world.counsellor.person,
        )  # fmt: skip


def test_a_number_is_given_once(world):
    make.document(world, number="L 1")
    assert refused(lambda: make.document(world, "Zweites", number="L 1")) == [
        "Diese Nummer hat schon ein anderes Dokument."
    ]


def test_colleagues_see_what_is_in_force_keepers_and_owner_everything(world):
    document = make.document(world, owner=world.colleague.person)
    assert seen_by(world.counsellor) == []
    assert seen_by(world.colleague) == seen_by(world.carrier_manager) == [document]
    make.approved(world, document)
    assert seen_by(world.counsellor) == [document]
    for stranger in ("outsider", "funder", "coordinator"):
        assert seen_by(world.personas[stranger]) == []


def test_a_draft_beside_what_is_in_force_is_not_seen(world):
    version = make.in_force(world)
    make.draft(world, version.document, "Neu.", change_note="neu")
    assert list(GovernedVersion.objects.visible_to(world.counsellor.actor)) == [version]
    assert GovernedVersion.objects.visible_to(world.carrier_manager.actor).count() == 2


def test_what_is_confidential_is_seen_by_whom_it_concerns(world):
    version = make.in_force(world, is_confidential=True, roles=["integration_specialist"])
    assert seen_by(world.specialist) == [version.document]
    assert seen_by(world.counsellor) == []
    assert list(GovernedVersion.objects.visible_to(world.counsellor.actor)) == []


def concerned(version):
    return {person.first_name for person in queries.concerned(version.document)}


def test_everybody_who_works_there_is_concerned_by_default(world):
    version = make.in_force(world)
    assert concerned(version) == {
        "Counsellor", "Colleague", "Technical_Lead", "Carrier_Manager", "Sysadmin", "Specialist", "Dpo",
    }  # fmt: skip


def test_a_document_may_concern_roles_or_one_agency(world):
    agency = organisation("Agentur", Kind.AGENCY, world.nordstadt)
    persona(world, "of_agency", agency, "integration_specialist")
    world.of_agency.person.organisation = world.nordstadt
    world.of_agency.person.save()
    by_role = make.in_force(world, "A", roles=["counsellor", "dpo"])
    by_agency = make.in_force(world, "B", unit=agency)
    both = make.in_force(world, "C", unit=agency, roles=["counsellor"])
    assert concerned(by_role) == {"Counsellor", "Colleague", "Dpo"}
    assert concerned(by_agency) == {"Of_Agency"}
    assert concerned(both) == set()
    to_read = GovernedVersion.objects.to_acknowledge_by
    assert set(to_read(world.of_agency.actor)) == {by_agency}
    assert set(to_read(world.counsellor.actor)) == {by_role}
    assert dict(queries._missing(world.carrier_manager.actor)) == {
        by_role.document_id: 3, by_agency.document_id: 1, both.document_id: 0,
    }  # fmt: skip


def test_a_role_is_not_found_within_the_name_of_another(world):
    """“counsellor” is no part of a list that names only something longer."""
    version = make.in_force(world, roles=["integration_specialist", "integration_officer"])
    assert concerned(version) == {"Specialist"}
    assert set(GovernedVersion.objects.to_acknowledge_by(world.counsellor.actor)) == set()


def test_read_and_understood_is_said_once_by_whom_it_concerns(world):
    version = make.in_force(world, roles=["counsellor"])
    acts.acknowledge(by=world.counsellor.actor, version=version)
    assert Acknowledgement.objects.get().person == world.counsellor.person
    for who in (world.counsellor, world.dpo, world.outsider):
        assert refused(acts.acknowledge, by=who.actor, version=version) == [acts.NOT_CONCERNED]
    readers = queries.readers(version)
    assert [(row.person.first_name, row.acknowledgement is not None) for row in readers] == [
        ("Colleague", False), ("Counsellor", True),
    ]  # fmt: skip


def test_a_new_version_is_to_be_read_again(world):
    first = make.in_force(world)
    acts.acknowledge(by=world.counsellor.actor, version=first)
    assert set(GovernedVersion.objects.to_acknowledge_by(world.counsellor.actor)) == set()
    second = make.approved(world, first.document, text="Neu.", change_note="neu")
    assert set(GovernedVersion.objects.to_acknowledge_by(world.counsellor.actor)) == {second}


def test_who_has_left_is_not_missing(world):
    version = make.in_force(world, roles=["counsellor"])
    acts.acknowledge(by=world.counsellor.actor, version=version)
    for who in (world.counsellor, world.colleague):
        who.person.left_on = make.days_ago(1)
        who.person.save()
    assert [row.person for row in queries.readers(version)] == [world.counsellor.person]


def said(rows):
    return [
        ("".join(p.words for p in row.before if p.is_changed), "".join(p.words for p in row.after if p.is_changed))
        for row in rows
        if not row.left_out
    ]


def test_two_texts_stand_beside_each_other_with_what_changed():
    before = "Eins.\n\nZwei.\n\nDrei.\n\nVier.\n\nWir beraten Frauen."
    after = "Eins.\n\nZwei.\n\nDrei.\n\nVier.\n\nWir beraten Menschen.\n\nNeu."
    rows = beside(before, after)
    assert rows[0].left_out == 3
    assert said(rows) == [("", ""), ("Frauen.", "Menschen."), ("", "Neu.")]
    assert beside(before, before) == []


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_nothing_is_lost_between_two_texts(before, after):
    rows = beside(before, after)
    shown = sum(len(row.after) > 0 for row in rows) + sum(row.left_out for row in rows)
    paragraphs = [line for line in after.splitlines() if line.strip()]
    assert shown == (len(paragraphs) if rows else 0)
    assert bool(rows) == ([x.strip() for x in before.splitlines() if x.strip()] != [x.strip() for x in paragraphs])
