"""The pages of evidence, as keepers, colleagues, owners and the district see them."""

from datetime import date

import pytest
from django.urls import reverse

from lotse.quality.models import Criterion, EvidenceConfirmation, EvidenceDocument, EvidenceReading, EvidenceTarget
from lotse.quality.quarters import Quarter
from tests.documents.files import pdf, upload
from tests.factories import quality as make
from tests.factories import quality_evidence as proofs
from tests.factories import ways


@pytest.fixture
def web(world, login):
    return login(world.carrier_manager)


@pytest.fixture
def minutes(world):
    """The criterion that minutes speak for, with a team that met last quarter."""
    make.awo(world)
    ways.attends(proofs.met(proofs.team(world), proofs.last_quarter()), world.carrier_manager)
    proofs.read(world)
    return Criterion.objects.get(slug="mi-3-f")


def text(answer):
    return answer.content.decode()


def address(name, criterion, gauge="minuted"):
    return reverse(f"quality:{name}", args=[criterion.public_id, gauge])


def test_the_criterion_says_value_period_and_why(web, minutes):
    page = text(web.get(f"/qualitaet/kriterium/{minutes.public_id}/"))
    assert "Was die Zahlen sagen" in page
    assert "Zu Teambesprechungen gibt es ein Protokoll." in page
    assert "100\N{NO-BREAK SPACE}%" in page
    assert "spricht dafür" in page
    assert "Kennzahlen gelesen am" in page


def test_the_catalogue_says_it_in_few_words(web, minutes):
    page = text(web.get(f"/qualitaet/katalog/{minutes.framework.public_id}/?kapitel=3"))
    assert "2 sprechen dafür" in page
    assert "2 sprechen dagegen" in page  # too few meetings of a team


def test_a_catalogue_without_such_figures_says_nothing_of_reading(world, web):
    other = make.small(world)
    assert "gelesen" not in text(web.get(f"/qualitaet/katalog/{other.public_id}/"))


def test_a_figure_opens_to_what_it_was_counted_from(world, web, login, minutes):
    page = text(web.get(address("evidence_sign", minutes)))
    assert "Dahinter" in page
    assert "/netzwerk/" in page
    assert text(login(world.counsellor).get(address("evidence_sign", minutes))).count("Bestätigen") == 0
    assert web.get(address("evidence_sign", minutes, "contracts")).status_code == 404
    assert login(world.coordinator).get(address("evidence_sign", minutes)).status_code == 404


def test_files_behind_a_figure_are_listed_for_nobody_who_may_not_read_them(web, minutes):
    criterion = Criterion.objects.get(slug="mi-4-b")
    EvidenceReading.objects.filter(gauge="entered").update(value=80)
    page = text(web.get(address("evidence_sign", criterion, "entered")))
    assert "Hier werden Akten gezählt." in page
    assert "Dahinter" not in page


def test_confirming_by_form(web, minutes):
    page = text(web.get(address("evidence_confirm", minutes)))
    assert "Die Bewertung bleibt davon unberührt." in page
    assert web.post(address("evidence_confirm", minutes), {"value": "99"}).status_code == 200
    answer = web.post(address("evidence_confirm", minutes), {"value": "100", "note": "Ordner"})
    assert answer["Location"] == f"/qualitaet/kriterium/{minutes.public_id}/"
    assert EvidenceConfirmation.objects.get().note == "Ordner"
    assert "bestätigt" in text(web.get(answer["Location"]))


def test_a_threshold_by_form(web, minutes):
    assert "Vorschlag: mindestens 80" in text(web.get(address("evidence_threshold", minutes)))
    web.post(address("evidence_threshold", minutes), {"threshold": "95", "revision": "0"})
    assert EvidenceTarget.objects.get().threshold == 95


def test_reading_anew_by_button(web, minutes, django_capture_on_commit_callbacks):
    EvidenceReading.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        web.post(f"/qualitaet/katalog/{minutes.framework.public_id}/neu-lesen/")
    assert EvidenceReading.objects.exists()


def test_a_document_is_filed_for_a_criterion_opened_and_renewed(world, web, login, minutes):
    given = {
        "title": "Protokollordner", "owner": world.counsellor.person.public_id, "begins_on": "2026-01-01", "ends_on": "2026-06-30",
        "expires_on": "", "mode": "submit", "file": upload(pdf("Ordner"), "ordner.pdf"),
    }  # fmt: skip
    answer = web.post(f"/qualitaet/nachweise/neu/?kriterium={minutes.public_id}", given)
    found = EvidenceDocument.objects.get()
    assert answer["Location"] == f"/qualitaet/nachweise/{found.public_id}/"
    page = text(web.get(answer["Location"]))
    assert "Mi 3. f)" in page
    assert "01.01.2026 bis 30.06.2026" in page
    file = web.get(f"/qualitaet/nachweise/datei/{found.versions.get().public_id}/")
    assert b"Ordner" in file.content
    renewal = {
        "begins_on": "2026-07-01",
        "ends_on": "2026-12-31",
        "revision": "1",
        "file": upload(pdf("Neu"), "neu.pdf"),
    }
    login(world.counsellor).post(f"/qualitaet/nachweise/{found.public_id}/erneuern/", renewal)
    assert found.versions.count() == 2
    assert "Protokollordner" in text(web.get(f"/qualitaet/kriterium/{minutes.public_id}/"))


def test_a_document_is_changed_linked_unlinked_and_removed(world, web, minutes):
    found = proofs.document(world)
    here = f"/qualitaet/nachweise/{found.public_id}/"
    changed = {
        "title": "Neuer Titel",
        "owner": world.technical_lead.person.public_id,
        "mode": "on_site_only",
        "revision": "1",
    }
    web.post(f"{here}aendern/", changed)
    web.post(f"{here}zuordnen/", {"criterion": minutes.public_id})
    assert "nur vor Ort" in text(web.get(here))
    web.post(f"/qualitaet/nachweise/zuordnung/{found.links.get().public_id}/loesen/")
    assert "Noch keinem Kriterium zugeordnet." in text(web.get(here))
    web.post(f"{here}loeschen/")
    assert web.get(here).status_code == 404


def test_the_list_of_documents_is_paged_and_narrowed(world, web, login):
    assert "Noch keine Unterlage." in text(web.get("/qualitaet/nachweise/"))
    for number in range(26):
        proofs.document(world, title=f"Unterlage {number:02}")
    page = text(web.get("/qualitaet/nachweise/?stand=bald"))
    assert 'laufen bald ab <span class="small">26</span>' in page
    assert page.count("Unterlage 0") == 10
    assert "stand=bald&amp;ab=" in page
    assert "Hier ist keine Unterlage." in text(web.get("/qualitaet/nachweise/?stand=abgelaufen"))
    assert "sind hier andere zuständig" in text(login(world.colleague).get("/qualitaet/nachweise/"))


def test_a_stranger_finds_no_document(world, login):
    found = proofs.document(world)
    for name in ("colleague", "outsider", "coordinator"):
        assert login(getattr(world, name)).get(f"/qualitaet/nachweise/{found.public_id}/").status_code == 404


def test_heute_shows_what_expires(world, login):
    proofs.document(world, title="Leitbild 2026")
    assert "Nachweis: Leitbild 2026" in text(login(world.counsellor).get("/"))


# --- a year of one's own choice -----------------------------------------------------------------------------------------
def _of_2024(minutes, value=40, quarter=date(2024, 4, 1)):
    """Kept since, and older than the five quarters that stand there anyway."""
    row = EvidenceReading.objects.filter(gauge="minuted").first()
    return EvidenceReading.objects.create(
        organisation=minutes.organisation, gauge="minuted", begins_on=quarter, ends_on=Quarter(quarter).ends_on, value=value,
        version=row.version, read_at=row.read_at,
    )  # fmt: skip


def test_every_year_that_was_read_can_be_chosen(world, web, minutes):
    team = ways.format_of(world.nordstadt, "Früher", kind="team_staff")
    ways.attends(proofs.met(team, date(2024, 5, 2)), world.carrier_manager)
    _of_2024(minutes)
    usual = text(web.get(address("evidence_sign", minutes)))
    assert ("2. Quartal 2024" in usual, "?jahr=2024" in usual) == (False, True)
    chosen = text(web.get(f"{address('evidence_sign', minutes)}?jahr=2024"))
    assert ("40\N{NO-BREAK SPACE}%" in chosen, "4. Quartal 2024" in chosen, "Dahinter" in chosen) == (True, True, False)
    opened = text(web.get(f"{address('evidence_sign', minutes)}?jahr=2024&quartal=2"))
    assert ("Dahinter: 2. Quartal 2024" in opened, "02.05.2024" in opened) == (True, True)


@pytest.mark.parametrize("asked", ["jahr=2019", "jahr=99999", "jahr=x", "quartal=2", "jahr=2024&quartal=3", "jahr=2024&quartal=9"])  # fmt: skip
def test_what_was_never_read_is_not_shown(web, minutes, asked):
    _of_2024(minutes)
    page = web.get(f"{address('evidence_sign', minutes)}?{asked}")
    assert (page.status_code, "Dahinter: 3. Quartal 2024" in text(page)) == (200, False)


def test_the_judgement_stays_the_one_of_today(web, minutes):
    _of_2024(minutes, value=0)
    page = text(web.get(f"{address('evidence_sign', minutes)}?jahr=2024"))
    assert ("spricht dafür" in page, "0\N{NO-BREAK SPACE}%" in page) == (True, True)


def test_of_another_carrier_no_year_is_offered(world, login, web, minutes):
    row = _of_2024(minutes)
    EvidenceReading.objects.filter(pk=row.pk).update(organisation=world.suedstadt)
    assert "?jahr=2024" not in text(web.get(address("evidence_sign", minutes)))
    assert login(world.outsider).get(f"{address('evidence_sign', minutes)}?jahr=2024").status_code == 404
