"""What the house sees of its procedure: who has the ball, the checklist with documents and feedback, papers, reminders."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lotse.quality import rules
from lotse.quality.actions import assessing, deciding
from lotse.quality.actions import certification as acts
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import SubmissionMode, Vote
from lotse.quality.models import Certificate, Certification, Submission
from lotse.quality.papers_certification import certificate_paper, check_address, feedback_paper
from lotse.quality.queries import certification as queries
from lotse.quality.queries.certification_today import last_end
from lotse.quality.queries.today import work_items
from tests.documents.files import pdf, stored_bytes, upload
from tests.factories import quality as of_house
from tests.factories import quality_certification as make
from tests.funding.refusing import refused

TODAY = make.today


@pytest.fixture
def web(world, login):
    return login(world.carrier_manager)


def text(answer):
    return answer.content.decode()


def url(certification, *more):
    return "/".join(["/qualitaet/zertifizierung", certification.public_id, *more, ""])


def turn(world, certification):
    found = queries.path_of(make.house(world), make.fresh(certification)).turn
    return found.side, found.station.value


def test_the_path_says_at_each_step_who_has_the_ball(world):
    made = make.registered(world)
    seen = [turn(world, made)]
    make.seated(world, made)
    steps = (make.contracted, make.scheduled, make.handed_in, make.reviewed, make.visited, make.presented, make.granted)
    for step in steps:
        step(world, make.fresh(made))
        seen.append(turn(world, made))
    assert seen == [
        ("organisation", "1"), ("organisation", "2"), ("organisation", "3"), ("assessor", "4"), ("assessor", "5"),
        ("assessor", "6"), ("board", "7"), (None, "8"),
    ]  # fmt: skip


def test_a_proposed_schedule_waits_for_the_other_side(world):
    made = make.registered(world)
    make.seated(world, made)
    make.contracted(world, made)
    acts.propose_schedule(by=make.house(world), certification=made, days={"3": TODAY()})
    assert turn(world, made) == ("assessor", "2")
    acts.propose_schedule(by=world.assessor.actor, certification=made, days={"3": TODAY() + timedelta(days=1)})
    assert turn(world, made) == ("organisation", "2")


def test_what_is_withdrawn_stands_where_it_was(world):
    made = make.handed_in(world)
    acts.withdraw(by=make.house(world), certification=made)
    assert turn(world, made) == (None, "4")


def test_stations_show_the_day_they_ended_or_are_planned_for(world):
    made = make.handed_in(world)
    steps = queries.path_of(make.house(world), made).steps
    assert [(step.station.value, step.is_done, step.is_here) for step in steps] == [
        ("1", True, False), ("2", True, False), ("3", True, False), ("4", False, True), ("5", False, False),
        ("6", False, False), ("7", False, False), ("8", False, False),
    ]  # fmt: skip
    assert (steps[2].on, steps[4].on, steps[4].planned) == (TODAY(), None, TODAY() + timedelta(days=40))


def test_a_procedure_is_begun_and_led_to_the_checklist_on_the_pages(world, web):
    framework = of_house.small(world)
    answer = web.post(reverse("quality:register"), {"framework": framework.public_id, "body": "Stelle Beispiel"})
    made = Certification.objects.get()
    assert answer["Location"] == url(made)
    assert "Vertrag eintragen" in text(web.get(url(made)))
    days = {"signed_by_house_on": TODAY(), "signed_by_body_on": TODAY(), "revision": 0}
    assert "Zum unterschriebenen Vertrag gehört die Datei." in text(web.post(url(made, "vertrag"), days))
    web.post(url(made, "vertrag"), {**days, "file": upload()})
    assert make.fresh(made).state == State.CONTRACT_SIGNED
    web.post(url(made, "zeitplan"), {"station-3": TODAY(), "station-5": TODAY() + timedelta(days=20)})
    page = text(web.get(url(made)))
    assert "Dran ist: Begutachtung" in page
    assert "Zustimmung der Begutachtung fehlt" in page


def test_the_house_agrees_to_what_the_assessors_propose(world, web):
    made = make.registered(world)
    make.seated(world, made)
    make.contracted(world, made)
    acts.propose_schedule(by=world.assessor.actor, certification=made, days={"3": TODAY()})
    assert "Zeitplan zustimmen" in text(web.get(url(made)))
    web.post(url(made, "zeitplan", "zustimmen"))
    assert make.fresh(made).state == State.SCHEDULE_AGREED


def test_answers_are_given_one_after_the_other_and_handed_in(world, web):
    made = make.to_checklist(world)
    assert "3 von 3" in text(web.get(url(made, "checkliste")))
    item = made.checklist.first()
    for _number in range(3):
        answer = web.post(
            reverse("quality:answer", args=[item.public_id]),
            {"answer": "fulfilled", "note": "Läuft", "revision": 1, "more": "1"},
        )
        item = next((row for row in made.checklist.all() if row.public_id in answer["Location"]), item)
    assert answer["Location"].startswith(url(made, "checkliste"))
    assert "Alles ist beantwortet." in text(web.get(url(made, "checkliste")))
    assert web.post(url(made, "einreichen"))["Location"] == url(made)
    assert make.fresh(made).state == State.CHECKLIST_SUBMITTED


def test_a_document_is_added_from_the_standard_it_proves(world, web):
    made = make.to_checklist(world)
    criterion = made.checklist.first().criterion
    form = text(web.get(f"{url(made, 'nachweise', 'neu')}?standard={criterion.public_id}"))
    assert f'value="{criterion.public_id}"' in form
    assert "nachbearbeitete" not in form
    given = {
        "title": "Konzeption", "mode": "submit", "proves_from": "2025-01-01", "proves_to": "2025-12-31",
        "criteria": [criterion.public_id],
    }  # fmt: skip
    assert "Bitte eine Datei wählen." in text(web.post(url(made, "nachweise", "neu"), given))
    answer = web.post(
        f"{url(made, 'nachweise', 'neu')}?standard={criterion.public_id}",
        {**given, "file": upload(pdf("Inhalt"), "k.pdf")},
    )
    assert answer["Location"] == url(made, "checkliste")
    row = Submission.objects.get()
    assert web.get(reverse("quality:document_file", args=[row.public_id])).content == pdf("Inhalt")
    assert "Konzeption" in text(web.get(url(made, "checkliste")))
    web.post(reverse("quality:remove_document", args=[row.public_id]))
    assert not Submission.objects.exists()


@pytest.mark.rule("DP-09")
def test_a_file_sent_along_with_what_is_shown_on_site_is_never_stored(world, web):
    made = make.to_checklist(world)
    before = stored_bytes().keys()
    given = {
        "title": "Personalakten", "mode": "on_site_only", "proves_from": "2025-01-01", "proves_to": "2025-12-31",
        "criteria": [made.checklist.first().criterion.public_id], "file": upload(pdf("geheim"), "akten.pdf"),
    }  # fmt: skip
    assert web.post(url(made, "nachweise", "neu"), given).status_code == 302
    row = Submission.objects.get()
    assert (row.mode, row.file, stored_bytes().keys()) == (SubmissionMode.ON_SITE_ONLY, None, before)
    page = text(web.get(url(made, "nachweise")))
    assert "nur vor Ort" in page
    assert "/datei/" not in page
    assert web.get(reverse("quality:document_file", args=[row.public_id])).status_code == 404


def test_feedback_stands_beside_the_answer_it_is_about(world, web):
    made = make.reviewed(world, rework=["b-2"])
    page = text(web.get(url(made, "checkliste")))
    assert "<strong>Rückmeldung, Runde 1:</strong> Bitte belegen." in page
    assert "neu zu prüfen" in page
    assert "gilt weiter" in page
    assert "gilt weiter" not in text(web.get(f"{url(made, 'checkliste')}?runde=1"))
    assert "Beispiel 1 gilt." not in text(web.get(f"{url(made, 'checkliste')}?nur=rueckmeldung"))
    item = made.checklist.get(round=2, criterion__slug="b-2")
    assert "Bitte belegen." in text(web.get(reverse("quality:answer", args=[item.public_id])))
    web.post(reverse("quality:confirm_answer", args=[item.public_id]))
    assert "Alles ist beantwortet." in text(web.get(url(made, "checkliste")))


def test_a_draft_of_the_assessors_shows_nowhere_at_the_house(world, web):
    made = make.handed_in(world)
    criterion = made.checklist.first().criterion
    assessing.remark(by=world.assessor.actor, certification=made, criterion=criterion, text="Entwurfstext")
    pages = [url(made), url(made, "checkliste"), reverse("quality:answer", args=[made.checklist.first().public_id])]
    assert ["Entwurfstext" in text(web.get(page)) for page in pages] == [False] * 3
    report = made.feedback.get()
    assert web.get(reverse("quality:feedback_pdf", args=[report.public_id])).status_code == 404


@pytest.mark.parametrize("size", [3, 48, 300])
def test_the_checklist_costs_the_same_whatever_its_length(world, web, size):
    made = make.registered(world, size)
    make.document(world, made)
    web.get(url(made, "checkliste"))
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page = text(web.get(url(made, "checkliste")))
    assert len(caught) <= 20
    assert page.count('class="list__row"') == min(size, 100)
    assert ("Weitere" in page) == (size > 100)


def test_the_papers_are_printed(world, web):
    made = make.granted(world).certification
    report = made.feedback.get()
    addresses = [
        url(made, "auditbericht.pdf")[:-1], url(made, "zertifikat.pdf")[:-1],
        reverse("quality:feedback_pdf", args=[report.public_id]),
    ]  # fmt: skip
    assert [b"".join(web.get(address))[:5] for address in addresses] == [b"%PDF-"] * 3
    assert b"%PDF" in web.get(url(made, "vertrag", "datei")).content


def test_papers_that_are_not_there_are_not_found(world, web):
    made = make.registered(world)
    addresses = [url(made, "auditbericht.pdf")[:-1], url(made, "zertifikat.pdf")[:-1], url(made, "vertrag", "datei")]
    assert [web.get(address).status_code for address in addresses] == [404] * 3


def test_an_answer_that_was_handed_in_is_read_not_filled_in(world, web):
    item = make.handed_in(world).checklist.first()
    page = text(web.get(reverse("quality:answer", args=[item.public_id])))
    assert "So machen wir das." in page
    assert "Eingereicht am" in page
    assert "<textarea" not in page


def test_the_certificate_names_number_house_days_and_where_to_check_it(world):
    found = make.granted(world)
    data = str(certificate_paper(found, TODAY()).as_data())
    for words in (
        found.number,
        "KV Nordstadt",
        f"{found.valid_until:%d.%m.%Y}",
        check_address(found),
        "erfundenes Beispiel",
    ):
        assert words in data


def test_a_certificate_that_no_longer_holds_says_so_across_the_sheet(world):
    found = make.granted(world)
    days = (found.valid_until, found.valid_until + timedelta(days=1))
    assert [certificate_paper(found, day).watermark for day in days] == ["", "abgelaufen"]


def test_the_feedback_report_on_paper_says_what_is_to_be_reworked(world):
    made = make.reviewed(world, rework=["b-2"])
    report = made.feedback.get()
    data = str(feedback_paper(report, list(report.remarks.select_related("criterion"))).as_data())
    assert "Gut aufbereitet." in data
    assert "Bitte belegen." in data


# Everybody with the paper


def test_everybody_with_the_paper_sees_whether_it_is_valid_and_nothing_else(world, client):
    found = make.granted(world)
    page = text(client.get(f"/zertifikat/{found.token}/"))
    for words in (found.number, "KV Nordstadt", "Gültig", f"{found.valid_until:%d.%m.%Y}"):
        assert words in page
    for words in ("Assessor", "Member", "Beispiel 1 gilt", found.certification.number, "Verfahren"):
        assert words not in page


@pytest.mark.rule("QM-08")
@pytest.mark.parametrize(
    ("days", "revoked", "said"), [(0, False, "Gültig"), (4 * 365, False, "Abgelaufen"), (0, True, "Entzogen")]
)
def test_the_public_page_says_what_holds_today(world, client, days, revoked, said):
    found = make.granted(world)
    if revoked:
        deciding.revoke(by=world.member_1.actor, certificate=found, on=TODAY(), reason="Falsche Angaben")
    decided_on = TODAY() - timedelta(days=days)
    Certificate.objects.update(decided_on=decided_on, valid_until=rules.valid_until(decided_on))
    page = text(client.get(f"/zertifikat/{found.token}/"))
    assert said in page
    assert "Falsche Angaben" not in page


def test_a_guessed_token_finds_nothing_and_guessing_is_slowed_down(world, client, monkeypatch):
    assert client.get("/zertifikat/gibtesnicht/").status_code == 404
    monkeypatch.setattr("lotse.quality.public_views.admit", lambda *given: False)
    assert client.get(f"/zertifikat/{make.granted(world).token}/").status_code == 429


# Others


def test_the_district_sees_states_and_no_way_in(world, login):
    made = make.reviewed(world)
    web = login(world.coordinator)
    page = text(web.get("/qualitaet/zertifizierung/"))
    assert "KV Nordstadt" in page
    assert "Dokumente geprüft" in page
    assert made.public_id not in page
    assert web.get(url(made)).status_code == 404


def test_of_a_catalogue_the_district_sees_the_last_procedure(world):
    before = make.granted(world).certification
    after = make.registered(world, framework=before.framework, recertifies=before)
    assert list(queries.overseen(world.coordinator.actor)) == [after]


def test_another_house_finds_nothing(world, login):
    made = make.handed_in(world)
    web = login(of_house.far_manager(world))
    assert made.public_id not in text(web.get("/qualitaet/zertifizierung/"))
    assert [web.get(url(made, *more)).status_code for more in ((), ("checkliste",), ("nachweise",))] == [404] * 3


def test_a_guest_has_no_way_into_the_rooms_of_the_house(world, login):
    made = make.presented(world)
    for name in ("assessor", "member_1"):
        web = login(world.personas[name])
        assert [web.get(url(made, *more)).status_code for more in ((), ("checkliste",), ("nachweise",))] == [404] * 3


def test_the_empty_room_leads_on(world, web):
    assert "Zuerst brauchen Sie den Katalog" in text(web.get("/qualitaet/zertifizierung/"))
    of_house.small(world)
    assert "acht Stationen" in text(web.get("/qualitaet/zertifizierung/"))


# Heute


def lines(world, today=None):
    return [(item.title, item.badge) for item in work_items(make.house(world), today or TODAY())]


def test_today_says_when_it_is_the_turn_of_the_house(world):
    made = make.registered(world)
    assert lines(world) == [("Zertifizierung", "Sie sind dran")]
    make.seated(world, made)
    make.handed_in(world, make.scheduled(world, make.contracted(world, made)))
    assert lines(world) == []


@pytest.mark.rule("QM-08")
def test_today_reminds_twelve_six_and_three_months_ahead_until_the_next_procedure_begins(world):
    found = make.granted(world)
    Certificate.objects.update(decided_on=date(2026, 3, 15), valid_until=date(2029, 3, 15))
    ends = ("Zertifikat endet am 15.03.2029",)
    expected = {
        date(2028, 3, 14): [], date(2028, 3, 15): [(*ends, "in 12 Monaten")], date(2028, 9, 15): [(*ends, "in 6 Monaten")],
        date(2028, 12, 15): [(*ends, "in 3 Monaten")], date(2029, 3, 15): [(*ends, "in 3 Monaten")],
        date(2029, 3, 16): [("Zertifikat ist abgelaufen", "abgelaufen")], date(2030, 3, 20): [],
    }  # fmt: skip
    assert {day: lines(world, day) for day in expected} == expected
    made = make.registered(world, framework=found.certification.framework, recertifies=found.certification)
    assert lines(world, date(2028, 12, 15)) == [("Zertifizierung", "Sie sind dran")]
    for over in ("withdrawn", "refused"):
        Certification.objects.filter(pk=made.pk).update(state=over)
        assert lines(world, date(2028, 12, 15)) == [(*ends, "in 3 Monaten")]


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.sampled_from(rules.REMINDED_BEFORE))
def test_the_list_reminds_on_the_same_day_as_the_rule(today, months):
    """The rule counts back from the end, the statement forward from today."""
    last = last_end(today, months)
    found = [Certificate(valid_until=last + timedelta(days=more)) for more in (0, 1)]
    reminded = [(rules.months_left(one, today) or 99) <= months for one in found]
    assert reminded == [True, False]


def test_today_shows_it_to_who_keeps_quality_in_one_statement(world, login, django_assert_num_queries):
    make.granted(world)
    Certificate.objects.update(valid_until=TODAY() + timedelta(days=80))
    assert "Zertifikat endet am" in text(login(world.carrier_manager).get("/"))
    assert "Zertifikat endet am" not in text(login(world.specialist).get("/"))
    actor = make.house(world)
    with django_assert_num_queries(1):
        work_items(actor, TODAY())


def test_a_recertification_begins_from_the_old_one(world, web):
    before = make.granted(world).certification
    page = text(web.get(url(before)))
    assert f"/qualitaet/zertifizierung/beginnen/?von={before.public_id}" in page
    given = {"framework": before.framework.public_id, "body": before.body}
    web.post(f"{reverse('quality:register')}?von={before.public_id}", given)
    after = Certification.objects.get(recertifies=before)
    for method in (web.get, web.post):  # a colleague whose page is older
        assert method(f"{reverse('quality:register')}?von={before.public_id}")["Location"] == url(after)
    assert after.number in text(web.get(url(before)))
    assert "neu zu prüfen" in text(web.get(url(after, "checkliste")))


def test_the_page_shows_votes_as_numbers_and_conditions_with_their_day(world, web):
    made = make.presented(world)
    make.voted(world, made, Vote.YES, Vote.YES, Vote.NO)
    due = TODAY() + timedelta(days=60)
    make.decided(world, made, "conditions", conditions="Leitbild aushängen", conditions_due_on=due)
    page = text(web.get(url(made)))
    assert "2 Ja, 1 Nein, 0 Enthaltungen von 3" in page
    assert "<dd>mit Auflagen</dd>" in page
    assert f"Auflagen bis {due:%d.%m.%Y}" in page
    assert "Member_1" in page  # who sits on the board is known, not how they voted
    assert refused(lambda: make.decided(world, made)) == [
        "Das ist jetzt nicht dran. Stand des Verfahrens: mit Auflagen."
    ]
