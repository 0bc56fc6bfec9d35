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

from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import ReleasedDocument
from lotse.documents.enums import EvidenceKind
from lotse.documents.models import Evidence
from lotse.funding.models import Application, ForwardingContract, LedgerEntry, Payment, StaffChange, UseProof
from lotse.funding.queries.balance import balances
from lotse.programmes.enums import Bearer
from lotse.programmes.models import Obligation
from tests.documents.files import pdf
from tests.factories import agencies, deadlines, funds, funds_ledger, funds_money, funds_proofs, funds_staff
from tests.journeys.test_topics import as_, follow, press  # noqa: F401 -- a fixture
from tests.personas import grant as made_member
from tests.personas import persona

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PAPER = {"name": "beleg.pdf", "mimeType": "application/pdf", "buffer": pdf("Gehalt")}
ROOM, DAY = "/foerderung/", timedelta(1)


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
            reported(world, agency, year)
    return made


@pytest.fixture
def grant(house, years):
    made = deadlines.grant_of(house, first_year=years[0], last_year=years[1])
    funds.line_of(made, "Personalausgaben", is_staff=True)
    funds.line_of(made)
    return made


def reported(world, agency, year):
    common = {"organisation": agency.parent, "funding_year": year}
    by = world.coordinator
    document = agencies.AgencyDocument.objects.create(
        kind=DocumentKind.REPORT, agency=agency, until_year=year, state=DocumentState.RELEASED,
        released_by=by.person, released_at=timezone.now(), **common,
    )  # fmt: skip
    paper = Evidence.objects.create(
        unit=agency, kind=EvidenceKind.RELEASED, title="Sachbericht", on=date(year, 12, 31),
        file=funds_proofs.paper(by.actor, "bericht.pdf", year), **common,
    )  # fmt: skip
    ReleasedDocument.objects.create(
        organisation=agency.parent, document=document, content="{}", sha256="0" * 64, evidence=paper, at=timezone.now(),
        by=by.person,
    )  # fmt: skip


class Phase:
    """The chapters of a grant. `nord` is in time, `sued` is late."""

    def __init__(self, page, as_, world, grant):  # noqa: F811
        self.page, self.as_, self.world, self.grant = page, as_, world, grant
        page.set_default_timeout(10000)
        self.nord, self.sued = world.nordstadt, world.suedstadt

    # Verbs ------------------------------------------------------------------------------------------------------------
    def at(self, who, where=""):
        self.as_(who, f"{ROOM}{where}")

    def fill(self, **values):
        for name, value in values.items():
            self.page.locator(f"[name='{name.replace('__', '-')}']").fill(f"{value}")

    def says(self, *words):
        for one in words:
            self.page.locator("main").get_by_text(one).first.wait_for()

    def book(self, kind, amount, year, number, reason, line="Sachausgaben", paper=PAPER):
        self.page.goto(f"{ROOM}buchungen/neu/?zuwendung={self.grant.public_id}&jahr={year}")
        self.page.get_by_label(kind, exact=True).check()
        self.fill(amount=amount, on=spent_on(year), payee="Firma Beispiel", reason=reason, number=number)
        if kind == "Ausgabe":
            self.page.get_by_label("Ausgabenart").select_option(label=line)
        if paper:
            self.page.get_by_label("Beleg", exact=False).last.set_input_files([paper])
        press(self.page, "Speichern")
        self.page.get_by_text("Gebucht.").wait_for()

    # The application --------------------------------------------------------------------------------------------------
    def part(self, who, year_costs, own):
        """Filled in and handed in, on a phone."""
        self.page.set_viewport_size({"width": 360, "height": 740})
        self.at(who, "antrag/")
        carrier = self.nord if who == "carrier_manager" else self.sued
        follow(self.page, carrier.name)
        follow(self.page, "Stelle hinzufügen")
        self.fill(title="Fachkraft", fte="1,00")
        press(self.page, "Speichern")
        follow(self.page, "ausfüllen")
        self.plan(year_costs, own)
        follow(self.page, "schreiben")
        self.fill(measures="Offene Nachmittage im Stadtteilhaus.")
        press(self.page, "Speichern")

    def plan(self, costs, own):
        for year in self.grant.years:
            for number, amount in enumerate(costs):
                self.fill(**{f"k{number}__{year}": amount})
            self.fill(**{f"own_share__{year}": own})
        press(self.page, "Speichern")

    def hand_in(self):
        follow(self.page, "Einreichen")
        press(self.page, "Einreichen")
        self.says("eingereicht")
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def submit(self):
        self.at("coordinator", "antrag/")
        follow(self.page, "Antrag stellen")
        press(self.page, "Gestellt")

    def correct(self):
        follow(self.page, "Nachbesserung verlangt")
        self.fill(remark="Die Sachausgaben bitte senken.")
        self.page.get_by_label(self.nord.name).check()
        press(self.page, "Speichern")
        self.at("carrier_manager", "antrag/")
        follow(self.page, self.nord.name)
        self.says("Die Sachausgaben bitte senken.")

    def grant_it(self):
        follow(self.page, "Entscheidung eintragen")
        self.page.get_by_label("bewilligt").check()
        press(self.page, "Speichern")
        self.fill(dated_on=f"{self.grant.first_year}-01-05", **{f"y__{year}": "10.800" for year in self.grant.years})
        press(self.page, "Speichern")

    # Contracts and money ----------------------------------------------------------------------------------------------
    def begin_contract(self, carrier):
        self.at("coordinator", "weiterleitung/")
        follow(self.page, of("anlegen", carrier.name))
        press(self.page, "Speichern")

    def sign(self, carrier, who):
        contract = ForwardingContract.objects.get(organisation=carrier)
        for persona_, side in ((who, "traeger"), ("coordinator", "empfaenger")):
            self.at(persona_, f"vertraege/{contract.public_id}/unterschrift/{side}/")
            self.fill(on=f"{self.grant.first_year}-01-10")
            press(self.page, "Speichern")

    def call(self, year, **shares):
        """Called and received."""
        self.at("coordinator", f"zuwendungen/{self.grant.public_id}/abruf/?jahr={year}")
        day = spent_on(year)
        amounts = {f"amount__{getattr(self, name).public_id}": amount for name, amount in shares.items()}
        self.fill(called_on=day, spend_from=day, spend_until=day + 60 * DAY, **amounts)
        press(self.page, "Mittelabruf anlegen")
        follow(self.page, "Eingang eintragen")
        self.fill(received_on=day)
        press(self.page, "Speichern")

    def open_round(self, year):
        day = spent_on(year)
        self.at("coordinator", f"zuwendungen/{self.grant.public_id}/zahlung/?jahr={year}&am={day}")

    def account(self, iban):
        self.at("carrier_manager", "konten/")
        follow(self.page, of("eintragen", self.nord.name))
        self.fill(iban=iban, valid_from=spent_on(self.grant.first_year))
        press(self.page, "Speichern")
        self.at("coordinator", "konten/")
        press(self.page, of("Bestätigen", self.nord.name))

    def download(self, link):
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=link, exact=True).click()
        return download.value.path().read_bytes()

    # Entries and proofs -----------------------------------------------------------------------------------------------
    def book_vouchers(self, year, number):
        self.at("carrier_manager", f"buchungen/belege/?jahr={year}")
        for box in self.page.locator("input[name=voucher]").all():
            box.check()
        self.page.get_by_label("Ausgabenart").select_option(label="Sachausgaben")
        press(self.page, "Angekreuzte buchen")
        self.page.get_by_text(f"{number} gebucht.").wait_for()

    def begin_proof(self, who, carrier, year):
        self.at(who, "nachweise/")
        press(self.page, of("Beginnen", f"{carrier.name} {year}"))

    def check_proof(self, carrier, year):
        self.at("coordinator", "nachweise/")
        self.page.get_by_role("link", name=re.compile(f"{carrier.name} {year}")).click()
        press(self.page, "Geprüft")
        self.page.get_by_text("Geprüft und abgelegt.").wait_for()

    def explain(self, why):
        follow(self.page, of("schreiben", "Erläuterungen"))
        for place in self.page.locator("textarea").all():
            place.fill(why)
        press(self.page, "Speichern")

    def send_whole(self, year, why=""):
        self.at("coordinator", "nachweise/")
        press(self.page, of("Beginnen", year))
        if why:
            self.explain(why)
        press(self.page, "Freigeben")
        follow(self.page, "Übermittelt")
        press(self.page, "Speichern")


def of(verb, what):
    """The name of a link or button that says to the ear alone what it is about."""
    return re.compile(rf"^{verb}\s*: {what}")


def spent_on(year):
    return min(date(year, 3, 1), timezone.localdate())


def test_the_first_year_from_the_application_to_the_interim_proof(house, world, grant, years, page, as_, look):  # noqa: F811
    phase, first = Phase(page, as_, world, grant), years[0]
    phase.at("coordinator", "antrag/")
    press(page, "Antrag beginnen")
    phase.part("carrier_manager", ["9.000", "1.500"], "1.050")
    look("funds-phase-teil")
    phase.hand_in()
    phase.at("coordinator", "antrag/")
    phase.says("Noch nicht zu stellen.")
    page.goto(f"{ROOM}antrag/{grant.public_id}/stellen/")
    press(page, "Gestellt")
    phase.says(f"Es fehlen noch Teile: {world.suedstadt.name}.")
    phase.part("far_manager", ["1.500", "500"], "200")
    phase.hand_in()
    phase.submit()
    phase.correct()
    follow(page, "ausfüllen")
    phase.plan(["9.000", "1.000"], "1.000")
    phase.hand_in()
    phase.submit()
    phase.grant_it()
    look("funds-phase-bescheid")
    assert Application.objects.get().state == "granted"

    for carrier in (world.nordstadt, world.suedstadt):
        phase.begin_contract(carrier)
    phase.sign(world.nordstadt, "carrier_manager")
    phase.call(first, nord="9.000", sued="1.800")
    phase.open_round(first)
    phase.says("Vertrag nicht von beiden unterschrieben")
    look("funds-phase-runde")
    phase.sign(world.suedstadt, "far_manager")
    phase.account(funds_money.IBAN)
    second = {"confirmed_by": world.carrier_manager.person, "on": date(first, 1, 20)}
    for one, iban in ((world.district, funds_money.OTHER_IBAN), (world.suedstadt, funds_money.IBAN)):
        funds_money.account_of(one, world.coordinator.person, iban=iban, **second)
    phase.open_round(first)
    press(page, "Alle Zahlungen eintragen")
    assert sorted(Payment.objects.values_list("amount", flat=True)) == [1800, 9000]
    assert b"<InstdAmt Ccy=\"EUR\">9000.00" in phase.download("Datei für die Bank")

    for number, amount in enumerate((400, 600)):
        paper = funds_proofs.paper(world.carrier_manager.actor, year=first)
        funds_ledger.voucher_of(
            house, funding_year=first, on=spent_on(first), amount=amount, payee=f"Druckerei {number}", file=paper
        )
    phase.book_vouchers(first, 2)
    phase.book("Ausgabe", "9.000", first, "G-1", "Gehalt", line="Personalausgaben", paper=None)
    phase.book("Eigenanteil", "1.000", first, "E-1", "Eigenmittel")
    phase.book("Ausgabe", "70", first, "B-9", "Versehen")
    follow(page, "Versehen")
    follow(page, "zurücknehmen")
    phase.fill(reason="Gehört nicht hierher.")
    press(page, "Zurücknehmen")
    as_("far_manager", ROOM)
    phase.book("Ausgabe", "2.000", first, "S-1", "Räume")
    phase.book("Eigenanteil", "200", first, "S-2", "Eigenmittel")

    phase.begin_proof("carrier_manager", world.nordstadt, first)
    assert page.get_by_role("button", name="Einreichen").count() == 0
    look("funds-phase-teilnachweis")
    follow(page, re.compile("^Beleg fehlt"))
    page.get_by_label("Beleg").set_input_files([PAPER])
    press(page, "Speichern")
    press(page, "Einreichen")
    phase.begin_proof("far_manager", world.suedstadt, first)
    phase.explain("Die Stelle war unbesetzt, dafür mehr Räume.")
    press(page, "Einreichen")
    for carrier in (world.nordstadt, world.suedstadt):
        phase.check_proof(carrier, first)
    phase.send_whole(first, "Ein Träger brauchte mehr Räume.")
    look("funds-phase-zwischennachweis")
    assert list(UseProof.objects.order_by("id").values_list("kind", "state")) == [
        ("partial", "checked"), ("partial", "checked"), ("interim", "transmitted"),
    ]  # fmt: skip


@pytest.fixture
def first_year_is_over(house, world, grant, years):
    """Contracts and money of both; the far carrier has proved both years, the near one the first."""
    first, second = years
    by = world.coordinator.actor
    for carrier in (world.nordstadt, world.suedstadt):
        funds.contract_of(grant, carrier, signed=date(first, 1, 10))
        funds_proofs.year_of(grant, carrier, by, year=first)
        funds_proofs.partial_of(grant, carrier, first)
        funds.own_funds_of(grant, carrier, Decimal(100), funding_year=second)
    funds.call_of(grant, {world.nordstadt: 900, world.suedstadt: 1800}, funding_year=first, received=date(first, 2, 1),
                  called_on=date(first, 1, 15), spend_from=date(first, 1, 15), spend_until=date(first, 3, 31))  # fmt: skip
    funds_proofs.year_of(grant, world.suedstadt, by, year=second)
    funds_proofs.partial_of(grant, world.suedstadt, second)
    funds_proofs.check_all(by)
    funds.cost_of(grant, world.nordstadt, Decimal(1000), funding_year=second)
    funds_staff.paid(grant, funds_staff.share_of(house.agency, fte=Decimal(1)))
    rule = deadlines.rule_of(grant, document="need_report", bearer=Bearer.CARRIER, internal_month=9, internal_day=30)
    Obligation.objects.create(organisation=world.nordstadt, bearer=world.nordstadt, rule=rule, document="need_report",
                              funding_year=second, internal_due=date(second, 9, 30))  # fmt: skip


@pytest.mark.usefixtures("first_year_is_over")
def test_the_second_year_to_the_final_proof_and_what_an_auditor_takes_along(
    house, world, grant, years, page, as_, look  # noqa: F811
):
    phase, second, soon = Phase(page, as_, world, grant), years[1], timezone.localdate() + 10 * DAY
    phase.at("carrier_manager", "stellen/aenderungen/")
    follow(page, "Änderung melden")
    follow(page, "Elternzeit")
    page.get_by_label("Um wen geht es?").select_option(index=1)
    page.get_by_label("ja", exact=True).check()
    phase.fill(effective_from=soon, newcomer_name="Neu Beispiel", newcomer_from=soon, newcomer_fte="1,00")
    press(page, "Melden")
    phase.says("Vakanz: Elternzeit", "Neueinstellung oder Vertretung")
    look("funds-phase-elternzeit")
    phase.at("coordinator", f"stellen/aenderungen/{StaffChange.objects.get().public_id}/")
    for _process in range(2):
        follow(page, "Weiterleiten")
        press(page, "Weiterleiten")
    page.locator("section", has_text="Neueinstellung oder Vertretung").get_by_role("link", name="Antwort").click()
    page.get_by_label("zugestimmt").check()
    press(page, "Speichern")
    look("funds-phase-zustimmung")
    states = StaffChange.objects.get().processes.order_by("id").values_list("code", "state")
    assert list(states) == [("vacancy_parental", "forwarded_to_authority"), ("new_hire", "granted")]

    phase.at("carrier_manager", "stellen/aenderungen/")
    follow(page, "Änderung melden")
    follow(page, "Stelle ist vorübergehend unbesetzt")
    page.get_by_label("Welche Stelle?").select_option(index=1)
    phase.fill(effective_from=soon)
    press(page, "Melden")
    phase.says("Vakanz: vorübergehend unbesetzte Stelle")

    phase.call(second, nord="1.200")
    phase.open_round(second)
    press(page, "Alle Zahlungen eintragen")
    for number in range(10):
        paper = funds_proofs.paper(world.carrier_manager.actor, f"b{number}.pdf", second)
        funds_ledger.voucher_of(
            house, funding_year=second, on=spent_on(second), amount=100, payee=f"Druckerei {number}", file=paper
        )
    phase.book_vouchers(second, 10)
    phase.book("Ausgabe", "300", second, "Z-1", "Umzug")
    phase.book("Eigenanteil", "130", second, "Z-2", "Eigenmittel")
    page.goto(f"{ROOM}buchungen/plan/?jahr={second}")
    phase.says(re.compile("mehr als .* über Plan"))
    look("funds-phase-plan")
    follow(page, "Bedarf")
    follow(page, "Melden")
    look("funds-phase-bedarf")
    page.get_by_label("Mehrbedarf").check()
    phase.fill(amount="170", reason="Der Umzug war teurer.")
    press(page, "Melden")
    assert Obligation.objects.get(document="need_report").state == "submitted_internal"

    phase.begin_proof("carrier_manager", world.nordstadt, second)
    phase.says(re.compile("30,00 € nicht verbraucht"))
    phase.at("coordinator", f"vertraege/{ForwardingContract.objects.get(organisation=world.nordstadt).public_id}/")
    follow(page, "Rückzahlung eintragen")
    page.get_by_label("Förderjahr").select_option(f"{second}")
    phase.fill(amount="30", reason="nicht verbraucht")
    press(page, "Speichern")
    phase.at("carrier_manager", "nachweise/")
    follow(page, re.compile(f"{world.nordstadt.name} {second}"))
    phase.says("Es ist nichts übrig.")
    follow(page, re.compile("^Erläuterung fehlt: .*Sachausgaben"))
    page.locator("textarea").fill("Der Umzug war teurer als geplant.")
    press(page, "Speichern")
    press(page, "Einreichen")
    phase.check_proof(world.nordstadt, second)
    phase.send_whole(second)
    follow(page, "Angenommen")
    press(page, "Speichern")
    look("funds-phase-gesamtnachweis")
    assert UseProof.objects.get(kind="final").state == "accepted"
    assert balances(grant, timezone.localdate())[world.nordstadt.pk].with_carrier == 0

    phase.at("coordinator", "pruefung/")
    follow(page, "Stichprobe ziehen")
    page.get_by_label("Förderjahr").select_option(f"{second}")
    press(page, "Ziehen")
    look("funds-phase-stichprobe")
    receipts = [one.get_attribute("href") for one in page.locator("tbody th a").all()]
    assert len(receipts) == 10
    for address in receipts:
        entry = LedgerEntry.objects.get(public_id=address.split("/")[-3])
        paper = entry.file or entry.voucher.file
        assert sha256(page.request.get(address).body()).hexdigest() == paper.sha256

    phase.at("coordinator", "pruefung/")
    follow(page, "Prüfpaket packen")
    press(page, "Packen")
    look("funds-phase-paket")
    with zipfile.ZipFile(io.BytesIO(phase.download("Herunterladen (ZIP)"))) as made:
        names, manifest = set(made.namelist()), json.loads(made.read("manifest.json"))
        links = [unquote(one) for one in html.fromstring(made.read("index.html")).xpath("//a/@href")]
        hashes = {one["path"]: sha256(made.read(one["path"])).hexdigest() for one in manifest["files"]}
    assert set(links) <= names
    assert hashes == {one["path"]: one["sha256"] for one in manifest["files"]}
    assert {one.split("/")[0] for one in names} >= {"Belege", "Nachweise", "Berichte", "index.csv", "pruefsummen.sha256"}
