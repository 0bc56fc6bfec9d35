"""The pages of documents, manual and devices, as readers, writers and keepers see them; what today asks, what figures say."""

import io
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.organisations.ties import ties_of
from lotse.quality import governed_papers
from lotse.quality.actions import governed as acts
from lotse.quality.actions import governed_versions as steps
from lotse.quality.actions.equipment import check_equipment
from lotse.quality.actions.frameworks import set_reference
from lotse.quality.enums import CheckResult
from lotse.quality.models import Equipment, GovernedDocument, GovernedVersion, ManualChapter
from lotse.quality.queries.today import work_items
from tests.documents.files import pdf, upload
from tests.factories import quality
from tests.factories import quality_papers as make
from tests.personas import persona


@pytest.fixture
def web(world, login):
    return login(world.carrier_manager)


def text(answer):
    return answer.content.decode()


def rows_of(answer, sheet=0):
    book = load_workbook(io.BytesIO(b"".join(answer)))
    return [tuple(cell or "" for cell in row) for row in book.worksheets[sheet].iter_rows(values_only=True)]


def url_of(document):
    return f"/qualitaet/unterlagen/{document.public_id}/"


def version_url(version):
    return f"/qualitaet/unterlagen/fassung/{version.public_id}/"


def test_the_empty_pages_say_what_comes_first(world, web, login):
    assert "Womit beginnen?" in text(web.get("/qualitaet/unterlagen/"))
    assert "Noch kein Kapitel" in text(web.get("/qualitaet/handbuch/"))
    assert "Noch nichts eingetragen" in text(web.get("/qualitaet/geraete/"))
    colleague = login(world.counsellor)
    assert "Noch kein Dokument in Kraft" in text(colleague.get("/qualitaet/unterlagen/"))
    assert "neu/" not in text(colleague.get("/qualitaet/geraete/"))


def test_a_document_goes_its_way_on_the_pages(world, web, login):
    given = {
        "kind": "mission", "number": "L 1", "title": "Leitbild", "owner": world.colleague.person.public_id,
        "review_every": "12", "roles": ["counsellor"],
    }  # fmt: skip
    write = web.post("/qualitaet/unterlagen/neu/", given)["Location"]
    draft = login(world.colleague).post(write, {"text": "Wir hören zu."})["Location"]
    version = GovernedVersion.objects.get()
    assert draft == version_url(version)
    assert login(world.counsellor).get(url_of(version.document)).status_code == 404

    owner = login(world.colleague)
    assert "Zur Freigabe vorlegen" in text(owner.get(draft))
    owner.post(f"{draft}vorlegen/")
    assert "Freigeben</span>" not in text(owner.get(draft))
    assert "Diese Fassung wartet auf Ihre Freigabe." in text(web.get(draft))
    web.post(f"{draft}freigeben/", {"valid_from": timezone.localdate()})

    reader = login(world.counsellor)
    here = url_of(version.document)
    page = text(reader.get(here))
    assert "Wir hören zu." in page
    assert "Gelesen und verstanden</span>" in page
    assert "Fassungen</h2>" not in page
    assert reader.post(f"{draft}gelesen/")["Location"] == here
    assert "Von Ihnen gelesen und verstanden am" in text(reader.get(here))
    assert "Noch nicht gelesen: 1 von 2. Colleague Beispiel." in text(web.get(here))
    assert "Noch nicht gelesen" not in text(owner.get(here))


def test_a_posted_owner_of_another_house_is_no_choice(world, web):
    given = {"kind": "mission", "title": "x", "owner": world.outsider.person.public_id, "review_every": "12"}
    assert "steht hier nicht mehr zur Wahl" in text(web.post("/qualitaet/unterlagen/neu/", given))
    assert not GovernedDocument.objects.exists()


def test_who_keeps_several_carriers_chooses_one(world, login):
    persona(world, "of_district", world.district, "qm_officer")
    web = login(world.of_district)
    for page in ("unterlagen", "geraete"):
        assert f"?traeger={world.suedstadt.public_id}" in text(web.get(f"/qualitaet/{page}/neu/"))
    web.post(f"/qualitaet/handbuch/neu/?traeger={world.suedstadt.public_id}", {"number": "1", "title": "Eins"})
    assert ManualChapter.objects.get().organisation == world.suedstadt
    assert "1 Eins" in text(web.get(f"/qualitaet/handbuch/?traeger={world.suedstadt.public_id}"))
    assert "1 Eins" not in text(web.get("/qualitaet/handbuch/"))


def test_a_file_is_kept_and_opened(world, web, login):
    document = make.document(world)
    here = f"{url_of(document)}fassung/"
    assert "Bitte entweder einen Text schreiben oder eine Datei wählen." in text(web.post(here, {"text": ""}))
    both = {"text": "Beides", "file": upload()}
    assert "Bitte entweder einen Text" in text(web.post(here, both))
    web.post(here, {"text": "", "file": upload()})
    version = GovernedVersion.objects.get()
    steps.submit_version(by=world.carrier_manager.actor, version=version)
    steps.approve_version(by=world.technical_lead.actor, version=version, valid_from=timezone.localdate())
    reader = login(world.counsellor)
    assert "plan.pdf öffnen" in text(reader.get(url_of(document)))
    answer = reader.get(f"{version_url(version)}datei/")
    assert (answer.content, answer["Content-Disposition"]) == (pdf(), 'attachment; filename="plan.pdf"')
    assert reader.get(f"{version_url(version)}drucken.pdf").status_code == 404
    assert "SHA-256" in text(web.get(version_url(version)))


def test_a_new_version_begins_with_the_words_in_force_and_shows_what_changed(world, web):
    version = make.in_force(world)
    here = f"{url_of(version.document)}fassung/"
    assert "Jede Person wird gehört." in text(web.get(here))
    changed = {"text": make.TEXT.replace("gehört", "ernst genommen"), "change_note": ""}
    assert steps.SAY_WHAT in text(web.post(here, changed))
    there = web.post(here, {**changed, "change_note": "deutlicher"})["Location"]
    page = text(web.get(there))
    assert "Unterschiede zu Fassung 1" in page
    assert "<del>gehört.</del>" in page
    assert "<ins>ernst genommen.</ins>" in page
    assert web.get(here)["Location"] == there


def test_a_returned_draft_says_why_and_is_written_on(world, web, login):
    version = make.submitted(world, make.document(world))
    web.post(f"{version_url(version)}zurueckgeben/", {"remark": "Bitte kürzer."})
    lead = login(world.technical_lead)
    assert "Bitte kürzer." in text(lead.get(version_url(version)))
    lead.post(f"{version_url(version)}schreiben/", {"text": "Kurz.", "revision": 3})
    assert GovernedVersion.objects.get().text == "Kurz."
    assert web.post(f"{version_url(version)}zurueckziehen/")["Location"] == url_of(version.document)
    assert GovernedVersion.objects.get().stage[0] == "zurückgezogen"


def test_an_overdue_review_is_said_in_words_and_done(world, web):
    version = make.in_force(world, days=400)
    assert "Prüfung überfällig" in text(web.get("/qualitaet/unterlagen/"))
    here = f"{url_of(version.document)}pruefen/"
    assert web.post(here, {"result": "new_version"})["Location"] == f"{url_of(version.document)}fassung/"
    web.post(here, {"result": "unchanged", "note": "gelesen"})
    assert "gilt unverändert weiter" in text(web.get(url_of(version.document)))
    assert "in Kraft" in text(web.get("/qualitaet/unterlagen/"))
    assert "Hier ist gerade nichts" in text(web.get("/qualitaet/unterlagen/?nur=ueberfaellig"))


def test_a_document_without_a_version_is_not_reviewed(world, web):
    assert web.get(f"{url_of(make.document(world))}pruefen/").status_code == 404


def test_the_list_is_narrowed(world, web, login):
    make.in_force(world, "Leitbild")
    make.draft(world, make.document(world, "Konzeption", kind="concept"))
    page = text(web.get("/qualitaet/unterlagen/?nur=entwuerfe"))
    assert "Konzeption</a>" in page
    assert "Leitbild</a>" not in page
    assert "Leitbild</a>" in text(login(world.counsellor).get("/qualitaet/unterlagen/?nur=lesen"))
    assert "Hier ist gerade nichts" in text(web.get("/qualitaet/unterlagen/?q=Mondfahrt"))


def test_the_paper_says_what_it_is(world, web):
    version = make.approved(world, make.document(world, number="L 1"), 10)
    paper = governed_papers.version_paper(version)
    head = dict(paper.blocks[1].rows)
    assert (head["Nummer"], head["Fassung"], head["Freigegeben von"]) == ("L 1", "1", "Carrier_Manager Beispiel")
    assert head["Gilt ab"] == f"{make.days_ago(10):%d.%m.%Y}"
    assert (paper.watermark, paper.footer) == ("", "KV Nordstadt · L 1 Leitbild · Fassung 1")
    draft = make.draft(world, version.document, "Neu.", change_note="kürzer")
    assert governed_papers.version_paper(draft).watermark == "Entwurf"
    assert b"".join(web.get(f"{version_url(version)}drucken.pdf")).startswith(b"%PDF")


def test_who_has_read_leaves_as_a_table(world, web, login):
    version = make.in_force(world, roles=["counsellor"])
    acts.acknowledge(by=world.counsellor.actor, version=version)
    assert "Bestätigt: 1 von 2" in text(web.get(f"{version_url(version)}lesende/"))
    answer = web.get(f"{version_url(version)}lesende.xlsx")
    rows = rows_of(answer)
    assert [row[:2] for row in rows[1:]] == [("Beispiel", "Colleague"), ("Beispiel", "Counsellor")]
    assert rows[1][2] == "noch nicht"
    assert rows[2][2].date() == timezone.localdate()
    assert login(world.counsellor).get(f"{version_url(version)}lesende/").status_code == 403


def test_the_manual_is_read_written_and_printed(world, web, login):
    framework = quality.small(world)
    criterion = framework.criteria.get(slug="b-1")
    version = make.in_force(world)
    given = {"number": "1", "title": "Grundlagen", "text": "Worum es geht.", "document": version.document.public_id}
    web.post("/qualitaet/handbuch/neu/", given)
    chapter = ManualChapter.objects.get()
    fundstelle = f"/qualitaet/kriterium/{criterion.public_id}/fundstelle/"
    web.post(fundstelle, {"chapter": chapter.public_id, "text": "Seite 3", "link": "", "revision": 0})
    reader = login(world.counsellor)
    here = f"/qualitaet/handbuch/{chapter.public_id}/"
    page = text(reader.get(f"/qualitaet/katalog/{framework.public_id}/"))
    assert f'<a href="{here}">1 Grundlagen</a>, Seite 3' in page
    page = text(reader.get(here))
    assert "Beispiel 1 gilt." in page
    assert url_of(version.document) in page
    assert "B 1</a>" in text(reader.get("/qualitaet/handbuch/"))
    assert b"".join(reader.get("/qualitaet/handbuch/drucken.pdf")).startswith(b"%PDF")
    web.post(f"{here}bearbeiten/", {**given, "title": "Grundsätze", "revision": 1})
    assert ManualChapter.objects.get().title == "Grundsätze"
    assert "Auf dieses Kapitel zeigen" in text(web.post(f"{here}loeschen/", follow=True))
    set_reference(by=world.carrier_manager.actor, criterion=criterion, text="")
    web.post(f"{here}loeschen/")
    assert not ManualChapter.objects.exists()


def test_a_chapter_does_not_lead_to_what_its_reader_may_not_open(world, login):
    version = make.in_force(world, is_confidential=True, roles=["dpo"])
    chapter = make.chapter(world, document=version.document)
    here = f"/qualitaet/handbuch/{chapter.public_id}/"
    assert url_of(version.document) not in text(login(world.counsellor).get(here))
    assert url_of(version.document) in text(login(world.dpo).get(here))


def test_a_device_is_entered_checked_and_listed(world, web, login):
    given = {
        "name": "Drucker", "kind": "device", "site": world.site.public_id, "place": "Raum 3",
        "responsible": world.counsellor.person.public_id, "check_every": "12", "inventory_number": "G 7",
    }  # fmt: skip
    web.post("/qualitaet/geraete/neu/", given)
    one = Equipment.objects.get()
    here = f"/qualitaet/geraete/{one.public_id}/"
    reader = login(world.counsellor)
    assert "Beratungsstelle Nordstadt, Raum 3" in text(reader.get(here))
    bad = {"result": "defect", "note": "", "on": timezone.localdate()}
    assert "was nicht in Ordnung ist" in text(reader.post(f"{here}pruefen/", bad))
    reader.post(f"{here}pruefen/", {**bad, "note": "streift"})
    assert "Verbesserung vorschlagen" in text(reader.get(here))
    assert f"/qualitaet/verbesserung/anlegen/?traeger={world.nordstadt.public_id}" in text(web.get(here))
    assert "Mangel" in text(reader.get("/qualitaet/geraete/?nur=mangel"))
    assert login(world.colleague).get(f"{here}pruefen/").status_code == 403
    web.post(f"{here}bearbeiten/", {**given, "name": "Farbdrucker", "revision": 2})
    rows = rows_of(web.get("/qualitaet/geraete/liste.xlsx"))
    assert (rows[1][0], rows[1][4], rows[1][9]) == ("Farbdrucker", "G 7", "Mangel")
    assert b"".join(web.get("/qualitaet/geraete/liste.pdf")).startswith(b"%PDF")


def work(world, who):
    return [item.title for item in work_items(world.personas[who].actor, timezone.localdate())]


def test_today_says_what_waits(world, login):
    assert work(world, "counsellor") == work(world, "funder") == []
    version = make.in_force(world, days=360)
    make.submitted(world, make.document(world, "Konzeption"))
    make.device(world, bought_on=make.days_ago(400))
    assert work(world, "counsellor") == ["Zu lesen: Leitbild", "Gerät prüfen: Feuerlöscher"]
    assert work(world, "technical_lead") == ["Zu lesen: Leitbild", "Zu prüfen: Leitbild"]
    assert work(world, "carrier_manager") == ["Zu lesen: Leitbild", "Zur Freigabe: Konzeption"]
    page = text(login(world.counsellor).get("/"))
    assert url_of(version.document) in page
    acts.acknowledge(by=world.counsellor.actor, version=version)
    make.in_force(world, "A")
    make.in_force(world, "B")
    assert work(world, "counsellor")[0] == "2 Unterlagen zu lesen"
    assert work(world, "outsider") == []


def test_today_costs_one_statement(world, django_assert_num_queries):
    make.in_force(world)
    actor, funder = world.carrier_manager.actor, world.funder.actor
    with django_assert_num_queries(1):
        work_items(actor, timezone.localdate())
    with django_assert_num_queries(0):
        work_items(funder, timezone.localdate())


def cells(world, key, who="carrier_manager"):
    today = timezone.localdate()
    question = Question(world.personas[who].actor, Period(date(today.year, 1, 1), today))
    (found,) = evaluate([fact(f"quality.{key}")], question)
    return {cell.key: cell.count for cell in found.cells if cell.count}


def test_nobody_leaves_with_documents_or_devices_in_hand(world):
    version = make.in_force(world, owner=world.counsellor.person)
    make.device(world)
    labels = {tie.label: tie.count for tie in ties_of(world.counsellor.person)}
    assert labels["Dokument in eigener Verantwortung"] == labels["Gerät oder Material"] == 1
    steps.withdraw_version(by=world.carrier_manager.actor, version=version)
    assert "Dokument in eigener Verantwortung" not in {tie.label for tie in ties_of(world.counsellor.person)}


@pytest.mark.rule("QM-04")
def test_documents_are_counted_by_review_and_by_who_has_read(world):
    old = make.in_force(world, "Alt", days=400, roles=["dpo"])
    make.in_force(world, "Neu", roles=["counsellor"])
    make.draft(world, make.document(world, "Entwurf"))
    assert cells(world, "documents_reviewed") == {"in_time": 1, "overdue": 1}
    assert cells(world, "acknowledged") == {"missing": 2}
    acts.acknowledge(by=world.dpo.actor, version=old)
    assert cells(world, "acknowledged") == {"everyone": 1, "missing": 1}
    assert cells(world, "acknowledged", "coordinator") == {"everyone": 1, "missing": 1}
    quality.far_manager(world)
    assert cells(world, "documents_reviewed", "far_manager") == {}


@pytest.mark.rule("QM-30")
def test_devices_are_counted_by_their_check(world):
    make.device(world, "A", bought_on=make.days_ago(400))
    make.device(world, "B", check_every=None)
    one = make.device(world, "C")
    assert cells(world, "equipment_checked") == {"in_time": 1, "overdue": 1}
    check_equipment(by=world.counsellor.actor, equipment=one, result=CheckResult.DEFECT, note="kaputt")
    assert cells(world, "equipment_checked") == {"defect": 1, "overdue": 1}


@pytest.mark.parametrize("size", [1, 12])
def test_pages_cost_the_same_whatever_the_size(world, web, size, django_assert_max_num_queries):
    make.many(world, size)
    version = GovernedVersion.objects.first()
    for number in range(size):
        chapter = make.chapter(world, f"{number}")
        make.chapter(world, f"{number}.1", parent=chapter, document=version.document)
        make.device(world, f"Gerät {number}")
    urls = {
        "/qualitaet/unterlagen/": 17, url_of(version.document): 22, version_url(version): 16, "/qualitaet/handbuch/": 15,
        "/qualitaet/geraete/": 14, f"{version_url(version)}lesende/": 16,
    }  # fmt: skip
    for url, most in urls.items():
        with django_assert_max_num_queries(most):
            assert web.get(url).status_code == 200
