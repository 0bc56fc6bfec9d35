"""The way of a document: handed in, returned, released, transmitted, accepted or corrected."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions.comments import comment, resolve_comment, withdraw_comment
from lotse.agency.actions.release import (
    accept,
    hand_in,
    release_document,
    request_correction,
    return_document,
    transmit,
)
from lotse.agency.actions.reports import write_report
from lotse.agency.enums import Channel, DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, GoalResult, Measure, ReleasedDocument, ReportSection, Task
from lotse.agency.queries.content import content_of, lines
from lotse.agency.queries.places import place_of
from lotse.core.canonical import digest
from lotse.core.errors import NotAllowed
from lotse.correspondence.models import OutgoingMail
from lotse.documents.enums import EvidenceKind
from lotse.documents.models import Evidence
from tests.agency import way
from tests.factories.agencies import YEAR


@pytest.fixture
def planned(house):
    return way.planned(house)


def states(document):
    return list(document.way.values_list("state", flat=True))


@pytest.mark.rule("IA-11")
def test_a_report_goes_its_way_and_every_step_is_kept(world, house, planned):
    document = way.accepted(house)
    document.refresh_from_db()
    assert document.state == DocumentState.ACCEPTED
    assert states(document) == ["ready_for_review", "released", "transmitted", "accepted"]
    assert [str(step.by) for step in document.way.all()] == ["Worker Beispiel", *["Coordinator Beispiel"] * 3]


@pytest.mark.rule("IA-10")
def test_what_is_missing_is_named_when_it_is_handed_in(world, house, planned):
    report = way.drafted(house)
    with pytest.raises(ValidationError, match="Teilziel „Mehr Treffen“: erreichter Wert"):
        hand_in(by=world.worker.actor, document=report)


@pytest.mark.rule("IA-11")
@pytest.mark.parametrize("state", DocumentState)
def test_only_the_coordination_reviews_and_only_what_was_handed_in(world, house, state):
    document = AgencyDocument(agency=house.agency, state=state, responsible=world.worker.person)
    for ask, wanted in ((rules.reviews, "ready_for_review"), (rules.may_release, "ready_for_review")):
        able = {name for name, p in world.personas.items() if p.person and ask(p.actor, document)}
        assert able == ({"coordinator"} if state == wanted else set())


@pytest.mark.rule("FU-03")
@pytest.mark.parametrize("state", DocumentState)
def test_only_the_coordination_speaks_with_the_authority(world, house, state):
    document = AgencyDocument(agency=house.agency, state=state, responsible=world.worker.person)
    for ask, wanted in ((rules.transmits, "released"), (rules.hears_back, "transmitted")):
        able = {name for name, p in world.personas.items() if p.person and ask(p.actor, document)}
        assert able == ({"coordinator"} if state == wanted else set())


@pytest.mark.rule("IA-11")
def test_nobody_releases_what_she_is_responsible_for(world, house, planned):
    document = way.handed_in(house)
    AgencyDocument.objects.filter(pk=document.pk).update(responsible=world.coordinator.person)
    document.refresh_from_db()
    assert not rules.may_release(world.coordinator.actor, document)
    with pytest.raises(NotAllowed, match="jemand anderes"):
        release_document(by=world.coordinator.actor, document=document)


@pytest.mark.rule("IA-11")
def test_who_works_in_the_agency_takes_no_step_of_the_coordination(world, house, planned):
    document, today = way.handed_in(house), timezone.localdate()
    steps = (
        lambda by: release_document(by=by, document=document),
        lambda by: return_document(by=by, document=document, note="x"),
        lambda by: transmit(by=by, document=document, on=today, channel=Channel.POST),
        lambda by: accept(by=by, document=document, on=today),
        lambda by: request_correction(by=by, document=document, on=today, note="x"),
        lambda by: comment(by=by, document=document, place="", text="x"),
    )
    for step in steps:
        with pytest.raises(NotAllowed):
            step(world.worker.actor)


def test_steps_are_taken_in_their_order_only(world, house, planned):
    document, by, today = way.handed_in(house), world.coordinator.actor, timezone.localdate()
    with pytest.raises(ValidationError, match="zur Prüfung"):
        transmit(by=by, document=document, on=today, channel=Channel.POST)
    with pytest.raises(ValidationError, match="zur Prüfung"):
        accept(by=by, document=document, on=today)
    release_document(by=by, document=document)
    with pytest.raises(ValidationError, match="freigegeben"):
        release_document(by=by, document=document)
    with pytest.raises(ValidationError, match="Zukunft"):
        transmit(by=by, document=document, on=today + timedelta(days=1), channel=Channel.POST)


@pytest.mark.rule("IA-11")
def test_what_was_released_is_frozen_with_its_checksum_and_filed(world, house, planned):
    kept = way.released(house)
    assert kept.sha256 == sha256(kept.content.encode()).hexdigest() == digest(json.loads(kept.content))
    assert (kept.document.state, kept.by) == (DocumentState.RELEASED, world.coordinator.person)
    filed = Evidence.objects.get(unit=house.agency, funding_year=YEAR, kind=EvidenceKind.RELEASED)
    assert (filed, filed.file.media_type) == (kept.evidence, "application/pdf")
    assert f"{filed.file.keep_until}" == f"{YEAR + 10}-12-31"


@pytest.mark.rule("IA-11")
def test_what_was_released_cannot_be_changed(world, house, planned):
    kept = way.released(house)
    for change in (
        kept.save,
        kept.delete,
        ReleasedDocument.objects.all().delete,
        lambda: ReleasedDocument.objects.update(sha256=""),
    ):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(ValidationError, match="eingereicht"):
        write_report(by=world.worker.actor, document=kept.document, texts={}, results={})
    Measure.objects.update(participants=999)
    assert '"Teilnehmende":"14"' in ReleasedDocument.objects.get().content


def test_a_document_comes_back_with_comments_at_the_passage(world, house, planned):
    document, by = way.handed_in(house), world.coordinator.actor
    with pytest.raises(ValidationError, match="zu ändern"):
        return_document(by=by, document=document)
    section = ReportSection.objects.get(document=document, kind="task")
    remark = comment(by=by, document=document, place=place_of(section), text="Bitte die Orte nennen.")
    assert remark.passage == "Treffpunkte schaffen"
    return_document(by=by, document=document)
    document.refresh_from_db()
    assert (document.state, document.missing) == (DocumentState.RETURNED, 1)
    assert OutgoingMail.objects.count() == 1  # to who is responsible
    with pytest.raises(ValidationError, match="abhaken"):
        hand_in(by=world.worker.actor, document=document)
    with pytest.raises(NotAllowed):
        resolve_comment(by=by, remark=remark)
    resolve_comment(by=world.worker.actor, remark=remark)
    hand_in(by=world.worker.actor, document=document)
    document.refresh_from_db()
    assert (document.state, states(document)) == (
        "ready_for_review",
        ["ready_for_review", "returned", "ready_for_review"],
    )


def test_a_place_that_does_not_exist_is_the_whole_document(world, house, planned):
    remark = comment(by=world.coordinator.actor, document=way.handed_in(house), place="x" * 500, text="Schön.")
    assert (remark.place, remark.passage) == ("", "")


def test_a_comment_is_withdrawn_until_the_document_goes_back(world, house, planned):
    document, by = way.handed_in(house), world.coordinator.actor
    first, second = (comment(by=by, document=document, place="", text=text) for text in ("Eins", "Zwei"))
    withdraw_comment(by=by, remark=first)
    return_document(by=by, document=document)
    with pytest.raises(ValidationError, match="zur Prüfung"):
        withdraw_comment(by=by, remark=second)
    assert list(document.comments.all()) == [second]


def corrected(world, house):
    document = way.transmitted(house)
    today = timezone.localdate()
    return document, request_correction(by=world.coordinator.actor, document=document, on=today, note="Zahlen prüfen.")


def test_a_correction_begins_a_new_version_with_the_same_rows(world, house, planned):
    old, new = corrected(world, house)
    old.refresh_from_db()
    assert (old.state, new.state, new.version) == ("correction_requested", "draft", 2)
    said, again = content_of(old), content_of(new)
    assert said["parts"] == again["parts"]
    assert ReportSection.objects.filter(document=old).count() == ReportSection.objects.filter(document=new).count() == 3
    assert GoalResult.objects.filter(document=new).get().achieved == 6
    section = ReportSection.objects.get(document=new, kind="overview")
    write_report(by=world.worker.actor, document=new, texts={section.public_id: "Neu"}, results={})
    assert ReleasedDocument.objects.get(document=old).content != json.dumps(content_of(new))
    changed = set(lines(content_of(new))) - set(lines(content_of(old)))
    assert changed == {(f"Das Jahr {YEAR} · Text", "Neu")}


def test_a_new_version_of_the_plan_takes_measures_and_reports_along(world, house, planned):
    plan, task, goal, measure = planned
    report = way.written(house)
    need = house.need(house.document(DocumentKind.ANALYSIS))
    task.needs.add(need)
    day = timezone.now()
    AgencyDocument.objects.filter(pk=plan.pk).update(
        state="transmitted", transmitted_on=day.date(), released_at=day, released_by=world.coordinator.person
    )
    plan.refresh_from_db()
    new = request_correction(by=world.coordinator.actor, document=plan, on=day.date(), note="Bitte konkreter.")
    copy = Task.objects.get(document=new)
    measure.refresh_from_db()
    assert (measure.task, [*copy.needs.all()], [*task.needs.all()]) == (copy, [need], [need])
    assert ReportSection.objects.get(document=report, kind="task").task == copy
    assert GoalResult.objects.get(document=report).goal == copy.goals.get()
    assert task.goals.get() == goal


def test_a_new_version_of_the_analysis_takes_the_tasks_along(world, house):
    analysis = house.document(DocumentKind.ANALYSIS)
    need = house.need(analysis)
    task, day = house.task(house.document(), need), timezone.now()
    AgencyDocument.objects.filter(pk=analysis.pk).update(
        state="transmitted", transmitted_on=day.date(), released_at=day, released_by=world.coordinator.person
    )
    analysis.refresh_from_db()
    new = request_correction(by=world.coordinator.actor, document=analysis, on=day.date(), note="Quelle fehlt.")
    assert [one.document for one in task.needs.all()] == [new]


def test_what_is_missing_is_counted_after_every_change(world, house, planned, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        report = way.drafted(house)
    report.refresh_from_db()
    assert report.missing == 1
    with django_capture_on_commit_callbacks(execute=True):
        results = {planned[2].public_id: (planned[2].target, "")}
        write_report(by=world.worker.actor, document=report, texts={}, results=results)
    report.refresh_from_db()
    assert report.missing == 0
