"""Anti-discrimination advice: its own programme, two lists of grounds, and figures that open down to the file."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.auditlog.sentences import sentence
from lotse.casework import rules
from lotse.casework.actions.discrimination import record_discrimination
from lotse.casework.actions.file import Outdated
from lotse.casework.enums import Act
from lotse.casework.models import Client, DiscriminationGround, DiscriminationRecord, GroundList
from lotse.casework.models.discrimination import two_months_later
from lotse.core.errors import NotAllowed
from lotse.programmes.models import SiteOffer
from lotse.programmes.standard import ensure_programmes
from tests.factories import casework as make

TODAY = timezone.localdate


@pytest.fixture
def ads(world):
    programme = ensure_programmes()["ads"]
    SiteOffer.objects.create(programme=programme, site=world.site, valid_from=date(2020, 1, 1))
    return programme


@pytest.fixture
def case(world, ads):
    return make.case(world, programme=ads)


def url(case):
    return f"/akte/{case.client.public_id}/diskriminierung/"


def recorded(world, case, by=None, **more):
    values = {"agg": ["ethnic", "belief"], "other": ["language"], "area": "housing", **more}
    return record_discrimination(by=by or world.counsellor.actor, case=case, **values)


def grounds():
    return list(DiscriminationGround.objects.order_by("id").values_list("of", "ground"))


def test_grounds_of_both_lists_and_the_area_are_kept(world, login, case):
    typed = {
        "agg": ["ethnic", "age"],
        "other": ["language"],
        "area": "work",
        "happened_on": "2026-03-01",
        "account": "Absage am Telefon",
    }
    assert login(world.counsellor).post(url(case), typed).status_code == 302

    record = DiscriminationRecord.objects.get()
    assert (record.area, record.happened_on, record.account) == ("work", date(2026, 3, 1), "Absage am Telefon")
    assert grounds() == [("agg", "ethnic"), ("agg", "age"), ("other", "language")]
    assert record.grounds_in(GroundList.AGG) == ["ethnic", "age"]


def test_the_file_shows_what_it_is_about(world, login, case):
    recorded(world, case, account="Absage am Telefon", happened_on=TODAY())
    text = login(world.counsellor).get(f"/akte/{case.client.public_id}/").content.decode()
    words = ("Religion oder Weltanschauung", "Sprache oder Akzent", "Wohnen und Wohnungssuche", "Absage am Telefon")
    assert [word in text for word in words] == [True] * 4


def test_a_change_takes_away_and_adds_and_the_log_says_so(world, case):
    first = recorded(world, case)
    recorded(world, case, agg=["age"], other=[], revision=first.revision)
    assert grounds() == [("agg", "age")]
    assert sentence(Event.objects.filter(key="discrimination.recorded").latest("id")) == (
        "Counsellor Beispiel hat die Diskriminierung festgehalten (Gründe)."
    )


def test_saving_the_same_again_changes_no_ground(world, case):
    first = recorded(world, case)
    before = DiscriminationGround.objects.values_list("pk", flat=True)
    kept = list(before)
    recorded(world, case, revision=first.revision)
    assert list(DiscriminationGround.objects.values_list("pk", flat=True)) == kept


def test_who_saves_second_sees_both_versions(world, case):
    first = recorded(world, case)
    recorded(world, case, revision=first.revision)
    with pytest.raises(Outdated):
        recorded(world, case, area="work", revision=first.revision)


def test_what_happened_has_no_date_in_the_future(world, case):
    with pytest.raises(ValidationError, match="Zukunft"):
        recorded(world, case, happened_on=make.days_ago(-1))


@pytest.mark.rule("AD-01")
def test_other_programmes_have_no_such_page(world, login):
    other = make.case(world)
    web = login(world.counsellor)
    assert [web.get(url(other)).status_code, web.post(url(other), {"agg": ["age"]}).status_code] == [404, 404]
    assert "Diskriminierung" not in web.get(f"/akte/{other.client.public_id}/").content.decode()
    with pytest.raises(ValidationError, match="Antidiskriminierungsberatung"):
        recorded(world, other)


@pytest.mark.rule("AD-01")
def test_nothing_is_kept_before_agreement_and_consent(world, ads):
    with pytest.raises(ValidationError, match="Einwilligung"):
        recorded(world, make.case(world, programme=ads, consented=False))


@pytest.mark.rule("DP-11")
def test_disability_as_a_ground_needs_the_consent_to_health_data(world, login, case):
    web = login(world.counsellor)
    refused = web.post(url(case), {"agg": ["disability"]})
    assert "Einwilligung zu Gesundheitsdaten" in refused.content.decode()

    make.decide(world, Client.objects.get(), Act.HEALTH)
    assert web.post(url(case), {"agg": ["disability"]}).status_code == 302


@pytest.mark.parametrize("persona", ["colleague", "technical_lead", "sysadmin", "outsider"])
def test_only_who_holds_the_file_records(world, case, persona):
    with pytest.raises(NotAllowed):
        recorded(world, case, by=world.personas[persona].actor)


def test_what_was_told_is_sealed_and_gone_from_nowhere_else(world, case):
    recorded(world, case, account="Kanarienvogel")
    assert b"Kanarienvogel" not in bytes(DiscriminationRecord.objects.values_list("account", flat=True).get())


def test_a_script_that_was_told_is_shown_as_text(world, login, case):
    recorded(world, case, account="<script>x()</script>")
    assert "&lt;script&gt;x()" in login(world.counsellor).get(f"/akte/{case.client.public_id}/").content.decode()


@pytest.mark.parametrize(("day", "end"), [
    (date(2026, 3, 1), date(2026, 5, 1)), (date(2026, 11, 15), date(2027, 1, 15)), (date(2026, 12, 31), date(2027, 2, 28)),
    (date(2027, 12, 31), date(2028, 2, 29)), (date(2026, 7, 31), date(2026, 9, 30)), (date(2026, 10, 31), date(2026, 12, 31)),
])  # fmt: skip
def test_claims_are_raised_within_two_months(day, end):
    assert two_months_later(day) == end
    assert DiscriminationRecord(happened_on=day).claim_until == end
    assert DiscriminationRecord().claim_until is None


# --- figures --------------------------------------------------------------------------------------------------------------
def figure(web, key, cell):
    answer = web.get(f"/auswertung/{key}/{cell}/?start=2026-01-01&end={TODAY().isoformat()}")
    return answer.status_code, answer.content.decode()


def test_grounds_and_areas_are_counted_and_open_down_to_the_file(world, login, case):
    recorded(world, case)
    web = login(world.counsellor)
    for key, cell in (
        ("discrimination.agg", "ethnic"),
        ("discrimination.other", "language"),
        ("discrimination.area", "housing"),
    ):
        status, text = figure(web, key, cell)
        assert (status, f"/akte/{case.client.public_id}/" in text) == (200, True), key


def test_a_case_without_an_area_counts_as_not_recorded(world, login, case):
    status, text = figure(login(world.counsellor), "discrimination.area", "_missing")
    assert (status, f"/akte/{case.client.public_id}/" in text) == (200, True)


def test_cases_of_other_programmes_are_not_counted(world, login, ads):
    other = make.case(world)
    status, text = figure(login(world.counsellor), "discrimination.area", "_total")
    assert (status, other.client.public_id in text) == (200, False)


@pytest.mark.rule("DP-13")
def test_a_small_number_stays_hidden_from_who_may_only_count(world, login, case):
    recorded(world, case)
    _status, text = figure(login(world.coordinator), "discrimination.agg", "ethnic")
    assert str(case.client) not in text


# --- rules ----------------------------------------------------------------------------------------------------------------
@pytest.mark.rule("AD-01")
def test_discrimination_belongs_to_one_programme():
    assert [rules.is_about_discrimination(code) for code in ("ads", "mbe", "")] == [True, False, False]


@pytest.mark.rule("DP-11")
def test_only_disability_tells_of_health():
    plain, health = Client(), Client(health_on=TODAY())
    assert [rules.ground_is_open(client, ground) for client in (plain, health) for ground in ("disability", "age")] == [
        False, True, True, True,
    ]  # fmt: skip


def test_the_figures_stand_only_where_the_advice_is_offered(world, login):
    web = login(world.counsellor)
    assert "Diskriminierung: Lebensbereiche" not in web.get("/auswertung/").content.decode()
    SiteOffer.objects.create(programme=ensure_programmes()["ads"], site=world.site, valid_from=date(2020, 1, 1))
    assert "Diskriminierung: Lebensbereiche" in web.get("/auswertung/").content.decode()
