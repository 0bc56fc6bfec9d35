"""Bodies without an account: a signed package goes out, a filled answer file comes back, is looked at and taken over."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.documents.models import StoredFile
from lotse.quality import exchange
from lotse.quality.actions import guests as acts
from lotse.quality.actions import packages
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Side, Vote
from lotse.quality.models import (
    AuditReport,
    BoardDecision,
    BoardVote,
    ExchangeAnswer,
    FeedbackReport,
    OnSiteCheck,
    PackageKey,
)
from lotse.quality.packing import pack
from lotse.quality.queries import packages as queries
from tests.factories import quality_certification as make
from tests.factories import quality_guests as guests

SECRET = "Abmahnung-7731"


def by(world):
    return world.carrier_manager.actor


@pytest.fixture
def procedure(world):
    return guests.with_papers(world)[0]


@pytest.fixture
def package(world, procedure):
    return pack(by(world), guests.without_account(world, procedure))


def test_a_package_holds_checklist_and_evidence_with_checksums_that_are_signed(package):
    files = guests.files_in(package)
    manifest = json.loads(files["manifest.json"])
    assert {one["path"] for one in manifest["files"]} == {"index.html", "nachweise/001-Konzeption.pdf"}
    for one in manifest["files"]:
        assert (sha256(files[one["path"]]).hexdigest(), len(files[one["path"]])) == (one["sha256"], one["size"])
    public = PackageKey.objects.get().public
    assert exchange.is_signed(files["manifest.json"], files["manifest.sig"], public)
    assert not exchange.is_signed(files["manifest.json"] + b" ", files["manifest.sig"], public)
    assert files["oeffentlicher-schluessel.pem"].startswith(b"-----BEGIN PUBLIC KEY-----")
    assert sha256(files["manifest.json"]).hexdigest() == package.manifest_sha256
    assert "So machen wir das." in files["index.html"].decode()


@pytest.mark.rule("DP-09")
def test_what_is_shown_on_site_only_is_in_no_package_but_by_its_title(world, package):
    files = guests.files_in(package)
    assert json.loads(files["manifest.json"])["on_site_only"] == ["Personalakten"]
    assert "Personalakten (nur vor Ort)" in files["index.html"].decode()
    assert [name for name in files if "Personalakten" in name] == []
    assert len([name for name in files if name.startswith("nachweise/")]) == 1


@pytest.mark.rule("DP-09")
def test_a_document_that_becomes_on_site_only_is_left_out_with_its_file(world, procedure):
    """Even where a row still pointed to a file (the database refuses it), the package goes by the mode."""
    seat = guests.without_account(world, procedure)
    assert {path for path, _row in _papers(world, seat)} == {"nachweise/001-Konzeption.pdf"}
    procedure.submissions.filter(title="Konzeption").update(mode="on_site_only", file=None)
    assert _papers(world, seat) == []
    assert StoredFile.objects.filter(deleted_at=None).exists()


def _papers(world, seat):
    from lotse.quality.packing import _papers as papers_of
    from lotse.quality.queries.rooms import on_behalf

    return papers_of(on_behalf(seat, by(world)))


@pytest.mark.rule("QM-09")
def test_the_package_of_the_board_holds_reports_and_states_no_evidence(world, procedure):
    make.presented(world, make.visited(world, make.reviewed(world, procedure)))
    package = pack(by(world), guests.without_account(world, procedure, Side.BOARD, "Berta Beispiel"))
    files = guests.files_in(package)
    assert [name for name in files if name.startswith("nachweise/")] == []
    page = files["index.html"].decode()
    assert "Die Standards werden gelebt." in page
    assert "Gut aufbereitet." in page
    for hidden in ("So machen wir das.", "Konzeption", "Personalakten", "Alle kennen die Konzeption."):
        assert hidden not in page
    assert set(json.loads(files["antwort.json"])) >= {"vote"}


def test_an_answer_is_shown_before_it_counts_and_then_taken_over(world, procedure, package, login):
    remarks = [{"criterion": "b-1", "text": "Bitte belegen.", "needs_rework": True}]
    content = guests.filled(package, feedback={"summary": "Gut.", "remarks": remarks})
    web, start = login(world.carrier_manager), f"/qualitaet/zertifizierung/{procedure.public_id}/pakete/"
    web.post(f"{start}antwort/", {"file": SimpleUploadedFile("antwort.json", content)})
    answer = ExchangeAnswer.objects.get()
    page = web.get(f"/qualitaet/zertifizierung/paketantwort/{answer.public_id}/").content.decode()
    assert "Bitte belegen." in page
    assert not FeedbackReport.objects.exists()

    web.post(f"/qualitaet/zertifizierung/paketantwort/{answer.public_id}/uebernehmen/")
    report = FeedbackReport.objects.get()
    assert report.issued_by == "Paula Beispiel (Begutachtung), übernommen von Carrier_Manager Beispiel"
    assert report.remarks.get().text == "Bitte belegen."
    answer.refresh_from_db()
    assert (answer.state, answer.settled_by) == ("taken", world.carrier_manager.person)
    assert Event.objects.filter(key="feedback.issued", actor_ref=world.carrier_manager.person.public_id).exists()
    procedure.refresh_from_db()
    assert procedure.state == State.REWORK
    with pytest.raises(ValidationError, match="schon übernommen"):
        packages.take_answer(by=by(world), answer=answer)


def test_visit_and_report_come_back_together(world, procedure):
    make.reviewed(world, procedure)
    package = pack(by(world), guests.without_account(world, procedure))
    today = f"{make.today()}"
    visit = {"on": today, "checks": [{"document": "Personalakten", "seen": True, "remark": "vollständig"}]}
    answer = guests.brought(world, package, visit=visit, report={"text": "Alles da.", "recommendation": "granted"})
    packages.take_answer(by=by(world), answer=answer)
    assert OnSiteCheck.objects.get().was_seen is True
    assert AuditReport.objects.get().presented_on == make.today()


def test_all_of_an_answer_counts_or_nothing(world, procedure):
    make.reviewed(world, procedure)
    package = pack(by(world), guests.without_account(world, procedure))
    report = {"text": "Alles da.", "recommendation": "granted"}
    answer = guests.brought(world, package, visit={"on": f"{make.today()}", "checks": []}, report=report)
    with pytest.raises(ValidationError, match="Personalakten"):
        packages.take_answer(by=by(world), answer=answer)
    answer.refresh_from_db()
    assert answer.state == "brought"
    assert (OnSiteCheck.objects.count(), AuditReport.objects.count()) == (0, 0)


@pytest.mark.rule("QM-09")
def test_a_vote_comes_back_in_yaml_and_stands_for_its_member(world, procedure):
    make.presented(world, make.visited(world, make.reviewed(world, procedure)))
    seat = guests.without_account(world, procedure, Side.BOARD, "Berta Beispiel")
    package = pack(by(world), seat)
    filled = json.loads(guests.filled(package, vote={"vote": "no", "reason": "Noch nicht."}))
    content = yaml.safe_dump(filled, allow_unicode=True).replace("'no'", "no").encode()
    answer = packages.bring_answer(by=by(world), certification=procedure, content=content)
    packages.take_answer(by=by(world), answer=answer)
    vote = BoardVote.objects.get()
    assert (vote.member_id, vote.vote, vote.reason) == (seat.pk, "no", "Noch nicht.")


@pytest.mark.rule("QM-09")
def test_an_assessors_answer_cannot_vote(world, package):
    with pytest.raises(ValidationError, match="danach fragt dieses Paket nicht"):
        guests.brought(world, package, vote={"vote": "yes", "reason": ""})


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"format": "anders"}, "keine Antwortdatei"),
        ({"version": 2}, "keine Antwortdatei"),
        ({"procedure": "V-1"}, "anderen Paket"),
        ({"manifest_sha256": "0" * 64}, "anderen Paket"),
        ({"package": "gibtesnicht"}, "kein solches Paket"),
        ({"feedback": {"summary": "", "remarks": []}}, "nicht ausgefüllt"),
        ({"feedback": {"summary": "x" * 9000}}, "zu lang"),
        ({"feedback": {"remarks": [{"criterion": "fremd", "text": "x"}]}}, "gibt es in diesem Verfahren nicht"),
        ({"feedback": {"remarks": [{"criterion": "b-1", "text": "x", "needs_rework": "ja"}]}}, "true oder false"),
        ({"feedback": {"remarks": "viele"}}, "muss eine Liste sein"),
        ({"feedback": {"remarks": [{"criterion": "b-1", "text": "x"}] * 9}}, "zu viele Einträge"),
        ({"feedback": "gut"}, "fehlen Angaben"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(world, package, parts, message):
    with pytest.raises(ValidationError, match=message):
        guests.brought(world, package, **parts)
    assert not ExchangeAnswer.objects.exists()


@pytest.mark.parametrize("content", [b"", b"x" * 300_000, b"\xff\xfe", b"[1, 2]", b"a: &a [*a]", b"{"])
def test_what_is_no_answer_file_is_refused_with_a_sentence(world, procedure, content):
    with pytest.raises(ValidationError):
        packages.bring_answer(by=by(world), certification=procedure, content=content)


@given(
    content=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_an_answer_says_it_is_read_or_refused(content):
    for name in exchange.READERS:
        raw = {"procedure": "V", "manifest_sha256": "m", name: content}
        try:
            said = exchange.answer(raw, procedure="V", manifest_sha256="m", asked=[name], slugs={"b-1"})
        except ValidationError:
            continue
        assert set(said) == {name}


def test_an_answer_to_another_procedure_is_refused(world, package):
    other = make.registered(world, framework=make.make.small(world, key="zweites"))
    with pytest.raises(ValidationError, match="kein solches Paket"):
        packages.bring_answer(by=by(world), certification=other, content=guests.filled(package))


def test_the_same_answer_is_brought_once_unless_it_was_dropped(world, package):
    feedback = {"feedback": {"summary": "Gut.", "remarks": []}}
    first = guests.brought(world, package, **feedback)
    with pytest.raises(ValidationError, match="schon eingelesen"):
        guests.brought(world, package, **feedback)
    packages.drop_answer(by=by(world), answer=first)
    assert guests.brought(world, package, **feedback).state == "brought"


@pytest.mark.rule("QM-09")
def test_who_has_an_account_gets_no_package(world, procedure):
    guest = guests.guest(world, procedure)
    with pytest.raises(ValidationError, match="bekommt kein Paket"):
        pack(by(world), guest.access.participant)


def test_there_is_no_package_where_there_is_nothing_to_do(world, procedure):
    seat = guests.without_account(world, procedure, Side.BOARD, "Berta Beispiel")
    with pytest.raises(ValidationError, match="noch nichts zu tun"):
        pack(by(world), seat)


@pytest.mark.parametrize("persona", ["counsellor", "coordinator", "outsider", "sysadmin"])
def test_only_who_keeps_the_quality_packs_and_takes_over(world, procedure, package, persona):
    someone, answer = world.personas[persona].actor, guests.brought(world, package, feedback={"summary": "Gut."})
    acting = (
        lambda: pack(someone, package.participant),
        lambda: packages.bring_answer(by=someone, certification=procedure, content=b"{}"),
        lambda: packages.take_answer(by=someone, answer=answer),
        lambda: packages.drop_answer(by=someone, answer=answer),
        lambda: acts.seat_guest(
            by=someone, certification=procedure, side=Side.BOARD, name="N", valid_from=make.today(), valid_to=make.today()
        ),
    )  # fmt: skip
    for act in acting:
        with pytest.raises(NotAllowed):
            act()


def test_the_pages_of_packages(world, procedure, login):
    web, start = login(world.carrier_manager), f"/qualitaet/zertifizierung/{procedure.public_id}/pakete/"
    assert "Niemand." in web.get(start).content.decode()
    seat = guests.without_account(world, procedure)
    web.post(f"{start}{seat.public_id}/")
    page = web.get(start).content.decode()
    assert "Paula Beispiel" in page
    assert "Fingerabdruck" in page
    package = procedure.packages.get()
    answer = web.get(f"/qualitaet/zertifizierung/paket/{package.public_id}/paket.zip")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert Event.objects.filter(key="downloaded", object_ref=package.public_id).exists()
    refused = web.post(f"{start}antwort/", {"file": SimpleUploadedFile("a.json", b"{}")}).content.decode()
    assert "keine Antwortdatei" in refused
    StoredFile.objects.filter(sha256__gt="").update(scan_state="quarantined")
    assert web.get(f"/qualitaet/zertifizierung/paket/{package.public_id}/paket.zip")["Location"] == start


DECISION = {"outcome": "granted", "on": "", "reason": "", "conditions": "", "conditions_due_on": ""}


@pytest.fixture
def before_the_board(world, procedure):
    """The report is presented; two members with an account have voted. The chair has none."""
    procedure.participants.filter(is_chair=True).update(is_chair=False)
    presented = make.presented(world, make.visited(world, make.reviewed(world, procedure)))
    make.voted(world, presented, Vote.YES, Vote.YES)
    return presented


@pytest.fixture
def chair(world, before_the_board):
    return guests.without_account(world, before_the_board, Side.BOARD, "Vera Vorsitz", is_chair=True)


def decision(**more):
    return {**DECISION, "on": f"{make.today()}", **more}


@pytest.mark.rule("QM-09")
def test_a_chair_without_an_account_votes_and_decides_with_one_answer(world, before_the_board, chair, login):
    package = pack(by(world), chair)
    page = guests.files_in(package)["index.html"].decode()
    assert "2 von 4 haben abgestimmt: 2 Ja, 0 Nein, 0 Enthaltung" in page
    assert "granted (erteilen), conditions (mit Auflagen erteilen) oder refused (nicht erteilen)" in page
    parts = {"vote": {"vote": "no", "reason": ""}, "decision": decision()}
    answer = guests.brought(world, package, **parts)
    shown = login(world.carrier_manager).get(f"/qualitaet/zertifizierung/paketantwort/{answer.public_id}/")
    assert f"Entscheidung am {make.today():%d.%m.%Y}" in shown.content.decode()
    assert not BoardDecision.objects.exists()

    packages.take_answer(by=by(world), answer=answer)
    decided = BoardDecision.objects.get()
    assert (decided.outcome, decided.yes, decided.no, decided.members) == ("granted", 2, 1, 4)
    assert decided.by_label == "Vera Vorsitz (Beirat), übernommen von Carrier_Manager Beispiel"
    assert make.fresh(before_the_board).state == State.GRANTED
    assert before_the_board.certificates.get().decided_on == make.today()


@pytest.mark.rule("QM-09")
def test_a_chair_without_an_account_sets_conditions_and_finds_them_met(world, before_the_board, chair):
    due = make.today() + timedelta(days=60)
    given = {"outcome": "conditions", "conditions": "Schutzkonzept nachreichen.", "conditions_due_on": f"{due}"}
    first = guests.brought(world, pack(by(world), chair), decision=decision(**given))
    assert [(row.about, row.text, row.mark) for row in queries.said(first)][1:] == [
        ("Auflagen", "Schutzkonzept nachreichen.", f"bis {due:%d.%m.%Y}")
    ]
    packages.take_answer(by=by(world), answer=first)
    assert make.fresh(before_the_board).state == State.CONDITIONS

    package = pack(by(world), guests.reread(chair))
    assert "Schutzkonzept nachreichen." in guests.files_in(package)["index.html"].decode()
    second = guests.brought(world, package, conditions={"are_met": True, "on": f"{make.today()}"})
    assert [(row.about, row.mark) for row in queries.said(second)] == [("Auflagen", "erfüllt")]
    packages.take_answer(by=by(world), answer=second)
    assert make.fresh(before_the_board).state == State.GRANTED
    assert BoardDecision.objects.get().conditions_met_on == make.today()


@pytest.mark.rule("QM-09")
def test_only_the_chair_is_asked_for_the_decision(world, before_the_board):
    member = guests.without_account(world, before_the_board, Side.BOARD, "Berta Beispiel")
    with pytest.raises(ValidationError, match="danach fragt dieses Paket nicht"):
        guests.brought(world, pack(by(world), member), decision=decision())


@pytest.mark.rule("QM-09")
@pytest.mark.parametrize("part", ["decision", "conditions"])
def test_an_assessors_answer_cannot_decide(world, package, part):
    given = {"decision": decision(), "conditions": {"are_met": True, "on": f"{make.today()}"}}
    with pytest.raises(ValidationError, match="danach fragt dieses Paket nicht"):
        guests.brought(world, package, **{part: given[part]})


@pytest.mark.rule("QM-09")
def test_before_the_report_is_presented_a_chair_is_asked_for_nothing(world, procedure):
    procedure.participants.filter(is_chair=True).update(is_chair=False)
    early = guests.without_account(world, procedure, Side.BOARD, "Vera Vorsitz", is_chair=True)
    for reach in (lambda: None, lambda: make.reviewed(world, procedure), lambda: make.visited(world, procedure)):
        reach()
        with pytest.raises(ValidationError, match="noch nichts zu tun"):
            pack(by(world), guests.reread(early))


@pytest.mark.rule("QM-09")
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"outcome": "refused"}, "So hat der Beirat nicht abgestimmt"),
        ({"on": -1}, "Auditbericht liegt seit"),
        ({"on": 1}, "in der Zukunft"),
        ({"outcome": "conditions"}, "Auflagen nennen"),
        ({"outcome": "conditions", "conditions": "A", "conditions_due_on": 0}, "Frist nach"),
    ],
)
def test_a_decision_by_package_obeys_the_rules_of_the_room(world, before_the_board, chair, given, message):
    days = {name: f"{make.today() + timedelta(days=n)}" for name, n in given.items() if isinstance(n, int)}
    answer = guests.brought(world, pack(by(world), chair), decision=decision(**{**given, **days}))
    with pytest.raises(ValidationError, match=message):
        packages.take_answer(by=by(world), answer=answer)
    assert not BoardDecision.objects.exists()


@pytest.mark.rule("QM-09")
def test_no_decision_without_quorum_and_the_vote_in_the_same_answer_is_undone(world, before_the_board, chair):
    before_the_board.votes.all().delete()
    parts = {"vote": {"vote": "yes", "reason": ""}, "decision": decision()}
    answer = guests.brought(world, pack(by(world), chair), **parts)
    with pytest.raises(ValidationError, match="1 von 4"):
        packages.take_answer(by=by(world), answer=answer)
    assert (BoardVote.objects.count(), BoardDecision.objects.count()) == (0, 0)


@pytest.mark.rule("QM-09")
def test_who_no_longer_chairs_when_her_answer_comes_does_not_decide(world, before_the_board, chair):
    answer = guests.brought(world, pack(by(world), chair), decision=decision())
    before_the_board.participants.filter(pk=chair.pk).update(is_chair=False)
    with pytest.raises(NotAllowed, match="Vorsitz"):
        packages.take_answer(by=by(world), answer=answer)


@pytest.mark.rule("QM-09")
def test_a_decision_does_not_count_for_a_package_with_another_signature(world, before_the_board, chair):
    """An answer names the checksum of what was signed; of another package, or of a changed one, it says nothing."""
    package, other = pack(by(world), chair), pack(by(world), chair)
    for wrong in (other.manifest_sha256, "0" * 64, ""):
        with pytest.raises(ValidationError, match="anderen Paket"):
            guests.brought(world, package, decision=decision(), manifest_sha256=wrong)
    assert not ExchangeAnswer.objects.exists()


@pytest.mark.rule("QM-09")
def test_a_second_decision_comes_too_late(world, before_the_board, chair):
    first, second = (guests.brought(world, pack(by(world), chair), decision=decision()) for _ in range(2))
    packages.take_answer(by=by(world), answer=first)
    with pytest.raises(ValidationError, match="jetzt nicht dran"):
        packages.take_answer(by=by(world), answer=second)
    assert BoardDecision.objects.count() == 1
