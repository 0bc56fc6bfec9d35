"""A grant from its application to its final proof, with two carriers, one of them late; what an auditor takes along."""

import io
import json
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from urllib.parse import unquote

import pytest
from django.utils import timezone
from lxml import html

from lotse.funding.models import Application, LedgerEntry, NeedReport, Payment, UseProof
from lotse.funding.queries.balance import balances
from lotse.programmes.enums import Bearer
from lotse.programmes.models import Obligation
from tests.factories import agencies, deadlines, funds, funds_money, funds_proofs, funds_staff
from tests.journeys.funds_phase import PAPER, ROOM, Phase, reported, vouchers
from tests.journeys.test_topics import as_, follow, press  # noqa: F401 -- a fixture
from tests.personas import persona

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def years():
    this = timezone.localdate().year
    return this - 1, this


@pytest.fixture
def house(world, years):
    """Two carriers with a manager each; the reports of their agencies are released."""
    made = agencies.build(world)
    persona(world, "far_manager", world.suedstadt, "carrier_manager")
    for agency in (made.agency, made.far_agency):
        for year in years:
            reported(made, agency, year)
    return made


@pytest.fixture
def grant(house, years):
    made = deadlines.grant_of(house, first_year=years[0], last_year=years[1])
    funds.line_of(made, "Personalausgaben", is_staff=True)
    funds.line_of(made)
    return made


@pytest.fixture
def phase(page, as_, world, grant):  # noqa: F811
    return Phase(page, as_, world, grant)


def test_the_first_year_from_the_application_to_the_interim_proof(phase, house, world, grant, years, page, look):
    near, far, first = world.nordstadt, world.suedstadt, years[0]
    phase.begin_application()
    phase.write_part("carrier_manager", near, ["9.000", "1.500"], "1.050")
    look("funds-phase-teil")
    phase.hand_in()
    phase.at("coordinator", "antrag/")
    phase.says("Noch nicht zu stellen.")
    page.goto(f"{ROOM}antrag/{grant.public_id}/stellen/")
    press(page, "Gestellt")
    phase.says(f"Es fehlen noch Teile: {far.name}.")
    phase.write_part("far_manager", far, ["1.500", "500"], "200")
    phase.hand_in()
    phase.submit()
    phase.ask_for_correction(near, "Die Sachausgaben bitte senken.")
    phase.at("carrier_manager", "antrag/")
    follow(page, near.name)
    phase.says("Die Sachausgaben bitte senken.")
    phase.plan(["9.000", "1.000"], "1.000")
    phase.hand_in()
    phase.submit()
    phase.note_grant("10.800")
    assert Application.objects.get().state == "granted"

    for carrier in (near, far):
        phase.begin_contract(carrier)
    phase.sign(near, "carrier_manager")
    phase.call(first, {near: "9.000", far: "1.800"})
    phase.open_round(first)
    phase.says("Vertrag nicht von beiden unterschrieben")
    look("funds-phase-runde")
    phase.sign(far, "far_manager")
    phase.enter_account(near, funds_money.IBAN)
    confirmed = {"confirmed_by": world.carrier_manager.person, "on": date(first, 1, 20)}
    for one, iban in ((world.district, funds_money.OTHER_IBAN), (far, funds_money.IBAN)):
        funds_money.account_of(one, world.coordinator.person, iban=iban, **confirmed)
    phase.open_round(first)
    press(page, "Alle Zahlungen eintragen")
    assert sorted(Payment.objects.values_list("amount", flat=True)) == [1800, 9000]
    transfers = phase.download("Datei für die Bank")
    assert re.findall(rb'<InstdAmt Ccy="EUR">([\d.]+)<', transfers) == [b"9000.00", b"1800.00"]

    vouchers(house, first, [400, 600])
    phase.book_vouchers(first, 2)
    phase.book("Ausgabe", "9.000", first, "G-1", "Gehalt", line="Personalausgaben", paper=None)
    phase.book("Eigenanteil", "1.000", first, "E-1", "Eigenmittel")
    phase.book("Ausgabe", "70", first, "B-9", "Versehen")
    phase.take_back("Versehen")
    phase.at("far_manager", "buchungen/")
    phase.book("Ausgabe", "2.000", first, "S-1", "Räume")
    phase.book("Eigenanteil", "200", first, "S-2", "Eigenmittel")

    phase.begin_proof("carrier_manager", near, first)
    assert page.get_by_role("button", name="Einreichen").count() == 0
    look("funds-phase-teilnachweis")
    follow(page, re.compile("^Beleg fehlt"))
    page.locator("[name=file]").set_input_files([PAPER])
    press(page, "Speichern")
    press(page, "Einreichen")
    phase.begin_proof("far_manager", far, first)
    phase.explain("Die Stelle war unbesetzt, dafür brauchten wir mehr Räume.")
    press(page, "Einreichen")
    for carrier in (near, far):
        phase.check_proof(carrier, first)
    phase.begin_whole(first)
    phase.explain("Ein Träger brauchte mehr Räume.")
    phase.send_whole()
    assert list(UseProof.objects.order_by("id").values_list("kind", "state")) == [
        ("partial", "checked"), ("partial", "checked"), ("interim", "transmitted"),
    ]  # fmt: skip


@pytest.fixture
def first_year_is_over(house, world, grant, years):
    """Contracts and money of both; the far carrier has proved both years, the near one the first."""
    (first, second), by = years, world.coordinator.actor
    near, far = world.nordstadt, world.suedstadt
    for carrier, year in ((near, first), (far, first), (far, second)):
        if year == first:
            funds.contract_of(grant, carrier, signed=date(first, 1, 10), amount=Decimal(1200))
        days = {"called_on": date(year, 1, 2), "spend_from": date(year, 1, 2), "spend_until": date(year, 3, 31)}
        funds.call_of(grant, {carrier: 900}, funding_year=year, received=date(year, 1, 2), **days)
        funds_proofs.year_of(grant, carrier, by, year=year)
        funds_proofs.partial_of(grant, carrier, year)
    funds_proofs.check_all(by)
    funds.cost_of(grant, near, Decimal(1000), funding_year=second)
    funds.own_funds_of(grant, near, Decimal(100), funding_year=second)
    funds_staff.paid(grant, funds_staff.share_of(house.agency, fte=Decimal(1)))
    rule = deadlines.rule_of(grant, document="need_report", bearer=Bearer.CARRIER, internal_month=9, internal_day=30)
    due = {"funding_year": second, "internal_due": date(second, 9, 30)}
    Obligation.objects.create(organisation=near, bearer=near, rule=rule, document="need_report", **due)


@pytest.mark.usefixtures("first_year_is_over")
def test_the_second_year_to_the_final_proof_and_the_audit(phase, house, world, grant, years, page, look):
    near, second, soon = world.nordstadt, years[1], timezone.localdate() + timedelta(10)
    substitute = {"newcomer_name": "Neu Beispiel", "newcomer_from": soon, "newcomer_fte": "1,00"}
    change = phase.report("Elternzeit", "Um wen geht es?", with_substitute=True, effective_from=soon, **substitute)
    phase.says("Vakanz: Elternzeit", "Neueinstellung oder Vertretung")
    look("funds-phase-elternzeit")
    phase.forward(change, 2)
    phase.note_consent("Neueinstellung oder Vertretung")
    states = change.processes.order_by("id").values_list("code", "state")
    assert list(states) == [("vacancy_parental", "forwarded_to_authority"), ("new_hire", "granted")]
    phase.report("Stelle ist vorübergehend unbesetzt", "Welche Stelle?", effective_from=soon)
    phase.says("Vakanz: vorübergehend unbesetzte Stelle")

    phase.call(second, {near: "1.200", world.suedstadt: ""})
    phase.open_round(second)
    press(page, "Alle Zahlungen eintragen")
    vouchers(house, second, [100] * 10)
    phase.book_vouchers(second, 10)
    phase.book("Ausgabe", "300", second, "Z-1", "Umzug")
    phase.book("Eigenanteil", "130", second, "Z-2", "Eigenmittel")
    page.goto(f"{ROOM}buchungen/plan/?jahr={second}")
    phase.says(re.compile("mehr als .* über Plan"))
    look("funds-phase-plan")
    follow(page, "Bedarf")
    follow(page, "Melden")
    look("funds-phase-bedarf")
    phase.save("Melden", reason="Die Stelle wird unbesetzt sein.")
    assert NeedReport.objects.values_list("kind", "amount").get() == ("less", 30)
    assert Obligation.objects.get().state == "submitted_internal"

    phase.begin_proof("carrier_manager", near, second)
    phase.says(re.compile("30,00 € nicht verbraucht"))
    phase.open_contract("coordinator", near)
    follow(page, "Rückzahlung eintragen")
    page.get_by_label("Förderjahr").select_option(f"{second}")
    phase.save(amount="30", reason="nicht verbraucht")
    phase.open_proof("carrier_manager", near, second)
    phase.says("Es ist nichts übrig.")
    phase.explain("Der Umzug war teurer als geplant.")
    press(page, "Einreichen")
    phase.check_proof(near, second)
    phase.begin_whole(second)
    phase.send_whole()
    follow(page, "Angenommen")
    press(page, "Speichern")
    look("funds-phase-gesamtnachweis")
    assert UseProof.objects.get(kind="final").state == "accepted"
    assert {one.with_carrier for one in balances(grant, date(second, 12, 31)).values()} == {0}

    phase.at("coordinator", "pruefung/")
    follow(page, "Stichprobe ziehen")
    page.get_by_label("Förderjahr").select_option(f"{second}")
    press(page, "Ziehen")
    look("funds-phase-stichprobe")
    drawn = [one.get_attribute("href") for one in page.locator("tbody th a").all()]
    kept = {
        f"{ROOM}nachweise/buchung/{one.public_id}/beleg/": one.paper.sha256
        for one in LedgerEntry.objects.all()
        if one.paper
    }
    assert len(drawn) == 10
    assert {one: sha256(page.request.get(one).body()).hexdigest() for one in drawn} == {one: kept[one] for one in drawn}

    page.goto(f"{ROOM}pruefung/")
    follow(page, "Prüfpaket packen")
    press(page, "Packen")
    look("funds-phase-paket")
    with zipfile.ZipFile(io.BytesIO(phase.download("Herunterladen (ZIP)"))) as package:
        told = {one["path"]: one["sha256"] for one in json.loads(package.read("manifest.json"))["files"]}
        assert {path: sha256(package.read(path)).hexdigest() for path in told} == told
        links = {unquote(one) for one in html.fromstring(package.read("index.html")).xpath("//a/@href")}
        assert links <= set(package.namelist())
    assert {one.split("/")[0] for one in links} >= {"Belege", "Nachweise", "Berichte"}
