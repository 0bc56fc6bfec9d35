"""Whoever releases keeps the forms and logos; an agency exports on what holds."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lotse.agency.actions.papers import begin_document
from lotse.agency.actions.release import release_document
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument
from lotse.core.errors import NotAllowed
from lotse.documents.models import Evidence, FormTemplate, Logo
from lotse.documents.template_actions import save_template, set_validity
from lotse.documents.templates import PURPOSES, content_of, example, filled, missing_in
from tests.agency import way
from tests.documents.files import PNG, upload
from tests.documents.letters import word
from tests.documents.reading import tags_of, words_of
from tests.factories import forms
from tests.factories.agencies import YEAR
from tests.personas import persona

TODAY = timezone.localdate
LIST = "/agentur/vorlagen/"
NEW = f"{LIST}neu/ia_task_plan/"


def typed(house, **more):
    return {"version": "2026", "valid_from": "2026-01-01", "organisation": house.world.district.public_id, **more}


def begun(house, kind=DocumentKind.TASK_PLAN):
    return begin_document(by=house.world.worker.actor, agency=house.agency, kind=kind, funding_year=YEAR)


def test_the_forms_are_kept_by_who_releases(world, house, login):
    for name, wanted in (("coordinator", 200), ("worker", 403), ("carrier_manager", 403), ("counsellor", 403)):
        assert login(getattr(world, name)).get(LIST).status_code == wanted, name


def test_a_form_is_uploaded_and_what_it_lacks_is_named(world, house, login):
    file = forms.word_upload(word("{{Integrationsagentur}}, {{Förderjahr}}"))
    page = login(world.coordinator).post(NEW, typed(house, file=file), follow=True).content.decode()
    made = FormTemplate.objects.get()
    assert (made.organisation, made.missing) == (world.district, ["Aufgabe", "Ziel", "Schritt"])
    assert "Ohne Platzhalter für Aufgabe, Ziel und Schritt" in page


def test_a_form_with_unknown_gaps_is_refused_beside_the_field(world, house, login):
    file = forms.word_upload(word("{{Integrationsagenturr}}"))
    page = login(world.coordinator).post(NEW, typed(house, file=file)).content.decode()
    assert "Den Platzhalter „Integrationsagenturr“ gibt es nicht. Meinten Sie „Integrationsagentur“?" in page
    assert not FormTemplate.objects.exists()


def test_a_new_form_takes_over_on_its_first_day(world, house, login):
    web = login(world.coordinator)
    web.post(NEW, typed(house))
    web.post(NEW, typed(house, version="2027", valid_from="2027-01-01"))
    dates = FormTemplate.objects.order_by("id").values_list("valid_from", "valid_to")
    assert list(dates) == [(date(2026, 1, 1), date(2026, 12, 31)), (date(2027, 1, 1), None)]
    page = web.post(NEW, typed(house, version="2026b", valid_from="2026-06-01")).content.decode()
    assert "Der Beginn liegt vor dem der jetzigen Fassung." in page


@pytest.mark.rule("IA-02")
def test_forms_are_kept_for_the_own_branch_only(world, house, login):
    persona(world, "near_coordinator", world.nordstadt, "regional_coordinator")
    of_district = forms.form(world.coordinator, world.district, "ia_task_plan")
    by, new = world.near_coordinator.actor, {"purpose": "ia_report", "version": "1", "valid_from": date(2026, 1, 1)}
    with pytest.raises(NotAllowed):
        save_template(by=by, organisation=world.district, **new)
    with pytest.raises(NotAllowed):
        set_validity(by=by, row=of_district, valid_from=date(2026, 1, 1), valid_to=None)
    assert save_template(by=by, organisation=world.nordstadt, **new).organisation == world.nordstadt
    web = login(world.near_coordinator)
    assert web.get(f"{LIST}{of_district.public_id}/").status_code == 404
    assert web.post(NEW, typed(house)).status_code == 200


def test_dates_are_changed_and_stay_in_order(world, house, login):
    row = forms.form(world.coordinator, world.district, "ia_task_plan")
    web, url = login(world.coordinator), f"{LIST}{row.public_id}/"
    page = web.post(url, {"valid_from": "2026-05-01", "valid_to": "2026-04-01"}).content.decode()
    assert "Das Ende liegt vor dem Beginn." in page
    web.post(url, {"valid_from": "2026-04-01", "valid_to": "2026-05-01"})
    row.refresh_from_db()
    assert (row.valid_from, row.valid_to) == (date(2026, 4, 1), date(2026, 5, 1))


def test_a_logo_is_uploaded_and_shown(world, house, login):
    web = login(world.coordinator)
    values = {"slot": "ministry", "alt": "Landeswappen", "file": forms.image_upload()}
    assert web.post(f"{LIST}logo/", {**typed(house), **values}).status_code == 302
    logo = Logo.objects.get()
    assert web.get(f"{LIST}logo/{logo.public_id}/bild").content == forms.picture()
    assert 'alt="Landeswappen"' in web.get(LIST).content.decode()


def test_a_broken_picture_is_refused_before_it_holds_up_a_report(world, house, login):
    values = {"slot": "ministry", "alt": "Landeswappen", "file": upload(PNG, "logo.png", "image/png")}
    page = login(world.coordinator).post(f"{LIST}logo/", {**typed(house), **values}).content.decode()
    assert "Das Bild lässt sich nicht drucken." in page


def test_examples_are_one_click_away_and_marked(world, house, login):
    web = login(world.coordinator)
    assert "Beispiele anlegen" in web.get(LIST).content.decode()
    page = web.post(f"{LIST}beispiele/", follow=True).content.decode()
    assert FormTemplate.objects.filter(is_example=True, missing=[]).count() == 3
    assert "Beispiele anlegen" not in page
    row = FormTemplate.objects.get(purpose="ia_report")
    shown = b"".join(web.get(f"{LIST}{row.public_id}/vorschau/").streaming_content)
    assert "Erster offener Treff" in forms.text_of(shown)


def test_the_paper_of_the_house_is_previewed_too(world, house, login):
    for key in ("ia_analysis", "ia_task_plan", "ia_report"):
        row = forms.form(world.coordinator, world.district, key)
        shown = b"".join(login(world.coordinator).get(f"{LIST}{row.public_id}/vorschau/").streaming_content)
        assert "Integrationsagentur Musterstadt" in words_of(shown)
        assert login(world.coordinator).get(f"{LIST}{row.public_id}/datei.docx").status_code == 404


@pytest.mark.parametrize("key", ["ia_analysis", "ia_task_plan", "ia_report"])
def test_every_example_knows_all_its_gaps_and_can_be_filled(key):
    purpose = PURPOSES[key]
    content = example(purpose)
    assert missing_in(content, purpose) == []
    assert "{{" not in " ".join(forms.text_of(filled(content, purpose.sample())))


@pytest.mark.rule("IA-02")
def test_a_document_begins_on_the_form_that_holds(world, house):
    forms.form(world.coordinator, world.district, "ia_task_plan", valid_to=TODAY() - timedelta(days=1))
    now = forms.form(world.coordinator, world.district, "ia_task_plan")
    assert begun(house).template == now
    assert begun(house, DocumentKind.CONTROLLING).template is None


@pytest.mark.rule("IA-02")
def test_a_plan_leaves_the_house_as_pdf_and_on_its_form(world, house, login):
    content = example(PURPOSES["ia_task_plan"])
    forms.form(world.coordinator, world.district, "ia_task_plan", content)
    forms.logo(world.coordinator, world.district)
    plan = begun(house)
    house.task(plan, house.need(house.document(DocumentKind.ANALYSIS)), occasion="Kein Raum im Quartier")
    web = login(world.worker)
    pdf = b"".join(web.get(f"/agentur/papier/{plan.public_id}/pdf/").streaming_content)
    assert "1. Treffpunkte schaffen" in words_of(pdf)
    form = b"".join(web.get(f"/agentur/papier/{plan.public_id}/word/").streaming_content)
    assert "Kein Raum im Quartier" in forms.text_of(form)


@pytest.mark.rule("IA-02")
def test_an_outdated_logo_stops_the_export_until_the_coordination_has_a_new_one(world, house, login):
    """The journey: begun in spring, the logo runs out, the agency is told, the coordinator uploads, the agency exports."""
    forms.form(world.coordinator, world.district, "ia_task_plan")
    old = forms.logo(world.coordinator, world.district, valid_to=TODAY() - timedelta(days=1))
    plan = begun(house)
    agency, url = login(world.worker), f"/agentur/papier/{plan.public_id}/pdf/"
    said = f"Das Logo des Ministeriums gilt seit {TODAY():%d.%m.%Y} nicht mehr."
    page = agency.get(url, follow=True).content.decode()
    assert (said in page, "Vorlagen und Logos pflegt die Koordination." in page) == (True, True)
    assert f"/agentur/papier/{plan.public_id}/word/" not in page
    office = login(world.coordinator)
    assert f"abgelaufen am {old.valid_to:%d.%m.%Y}" in office.get(LIST).content.decode()
    values = {"slot": "ministry", "alt": "Neues Wappen", "file": forms.image_upload(), "valid_from": f"{TODAY()}"}
    assert office.post(f"{LIST}logo/", {**typed(house), **values}).status_code == 302
    assert agency.get(url)["Content-Type"] == "application/pdf"


@pytest.mark.rule("IA-02")
def test_an_outdated_form_is_changed_for_the_one_that_holds(world, house, login):
    old = forms.form(world.coordinator, world.district, "ia_task_plan")
    plan = begun(house)
    old.valid_to = TODAY() - timedelta(days=1)
    old.save()
    now = forms.form(world.coordinator, world.district, "ia_task_plan", valid_from=TODAY())
    web, url = login(world.worker), f"/agentur/papier/{plan.public_id}/"
    page = web.get(f"{url}word/", follow=True).content.decode()
    assert "Bitte auf die jetzige Vorlage umstellen." in page
    web.post(f"{url}vorlage/")
    plan.refresh_from_db()
    assert plan.template == now
    assert web.get(f"{url}word/").status_code == 200


def outdated(world, purpose="ia_report"):
    """A form that held until yesterday."""
    return forms.form(world.coordinator, world.district, purpose, valid_to=TODAY() - timedelta(days=1))


@pytest.mark.rule("IA-02")
def test_a_report_on_an_outdated_form_is_not_handed_in_and_its_page_says_so_before(world, house, login):
    way.planned(house)
    report = way.written(house)
    AgencyDocument.objects.filter(pk=report.pk).update(template=outdated(world))
    forms.form(world.coordinator, world.district, "ia_report", valid_from=TODAY())
    web, step = login(world.worker), f"/agentur/dokument/{report.public_id}/einreichen/"
    page = web.get(f"/agentur/bericht/{report.public_id}/").content.decode()
    said = f"Diese Vorlage für den Sachbericht gilt seit {TODAY():%d.%m.%Y} nicht mehr."
    assert (said in page, f'action="{step}"' in page) == (True, False)
    assert said in web.post(step, follow=True).content.decode()
    report.refresh_from_db()
    assert (report.state, report.sections.count()) == (DocumentState.DRAFT, 3)
    web.post(f"/agentur/papier/{report.public_id}/vorlage/")
    web.post(step)
    report.refresh_from_db()
    assert report.state == DocumentState.READY


@pytest.mark.rule("IA-02")
def test_a_report_with_an_outdated_logo_is_not_released_until_there_is_a_new_one(world, house, login):
    way.planned(house)
    report = way.handed_in(house)
    forms.logo(world.coordinator, world.district, valid_to=TODAY() - timedelta(days=1))
    web, step = login(world.coordinator), f"/agentur/dokument/{report.public_id}/freigeben/"
    page = web.get(f"/agentur/bericht/{report.public_id}/").content.decode()
    said = f"Das Logo des Ministeriums gilt seit {TODAY():%d.%m.%Y} nicht mehr."
    assert (said in page, f'action="{step}"' in page, "Zurückgeben" in page) == (True, False, True)
    assert said in web.post(step, follow=True).content.decode()
    report.refresh_from_db()
    assert (report.state, Evidence.objects.count()) == (DocumentState.READY, 0)
    forms.logo(world.coordinator, world.district)
    web.post(step)
    report.refresh_from_db()
    assert report.state == DocumentState.RELEASED


@pytest.mark.rule("IA-02")
def test_what_was_released_is_filed_on_the_prescribed_form_and_downloaded_as_it_was_filed(world, house, login):
    forms.form(world.coordinator, world.district, "ia_report")
    forms.logo(world.coordinator, world.district)
    way.planned(house)
    report = way.released(house).document
    filed = report.as_released.evidence.file
    kept = content_of(filed)
    for who in (world.worker, world.coordinator):
        assert login(who).get(f"/agentur/papier/{report.public_id}/pdf/").content == kept
    words = words_of(kept)
    assert ("Teilziele" in words, "6 Treffen" in words, "Entwurf" in words) == (True, True, False)
    assert "Figure" in tags_of(kept)
    assert f"{filed.keep_until}" == f"{YEAR + 10}-12-31"


def test_what_has_no_form_is_filed_on_the_paper_of_the_house(world, house, login):
    sheet = house.document(DocumentKind.CONTROLLING, state=DocumentState.READY)
    forms.logo(world.coordinator, world.district)
    kept = content_of(release_document(by=world.coordinator.actor, document=sheet).evidence.file)
    assert login(world.worker).get(f"/agentur/papier/{sheet.public_id}/pdf/").content == kept
    assert ("Online-Controlling" in words_of(kept), "Figure" in tags_of(kept)) == (True, True)


@pytest.mark.rule("IA-02")
def test_what_is_released_is_printed_as_on_its_day(world, house, login):
    day = timezone.now() - timedelta(days=400)
    old = forms.form(
        world.coordinator, world.district, "ia_report", valid_from=date(2020, 1, 1), valid_to=TODAY() - timedelta(days=100)
    )  # fmt: skip
    report = house.document(
        DocumentKind.REPORT, state=DocumentState.RELEASED, template=old, released_at=day,
        released_by=world.coordinator.person,
    )  # fmt: skip
    assert login(world.worker).get(f"/agentur/papier/{report.public_id}/pdf/").status_code == 200


def test_the_controlling_sheet_has_no_form(world, house, login):
    sheet = house.document(DocumentKind.CONTROLLING)
    assert login(world.worker).get(f"/agentur/papier/{sheet.public_id}/pdf/").status_code == 404
