"""A carrier's duties, year by year: answered with evidence, the own share read from the books."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from lotse.core.errors import NotAllowed
from lotse.documents.intake import receive
from lotse.funding.actions.duties import check_duty
from lotse.funding.enums import DutyState, EntryKind
from lotse.funding.models import DutyCheck
from lotse.funding.packaged import duties_of, funders
from lotse.funding.queries.duties import standings
from lotse.funding.queries.own_shares import OwnShare, own_shares
from tests.documents.files import upload
from tests.factories import funds, funds_more
from tests.factories.deadlines import YEAR
from tests.funding.refusing import refused

OVER, RUNNING = date(YEAR + 1, 1, 1), date(YEAR, 6, 1)


def test_the_list_has_six_points_and_the_first_is_read_from_the_books():
    found = duties_of(YEAR)
    assert (found.version, found.example, len(found.points)) == ("2020", True, 6)
    assert [point.key for point in found.points if point.reads] == ["own_share"]
    assert duties_of(2007) is found
    assert [one.name for one in funders()][:2] == ["Stadt, Gemeinde oder Kreis", "Kommunales Integrationszentrum"]


def test_a_point_is_answered_with_evidence_that_keeps_for_ten_years(world):
    by = world.carrier_manager.actor
    values = {"by": by, "carrier": world.nordstadt, "year": YEAR, "key": "backing"}
    with receive(upload(), by=by) as received:
        made = check_duty(**values, state=DutyState.PARTLY, note="Gespräch im März", received=received)
    assert (made.state, made.version, made.checked_by, made.file.keep_until) == (
        "partly", "2020", world.carrier_manager.person, date(YEAR + 10, 12, 31),
    )  # fmt: skip
    again = check_duty(**values, state=DutyState.YES, revision=made.revision)
    assert (again.pk, again.state, again.file) == (made.pk, "yes", made.file)


@pytest.mark.parametrize(
    ("year", "key", "told"),
    [
        (YEAR, "nothing", "Diesen Punkt gibt es in der Liste dieses Jahres nicht."),
        (YEAR, "own_share", "Dieser Punkt folgt aus den Buchungen und wird nicht von Hand eingetragen."),
        (2090, "backing", "Für ein Jahr, das noch kommt, wird nichts eingetragen."),
    ],
)
def test_what_cannot_be_answered_is_refused(world, year, key, told):
    values = {"by": world.carrier_manager.actor, "carrier": world.nordstadt, "state": DutyState.YES}
    assert refused(check_duty, **values, year=year, key=key) == [told]


def test_a_second_window_is_told(world):
    values = {"by": world.carrier_manager.actor, "carrier": world.nordstadt, "year": YEAR, "key": "backing"}
    check_duty(**values, state=DutyState.YES, revision=0)
    assert "Inzwischen hat jemand anderes gespeichert" in refused(check_duty, **values, state="no", revision=0)[0]


@pytest.mark.rule("FU-01")
@pytest.mark.parametrize(
    ("booked", "planned", "is_over", "state"),
    [
        ("10.00", "0", False, DutyState.YES),
        ("9.99", "10.00", False, DutyState.PARTLY),
        ("9.99", "10.00", True, DutyState.NO),
        ("9.99", "9.99", False, DutyState.NO),
    ],
)
def test_the_own_share_answers_itself(booked, planned, is_over, state):
    amounts = {"booked": Decimal(booked), "planned": Decimal(planned)}
    share = OwnShare(spent=Decimal(100), planned_costs=Decimal(100), percent=Decimal(10), **amounts)
    assert share.state(is_over=is_over) == state


def test_no_percentage_looks_reached_that_is_not():
    share = OwnShare(booked=Decimal("9.9999"), spent=Decimal(100))
    assert (share.booked_percent, share.planned_percent) == (Decimal("9.99"), None)
    assert OwnShare().state(is_over=True) is None


def test_the_own_share_is_read_from_ledger_and_plan(world, grant):
    funds.entry_of(grant, world.nordstadt, Decimal(200))
    wrong = funds.entry_of(grant, world.nordstadt, Decimal(50))
    funds.entry_of(grant, world.nordstadt, Decimal(50), reverses=wrong)
    funds.entry_of(grant, world.nordstadt, Decimal(30), kind=EntryKind.OWN_SHARE)
    funds.entry_of(grant, world.nordstadt, Decimal(99), kind=EntryKind.OWN_SHARE, funding_year=YEAR + 1)
    funds.cost_of(grant, world.nordstadt, Decimal(300))
    funds.own_funds_of(grant, world.nordstadt, Decimal(40))
    found = own_shares([world.nordstadt.pk, world.suedstadt.pk], YEAR)
    assert found == {
        world.nordstadt.pk: OwnShare(Decimal(40), Decimal(300), Decimal(30), Decimal(200), Decimal(10)),
        world.suedstadt.pk: OwnShare(percent=Decimal(10)),
    }


def test_the_year_before_stands_beside_it(world, grant):
    funds_more.check_of(world.nordstadt, world.carrier_manager.person, year=YEAR - 1, state="no")
    funds_more.check_of(world.nordstadt, world.carrier_manager.person)
    (points,) = standings([world.nordstadt], YEAR, RUNNING).values()
    conditions, backing = points[1], points[4]
    assert (conditions.words, conditions.tone, conditions.words_before) == ("erfüllt", "good", "nicht erfüllt")
    assert (backing.words, backing.words_before) == ("offen", "")


def test_the_overview_costs_the_same_however_many_carriers(world, grant, django_assert_num_queries):
    with django_assert_num_queries(9):
        standings([world.nordstadt], YEAR, OVER)
    with django_assert_num_queries(9):
        assert len(standings([world.nordstadt, world.suedstadt], YEAR, OVER)) == 2


def test_a_carrier_answers_for_itself_and_the_district_sees_all(client, world, grant):
    year = timezone.localdate().year
    client.force_login(world.carrier_manager.user)
    where = reverse("funding:duties_of", args=[world.nordstadt.public_id, year])
    assert client.get(reverse("funding:duties")).url == where
    client.post(f"{where}conditions/", {"state": "yes", "note": "Büro im Haus", "revision": "0"})
    assert "Büro im Haus" in client.get(where).content.decode()
    far = reverse("funding:duties_of", args=[world.suedstadt.public_id, year])
    assert [client.get(f"{far}{rest}").status_code for rest in ("", "conditions/")] == [404, 404]
    assert client.get(f"{where}own_share/").status_code == 404
    client.force_login(world.coordinator.user)
    page = client.get(reverse("funding:duties")).content.decode()
    assert ("KV Nordstadt" in page, "KV Südstadt" in page, "erfüllt" in page) == (True, True, True)


def test_another_carrier_is_refused(world):
    values = {"year": YEAR, "key": "backing", "state": DutyState.YES}
    with pytest.raises(NotAllowed):
        check_duty(by=world.carrier_manager.actor, carrier=world.suedstadt, **values)
    assert DutyCheck.objects.count() == 0


def test_of_two_windows_on_the_page_the_second_is_told_and_keeps_what_was_typed(world, grant, login):
    where = reverse("funding:check_duty", args=[world.nordstadt.public_id, YEAR, "conditions"])
    first, second = login(world.carrier_manager), login(world.coordinator)
    shown = [
        html.fromstring(web.get(where).content).xpath("//input[@name='revision']/@value")[0] for web in (first, second)
    ]
    assert first.post(where, {"state": "yes", "note": "Büro im Haus", "revision": shown[0]}).status_code == 302
    told = second.post(where, {"state": "no", "note": "Kein Büro", "revision": shown[1]}).content.decode()
    assert ("Inzwischen hat jemand anderes gespeichert" in told, "Kein Büro" in told) == (True, True)
    assert DutyCheck.objects.get().note == "Büro im Haus"
