"""Audits on pages: a year, one audit, the checklist on a phone, report and table; as auditor, keeper and district."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from lotse.quality.actions.audits import hold_audit, prepare_audit
from lotse.quality.actions.frameworks import take_over
from lotse.quality.enums import Rating
from lotse.quality.enums_audits import AuditState
from lotse.quality.models import Audit, Improvement, PreparationItem, QmExchange, QmOfficer
from lotse.quality.queries.trend import trend
from tests.documents.files import pdf
from tests.documents.reading import words_of
from tests.factories import quality as catalogue
from tests.factories import quality_audits as make
from tests.factories.quality_audits import days


@pytest.fixture
def web(world, login):
    return login(world.carrier_manager)


def text(answer):
    return answer.content.decode()


def url(audit, more=""):
    return f"/qualitaet/audits/{audit.public_id}/{more}"


def table_of(answer):
    book = load_workbook(io.BytesIO(b"".join(answer)))
    return [
        tuple("" if cell is None else cell for cell in row) for row in book.worksheets[0].iter_rows(values_only=True)
    ]


def test_the_room_without_audits_says_what_comes_first(world, login, web):
    assert "Für dieses Jahr ist noch kein Audit geplant." in text(web.get("/qualitaet/audits/"))
    assert "Hier stehen Audits, die Sie durchführen." in text(login(world.colleague).get("/qualitaet/audits/"))


def test_an_audit_is_planned_for_chapters_of_a_catalogue(world, web):
    framework = catalogue.small(world, 25)
    page = text(web.get("/qualitaet/audits/neu/"))
    assert "2 Bereich 2" in page
    given = {
        "title": "Herbst", "kind": "internal", "auditor": world.counsellor.person.public_id,
        "planned_on": f"{days(60)}", "chapters": ["1", "3"],
    }  # fmt: skip
    answer = web.post(f"/qualitaet/audits/neu/?katalog={framework.public_id}", given)
    audit = Audit.objects.get()
    assert answer["Location"] == url(audit)
    assert sorted(area.number for area in audit.areas.all()) == ["1", "3"]
    page = text(web.get(url(audit)))
    assert "1 Bereich 1, 3 Bereich 3" in page
    assert "0 von 3" in page
    assert "Herbst" in text(web.get(f"/qualitaet/audits/?jahr={days(60).year}"))


def test_an_audit_of_a_funder_needs_no_catalogue(world, web):
    given = {
        "title": "Prüfung 2026", "kind": "funder", "auditor_body": "Bezirksregierung", "planned_on": f"{days(90)}",
        "organisation": world.nordstadt.public_id,
    }  # fmt: skip
    web.post("/qualitaet/audits/neu/?katalog=ohne", given)
    audit = Audit.objects.get()
    assert (audit.framework, audit.who, audit.auditor) == (None, "Bezirksregierung", None)
    assert "Dieses Audit folgt keinem Katalog." in text(web.get(url(audit)))


def test_preparation_is_owned_and_ticked_off(world, login, web, framework):
    audit = make.external(world, framework)
    item = make.point_of(audit)
    here = f"/qualitaet/vorbereitung/{item.public_id}/"
    given = {
        "text": "Raum",
        "due_on": f"{days(5)}",
        "owner": world.colleague.person.public_id,
        "revision": item.revision,
    }
    web.post(f"{here}aendern/", given)
    hers = login(world.colleague)
    assert "Raum" in text(hers.get("/"))
    assert "Erledigt" in text(hers.get(here))
    assert hers.get(url(audit)).status_code == 404
    assert hers.get(f"{here}aendern/").status_code == 403
    assert hers.post(f"{here}erledigt/")["Location"] == here
    assert PreparationItem.objects.get(pk=item.pk).done_by == world.colleague.person
    web.post(url(audit, "vorbereitung/"), {"text": "Parkplatz", "due_on": f"{days(5)}"})
    assert audit.preparation.filter(text="Parkplatz", owner=None).exists()


def test_the_checklist_goes_from_one_criterion_to_the_next(world, login, framework):
    audit = make.prepared(world, framework)
    web = login(world.counsellor)
    first, second, third = audit.checks.all()
    here = f"/qualitaet/pruefpunkt/{first.public_id}/"
    page = text(web.get(url(audit)))
    assert f'href="{here}"' in page
    assert "0 von 3" in page
    page = text(web.get(here))
    assert "1 von 3" in page
    assert f'href="/qualitaet/pruefpunkt/{second.public_id}/" rel="next"' in page
    answer = web.post(here, {"result": "conform", "observation": "Da", "revision": 1, "more": "1"})
    assert answer["Location"] == f"/qualitaet/pruefpunkt/{second.public_id}/"
    there = answer["Location"]
    answer = web.post(there, {"result": "finding", "observation": "", "grade": "minor", "revision": 1, "more": "1"})
    assert "Bitte die Feststellung beschreiben." in text(answer)
    answer = web.post(there, {"result": "finding", "grade": "minor", "finding": "Fehlt", "revision": 1, "more": "1"})
    assert answer["Location"] == f"/qualitaet/pruefpunkt/{third.public_id}/"
    answer = web.post(answer["Location"], {"result": "conform", "revision": 1, "more": "1"})
    assert answer["Location"] == f"{url(audit)}#checkliste"
    page = text(web.get(url(audit)))
    assert "Nebenabweichung" in page
    assert "Ist durchgeführt" in page


def test_the_second_of_two_phones_is_told(world, login, framework):
    audit = make.prepared(world, framework)
    web, row = login(world.counsellor), make.check_of(audit)
    here = f"/qualitaet/pruefpunkt/{row.public_id}/"
    web.post(here, {"result": "conform", "revision": 1})
    assert "Inzwischen hat jemand anderes gespeichert." in text(web.post(here, {"result": "conform", "revision": 1}))


def test_who_does_not_audit_reads_and_cannot_save(world, web, framework):
    audit = make.prepared(world, framework)
    here = f"/qualitaet/pruefpunkt/{make.check_of(audit).public_id}/"
    page = text(web.get(here))
    assert ("Speichern" in page, "Beobachtung" in page) == (False, False)
    assert web.post(here, {"result": "conform", "revision": 1}).status_code == 403


def test_good_practice_asks_for_nothing(world, web, framework):
    audit = make.held(world, framework, b_1="good_practice")
    assert "Stellung nehmen" not in text(web.get(url(audit)))
    assert "Stellung nehmen" in text(web.get(url(make.held(world, framework, b_2="minor"))))


def test_a_sample_says_how_it_was_drawn(world, web):
    framework = catalogue.small(world, 25)
    audit = make.planned(world, framework)
    assert "Akten von Klient*innen werden hier nicht gezogen" in text(web.get(url(audit, "checkliste/")))
    web.post(url(audit, "checkliste/"), {"wanted": "4", "seed": "abc"})
    page = text(web.get(url(audit)))
    assert "4 von 25 Kriterien, Startwert <code>abc</code>" in page


def test_from_finding_to_closing(world, login, web, framework):
    audit = make.prepared(world, framework)
    make.all_checked(world, audit, b_1="major")
    login(world.counsellor).post(
        url(audit, "durchgefuehrt/"),
        {"held_on": f"{days(0)}", "answer_due_on": f"{days(20)}", "report": "Gut vorbereitet."},
    )
    row = make.finding_of(audit)
    here = f"/qualitaet/feststellung/{row.public_id}/"
    lead = login(world.technical_lead)
    assert "Stellungnahme zu einer Feststellung" in text(lead.get("/"))
    lead.post(f"{here}stellungnahme/", {"statement": "Übersehen", "revision": row.revision})
    answer = lead.post(
        f"{here}verbesserung/",
        {"title": "Aushang", "plan": "Neu", "owner": world.colleague.person.public_id, "due_on": f"{days(9)}"},
    )
    assert answer["Location"] == url(audit)
    assert Improvement.objects.get().title == "Aushang"
    assert "Abschließen" not in text(web.get(url(audit)))
    make.effective(world, row)
    assert "Abschließen" in text(web.get(url(audit)))
    web.post(url(audit, "abschliessen/"))
    assert Audit.objects.get().state == AuditState.CLOSED


def test_the_report_says_everything(world, web):
    framework = catalogue.small(world, 25)
    audit = make.drawn(world, framework, wanted=4, seed="abc")
    prepare_audit(by=world.carrier_manager.actor, audit=audit)
    first = audit.checks.first().criterion.slug.replace("-", "_")
    make.all_checked(world, audit, **{first: "minor"})
    hold_audit(by=world.counsellor.actor, audit=audit, held_on=days(0), report="Alles gesehen.")
    row = make.finding_of(audit)
    make.answered(world, row)
    make.followed(world, row)
    answer = web.get(url(audit, "bericht.pdf"))
    words = words_of(b"".join(answer))
    for said in ("4 von 25 Kriterien", "abc", "Alles gesehen.", "Nebenabweichung (1)", "Wir haben es übersehen.", "Aushang", "SHA-256"):  # fmt: skip
        assert said in words, said
    [head, line] = table_of(web.get(url(audit, "feststellungen.xlsx")))
    assert head[:4] == ("Nr.", "Einstufung", "Kriterium", "Feststellung")
    assert line[:5] == ("F 1", "Nebenabweichung", row.criterion.code, "Fehlt.", "Wir haben es übersehen.")


def test_another_carrier_finds_nothing(world, login, framework):
    audit = make.held(world, framework, b_1="minor")
    row = make.finding_of(audit)
    catalogue.far_manager(world)
    for name in ("far_manager", "coordinator"):
        far = login(world.personas[name])
        for address in (url(audit), url(audit, "bericht.pdf"), f"/qualitaet/feststellung/{row.public_id}/"):
            assert far.get(address).status_code == 404, (name, address)
        assert (
            far.post(f"/qualitaet/feststellung/{row.public_id}/stellungnahme/", {"statement": "x"}).status_code == 404
        )
        assert "Audit im Herbst" not in text(far.get("/qualitaet/audits/"))


def test_officers_are_appointed_with_their_letter_and_what_is_missing_stands_red(world, login, web, framework):
    assert "QM-Beauftragte*r fehlt" in text(web.get("/qualitaet/beauftragte/"))
    letter = SimpleUploadedFile("bestellung.pdf", pdf("Bestellung"), content_type="application/pdf")
    given = {"person": world.counsellor.person.public_id, "appointed_on": f"{days(0)}", "until": "", "file": letter}
    web.post("/qualitaet/beauftragte/neu/", given)
    row = QmOfficer.objects.get()
    assert (row.person, row.letter.name) == (world.counsellor.person, "bestellung.pdf")
    page = text(web.get("/qualitaet/beauftragte/"))
    assert "QM-Beauftragte*r fehlt" not in page
    assert "bis auf Weiteres" in page
    assert web.get(f"/qualitaet/beauftragte/{row.public_id}/schreiben/").status_code == 200
    colleague = login(world.colleague)
    assert "Counsellor Beispiel" in text(colleague.get("/qualitaet/beauftragte/"))
    assert colleague.get(f"/qualitaet/beauftragte/{row.public_id}/schreiben/").status_code == 403
    end = {"appointed_on": f"{days(0)}", "until": f"{days(3)}", "revision": row.revision}
    web.post(f"/qualitaet/beauftragte/{row.public_id}/", end)
    assert QmOfficer.objects.get().until == days(3)


def test_an_exchange_is_kept(world, web):
    given = {
        "on": f"{days(-1)}",
        "with_whom": "QM-Runde",
        "topics": "Handbuch",
        "organisation": world.nordstadt.public_id,
    }
    web.post("/qualitaet/austausch/neu/", given)
    row = QmExchange.objects.get()
    assert "QM-Runde" in text(web.get("/qualitaet/beauftragte/"))
    web.post(f"/qualitaet/austausch/{row.public_id}/", {**given, "topics": "Audits", "revision": row.revision})
    assert QmExchange.objects.get().topics == "Audits"


def test_the_district_sees_states_and_takes_them_along(world, login, framework):
    make.held(world, framework, b_1="major")
    web = login(world.coordinator)
    page = text(web.get("/qualitaet/traeger/"))
    assert "QM-Beauftragte*r fehlt" in page
    assert "1 Hauptabweichung offen" in page
    assert "Fehlt." not in page
    rows = table_of(web.get("/qualitaet/traeger/stand.xlsx"))
    nord = next(row for row in rows if row[0] == "KV Nordstadt")
    assert (nord[7], nord[9:12]) == ("fehlt", (1, 0, 0))


@pytest.mark.parametrize("size", [1, 48, 300])
def test_pages_cost_the_same_whatever_the_size(world, web, size, django_assert_max_num_queries):
    framework = catalogue.small(world, size)
    audit = make.held(world, framework, b_1="minor")
    make.planned(world, framework, title="Noch eins", planned_on=days(1))
    for address in ("/qualitaet/audits/", url(audit), "/qualitaet/beauftragte/"):
        with django_assert_max_num_queries(20):
            assert web.get(address).status_code == 200


def test_the_overview_costs_the_same_for_many_carriers(world, login, django_assert_num_queries, framework):
    web = login(world.coordinator)
    web.get("/qualitaet/traeger/")
    with CaptureQueriesContext(connection) as few:
        web.get("/qualitaet/traeger/")
    for number in range(4):
        catalogue.another_carrier(world, f"KV {number}")
    take_over(by=catalogue.far_manager(world).actor, organisation=world.suedstadt, content=catalogue.content())
    make.held(world, framework, b_1="major")
    make.appointed(world)
    with django_assert_num_queries(len(few)):
        assert web.get("/qualitaet/traeger/").status_code == 200


def test_fulfilment_stands_by_chapter_for_every_closed_assessment(world, web, framework):
    here = f"/qualitaet/katalog/{framework.public_id}/verlauf/"
    assert "sobald eine Selbstbewertung abgeschlossen ist" in text(web.get(here))
    catalogue.closed(world, catalogue.begun(world, framework, title="2025"), Rating.PARTLY)
    catalogue.closed(world, catalogue.begun(world, framework, title="2026"))
    found = trend(framework)
    assert [one.title for one in found.assessments] == ["2025", "2026"]
    assert [(title, [(one.fulfilled, one.applicable) for one in row]) for title, row in found.rows] == [
        ("1 Bereich 1", [(0, 3), (3, 3)])
    ]
    assert "3 von 3" in text(web.get(here))
