"""What is done again and again in the room "Förderung", through its pages; and the rows from outside the room."""

import re
from datetime import date, timedelta

from django.utils import timezone

from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import ReleasedDocument
from lotse.documents.enums import EvidenceKind
from lotse.documents.models import Evidence
from lotse.funding.models import ForwardingContract, StaffChange
from tests.documents.files import pdf
from tests.factories import funds_ledger, funds_proofs
from tests.journeys.test_topics import follow, press

PAPER = {"name": "beleg.pdf", "mimeType": "application/pdf", "buffer": pdf("Beleg")}
ROOM = "/foerderung/"


def spent_on(year):
    return min(date(year, 3, 1), timezone.localdate())


def of(verb, what):
    """The name of a link or button that says to the ear alone what it is about."""
    return re.compile(rf"^{verb}\s*: {what}")


def reported(house, agency, year):
    """The report of that year is released."""
    by, common = house.world.coordinator, {"organisation": agency.parent, "funding_year": year}
    document = house.document(
        DocumentKind.REPORT, agency=agency, until_year=year, state=DocumentState.RELEASED, released_by=by.person,
        released_at=timezone.now(), **common,
    )  # fmt: skip
    paper = Evidence.objects.create(
        unit=agency, kind=EvidenceKind.RELEASED, title="Sachbericht", on=date(year, 12, 31),
        file=funds_proofs.paper(by.actor, "bericht.pdf", year), **common,
    )  # fmt: skip
    ReleasedDocument.objects.create(
        organisation=agency.parent, document=document, content="{}", sha256="0" * 64, evidence=paper, at=timezone.now(),
        by=by.person,
    )  # fmt: skip


def vouchers(house, year, amounts):
    """Of measures, each with its paper."""
    for number, amount in enumerate(amounts):
        paper = funds_proofs.paper(house.world.carrier_manager.actor, f"beleg-{number}.pdf", year)
        values = {"funding_year": year, "on": spent_on(year), "amount": amount, "file": paper}
        funds_ledger.voucher_of(house, payee=f"Druckerei {number}", **values)


class Phase:
    def __init__(self, page, as_, world, grant):
        self.page, self.as_, self.world, self.grant = page, as_, world, grant

    # Verbs ------------------------------------------------------------------------------------------------------------
    def at(self, who, where):
        self.as_(who, f"{ROOM}{where}")

    def fill(self, **values):
        """By the names of the fields; __ stands for -."""
        for name, value in values.items():
            self.page.locator(f"[name='{name.replace('__', '-')}']").fill(f"{value}")

    def save(self, button="Speichern", **values):
        self.fill(**values)
        press(self.page, button)

    def says(self, *words):
        for one in words:
            self.page.locator("main").get_by_text(one).first.wait_for()

    def download(self, link):
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=link, exact=True).click()
        return download.value.path().read_bytes()

    # The application --------------------------------------------------------------------------------------------------
    def begin_application(self):
        self.at("coordinator", "antrag/")
        press(self.page, "Antrag beginnen")

    def write_part(self, who, carrier, costs, own):
        """On a phone."""
        self.page.set_viewport_size({"width": 360, "height": 740})
        self.at(who, "antrag/")
        follow(self.page, carrier.name)
        follow(self.page, "Stelle hinzufügen")
        self.save(title="Fachkraft", fte="1,00")
        self.plan(costs, own)
        follow(self.page, "schreiben")
        self.save(measures="Offene Nachmittage im Stadtteilhaus.")

    def plan(self, costs, own):
        """The same in every year; `costs` in the order of the kinds of expense."""
        follow(self.page, "ausfüllen")
        for year in self.grant.years:
            self.fill(**{f"k{number}__{year}": amount for number, amount in enumerate(costs)})
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

    def ask_for_correction(self, carrier, remark):
        follow(self.page, "Nachbesserung verlangt")
        self.page.get_by_label(carrier.name).check()
        self.save(remark=remark)

    def note_grant(self, yearly):
        follow(self.page, "Entscheidung eintragen")
        self.page.get_by_label("bewilligt").check()
        press(self.page, "Speichern")
        years = {f"y__{year}": yearly for year in self.grant.years}
        self.save(dated_on=f"{self.grant.first_year}-01-05", **years)

    # Contracts and money ----------------------------------------------------------------------------------------------
    def begin_contract(self, carrier):
        self.at("coordinator", "weiterleitung/")
        follow(self.page, of("anlegen", carrier.name))
        press(self.page, "Speichern")

    def open_contract(self, who, carrier, step=""):
        self.at(who, f"vertraege/{ForwardingContract.objects.get(organisation=carrier).public_id}/{step}")

    def sign(self, carrier, manager):
        for who, side in ((manager, "traeger"), ("coordinator", "empfaenger")):
            self.open_contract(who, carrier, f"unterschrift/{side}/")
            self.save(on=f"{self.grant.first_year}-01-10")

    def call(self, year, amounts):
        """Called and received. `amounts` by carrier."""
        self.at("coordinator", f"zuwendungen/{self.grant.public_id}/abruf/?jahr={year}")
        day, shares = spent_on(year), {f"amount__{one.public_id}": amount for one, amount in amounts.items()}
        days = {"called_on": day, "spend_from": day, "spend_until": day + timedelta(60)}
        self.save("Mittelabruf anlegen", **days, **shares)
        follow(self.page, "Eingang eintragen")
        self.save(received_on=day)

    def open_round(self, year):
        self.at("coordinator", f"zuwendungen/{self.grant.public_id}/zahlung/?jahr={year}&am={spent_on(year)}")

    def enter_account(self, carrier, iban):
        """By the manager, confirmed by the coordinator."""
        self.at("carrier_manager", "konten/")
        follow(self.page, of("eintragen", carrier.name))
        self.save(iban=iban, valid_from=spent_on(self.grant.first_year))
        self.at("coordinator", "konten/")
        press(self.page, of("Bestätigen", carrier.name))

    # Entries ----------------------------------------------------------------------------------------------------------
    def book(self, kind, amount, year, number, reason, line="Sachausgaben", paper=PAPER):
        self.page.goto(f"{ROOM}buchungen/neu/?jahr={year}")
        self.page.get_by_label(kind, exact=True).check()
        if kind == "Ausgabe":
            self.page.get_by_label("Ausgabenart").select_option(label=line)
        if paper:
            self.page.locator("[name=file]").set_input_files([paper])
        self.save(amount=amount, on=spent_on(year), payee="Firma Beispiel", reason=reason, number=number)
        self.page.get_by_text("Gebucht.").wait_for()

    def book_vouchers(self, year, number):
        self.at("carrier_manager", f"buchungen/belege/?jahr={year}")
        for box in self.page.locator("input[name=voucher]").all():
            box.check()
        self.page.get_by_label("Ausgabenart").select_option(label="Sachausgaben")
        press(self.page, "Angekreuzte buchen")
        self.page.get_by_text(f"{number} gebucht.").wait_for()

    def take_back(self, reason):
        follow(self.page, reason)
        follow(self.page, "zurücknehmen")
        self.save("Zurücknehmen", reason="Gehört nicht hierher.")

    # Posts ------------------------------------------------------------------------------------------------------------
    def report(self, kind, about, *, with_substitute=False, **values):
        self.at("carrier_manager", "stellen/aenderungen/")
        follow(self.page, "Änderung melden")
        follow(self.page, kind)
        self.page.get_by_label(about).select_option(index=1)
        if with_substitute:
            self.page.get_by_label("ja", exact=True).check()
        self.save("Melden", **values)
        return StaffChange.objects.latest("id")

    def forward(self, change, processes):
        self.at("coordinator", f"stellen/aenderungen/{change.public_id}/")
        for _process in range(processes):
            follow(self.page, "Weiterleiten")
            press(self.page, "Weiterleiten")

    def note_consent(self, process):
        self.page.locator("section", has_text=process).get_by_role("link", name="Antwort eintragen").click()
        self.page.get_by_label("zugestimmt").check()
        press(self.page, "Speichern")

    # Proofs -----------------------------------------------------------------------------------------------------------
    def begin_proof(self, who, carrier, year):
        self.at(who, "nachweise/")
        press(self.page, of("Beginnen", f"{carrier.name} {year}"))

    def explain(self, why):
        follow(self.page, of("schreiben", "Erläuterungen"))
        for place in self.page.locator("textarea").all():
            place.fill(why)
        press(self.page, "Speichern")

    def open_proof(self, who, carrier, year):
        self.at(who, "nachweise/")
        follow(self.page, re.compile(f"{carrier.name} {year}"))

    def check_proof(self, carrier, year):
        self.open_proof("coordinator", carrier, year)
        press(self.page, "Geprüft")
        self.page.get_by_text("Geprüft und abgelegt.").wait_for()

    def begin_whole(self, year):
        self.at("coordinator", "nachweise/")
        press(self.page, of("Beginnen", year))

    def send_whole(self):
        press(self.page, "Freigeben")
        follow(self.page, "Übermittelt")
        press(self.page, "Speichern")
