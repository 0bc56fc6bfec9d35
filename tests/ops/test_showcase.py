"""What the stories of the demo tell: who signs in finds her day."""

import json
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from lotse.accounts.models import User
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument
from lotse.agency.queries import prescribed, support
from lotse.agency.queries.agencies import agencies
from lotse.agency.queries.analysis import missing_for_review
from lotse.agency.queries.analysis_page import analysis_page
from lotse.agency.queries.papers import latest
from lotse.agency.queries.standing import counted, standing
from lotse.agency.queries.today import work_items
from lotse.auditlog.models import Event
from lotse.auditlog.sentences import field_label
from lotse.casework.enums import ReferralState
from lotse.casework.models import Appointment, EligibilityAdvice, Referral
from lotse.casework.queries.calendar import clashes, get_file_appointment
from lotse.casework.queries.duplicates import candidates
from lotse.casework.queries.seldom import seldom_lists
from lotse.facts.registry import Period, Question, all_facts
from lotse.facts.results import evaluate
from lotse.imports.enums import State
from lotse.imports.models import Import
from lotse.insight.enums import PeriodKind, SnapshotState
from lotse.insight.models import Snapshot
from lotse.network.models import ActionItem, Notes, Release, Topic
from lotse.network.queries.alignment import exchanges_in_force
from lotse.network.queries.processes import ways
from lotse.network.queries.topics import is_late, waits_days
from lotse.network.queries.work import all_work
from lotse.organisations.models import Organisation, Person
from lotse.organisations.who import actor_for_user
from lotse.portal.demo.district import PASSWORD, build_district
from lotse.portal.demo.showcase import tell_stories
from lotse.programmes.enums import ObligationState
from lotse.programmes.models import Obligation
from lotse.programmes.queries.obligations import obligations
from lotse.programmes.queries.today import deadline_lines
from lotse.quality.models import (
    Audit,
    BoardDecision,
    Certification,
    Criterion,
    EvidenceDocument,
    ExchangePackage,
    Framework,
    GuestAccess,
    Submission,
)
from lotse.quality.queries import improvements, voices
from lotse.quality.queries.inner import inner_state
from lotse.quality.queries.living import living
from lotse.quality.queries.officers import without_officer
from lotse.quality.queries.rooms import guest, seats
from lotse.quality.queries.today import work_items as quality_work
from lotse.surveys.models import SurveyRound
from lotse.surveys.results import changes, results
from lotse.wayup.enums import ClosingState
from lotse.wayup.models import Closing, ReportingPeriod
from lotse.wayup.queries import below_of, own_unit, standings
from tests.conftest import quick_and_apart
from tests.factories.ways import duties


@pytest.fixture(scope="module")
def told_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """Told for all tests of this module, which undo what they change; undone when they are through."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**quick_and_apart(tmp_path_factory.mktemp("told"))):
            tell_stories(build_district(), timezone.localdate())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told(told_once, db):
    """The stories, as often as a test wants them."""


def known_as(name):
    return actor_for_user(User.objects.get(email=f"{name}@lotse.example"))


@pytest.fixture
def mara(told):
    return known_as("beraterin")


def test_every_list_of_today_has_something_in_it(mara):
    lists = seldom_lists(mara, timezone.localdate())
    of_others = [
        "my_emergencies",
        "erasures",
        "requests",
    ]  # what she herself asked for, and what data protection answers
    assert [name for name, rows in lists.items() if not rows] == of_others


def test_referrals_stand_in_every_state_of_the_way(told):
    states = set(Referral.objects.values_list("state", flat=True))
    assert states == set(ReferralState) - {ReferralState.EXPIRED, ReferralState.CANCELLED}


def test_one_appointment_clashes_with_another(mara):
    found = Appointment.objects.get(purpose="other")
    span = (found.starts_at, found.ends_at)
    person = Person.objects.get(pk=mara.person_id)
    assert get_file_appointment(mara, found.client, found.public_id) == found
    assert len(clashes([span], person, found.site, "", besides=found.public_id)) == 1


def test_advice_is_stored_with_its_reason(told):
    first, second = EligibilityAdvice.objects.order_by("pk")
    assert (first.differs, second.differs, bool(second.reason)) == (False, True, True)


def test_two_files_may_be_one_person(mara):
    assert [pair.first.last_name for pair in candidates(mara).pairs] == ["Özdemo"]
    assert candidates(mara, "telefon").pairs == []


def test_both_tables_were_taken_over(told):
    assert [run.state for run in Import.objects.all()] == [State.DONE] * 2


def test_tables_of_both_carriers_are_released_and_others_wait(told):
    found = Snapshot.objects.values_list("state", "kind", "organisation__name", "site__name")
    released, essen, year = SnapshotState.RELEASED, "KV Essen", PeriodKind.YEAR
    assert set(found) == {
        (released, year, essen, None), (released, year, essen, "Beratungsstelle Nordstadt"), (released, year, "KV Duisburg", None),
        (released, PeriodKind.QUARTER, essen, None), (SnapshotState.PREPARED, PeriodKind.QUARTER, essen, None),
    }  # fmt: skip


def test_the_report_of_the_district_is_added_up_and_some_are_late(told):
    district, period = known_as("koordination"), ReportingPeriod.objects.get()
    below = {s.unit.name: s for s in standings(period, below_of(district))}
    assert {name for name, s in below.items() if s.is_added} == {
        "KV Essen",
        "KV Duisburg",
        "KV Wesel",
        "KV Mönchengladbach",
    }
    assert {name for name, s in below.items() if s.is_late} == {"KV Kleve", "KV Düsseldorf", "KV Wuppertal"}
    assert (below["KV Kleve"].closing, below["KV Wuppertal"].waits) == (None, True)
    assert below["KV Düsseldorf"].closing.reason

    [own] = standings(period, [own_unit(district)])
    assert (own.closing.state, own.closing.units_included, own.closing.units_expected) == (ClosingState.OPEN, 4, 7)
    assert set(Closing.objects.values_list("state", flat=True)) == set(ClosingState) - {ClosingState.REPLACED}


def test_rounds_were_asked_before_and_after_and_one_is_running(told):
    running = [asked for asked in SurveyRound.objects.all() if asked.is_running]
    after = SurveyRound.objects.get(follows__isnull=False)
    assert [(asked.moment, asked.codes.exists(), asked.keywords.exists()) for asked in running] == [
        ("before", True, True)
    ]
    assert [line.count for line in results(after)[0].lines] == [11, 7, 0, 0]
    assert [[line.count for line in a.lines] for a in changes(after)] == [[5, 5, 0]] * 5


def test_the_sheet_of_the_integration_management_shows_numbers(told):
    """What the families were asked for, and what was answered in surveys."""
    lead, today = known_as("fachleitung"), timezone.localdate()
    period = Period(date(today.year - 1, 1, 1), today)
    facts = [fact for fact in all_facts() if fact.sheet == "integration"]
    found = {r.fact.key: r.total.count for own in (True, False) for r in evaluate(facts, Question(lead, period, own))}

    of_persons = ("association", "hobby", "settled", "housing", "own_income", "employed")
    assert {found[f"integration.{key}"] for key in of_persons} == {12}
    asked = ("knows_offers", "solves_alone", "medical_care", "social_circle")
    assert [found[f"surveys.{key}"] for key in asked] == [33, 33, 33, 18]
    assert {key for key, number in found.items() if not number} == {"integration.school_degree"}


def test_an_exchange_of_data_holds_and_another_waits_for_the_officer(told):
    officer, lead, today = known_as("datenschutz"), known_as("fachleitung"), timezone.localdate()
    assert [shown.row.purpose for shown in exchanges_in_force(officer, today)] == ["Warme Übergabe nach einem Umzug"]
    assert [duty.title for duty in duties(officer)] == ["Termine im Sprachkurs melden"]
    assert {duty.what for duty in duties(lead)} == {"Mandat läuft aus", "Datenaustausch prüfen"}


def test_ways_have_begun_and_one_shows_its_next_step(told, mara):
    shown = {way.process.kind: way for way in ways(mara)}
    assert (shown["optimisation"].done, shown["optimisation"].next_step.item.key) == (2, "first_round")
    assert {duty.what for duty in duties(mara)} == {
        "Mein Mandat läuft aus",
        "Schritt der Optimierung",
    }


def test_the_log_names_every_field_in_german(told):
    entries = Event.objects.exclude(fields=[]).values_list("object_type", "fields")
    named = {(kind, name) for kind, names in entries for name in names}
    assert {(kind, name) for kind, name in named if field_label(kind, name) == name} == set()


def test_topics_of_the_forum_stand_in_many_states_of_the_way(mara):
    states = dict(Topic.objects.values_list("state", "answered_on"))
    assert set(states) == {"raised", "discussed", "passed_to_politics", "feedback_given"}
    today, topics = timezone.localdate(), {topic.state: topic for topic in Topic.objects.visible_to(mara)}
    assert set(topics) == set(states)
    assert is_late(topics["discussed"], today)
    assert waits_days(topics["feedback_given"], today) == 52
    ways = [[step.on for step in topic.steps.order_by("id")] for topic in Topic.objects.all()]
    assert [days == sorted(days) and days[-1] <= today for days in ways] == [True] * 4


def test_what_waits_for_the_speaker_of_the_forum_stands_on_her_day(mara):
    lines = {item.badge for item in all_work(mara, timezone.localdate())}
    assert lines >= {"Rückmeldung da", "gemeinsam freigeben", "wartet auf Zustimmung"}


def test_part_1_of_the_demo_is_closed_to_who_organises(told):
    for name in ("koordination", "fachleitung", "leitung", "verwaltung", "bezirk"):
        actor = known_as(name)
        seen = [Notes.objects.visible_to(actor).filter(part=1), Release.objects.visible_to(actor).filter(released_at=None), ActionItem.objects.visible_to(actor).filter(part=1)]  # fmt: skip
        assert [rows.exists() for rows in seen] == [False] * 3


def test_one_agency_has_a_whole_analysis_and_one_has_gaps(told):
    coordinator, year = known_as("koordination"), timezone.localdate().year
    found = {
        name: latest(
            coordinator, Organisation.objects.get(name=f"Integrationsagentur {name}"), DocumentKind.ANALYSIS, year
        )
        for name in ("Essen", "Kleve")
    }
    assert missing_for_review(found["Essen"]) == []
    page = analysis_page(found["Essen"])
    assert [(len(topic.items), [p.on_map for p in topic.pictures]) for topic in page.topics] == [
        (4, [True]), (4, [True]), (1, []),
    ]  # fmt: skip
    assert page.analysis.based_on.document.funding_year == year - 2
    gaps = [missing.text for missing in missing_for_review(found["Kleve"])]
    assert gaps[:3] == ["Schwerpunkt: ein Handlungsfeld", "1 Angabe ohne Bedarf", "1 Bedarf ohne Daten"]


def test_who_coordinates_finds_a_handbook_and_somebody_new(told):
    coordinator = known_as("koordination")
    (begun,) = support.onboardings(coordinator)
    assert (begun.done, begun.all_steps) == (3, 7)
    assert [page.version for page in support.handbook(coordinator)] == [2, 1, 1, 1]
    assert [row.answered_on for row in support.advice_requests(coordinator)] == [None]


def test_reports_of_the_agencies_stand_in_every_state(told):
    reports = AgencyDocument.objects.filter(kind=DocumentKind.REPORT, funding_year=timezone.localdate().year - 1)
    assert set(reports.values_list("state", flat=True)) == set(DocumentState)
    assert reports.newest().count() == 12
    district, year = known_as("koordination"), timezone.localdate().year - 1
    rows = standing(district, year, timezone.localdate())
    assert counted(rows, DocumentKind.REPORT)["wartet"] == 4
    [back] = [
        cell.document for row in rows for cell in row.cells if cell.document and cell.document.state == "returned"
    ]
    assert [one.passage for one in back.comments.all()] != ["", ""]
    assert "wartet auf Freigabe" in {item.badge for item in work_items(district, timezone.localdate())}


def test_two_agencies_plan_their_year_and_one_changed_it_fundamentally(told):
    plans = AgencyDocument.objects.filter(kind="task_plan", funding_year=timezone.localdate().year)
    assert list(plans.order_by("agency__name", "version").values_list("agency__name", "version", "state")) == [
        ("Integrationsagentur Essen", 1, "released"),
        ("Integrationsagentur Essen", 2, "draft"),
        ("Integrationsagentur Kleve", 1, "draft"),
    ]
    waiting = work_items(known_as("koordination"), timezone.localdate())
    assert [item.title for item in waiting if item.badge == "einschätzen"] == ["Ist die Änderung grundlegend?"]


def test_deadlines_of_agencies_stand_in_every_colour(told):
    worker, today = known_as("fachkraft"), timezone.localdate()
    shown = {
        ObligationState.UPCOMING,
        ObligationState.SUBMITTED_INTERNAL,
        ObligationState.CHECKED,
        ObligationState.REWORK,
    }
    assert shown <= set(Obligation.objects.values_list("state", flat=True))
    assert len(agencies(worker)) == 1
    assert obligations(worker).filter(internal_due__gte=today, state=ObligationState.UPCOMING).exists()
    assert deadline_lines(known_as("koordination"), today)


def test_the_forms_and_logos_of_the_agencies_hold_and_some_are_over(told):
    today, coordination = timezone.localdate(), known_as("koordination")
    shelves = [*prescribed.form_shelves(coordination, today), *prescribed.logo_shelves(coordination, today)]
    assert [shelf.holds for shelf in shelves] == [True] * 6
    assert {standing.tone for shelf in shelves for _row, standing in shelf.rows} == {"good", "warn", "bad"}


def test_a_carrier_has_audits_in_every_stand(told):
    own = {row.title: row for row in Audit.objects.all()}
    assert {row.state for row in own.values()} == {"planned", "prepared", "followed_up"}
    half = own["Internes Audit: Kooperation"]
    assert sorted(bool(row.result) for row in half.checks.all()) == [False, False, False, True]
    assert without_officer(known_as("fachleitung"), timezone.localdate()) == []


def test_a_team_plans_its_duty(mara):
    said = {item.title: item.sentence for item in quality_work(mara, timezone.localdate())}
    assert said["Ihr Dienst heute"].startswith("Telefondienst ab 08:00 Uhr")
    assert "Ihre Antwort bis" in said["Dienstplan"]
    assert "Wunsch zum Dienstplan" in [
        item.title for item in quality_work(known_as("fachleitung"), timezone.localdate())
    ]
    state = {line.title: line.word for line in inner_state(mara, timezone.localdate())}
    assert "Lücke" in state["Dienstplan"]
    assert (state["Vertretungsplan"], state["Beteiligung am Dienstplan"]) == ("lückenhaft", "beteiligt")


def test_one_house_is_certified_by_a_split_vote_and_reworks_another_checklist(told):
    states = Certification.objects.filter(guests=None).values_list("framework__key", "state", "round").order_by("id")
    assert list(states) == [("beispiel-siegel", "granted", 1), ("demo-2-regime", "rework", 2)]
    decided = BoardDecision.objects.get()
    assert (decided.yes, decided.no) == (2, 1)
    withheld = Submission.objects.filter(file=None, certification__guests=None)
    assert [row.title for row in withheld] == ["Personalakten: Qualifikationsnachweise"]
    lines = quality_work(known_as("fachleitung"), timezone.localdate())
    assert [line.badge for line in lines if line.title == "Zertifizierung"] == ["Sie sind dran"]
    assert [line.badge for line in lines if line.title.startswith("Zertifikat endet")] == ["in 3 Monaten"]


def test_guests_assess_and_vote_and_who_has_no_login_has_a_package(told):
    rooms = {name: seats(guest(User.objects.get(email=f"{name}@lotse.example"))) for name in ("gutachterin", "beirat")}
    assert {name: [row.certification.state for row in rows] for name, rows in rooms.items()} == {
        name: ["audit_report_presented", "checklist_submitted"] for name in rooms
    }
    packages = ExchangePackage.objects.order_by("id")
    assert [(row.participant.side, json.loads(row.content)["asked"]) for row in packages] == [
        ("assessor", ["feedback"]), ("board", ["vote", "decision"]),
    ]  # fmt: skip
    assert [row.participant.name for row in GuestAccess.objects.filter(accepted_at=None)] == ["Ines Einladung-Beispiel"]


def test_a_guest_of_the_demo_signs_in_with_the_password_on_the_login_page(told, client, settings):
    settings.DEMO, settings.GUESTS_NEED_SECOND_FACTOR = True, False
    page = client.get("/konto/login/").content.decode()
    for name in ("gutachterin", "beirat"):
        client.logout()
        assert f"{name}@lotse.example" in page
        client.post("/konto/login/", {"login": f"{name}@lotse.example", "password": PASSWORD})
        answer = client.get("/gutachten/")
        assert (answer.status_code, answer.content.decode().count("Zertifizierung V-")) == (200, 2)


def test_living_evidence_is_green_red_confirmed_and_on_paper(told):
    lead = known_as("fachleitung")
    framework = Framework.objects.get(organisation_id=lead.organisation_id, key="awo-migration")
    criteria = list(Criterion.objects.filter(framework=framework))
    signs = [
        sign
        for proof in living(lead, framework, criteria, timezone.localdate()).proofs.values()
        for sign in proof.signs
    ]
    assert {"good", "bad", "none"} <= {sign.tone for sign in signs}
    states = {row.standing[0] for row in EvidenceDocument.objects.visible_to(lead)}
    assert states == {"gültig", "läuft bald ab", "abgelaufen", "läuft nicht ab"}
    assert EvidenceDocument.objects.get(title="Vertretungsplan").versions.count() == 2
    assert quality_work(known_as("beraterin"), timezone.localdate())


def test_improvements_of_a_carrier_stand_in_every_state(told):
    lead, today = known_as("leitung"), timezone.localdate()
    found = improvements.counted(lead, improvements.Wanted(), today)
    assert [stand for stand, count in found.items() if not count] == []
    assert [stand for stand, count in voices.complaint_counts(lead, today).items() if not count] == []
