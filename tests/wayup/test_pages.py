"""The pages: what each person may do stands on them, and nothing that would be refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lotse.organisations.models import Site
from lotse.wayup.actions.closings import accept
from lotse.wayup.actions.files import seal_file
from lotse.wayup.actions.keys import make_keys
from lotse.wayup.enums import ClosingState
from lotse.wayup.envelope import PrivateKeys, PublicKeys
from lotse.wayup.models import Closing, Installation, ReportingPeriod
from lotse.wayup.queries import keys_of
from tests.wayup import making
from tests.wayup.making import LAST_YEAR, accepted, approved, carrier_done, drawn


def page_of(period, where):
    return reverse("wayup:unit", args=[period.public_id, where.public_id])


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def buttons(answer):
    found = re.findall(r'kern-label">([^<]+)</span></(?:button|a)>', answer.content.decode())
    return [text for text in found if text != "Suchen"]


def on_page(web, period, where):
    answer = web.get(page_of(period, where))
    assert answer.status_code == 200
    return buttons(answer)


def test_nothing_is_there_yet(house, login):
    top, carrier = login(house.coordinator).get("/meldung/"), login(house.technical_lead).get("/meldung/")
    assert "Neuer Zeitraum" in top.content.decode()
    assert (
        "Neuer Zeitraum" in carrier.content.decode(),
        "legt die oberste Ebene fest" in carrier.content.decode(),
    ) == (False, True)


def test_the_top_begins_a_year(house, login):
    web = login(house.coordinator)
    answer = web.get("/meldung/neu/")
    form = answer.context["form"]
    assert (form["year"].value(), form["days_per_level"].value()) == (f"{LAST_YEAR}", 14)
    data = {
        "year": LAST_YEAR,
        "due_on": f"{making.in_days(30)}",
        "days_per_level": 7,
        "form": form.fields["form"].choices[0][0],
    }
    wrong = web.post("/meldung/neu/", {**data, "due_on": f"{LAST_YEAR}-12-31"})
    assert "erst nach dem 31.12." in wrong.content.decode()
    assert web.post("/meldung/neu/", data, follow=True).status_code == 200
    assert ReportingPeriod.objects.get().days_per_level == 7
    assert (
        f'<a href="{page_of(ReportingPeriod.objects.get(), house.district)}"' in web.get("/meldung/").content.decode()
    )


def test_from_drawing_up_to_the_sum(house, period, year, login):
    """Each sees the next step and no other."""
    lead, manager = login(house.technical_lead), login(house.carrier_manager)
    site = house.site
    assert on_page(lead, period, site) == ["Zahlen zusammenstellen"]
    draw = reverse("wayup:draw_up", args=[period.public_id, site.public_id])
    assert "Jetzt gibt eine zweite Person frei." in lead.post(draw, follow=True).content.decode()
    assert on_page(lead, period, site) == ["Neu zusammenstellen"]
    assert on_page(manager, period, site) == ["Freigeben", "Neu zusammenstellen"]
    made = Closing.objects.get()
    approve = reverse("wayup:approve", args=[made.public_id])
    assert "zweite Person" in said(lead.post(approve, {"sha256": made.sha256}, follow=True))[0]
    assert "neu zusammengestellt" in said(manager.post(approve, {}, follow=True))[0]
    assert said(manager.post(approve, {"sha256": made.sha256}, follow=True)) == ["Freigegeben."]
    assert on_page(manager, period, site) == ["Zurückgeben"]
    assert on_page(lead, period, site) == ["Annehmen", "Zurückgeben"]
    assert said(lead.post(reverse("wayup:accept", args=[made.public_id]), follow=True)) == ["Angenommen."]
    assert on_page(lead, period, house.nordstadt) == ["Zusammenrechnen"]
    assert on_page(login(house.coordinator), period, house.district) == []


def test_giving_back_asks_for_a_reason_and_shows_it(house, period, login):
    made = approved(period, house.site, house.technical_lead, house.carrier_manager)
    web, address = login(house.technical_lead), reverse("wayup:reopen", args=[made.public_id])
    assert "Meldung zurückgeben" in web.get(address).content.decode()
    assert "Bitte ausfüllen" in web.post(address, {"reason": ""}).content.decode()
    answer = web.post(address, {"reason": "Der Dezember fehlt."}, follow=True)
    assert ("Der Dezember fehlt." in answer.content.decode(), buttons(answer)) == (True, ["Zahlen zusammenstellen"])


def test_a_unit_opens_its_own_report_again(house, period, login):
    made = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    web = login(house.carrier_manager)
    assert on_page(web, period, house.nordstadt) == ["Wieder öffnen"]
    assert "Meldung wieder öffnen" in web.get(reverse("wayup:reopen", args=[made.public_id])).content.decode()
    assert on_page(login(house.coordinator), period, house.nordstadt) == ["Annehmen", "Zurückgeben"]


@pytest.mark.rule("UP-07")
def test_beside_every_figure_stands_how_much_is_in_it_and_who_is_late(house, period, year, login):
    carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    accept(by=house.coordinator.actor, closing=making.latest(period, house.nordstadt))
    drawn(period, house.district, house.coordinator)
    ReportingPeriod.objects.update(due_on=making.in_days(0))
    answer = login(house.coordinator).get(page_of(period, house.district))
    text = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    captions = re.findall(r"<caption id=\"table-[^>]+>(.*?)</caption>", answer.content.decode())
    counted = [table for table in answer.context["tables"] if table.total != 0]
    assert (len(captions), [c for c in captions if "aus 1 von 2" not in c]) == (len(counted), [])
    assert "Nichts gezählt: Mitberatene Angehörige, " in text
    assert (
        "1 von 2 Einheiten angenommen" in text,
        "Nicht enthalten: KV Südstadt" in text,
        "Überfällig KV Südstadt" in text,
    ) == (True,) * 3


@pytest.mark.rule("UP-06")
def test_who_adds_up_sees_no_numbers_of_a_unit(house, period, year, login):
    made = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    answer = login(house.coordinator).get(page_of(period, house.nordstadt))
    assert ("tables" in answer.context, '<td class="num">' in answer.content.decode()) == (False, False)
    assert "tables" in login(house.carrier_manager).get(page_of(period, house.nordstadt)).context
    Site.objects.create(organisation=house.nordstadt, name="Dritte")
    assert "tables" not in login(house.carrier_manager).get(page_of(period, house.site)).context
    assert "tables" in login(house.technical_lead).get(page_of(period, house.site)).context
    assert made.state == ClosingState.APPROVED


def test_pages_of_others_do_not_exist(house, period, login):
    accepted(period, house.site, house.technical_lead, house.carrier_manager, house.technical_lead)
    for who in ("coordinator", "south_manager"):
        assert login(getattr(house, who)).get(page_of(period, house.site)).status_code == 404
    assert login(house.technical_lead).get(page_of(period, house.district)).status_code == 404


def test_three_hundred_units_are_one_page(house, period, login, django_assert_max_num_queries):
    Site.objects.bulk_create([Site(organisation=house.district, name=f"Stelle {n:03}") for n in range(298)])
    web = login(house.coordinator)
    with django_assert_max_num_queries(40):
        answer = web.get(page_of(period, house.district))
    assert ("0 von 300 Einheiten" in answer.content.decode(), answer.content.decode().count("steht aus")) == (True, 301)


# --- between installations -------------------------------------------------------------------------------------------------


@pytest.mark.rule("UP-05")
def test_keys_are_exchanged_on_pages(house, login):
    lead, manager, other = login(house.technical_lead), login(house.carrier_manager), PrivateKeys.new().public
    assert "Schlüssel erzeugen" in lead.get("/meldung/schluessel/").content.decode()
    lead.post("/meldung/schluessel/erzeugen/")
    assert keys_of(house.nordstadt.pk).fingerprint in lead.get("/meldung/schluessel/").content.decode()
    data = {"name": "Land", "direction": "above", "key": "abc"}
    assert "ganz kopieren" in lead.post("/meldung/schluessel/neu/", data).content.decode()
    lead.post("/meldung/schluessel/neu/", {**data, "key": other.text})
    address = reverse("wayup:installation", args=[Installation.objects.get().public_id])
    assert (buttons(lead.get(address)), buttons(manager.get(address))) == (
        ["Sperren"],
        ["Stimmt, bestätigen", "Sperren"],
    )
    assert other.fingerprint in manager.get(address).content.decode()
    refused = lead.post(address, {"verb": "confirm"}, follow=True)
    assert refused.status_code == 403
    assert said(manager.post(address, {"verb": "confirm"}, follow=True)) == ["Bestätigt."]
    assert said(lead.post(address, {"verb": "end"}, follow=True)) == ["Gesperrt."]


@pytest.mark.rule("UP-05")
def test_a_file_is_fetched_below_and_read_above(house, period, year, login):
    making.known_to_each_other(
        (house.technical_lead, house.carrier_manager),
        (house.coordinator, house.management),
        lambda who: keys_of(who.person.organisation_id).public_key,
    )
    sent = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    lead, above = login(house.technical_lead), login(house.coordinator)
    assert on_page(lead, period, house.nordstadt) == ["Datei holen", "Wieder öffnen"]
    answer = lead.post(reverse("wayup:send", args=[sent.public_id]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="meldung-{LAST_YEAR}-fassung-1.json"'

    def read(content, name="meldung.json"):
        return above.post("/meldung/einlesen/", {"file": SimpleUploadedFile(name, content)}, follow=True)

    assert "keine Meldung von Lotse" in read(b"PK", "bild.png").content.decode()
    assert "zu groß" in read(b"x" * 1_000_001).content.decode()
    done = read(answer.content)
    assert ("Eingelesen" in said(done)[0], buttons(done)) == (True, ["Annehmen", "Zurückgeben"])
    assert "Fassung 1 schon da" in read(answer.content).content.decode()


def test_without_somebody_above_there_is_no_file(house, period, login):
    make_keys(by=house.technical_lead.actor)
    sent = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    web = login(house.technical_lead)
    assert "Datei holen" not in on_page(web, period, house.nordstadt)
    answer = web.post(reverse("wayup:send", args=[sent.public_id]), follow=True)
    assert "noch niemand eingetragen" in said(answer)[0]


def test_what_was_sent_opens_for_the_addressee_only(house, period):
    making.known_to_each_other(
        (house.technical_lead, house.carrier_manager),
        (house.coordinator, house.management),
        lambda who: keys_of(who.person.organisation_id).public_key,
    )
    sent = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    content = seal_file(by=house.technical_lead.actor, closing=sent)
    assert PublicKeys.from_text(keys_of(house.district.pk).public_key).fingerprint.encode() in content
