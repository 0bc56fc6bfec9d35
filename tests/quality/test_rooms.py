"""The rooms of assessors and board: what each side reads and does there, and what it never sees."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.documents.models import StoredFile
from lotse.quality.actions import assessing, deciding
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Outcome, Side, Vote
from lotse.quality.models import (
    AuditReport,
    BoardDecision,
    BoardVote,
    Criterion,
    FeedbackRemark,
    FeedbackReport,
    InterviewNote,
    OnSiteCheck,
    Submission,
    Visit,
)
from tests.factories import quality_certification as make
from tests.factories import quality_guests as guests

TODAY = timezone.localdate


def room(certification, rest=""):
    return f"/gutachten/{certification.public_id}/{rest}"


def read(web, certification, rest=""):
    answer = web.get(room(certification, rest))
    assert answer.status_code == 200, rest
    return answer.content.decode()


def presented(world, procedure):
    return make.presented(world, make.visited(world, make.reviewed(world, procedure)))


@pytest.fixture
def papers(world):
    return guests.with_papers(world)


@pytest.fixture
def assessor(world, papers, login):
    return login(guests.guest(world, papers[0]))


@pytest.fixture
def member(world, papers, login):
    return login(guests.board(world, papers[0]))


def test_assessors_read_answers_and_submitted_evidence(papers, assessor):
    procedure, paper, _withheld = papers
    page = read(assessor, procedure, "checkliste/")
    assert "So machen wir das." in page
    answer = assessor.get(room(procedure, f"nachweise/{paper.public_id}/"))
    assert answer.status_code == 200
    assert b"%PDF" in b"".join(answer.streaming_content if answer.streaming else [answer.content])


@pytest.mark.rule("DP-09")
def test_what_is_shown_on_site_only_stands_there_by_title_and_has_no_way_to_a_file(papers, assessor):
    procedure, _paper, withheld = papers
    page = read(assessor, procedure, "checkliste/")
    assert "Personalakten" in page
    assert "nur vor Ort" in page
    assert withheld.public_id not in page
    assert assessor.get(room(procedure, f"nachweise/{withheld.public_id}/")).status_code == 404


@pytest.mark.rule("DP-09")
def test_a_file_that_slipped_in_is_not_handed_out_either(papers, assessor):
    """The database refuses it; were it there all the same, no address would lead to it."""
    procedure, paper, _withheld = papers
    for stored in StoredFile.objects.all():
        for guessed in (f"nachweise/{stored.public_id}/", f"nachweise/{stored.storage_name}/"):
            assert assessor.get(room(procedure, guessed)).status_code == 404
    Submission.objects.filter(pk=paper.pk).update(submitted_on=None)
    assert assessor.get(room(procedure, f"nachweise/{paper.public_id}/")).status_code == 404


@pytest.mark.rule("DP-09")
def test_evidence_of_another_procedure_is_not_handed_out(world, papers, assessor):
    other = make.to_checklist(world, framework=make.make.small(world, key="zweites"))
    foreign = make.document(world, other, "Fremd")
    make.handed_in(world, other)
    assert assessor.get(room(papers[0], f"nachweise/{foreign.public_id}/")).status_code == 404
    assert assessor.get(room(other, f"nachweise/{foreign.public_id}/")).status_code == 404


def test_nothing_is_there_before_the_checklist_was_handed_in(world, login):
    procedure = make.to_checklist(world)
    paper = make.document(world, procedure, "Entwurf")
    web = login(guests.guest(world, procedure))
    assert "noch nicht eingereicht" in read(web, procedure, "checkliste/")
    assert web.get(room(procedure, f"nachweise/{paper.public_id}/")).status_code == 404


def test_feedback_is_written_criterion_by_criterion_and_issued(papers, assessor):
    procedure = papers[0]
    criterion = Criterion.objects.get(framework=procedure.framework, slug="b-1")
    where = room(procedure, f"checkliste/{criterion.public_id}/")
    assert "Beispiel 1 gilt." in assessor.get(where).content.decode()
    answer = assessor.post(where, {"text": "Bitte belegen.", "needs_rework": "on", "revision": ""})
    assert answer["Location"].startswith(room(procedure, "checkliste/"))
    assessor.post(room(procedure, "rueckmeldung/zusammenfassung/"), {"summary": "Gut.", "revision": "1"})
    assert "Bitte belegen." in read(assessor, procedure, "rueckmeldung/")

    assessor.post(room(procedure, "rueckmeldung/ausgeben/"))
    report = FeedbackReport.objects.get()
    assert (report.issued_on, report.asks_rework, report.issued_by) == (TODAY(), True, "Gerda Beispiel (Begutachtung)")
    assert "Bitte belegen." in read(assessor, procedure, "rueckmeldung/1/")
    procedure.refresh_from_db()
    assert procedure.state == State.REWORK


def test_two_assessors_do_not_overwrite_each_other(world, papers, assessor, login):
    procedure = papers[0]
    criterion = Criterion.objects.get(framework=procedure.framework, slug="b-1")
    where = room(procedure, f"checkliste/{criterion.public_id}/")
    assessor.post(where, {"text": "Erste", "revision": ""})
    second = login(guests.guest(world, procedure, name="Gustav Beispiel"))
    assessor.post(where, {"text": "Zweite", "revision": "1"})
    assert (
        "Inzwischen hat jemand anderes gespeichert"
        in second.post(where, {"text": "Dritte", "revision": "1"}).content.decode()
    )
    assert FeedbackRemark.objects.get().text == "Zweite"


def test_what_is_typed_is_kept_while_it_is_typed(papers, assessor):
    procedure = papers[0]
    where = room(procedure, "rueckmeldung/zusammenfassung/")
    ref = {"draft_form": "guest-summary", "draft_object": procedure.public_id}
    kept = assessor.post("/entwurf/", {**ref, "summary": "Halb getippt", "draft_revision": ""})
    assert kept.status_code == 200
    assert "Halb getippt" in assessor.get(where).content.decode()
    assessor.post(where, {**ref, "summary": "Ganz", "revision": ""})
    assert "Ihr Entwurf" not in assessor.get(where).content.decode()


def test_the_visit_is_planned_checked_noted_and_finished(world, papers, assessor):
    procedure = make.reviewed(world, papers[0])
    day = f"{TODAY():%d.%m.%Y}"
    assessor.post(room(procedure, "besuch/planen/"), {"on": day, "revision": ""})
    check = OnSiteCheck.objects.get()
    assert check.title == "Personalakten"
    assessor.post(room(procedure, "besuch/gespraech/"), {"function": "Beratung", "text": "Gut.", "revision": ""})
    note = InterviewNote.objects.get()
    assessor.post(
        room(procedure, f"besuch/gespraech/{note.public_id}/"),
        {"function": "Beratung", "text": "Sehr gut.", "revision": "1"},
    )
    assessor.post(room(procedure, "besuch/dokument/"), {"title": "Brandschutz"})
    for row in OnSiteCheck.objects.all():
        seen = "ja" if row.submission else "nein"
        assessor.post(
            room(procedure, f"besuch/dokument/{row.public_id}/"),
            {"was_seen": seen, "remark": "", "revision": str(row.revision)},
        )
    page = read(assessor, procedure, "besuch/")
    assert "Sehr gut." in page
    assert "nicht gesehen" in page
    assessor.post(room(procedure, "besuch/abschliessen/"), {"on": day})
    assert Visit.objects.get().done_on == TODAY()
    assert "Besuch abschließen" not in read(assessor, procedure, "besuch/")


def test_the_audit_report_is_written_and_presented(world, papers, assessor, member):
    procedure = make.visited(world, make.reviewed(world, papers[0]))
    words = {"text": "Alles da.", "recommendation": "granted", "revision": ""}
    assessor.post(room(procedure, "auditbericht/schreiben/"), words)
    assert "Entwurf" in read(assessor, procedure, "auditbericht/")
    assert "Alles da." not in read(member, procedure, "auditbericht/")
    assessor.post(room(procedure, "auditbericht/vorlegen/"))
    assert AuditReport.objects.get().presented_by == "Gerda Beispiel (Begutachtung)"
    assert "Alles da." in read(member, procedure, "auditbericht/")
    assert "Ändern" not in read(assessor, procedure, "auditbericht/")


@pytest.mark.rule("QM-09")
def test_assessors_never_see_the_vote_and_never_decide(world, papers, assessor):
    procedure = presented(world, papers[0])
    for rest in ("abstimmung/", "abstimmung/entscheidung/", "abstimmung/auflagen/"):
        assert assessor.get(room(procedure, rest)).status_code == 404
        assert assessor.post(room(procedure, rest), {"vote": "yes", "outcome": "granted"}).status_code == 404
    assert "Abstimmung" not in read(assessor, procedure)
    assert (BoardVote.objects.count(), BoardDecision.objects.count()) == (0, 0)


@pytest.mark.rule("QM-09")
def test_the_board_sees_states_and_reports_neither_evidence_nor_words_nor_notes(world, papers, member):
    procedure, paper, withheld = papers
    presented(world, procedure)
    page = read(member, procedure, "checkliste/")
    assert "erfüllt" in page
    for hidden in ("So machen wir das.", "Konzeption", "Personalakten", paper.public_id):
        assert hidden not in page
    assert "Gut aufbereitet." in read(member, procedure, "rueckmeldung/1/")
    assert "Die Standards werden gelebt." in read(member, procedure, "auditbericht/")
    for rest in (f"nachweise/{paper.public_id}/", f"nachweise/{withheld.public_id}/", "besuch/", "besuch/gespraech/"):
        assert member.get(room(procedure, rest)).status_code == 404


@pytest.mark.rule("QM-09")
def test_the_board_changes_nothing_of_the_assessors(papers, member):
    procedure = papers[0]
    criterion = Criterion.objects.filter(framework=procedure.framework).first()
    paths = (
        f"checkliste/{criterion.public_id}/", "rueckmeldung/zusammenfassung/", "rueckmeldung/ausgeben/", "besuch/planen/",
        "auditbericht/schreiben/", "auditbericht/vorlegen/", "zeitplan/",
    )  # fmt: skip
    for rest in paths:
        assert member.post(room(procedure, rest), {"text": "x", "summary": "x"}).status_code == 404, rest
    assert not FeedbackReport.objects.exists()


def test_each_member_votes_once_and_may_change_it_until_the_chair_has_decided(world, login):
    procedure = make.registered(world)
    make.seat(world, procedure, "assessor", Side.ASSESSOR)
    chair = login(guests.board(world, procedure, is_chair=True))
    second = login(guests.board(world, procedure, name="Bea Beispiel"))
    procedure = presented(world, make.handed_in(world, make.scheduled(world, make.contracted(world, procedure))))

    assert "0 von 2 haben abgestimmt" in read(chair, procedure, "abstimmung/")
    for vote in ("no", "yes"):
        chair.post(room(procedure, "abstimmung/"), {"vote": vote, "reason": ""})
    assert "Gerade ist für Sie nichts zu tun." not in read(second, procedure)
    assert "Halten Sie fest" in read(chair, procedure)
    second.post(room(procedure, "abstimmung/"), {"vote": "no", "reason": "Noch nicht."})
    assert "Gerade ist für Sie nichts zu tun." in read(second, procedure)
    assert sorted(BoardVote.objects.values_list("vote", flat=True)) == [Vote.NO, Vote.YES]
    assert "Noch nicht." not in read(chair, procedure, "abstimmung/")

    assert second.get(room(procedure, "abstimmung/entscheidung/")).status_code == 403
    words = {"outcome": "granted", "on": f"{TODAY():%d.%m.%Y}", "reason": ""}
    refused = chair.post(room(procedure, "abstimmung/entscheidung/"), words)
    assert "Stimmengleichheit" in refused.content.decode()
    chair.post(room(procedure, "abstimmung/entscheidung/"), {**words, "reason": "Die Mängel sind behoben."})
    assert BoardDecision.objects.get().outcome == Outcome.GRANTED
    assert second.post(room(procedure, "abstimmung/"), {"vote": "yes"}).status_code == 200  # refused on the page
    assert BoardVote.objects.get(member__guest_name="Bea Beispiel").vote == Vote.NO


def test_conditions_are_set_and_looked_at_again_by_the_chair(world, login):
    procedure = make.registered(world)
    make.seat(world, procedure, "assessor", Side.ASSESSOR)
    guest = guests.board(world, procedure, is_chair=True)
    chair = login(guest)
    procedure = presented(world, make.handed_in(world, make.scheduled(world, make.contracted(world, procedure))))
    deciding.cast_vote(by=guest.actor, certification=procedure, vote=Vote.YES)
    words = {
        "outcome": "conditions", "on": f"{TODAY():%d.%m.%Y}", "conditions": "Protokolle führen.",
        "conditions_due_on": f"{TODAY() + timedelta(days=60):%d.%m.%Y}", "reason": "",
    }  # fmt: skip
    chair.post(room(procedure, "abstimmung/entscheidung/"), words)
    assert "Protokolle führen." in read(chair, procedure, "abstimmung/")
    chair.post(room(procedure, "abstimmung/auflagen/"), {"are_met": "ja", "on": f"{TODAY():%d.%m.%Y}"})
    procedure.refresh_from_db()
    assert procedure.state == State.GRANTED


@pytest.mark.rule("QM-09")
def test_the_chair_revokes_a_certificate_and_the_public_page_says_so(world, login, client):
    procedure = make.registered(world)
    make.seat(world, procedure, "assessor", Side.ASSESSOR)
    guest, other = (
        guests.board(world, procedure, is_chair=True),
        guests.board(world, procedure, name="Bea Beispiel"),
    )
    chair, second = login(guest), login(other)
    procedure = presented(world, make.handed_in(world, make.scheduled(world, make.contracted(world, procedure))))
    deciding.cast_vote(by=guest.actor, certification=procedure, vote=Vote.YES)
    assert chair.get(room(procedure, "abstimmung/entzug/")).status_code == 404
    deciding.decide(by=guest.actor, certification=procedure, outcome=Outcome.GRANTED, on=TODAY())

    assert "abstimmung/entzug/" in read(chair, procedure, "abstimmung/")
    assert "abstimmung/entzug/" not in read(second, procedure, "abstimmung/")
    words = {"on": f"{TODAY():%d.%m.%Y}", "reason": "Falsche Angaben."}
    assert second.post(room(procedure, "abstimmung/entzug/"), words).status_code == 403
    without = chair.post(room(procedure, "abstimmung/entzug/"), {**words, "reason": ""})
    assert "Grund" in without.content.decode()
    assert procedure.certificates.get().revoked_on is None
    chair.post(room(procedure, "abstimmung/entzug/"), words)
    certificate = procedure.certificates.get()
    assert (certificate.revoked_on, certificate.revocation_reason) == (TODAY(), "Falsche Angaben.")
    public = client.get(f"/zertifikat/{certificate.token}/").content.decode()
    assert "gilt nicht mehr" in public
    assert "Falsche Angaben." not in public


def test_assessors_agree_to_the_schedule(world, login):
    procedure = make.contracted(world, make.registered(world))
    web = login(guests.guest(world, procedure))
    make.acts.propose_schedule(by=make.house(world), certification=procedure, days={"3": TODAY(), "5": TODAY()})
    assert "Einverstanden" in read(web, procedure)
    web.post(room(procedure, "zeitplan/"))
    procedure.refresh_from_db()
    assert procedure.state == State.SCHEDULE_AGREED
    assert "Einverstanden" not in read(web, procedure)


@pytest.mark.parametrize("size", [1, 300])
def test_a_long_checklist_is_paged_and_costs_the_same(world, login, django_assert_max_num_queries, size):
    procedure = guests.with_papers(world, size=size)[0]
    web = login(guests.guest(world, procedure))
    read(web, procedure, "checkliste/")
    with django_assert_max_num_queries(18):
        page = read(web, procedure, "checkliste/")
    assert ("Weitere" in page) == (size == 300)
    assert page.count("<tr>") == min(size, 50) + 1


def test_the_second_round_shows_the_new_answer_and_the_revised_document(world, papers, assessor):
    procedure, paper, _withheld = papers
    make.reviewed(world, procedure, rework=("b-1",))
    paper.refresh_from_db()
    revised = make.document(world, make.fresh(procedure), "Konzeption neu", "revised_after_feedback", replaces=paper)
    page = read(assessor, procedure, "checkliste/")
    assert "Konzeption neu" not in page
    assert paper.public_id in page  # not before it is handed in
    make.handed_in(world, make.fresh(procedure))
    page = read(assessor, procedure, "checkliste/")
    assert revised.public_id in page
    assert paper.public_id not in page
    assert "Runde 2" in page
    assert (
        assessing.write_feedback(by=world.assessor.actor, certification=make.fresh(procedure), summary="Zwei").round
        == 2
    )


def test_the_list_of_procedures_says_where_it_is_her_turn(world, login):
    first, second = (
        guests.with_papers(world, framework=make.make.small(world, key=key))[0] for key in ("eins", "zwei")
    )
    guest = guests.guest(world, first)
    guests.guest(world, second, name="Gerda Noch-Einmal", email=guest.access.email)
    web = login(guest)
    assert web.get("/gutachten/").content.decode().count("Sie sind dran") == 2
    make.reviewed(world, second, rework=("b-1",))
    assert web.get("/gutachten/").content.decode().count("Sie sind dran") == 1


def test_a_member_who_has_voted_is_not_asked_again(world, login):
    first, second = (
        guests.with_papers(world, framework=make.make.small(world, key=key))[0] for key in ("eins", "zwei")
    )
    guest = guests.board(world, first)
    guests.board(world, second, name="Bert Noch-Einmal", email=guest.access.email)
    make.presented(world, make.visited(world, make.reviewed(world, first)))
    web = login(guest)
    assert web.get("/gutachten/").content.decode().count("Sie sind dran") == 1
    deciding.cast_vote(by=guest.actor, certification=first, vote=Vote.YES)
    assert web.get("/gutachten/").content.decode().count("Sie sind dran") == 0


def test_of_two_who_begin_the_same_text_the_second_is_told(world, login):
    procedure = guests.with_papers(world)[0]
    first, second = login(guests.guest(world, procedure)), login(guests.guest(world, procedure, name="Greta Beispiel"))
    criterion = Criterion.objects.get(framework=procedure.framework_id, slug="b-1")
    for rest, field in ((f"checkliste/{criterion.public_id}/", "text"), ("rueckmeldung/zusammenfassung/", "summary")):
        assert 'name="revision" value="0"' in read(second, procedure, rest)
        first.post(room(procedure, rest), {field: "Gut belegt.", "revision": "0"})
        answer = second.post(room(procedure, rest), {field: "Anders.", "revision": "0"}).content.decode()
        assert "Inzwischen hat jemand anderes gespeichert" in answer
        assert "Anders." in answer
    assert (FeedbackReport.objects.get().summary, FeedbackRemark.objects.get().text) == ("Gut belegt.", "Gut belegt.")
