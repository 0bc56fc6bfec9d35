"""A carrier proves a year, the district looks at it and proves all of them; what was released stays."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotse.core.canonical import digest
from lotse.core.errors import NotAllowed
from lotse.documents import blobs
from lotse.documents.released import Released
from lotse.funding.actions import proofs as acts
from lotse.funding.actions import proofs_sent as sent
from lotse.funding.actions.ledger import take_back
from lotse.funding.enums import EntryKind, ProofState, ProofWay
from lotse.funding.models import ReleasedProof, UseProof
from lotse.funding.proof_sheet import CostLine, Sheet, as_data, sheet_of, total
from lotse.funding.queries import proof_content
from lotse.funding.queries.proof_content import current_sheet, sheet_for
from lotse.funding.queries.proof_gaps import gaps, since_release
from lotse.funding.rules import has_to_be_explained
from lotse.programmes.models import Obligation
from tests.factories import deadlines, funds
from tests.factories import funds_proofs as make
from tests.factories.deadlines import YEAR
from tests.funding.refusing import refused
from tests.personas import persona

FEBRUARY = date(YEAR, 2, 1)


@pytest.fixture
def reported(house, world, monkeypatch):
    """Every agency has released its reports."""
    file = make.paper(world.coordinator.actor, "bericht.pdf")

    def found(_kind, units, years):
        return {(u, y): Released(f"Sachbericht {y}, Fassung 1", FEBRUARY, file) for u in units for y in years}

    monkeypatch.setattr(proof_content, "released", found)
    return file


@pytest.fixture
def by(world):
    return world.carrier_manager.actor


@pytest.fixture
def proof(world, grant, by, reported):
    make.year_of(grant, world.nordstadt, by)
    return acts.begin_partial(by=by, grant=grant, carrier=world.nordstadt, funding_year=YEAR)


def checked(world, grant, carrier, year=YEAR, by=None):
    """A whole year of a carrier, through all steps."""
    coordinator = world.coordinator.actor
    make.year_of(grant, carrier, coordinator, year=year)
    proof = acts.begin_partial(by=coordinator, grant=grant, carrier=carrier, funding_year=year)
    acts.hand_in(by=coordinator, proof=proof)
    acts.check(by=coordinator, proof=proof)
    return proof


def texts(proof):
    return [gap.text for gap in gaps(proof, current_sheet(proof))]


def test_a_partial_proof_reads_its_numbers_in_the_order_of_the_plan(world, grant, proof):
    extra = funds.line_of(grant, "Reisekosten")
    funds.cost_of(grant, world.nordstadt, Decimal(50), line=extra)
    sheet = current_sheet(proof)
    assert [(line.name, line.planned, line.actual, line.percent) for line in sheet.costs] == [
        ("Sachausgaben", 1000, 1000, 0), ("Reisekosten", 50, 0, -100),
    ]  # fmt: skip
    assert [(line.key, line.actual) for line in sheet.funds] == [("granted", 900), ("own_share", 100), ("income", 0)]
    assert (sheet.left, sheet.cost_total.difference) == (0, -50)


def test_a_whole_year_lacks_nothing_and_is_handed_in_checked_and_filed(world, grant, proof, by):
    assert texts(proof) == []
    acts.hand_in(by=by, proof=proof)
    made = acts.check(by=world.coordinator.actor, proof=proof)
    proof.refresh_from_db()
    assert (proof.state, made.sha256) == (ProofState.CHECKED, digest(json.loads(made.content)))
    assert blobs.read(made.file.storage_name, made.file.public_id)[:4] == b"%PDF"
    assert made.file.keep_until >= date(YEAR + 10, 12, 31)


def test_the_deadline_of_the_carrier_goes_along(world, grant, proof, by):
    rule = deadlines.rule_of(grant, document="interim_proof", name="Teilnachweis", bearer="carrier")
    owed = deadlines.owed_by(world.nordstadt, rule)
    acts.hand_in(by=by, proof=proof)
    assert Obligation.objects.get(pk=owed.pk).state == "submitted_internal"
    acts.give_back(by=world.coordinator.actor, proof=proof, note="Bitte die Reise erläutern.")
    assert Obligation.objects.get(pk=owed.pk).state == "rework"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": ""}, "Belegnummer fehlt: 01.03.2026, Druckerei Beispiel"),
        ({"file": None}, "Beleg fehlt: 01.03.2026, Druckerei Beispiel"),
        ({"number": "", "file": None}, "Belegnummer und Beleg fehlen: 01.03.2026, Druckerei Beispiel"),
    ],
)
def test_an_entry_without_number_or_paper_is_in_the_way(world, grant, proof, by, change, told):
    grant.entries.filter(kind=EntryKind.EXPENSE).update(**change)
    assert texts(proof) == [told]
    assert refused(acts.hand_in, by=by, proof=proof) == [f"Es fehlt noch etwas: {told}."]


def test_what_is_missing_is_added_once(world, grant, proof, by):
    grant.entries.filter(kind=EntryKind.EXPENSE).update(number="")
    entry = grant.entries.get(kind=EntryKind.EXPENSE)
    sent.complete_entry(by=by, entry=entry, number=" 17 ")
    assert texts(proof) == []
    assert refused(sent.complete_entry, by=by, entry=entry, number="18") == [
        "Diese Buchung hat schon eine Belegnummer."
    ]
    with pytest.raises(NotAllowed):
        sent.complete_entry(by=world.counsellor.actor, entry=entry, number="18")


@pytest.mark.rule("FU-17")
def test_a_difference_above_the_grants_percent_wants_an_explanation(world, grant, proof, by):
    entry = {"number": "B-2", "file": make.paper(by)}
    funds.entry_of(grant, world.nordstadt, Decimal("200.01"), **entry)
    funds.entry_of(grant, world.nordstadt, Decimal("200.01"), EntryKind.OWN_SHARE, number="E-2")
    line = funds.line_of(grant)
    assert texts(proof) == ["Erläuterung fehlt: Sachausgaben weicht um mehr als 20 % vom Plan ab"]
    acts.explain(by=by, proof=proof, texts={line.public_id: "Es gab mehr Flyer."}, revision=proof.revision)
    assert texts(proof) == []
    assert current_sheet(proof).note(line.public_id) == "Es gab mehr Flyer."


@pytest.mark.rule("FU-17")
def test_exactly_the_percent_needs_none(world, grant, proof, by):
    funds.entry_of(grant, world.nordstadt, Decimal(200), number="B-2", file=make.paper(by))
    funds.entry_of(grant, world.nordstadt, Decimal(200), EntryKind.OWN_SHARE, number="E-2")
    assert texts(proof) == []


@pytest.mark.rule("FU-01")
def test_too_small_an_own_share_and_money_left_are_explained(world, grant, proof, by):
    contract = grant.contracts.get(organisation=world.nordstadt)
    funds.payment_of(contract, Decimal("0.01"))
    assert texts(proof) == [
        "Erläuterung fehlt: Eigenanteil unter 10 % (KV Nordstadt 2026)", "Erläuterung fehlt: 0,01 € nicht verbraucht",
    ]  # fmt: skip
    acts.explain(by=by, proof=proof, texts={"own_share": "Spende kommt", "balance": "wird gezahlt"}, revision=1)
    assert texts(proof) == []
    acts.explain(by=by, proof=proof, texts={"balance": " "}, revision=2)
    assert texts(proof) == ["Erläuterung fehlt: 0,01 € nicht verbraucht"]


def test_a_report_that_is_not_released_is_in_the_way(world, grant, by):
    make.year_of(grant, world.nordstadt, by)
    proof = acts.begin_partial(by=by, grant=grant, carrier=world.nordstadt, funding_year=YEAR)
    told = gaps(proof, current_sheet(proof))
    assert [(gap.text, "/agentur/" in gap.url) for gap in told] == [
        ("Sachbericht 2026 ist noch nicht freigegeben: Integrationsagentur Nordstadt", True)
    ]


def test_both_an_entry_and_what_takes_it_back_stand_in_the_list_and_the_sum_is_right(world, grant, proof, by):
    entry = funds.entry_of(grant, world.nordstadt, Decimal("7.77"))
    take_back(by=by, entry=entry, on=date(YEAR, 4, 1), reason="doppelt")
    sheet = current_sheet(proof)
    assert [(one.place, one.counts, one.remark) for one in sheet.expenses] == [
        (1, Decimal("7.77"), "zurückgenommen mit Nr. 3"), (2, 1000, ""), (3, Decimal("-7.77"), "nimmt Nr. 1 zurück"),
    ]  # fmt: skip
    assert total(sheet.expenses) == sheet.cost_total.actual == 1000
    assert texts(proof) == []  # what was taken back needs no paper


@pytest.mark.rule("FU-16")
def test_what_was_released_never_changes_and_says_what_came_since(world, grant, proof, by):
    acts.hand_in(by=by, proof=proof)
    made = acts.check(by=world.coordinator.actor, proof=proof)
    funds.entry_of(grant, world.nordstadt, Decimal(5))
    funds.entry_of(grant, world.nordstadt, Decimal(6))
    fresh = UseProof.objects.get(pk=proof.pk)
    assert sheet_for(fresh).cost_total.actual == 1000
    assert since_release(fresh).words == "2 Buchungen"
    with pytest.raises(TypeError):
        made.save()
    with pytest.raises(TypeError):
        ReleasedProof.objects.update(content="{}")


def test_its_own_json_reads_back_to_the_same_sheet(world, grant, proof):
    sheet = current_sheet(proof)
    assert sheet_of(json.dumps(as_data(sheet))) == sheet


def test_the_district_returns_with_a_word_and_the_carrier_answers(world, grant, proof, by):
    coordinator = world.coordinator.actor
    acts.hand_in(by=by, proof=proof)
    assert refused(acts.give_back, by=coordinator, proof=proof) == [acts.UNSAID]
    said = sent.remark(by=coordinator, proof=proof, place="ausgaben", text="Was war das?")
    with pytest.raises(NotAllowed):
        sent.remark(by=by, proof=proof, place="", text="?")
    acts.give_back(by=coordinator, proof=proof)
    assert texts(UseProof.objects.get(pk=proof.pk)) == ["Anmerkung des Bezirks noch offen"]
    sent.resolve_remark(by=by, remark=said)
    acts.hand_in(by=by, proof=proof)


def test_a_remark_is_withdrawn_before_it_is_sent(world, grant, proof, by):
    acts.hand_in(by=by, proof=proof)
    said = sent.remark(by=world.coordinator.actor, proof=proof, place="", text="Was war das?")
    sent.withdraw_remark(by=world.coordinator.actor, remark=said)
    assert proof.remarks.count() == 0


@pytest.mark.parametrize("act", [acts.check, acts.give_back])
def test_a_carrier_does_not_check_itself(world, grant, proof, by, act):
    acts.hand_in(by=by, proof=proof)
    with pytest.raises(NotAllowed):
        act(by=by, proof=proof)


@pytest.mark.rule("FU-17")
def test_the_whole_waits_for_every_part(world, grant, proof, by):
    whole = acts.begin_whole(by=world.coordinator.actor, grant=grant, funding_year=YEAR)
    assert texts(whole) == [
        "Teilverwendungsnachweis 2026 ist in Arbeit: KV Nordstadt", "Teilverwendungsnachweis 2026 fehlt: KV Südstadt",
    ]  # fmt: skip
    assert "Es fehlt noch etwas" in refused(acts.release, by=world.coordinator.actor, proof=whole)[0]


@pytest.mark.rule("FU-17")
def test_the_whole_is_the_exact_sum_of_its_parts_and_goes_its_way(world, grant, reported):
    coordinator = world.coordinator.actor
    for carrier in (world.nordstadt, world.suedstadt):
        for year in grant.years:
            checked(world, grant, carrier, year)
    whole = acts.begin_whole(by=coordinator, grant=grant, funding_year=YEAR + 1)
    assert (str(whole), texts(whole)) == ("Gesamtverwendungsnachweis 2026–2027", [])
    acts.release(by=coordinator, proof=whole)
    sheet = sheet_for(UseProof.objects.get(pk=whole.pk))
    assert (sheet.cost_total.actual, sheet.funds_total.actual, len(sheet.carriers)) == (4000, 4000, 4)
    rule = deadlines.rule_of(grant, document="final_proof", name="Nachweis", bearer="carrier")
    owed = deadlines.owed_by(world.suedstadt, rule, funding_year=YEAR + 1)
    today = timezone.localdate()
    sent.transmit(by=coordinator, proof=whole, on=today, channel=ProofWay.POST)
    assert Obligation.objects.get(pk=owed.pk).state == "submitted_external"
    assert sent.accept(by=coordinator, proof=whole, on=today).state == ProofState.ACCEPTED
    assert Obligation.objects.get(pk=owed.pk).state == "accepted"


def test_a_correction_stands_beside_what_was_released(world, grant, proof, by):
    acts.hand_in(by=by, proof=proof)
    acts.check(by=world.coordinator.actor, proof=proof)
    with pytest.raises(NotAllowed):
        sent.correct(by=by, proof=proof, why="Zahlendreher")
    again = sent.correct(by=world.coordinator.actor, proof=proof, why="Zahlendreher")
    proof.refresh_from_db()
    assert (again.version, again.state, proof.state) == (2, ProofState.DRAFT, ProofState.CHECKED)
    assert refused(sent.correct, by=world.coordinator.actor, proof=proof, why="noch einmal") == [sent.NEWER]


@pytest.mark.rule("FU-16")
def test_papers_are_kept_five_years_after_the_proof_where_that_is_longer(world, house, reported):
    grant = deadlines.grant_of(house, name="kurz", retention_years=1, last_year=YEAR)
    coordinator = world.coordinator.actor
    for carrier in (world.nordstadt, world.suedstadt):
        checked(world, grant, carrier)
    whole = acts.begin_whole(by=coordinator, grant=grant, funding_year=YEAR)
    acts.release(by=coordinator, proof=whole)
    paper = grant.entries.filter(kind=EntryKind.EXPENSE).first().file
    type(paper).objects.filter(pk=paper.pk).update(keep_until=date(YEAR + 1, 12, 31))
    today = timezone.localdate()
    sent.transmit(by=coordinator, proof=whole, on=today, channel=ProofWay.PLATFORM)
    paper.refresh_from_db()
    assert paper.keep_until >= date(today.year + 5, today.month, min(today.day, 28))


@pytest.mark.rule("FU-10")
def test_a_carrier_sees_its_own_proofs_alone(world, grant):
    for carrier in (world.nordstadt, world.suedstadt):
        make.partial_of(grant, carrier)
    make.whole_of(grant)
    seen = {
        name: UseProof.objects.visible_to(getattr(world, name).actor).count()
        for name in ("coordinator", "carrier_manager", "counsellor", "funder")
    }
    assert seen == {"coordinator": 3, "carrier_manager": 1, "counsellor": 0, "funder": 0}


def test_a_proof_is_begun_once_and_for_the_own_house(world, grant, proof, by):
    values = {"by": by, "grant": grant, "funding_year": YEAR}
    assert refused(acts.begin_partial, carrier=world.nordstadt, **values) == [acts.ALREADY]
    with pytest.raises(NotAllowed):
        acts.begin_partial(carrier=world.suedstadt, **values)
    with pytest.raises(NotAllowed):
        acts.begin_whole(**values)


@pytest.mark.rule("FU-17")
@pytest.mark.parametrize(
    ("planned", "actual", "asked"),
    [("100", "120", False), ("100", "120.01", True), ("100", "80", False), ("100", "79.99", True), ("0", "0", False), ("0", "0.01", True)],
)  # fmt: skip
def test_a_difference_is_explained_beyond_the_percent_to_the_cent(planned, actual, asked):
    assert has_to_be_explained(Decimal(planned), Decimal(actual), Decimal(20)) is asked


MONEY = st.sampled_from([Decimal(one) for one in ("0.00", "0.01", "0.10", "33.33", "99.99", "1234.56", "10000000.00")])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(MONEY, MONEY), max_size=12))
def test_sums_are_exact_and_survive_being_written_down(rows):
    lines = tuple(CostLine(f"{n}", "", "", planned, actual) for n, (planned, actual) in enumerate(rows))
    sheet = Sheet("", "", "", "", "", Decimal("20.00"), Decimal("10.00"), costs=lines)
    again = sheet_of(json.dumps(as_data(sheet)))
    assert again == sheet
    cents = sum(int(actual * 100) for _planned, actual in rows)
    assert int(again.cost_total.actual * 100) == cents


# Pages ----------------------------------------------------------------------------------------------------------------
def test_the_way_of_a_proof_through_its_pages(world, grant, by, reported, client):
    make.year_of(grant, world.nordstadt, by)
    client.force_login(world.carrier_manager.user)
    begin = reverse("funding:begin_proof", args=[grant.public_id])
    page = client.post(begin, {"jahr": YEAR, "traeger": world.nordstadt.public_id}, follow=True)
    assert "Einreichen" in page.content.decode()
    proof = UseProof.objects.get()
    client.post(reverse("funding:hand_in_proof", args=[proof.public_id]))
    client.force_login(world.coordinator.user)
    page = client.post(reverse("funding:check_proof", args=[proof.public_id]), follow=True)
    assert "Geprüft und abgelegt." in page.content.decode()
    paper = client.get(reverse("funding:proof_pdf", args=[proof.public_id]))
    filed = ReleasedProof.objects.get().file
    assert paper.content == blobs.read(filed.storage_name, filed.public_id)


def test_another_carriers_proof_is_not_there(world, grant, client):
    other = make.partial_of(grant, world.suedstadt)
    client.force_login(world.carrier_manager.user)
    assert client.get(reverse("funding:proof", args=[other.public_id])).status_code == 404
    assert "KV Südstadt" not in client.get(reverse("funding:proofs")).content.decode()


@pytest.mark.parametrize("number", [0, 3, 120])
def test_the_page_of_a_proof_costs_the_same_however_many_receipts(
    world, grant, client, reported, django_assert_max_num_queries, number
):
    funds.line_of(grant)
    for _one in range(number):
        funds.entry_of(grant, world.nordstadt, Decimal(1), number="B")
    proof = make.partial_of(grant, world.nordstadt)
    client.force_login(world.carrier_manager.user)
    with django_assert_max_num_queries(45):
        page = client.get(reverse("funding:proof", args=[proof.public_id]))
    assert page.status_code == 200


def test_a_clerk_of_the_district_is_not_offered_to_hand_in_for_a_carrier(world, grant, by, proof, client):
    persona(world, "clerk", world.district, "admin_clerk")
    here, way = (reverse(f"funding:{name}", args=[proof.public_id]) for name in ("proof", "hand_in_proof"))
    seen = {}
    for name in ("clerk", "coordinator", "carrier_manager"):
        client.force_login(world.personas[name].user)
        seen[name] = f'action="{way}"' in client.get(here).content.decode()
    assert seen == {"clerk": False, "coordinator": True, "carrier_manager": True}
    with pytest.raises(NotAllowed):
        acts.hand_in(by=world.clerk.actor, proof=proof)
