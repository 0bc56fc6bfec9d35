"""What *Heute* says to who keeps funds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from lotse.funding.enums import EntryKind, PaymentKind
from lotse.funding.models import ForwardingContract
from lotse.funding.queries.today import work_items
from tests.factories import funds, funds_money, funds_more
from tests.factories import funds_staff as staff
from tests.factories.deadlines import YEAR

CAME = date(YEAR, 2, 1)


def titles(persona, today):
    return [(item.title, item.sentence, item.badge) for item in work_items(persona.actor, today)]


def test_a_carrier_is_told_of_its_part_and_the_district_when_all_are_there(world, grant):
    part = funds.part_of(grant, world.nordstadt)
    assert titles(world.carrier_manager, CAME) == [("Teil des Antrags", "Phase", "ausfüllen")]
    assert titles(world.coordinator, CAME) == []
    part.state, part.handed_in_on = "handed_in", CAME
    part.save()
    assert titles(world.carrier_manager, CAME) == []
    assert titles(world.coordinator, CAME) == [("Gesamtantrag", "Phase: Alle Teile sind da.", "stellen")]
    far = funds.part_of(grant, world.suedstadt)
    assert (titles(world.coordinator, CAME), far.state) == ([], "open")


def test_a_contract_waits_for_the_carrier_first(world, grant):
    contract = ForwardingContract.objects.create(organisation=world.nordstadt, grant=grant)
    line = ("Weiterleitungsvertrag", "KV Nordstadt, Phase", "unterschreiben")
    assert (titles(world.carrier_manager, CAME), titles(world.coordinator, CAME)) == ([line], [])
    contract.carrier_signed_on = CAME
    contract.save()
    assert (titles(world.carrier_manager, CAME), titles(world.coordinator, CAME)) == ([], [line])
    contract.district_signed_on = CAME
    contract.save()
    assert titles(world.coordinator, CAME) == []


@pytest.mark.parametrize(("days", "is_told"), [(6, False), (7, True)])
def test_money_that_lies_for_a_week_is_to_be_forwarded(world, grant, days, is_told):
    funds.call_of(grant, {world.nordstadt: Decimal(100)}, received=CAME)
    told = titles(world.coordinator, CAME + timedelta(days=days))
    line = ("Mittel weiterleiten", "KV Nordstadt, eingegangen am 01.02.2026", "liegt noch")
    assert told == [line] * is_told


def test_the_oldest_money_is_forwarded_first_and_what_came_back_lies_again(world, grant):
    contract, later = funds.contract_of(grant, world.nordstadt), CAME + timedelta(days=7)
    funds.call_of(grant, {world.nordstadt: Decimal(100)}, received=CAME)
    funds.call_of(grant, {world.nordstadt: Decimal(50)}, received=later)
    funds.payment_of(contract, 100)
    day = later + timedelta(days=7)
    assert [sentence for _title, sentence, _badge in titles(world.coordinator, day)] == [
        "KV Nordstadt, eingegangen am 08.02.2026"
    ]
    funds.payment_of(contract, 1, kind=PaymentKind.REPAYMENT)
    title, sentence, _badge = titles(world.coordinator, day)[0]
    assert (title, sentence) == ("2 × Mittel weiterleiten", "zuerst KV Nordstadt, eingegangen am 01.02.2026")


def test_called_money_is_to_be_spent_within_the_days_of_the_grant(world, grant):
    """60 days after 1 February is 2 April; told two weeks before."""
    contract = funds.contract_of(grant, world.nordstadt)
    funds.call_of(grant, {world.nordstadt: Decimal(100)}, received=CAME)
    funds.payment_of(contract, 100)
    line = ("Abgerufene Mittel", "KV Nordstadt, zu verwenden bis 02.04.2026", "noch nicht verwendet")
    first = date(YEAR, 3, 19)
    assert titles(world.carrier_manager, first - timedelta(days=1)) == []
    assert (titles(world.carrier_manager, first), titles(world.coordinator, first)) == ([line], [line])
    funds.entry_of(grant, world.nordstadt, 110)
    funds.entry_of(grant, world.nordstadt, 11, kind=EntryKind.OWN_SHARE)
    assert titles(world.carrier_manager, first) == [line]
    funds.entry_of(grant, world.nordstadt, 1)
    assert titles(world.carrier_manager, first) == []


def test_a_request_without_answer_and_a_proof_that_is_due(world):
    sent = {"state": "sent", "sent_on": CAME}
    funds_more.subsidy_of(world.nordstadt, **sent)
    funds_more.awarded_of(world.nordstadt, subject="Sprachcafé", proof_due_on=CAME + timedelta(days=56))
    day = CAME + timedelta(days=28)
    assert titles(world.carrier_manager, day - timedelta(days=1)) == []
    where = "Stadt Beispiel, Der Bürgermeister"
    assert titles(world.carrier_manager, day) == [
        ("Zuschuss: Migrationsberatung", f"{where}, gestellt am 01.02.2026", "ohne Antwort"),
        ("Verwendungsnachweis: Sprachcafé", f"{where}, bis 29.03.2026", "fällig"),
    ]
    assert titles(world.coordinator, day) == []


def test_everything_is_read_in_one_statement_and_nothing_for_who_keeps_no_funds(
    world, grant, django_assert_num_queries
):
    coordinator, counsellor = world.coordinator.actor, world.counsellor.actor
    for carrier in (world.nordstadt, world.suedstadt):
        funds.part_of(grant, carrier)
        funds.call_of(grant, {carrier: Decimal(100)}, received=CAME)
    with django_assert_num_queries(1):
        assert [item.title for item in work_items(coordinator, date(YEAR, 12, 1))] == [
            "2 × Mittel weiterleiten", "2 × abgerufene Mittel",
        ]  # fmt: skip
    with django_assert_num_queries(0):
        assert work_items(counsellor, CAME) == []


def urls(persona, today):
    return {item.title: item.url for item in work_items(persona.actor, today)}


def test_every_line_leads_to_where_it_is_done(client, world, grant):
    part, contract = funds.part_of(grant, world.nordstadt), funds.contract_of(grant, world.nordstadt, signed=None)
    carrier = urls(world.carrier_manager, CAME)
    assert carrier == {
        "Teil des Antrags": reverse("funding:carrier_part", args=[part.public_id]),
        "Weiterleitungsvertrag": reverse("funding:contract", args=[contract.public_id]),
    }
    part.state, part.handed_in_on = "handed_in", CAME
    part.save()
    funds.call_of(grant, {world.nordstadt: Decimal(100)}, received=CAME)
    district, chosen = urls(world.coordinator, date(YEAR, 4, 1)), f"?zuwendung={grant.public_id}"
    assert district == {
        "Gesamtantrag": reverse("funding:application") + chosen,
        "Mittel weiterleiten": f"{reverse('funding:new_round', args=[grant.public_id])}?jahr={YEAR}",
        "Abgerufene Mittel": reverse("funding:calls") + chosen,
    }
    client.force_login(world.coordinator.user)
    assert {client.get(url).status_code for url in district.values()} == {200}
    client.force_login(world.carrier_manager.user)
    assert {client.get(url).status_code for url in carrier.values()} == {200}
    assert carrier["Weiterleitungsvertrag"] in client.get("/").content.decode()


def test_an_amendment_waits_for_the_carrier_first(world, grant):
    contract = funds.contract_of(grant, world.nordstadt)
    paper = funds_money.amendment_of(contract, {YEAR: 1})
    line = ("Nachtrag zum Vertrag", "KV Nordstadt, Phase", "unterschreiben")
    assert (titles(world.carrier_manager, CAME), titles(world.coordinator, CAME)) == ([line], [])
    paper.carrier_signed_on = CAME
    paper.save()
    assert (titles(world.carrier_manager, CAME), titles(world.coordinator, CAME)) == ([], [line])
    assert urls(world.coordinator, CAME)[line[0]] == reverse("funding:contract", args=[contract.public_id])


def test_an_account_waits_for_a_second_person_until_a_newer_one_is_there(world, grant):
    account = funds_money.account_of(world.nordstadt, world.carrier_manager.person)
    (line,) = titles(world.coordinator, CAME)
    assert (line[0], line[2], titles(world.carrier_manager, CAME)) == ("Bankverbindung", "bestätigen", [])
    assert line[1].startswith("KV Nordstadt, eingetragen am ")
    funds_money.account_of(world.nordstadt, world.carrier_manager.person, confirmed_by=world.coordinator.person)
    assert (titles(world.coordinator, CAME), account.confirmed_by) == ([], None)


def test_a_change_waits_for_the_district_and_its_consent_until_the_day(world, grant, house):
    today = staff.in_days(0)
    change = staff.reported(
        world, grant, staff.share_of(house.agency), **staff.newcomer(newcomer_from=staff.in_days(14))
    )
    pass_on = ("2 Änderungen von Stellen", "zuerst KV Nordstadt: Neueinstellung oder Vertretung", "an die Behörde")
    day = f"{staff.in_days(14):%d.%m.%Y}"
    consent = (
        "Zustimmung der Behörde", f"KV Nordstadt: Neueinstellung oder Vertretung, nötig vor dem {day}", "fehlt",
    )  # fmt: skip
    assert titles(world.carrier_manager, today) == [consent]
    assert titles(world.carrier_manager, today - timedelta(days=1)) == []
    assert {line[::2] for line in titles(world.coordinator, today)} == {pass_on[::2]}
    for process in change.processes.all():
        staff.forwarded(world, process)
    assert titles(world.coordinator, today) == [consent]
    assert urls(world.coordinator, today)[consent[0]] == reverse("funding:staff_change", args=[change.public_id])


@pytest.mark.rule("FU-08")
def test_contact_data_are_missing_from_the_first_day_on(world, grant, house):
    begins = staff.in_days(40)
    change = staff.reported(world, grant, staff.share_of(house.agency), **staff.newcomer())
    change.processes.all().update(state="acknowledged")
    line = ("Kontaktdaten einer neuen Person", f"{house.agency}, dort seit {begins:%d.%m.%Y}", "fehlen beim Bezirk")
    assert (titles(world.carrier_manager, begins - timedelta(days=1)), titles(world.carrier_manager, begins)) == (
        [],
        [line],
    )
    change.contact_sent_on = begins
    change.save()
    assert titles(world.carrier_manager, begins) == []


def test_a_grant_is_found_by_name_and_reference_by_who_keeps_its_funds(client, world, grant):
    grant.reference = "36.01-4711"
    grant.save()
    for persona, is_found in ((world.coordinator, True), (world.carrier_manager, True), (world.counsellor, False)):
        client.force_login(persona.user)
        page = client.get(reverse("portal:search"), {"q": "4711"}).content.decode()
        assert (grant.public_id in page) is is_found
