"""Erasing a file: by two persons, whole, and without changing a figure of the past."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.auditlog.seals import seal_everything
from lotse.auditlog.verification import verify_chain
from lotse.casework import rules
from lotse.casework.actions.clients import add_household_member
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.erasure import cancel_run, confirm_run, propose_run
from lotse.casework.actions.merging import merge_clients
from lotse.casework.enums import Act, CaseState, ConsentState, DueBecause
from lotse.casework.models import (
    Accommodation,
    Client,
    Consent,
    Contact,
    CounsellingCase,
    CourseParticipation,
    ErasureHold,
    GermanLevel,
    Household,
    HouseholdMember,
    LetterTemplate,
    OutcomeSheet,
    PartA,
    PlanStep,
    ResidenceStatus,
    SupportPlan,
)
from lotse.casework.outcome_template import CURRENT
from lotse.casework.queries.belongings import belongings
from lotse.casework.queries.retention import due_list
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.core.models import Draft
from lotse.correspondence.letters import TEST
from lotse.correspondence.models import OutgoingMail
from lotse.correspondence.outbox import queue_mail
from lotse.documents.actions import decide_retention
from lotse.documents.enums import Compartment
from lotse.documents.models import Deletion, Evidence, FormTemplate, Logo, StoredFile
from lotse.facts.registry import FORGOTTEN, Period, Question, all_facts
from lotse.facts.results import evaluate
from lotse.imports.models import Import
from lotse.network.models import ExchangeProcess
from lotse.partners.models import CooperationAgreement
from lotse.programmes.models import Voucher
from tests.access import whole_file as access
from tests.canary import places
from tests.documents.files import stored_bytes
from tests.factories import casework as make


@pytest.fixture
def with_twin(world):
    return access.whole_file(world)


CANARY = access.CANARY
LAST_YEAR = timezone.localdate().year - 1


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done after the commit, the run of the worker included."""

    def _committed(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return _committed


@pytest.fixture
def file(with_twin):
    """The whole file of the access tests, alone."""
    Client.objects.filter(cases=None).delete()
    Household.objects.filter(clients=None).delete()
    return with_twin


@pytest.fixture
def closed(world, file):
    """The whole file of the access tests, closed five years ago; it has dates that a month makes coarser."""
    long_ago(Client.objects.get())
    return Client.objects.get()


def long_ago(client, years=5):
    year = timezone.localdate().year - years
    Client.objects.filter(pk=client.pk).update(
        birth_date=date(1988, 2, 17), entered_germany_on=date(year - 3, 3, 9), gender="female"
    )
    cases = CounsellingCase.objects.filter(client=client)
    cases.update(first_contact_on=date(year, 2, 27), ended_on=date(year, 11, 3), state=CaseState.ABORTED)
    Contact.objects.filter(client=client).update(on=date(year, 5, 14))
    SupportPlan.objects.filter(client=client).update(drafted_on=date(year, 4, 2))
    for day, level in ((3, "a1"), (29, "a2")):
        GermanLevel.objects.create(
            organisation=client.organisation, client=client, level=level, assessed_on=date(year, 6, day)
        )


def erase_all(world, committed):
    run = propose_run(by=world.technical_lead.actor)
    committed(lambda: confirm_run(by=world.dpo.actor, run=run))
    run.refresh_from_db()
    return run


def figures(actor, period, own):
    kept = [fact for fact in all_facts() if not fact.population.forgets]
    results = evaluate(kept, Question(actor, period, own=own))
    return {r.fact.key: ([(c.key, c.count) for c in r.recorded], r.missing.count, r.total.count) for r in results}


def all_figures(world):
    """What everybody who counts sees, over several years, whole and half."""
    year = timezone.localdate().year - 5
    periods = [Period(date(y, 1, 1), date(y, 12, 31)) for y in range(year, year + 4)]
    periods += [Period(date(year, 1, 1), date(year, 6, 30)), Period(date(year, 11, 1), date(year, 11, 30))]
    who = {"counsellor": (True, False), "technical_lead": (True, False), "coordinator": (False,)}
    return {
        (name, period, own): figures(world.personas[name].actor, period, own)
        for name, ways in who.items()
        for own in ways
        for period in periods
    }


@pytest.mark.rule("DS-07")
def test_figures_of_past_years_are_the_same_after_erasure(world, closed, committed):
    other = make.case(world, client=make.person(world, last_name="Bleibt")).client
    long_ago(other, years=5)
    CounsellingCase.objects.filter(client=other).update(ended_on=None, state=CaseState.IN_COUNSELLING)
    before = all_figures(world)
    year = closed.cases.get().first_contact_on.year
    assert before["counsellor", Period(date(year, 1, 1), date(year, 12, 31)), True]["cases.movement"][2] == 2

    run = erase_all(world, committed)

    assert (run.erased, run.skipped) == (1, 0)
    assert all_figures(world) == before


@pytest.mark.rule("DS-07")
def test_what_needs_a_whole_file_does_not_count_erased_ones_and_says_so(world, closed, committed):
    forgetful = [fact for fact in all_facts() if fact.population.forgets]
    year = closed.cases.get().first_contact_on.year
    question = Question(world.counsellor.actor, Period(date(year, 1, 1), date(year, 12, 31)), own=True)
    before = {result.fact.key for result in evaluate(forgetful, question) if result.total.count}
    assert {"situation.origin", "counselling.contract", "quality.entered"} <= before

    erase_all(world, committed)

    assert {result.total.count for result in evaluate(forgetful, question)} == {0}
    assert {fact.sheet for fact in forgetful} == {"work", "situation", "integration", "counselling", "quality"}
    assert all(fact.meaning.endswith(FORGOTTEN) for fact in forgetful)


TOLD = "Kanarienantwort-4711"


@pytest.mark.rule("DS-07")
def test_no_answer_of_teil_a_and_of_the_effect_outlives_the_file(world, closed, committed):
    case = closed.cases.get()
    part = PartA.objects.get()
    part.answers = {**part.answers, "study_degree": TOLD, "school_recognition": TOLD}
    part.save()
    OutcomeSheet.objects.create(
        organisation=case.organisation, client=closed, case=case, recorded_on=case.first_contact_on, template_version=CURRENT,
        answers={"livelihood": TOLD},
    )  # fmt: skip
    assert TOLD.encode() in every_row()

    erase_all(world, committed)

    assert TOLD.encode() not in every_row()
    gone = (PartA, OutcomeSheet, CourseParticipation, Accommodation, ResidenceStatus, PlanStep)
    assert {model.__name__: model._base_manager.count() for model in gone} == {model.__name__: 0 for model in gone}


def every_row():
    """Of all tables, as they are read."""
    return b"\n".join(places._dump(table) for table in connection.introspection.table_names())


@pytest.mark.rule("DS-07")
def test_a_file_of_a_case_has_no_clock_of_its_own(closed):
    """It goes when the case's file is erased, by the period of that; one rule for one kind of data (DIN 66398)."""
    of_cases = StoredFile.objects.exclude(compartment__in=(Compartment.EVIDENCE, Compartment.FUNDING))
    assert set(of_cases.values_list("retention_class", "keep_until")) == {("with_owner", None)}


@pytest.mark.rule("DS-07")
def test_nothing_of_the_person_is_left(world, closed, committed):
    url = f"/akte/{closed.public_id}/kontakt/"
    by = world.counsellor.actor
    drafts.save(by, url, closed.public_id, {"note": [CANARY]}, revision=None, label=f"Kontakt – {CANARY}", url=url)
    queue_mail(
        TEST, organisation_id=closed.organisation_id, to="a@lotse.example", values={"label": f"{CANARY} {CANARY}"}
    )
    kept = queue_mail(TEST, organisation_id=closed.organisation_id, to="b@lotse.example", values={"label": "Anders"})

    erase_all(world, committed)

    left = {model.__name__: model._base_manager.count() for model in belongings()}
    assert {name: count for name, count in left.items() if count} == {
        "CounsellingCase": 1, "Contact": 1, "ContactTopic": 1, "GermanLevel": 2, "SupportPlan": 1, "Referral": 1,
    }  # fmt: skip
    # Template and contract are the house's, proofs the agency's, papers of money the carrier's; a table that waits to be
    # taken over is nobody's file and goes within a week.
    hers = StoredFile.objects.exclude(compartment=Compartment.FUNDING)
    of_house = ((model, "file") for model in (LetterTemplate, Import, Evidence, FormTemplate, Voucher))
    of_quality = (
        (model, field.name)
        for model in apps.get_app_config("quality").get_models()
        for field in model._meta.fields
        if field.related_model is StoredFile
    )
    kept_by = (*of_house, *of_quality, (Logo, "image"), (CooperationAgreement, "scan"), (ExchangeProcess, "scan"))
    for model, column in kept_by:
        hers = hers.exclude(pk__in=model.objects.filter(**{f"{column}__isnull": False}).values(column))
    assert (Draft.objects.count(), hers.count(), Household.objects.count()) == (0, 0, 0)
    assert [mail.pk for mail in OutgoingMail.objects.filter(letter=TEST.key, pk__gte=kept.pk)] == [kept.pk]
    assert not OutgoingMail.objects.filter(pk=kept.pk - 1).exists()
    assert len([path for path in stored_bytes() if "blobs" in path.parts]) == StoredFile.objects.count()


@pytest.mark.rule("DS-07")
def test_what_is_left_has_the_precision_of_a_month_and_no_name(world, closed, committed):
    erase_all(world, committed)

    left = Client.objects.get()
    case, contact = CounsellingCase.objects.get(), Contact.objects.get()
    assert str(left) == ", "
    assert (left.number, left.site, left.responsible, left.phone) == (None, None, None, "")
    days = (
        left.birth_date,
        left.entered_germany_on,
        left.informed_on,
        case.first_contact_on,
        case.ended_on,
        contact.on,
    )
    assert {day.day for day in days} == {1}
    assert (case.concern, contact.note, left.country_of_origin) == ("", "", "")
    assert closed.public_id not in {left.public_id, case.public_id}


@pytest.mark.rule("DS-07")
def test_nobody_opens_what_is_left(world, login, closed, committed):
    erase_all(world, committed)

    for name in ("counsellor", "technical_lead", "carrier_manager", "dpo"):
        assert not Client.objects.visible_to(world.personas[name].actor).exists()
    page = login(world.counsellor).get(
        f"/auswertung/cases.movement/_total/?start={closed.informed_on.year - 5}-01-01&end={timezone.localdate()}"
    )
    assert "gelöschte Akte" in page.content.decode()


@pytest.mark.rule("DS-07")
def test_the_log_stays_whole_and_names_nobody(world, closed, committed):
    seal_everything()
    erase_all(world, committed)
    seal_everything()

    wrong = [found for found in verify_chain(closed.organisation_id) if hasattr(found, "text")]
    assert wrong == []
    entries = json.dumps(list(Event.objects.values_list("actor_label", "fields", "details", "object_ref")))
    assert CANARY not in entries
    assert Event.objects.filter(key="file.erased").get().details == {"reason": "expired"}


@pytest.mark.rule("DS-06")
def test_nobody_erases_alone(world, closed):
    run = propose_run(by=world.technical_lead.actor)

    with pytest.raises(NotAllowed, match="zweite Person"):
        confirm_run(by=world.technical_lead.actor, run=run)
    assert Client.objects.get() == closed


@pytest.mark.rule("DS-06")
@pytest.mark.parametrize("name", ["counsellor", "colleague", "sysadmin", "coordinator", "funder", "outsider"])
def test_who_does_not_answer_for_data_protection_neither_proposes_nor_agrees(world, closed, name):
    run = propose_run(by=world.technical_lead.actor)
    actor = world.personas[name].actor

    for act in (lambda: propose_run(by=actor), lambda: confirm_run(by=actor, run=run)):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.rule("DS-06")
def test_the_other_person_is_of_the_same_house(world, closed):
    run = propose_run(by=world.technical_lead.actor)
    stranger = world.dpo.actor
    run.organisation_id += 1

    assert rules.may_confirm_erasure(stranger, run) is False


@pytest.mark.rule("DS-06")
def test_a_run_that_was_cancelled_erases_nothing(world, closed, committed):
    run = propose_run(by=world.technical_lead.actor)
    cancel_run(by=world.dpo.actor, run=run)

    with pytest.raises(ValidationError, match="schon entschieden"):
        confirm_run(by=world.dpo.actor, run=run)
    assert Client.objects.get() == closed
    assert propose_run(by=world.dpo.actor).total == 1


@pytest.mark.rule("DS-05")
def test_a_file_is_due_when_its_period_is_over(world):
    today = timezone.localdate()
    closed = {years: make.case(world, client=make.person(world, last_name=f"Vor {years}")).client for years in (3, 4)}
    for years, client in closed.items():
        long_ago(client, years)

    assert [(due.client, due.because, due.due_on) for due in due_list(world.nordstadt.pk, today)] == [
        (closed[4], DueBecause.PERIOD, date(today.year, 1, 1))
    ]


@pytest.mark.rule("DS-05")
def test_the_last_end_counts_and_an_open_case_keeps_the_file(world):
    """One file with two cases, one with a case that goes on, one that never had any."""
    today, files = (
        timezone.localdate(),
        {name: make.person(world, last_name=name) for name in ("Zwei", "Offen", "Ohne")},
    )
    for name, second in (("Zwei", date(today.year - 4, 5, 1)), ("Offen", None)):
        make.case(world, client=files[name])
        long_ago(files[name], 6)
        make.case(world, client=files[name], consented=False)
        newest = CounsellingCase.objects.filter(client=files[name]).order_by("pk").last()
        if second:
            CounsellingCase.objects.filter(pk=newest.pk).update(
                first_contact_on=second, ended_on=second, state=CaseState.ABORTED
            )
    Client.objects.filter(pk=files["Ohne"].pk).update(informed_on=date(today.year - 5, 5, 1))

    assert [(due.client, due.due_on) for due in due_list(world.nordstadt.pk, today)] == [
        (files["Ohne"], date(today.year - 1, 1, 1)),
        (files["Zwei"], date(today.year, 1, 1)),
    ]
    assert [due.client for due in due_list(world.nordstadt.pk, today, limit=1)] == [files["Ohne"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_does_not_grow(world, login, django_assert_num_queries, monkeypatch, count):
    monkeypatch.setattr("lotse.casework.views.desk.SHOWN", 2)
    for number in range(count):
        long_ago(make.case(world, client=make.person(world, last_name=f"Muster {number}")).client)
    web = login(world.dpo)
    web.get("/datenschutz/")
    with django_assert_num_queries(10):
        page = web.get("/datenschutz/").content.decode()
    assert page.count("noch nicht löschen") == min(count, 2)
    assert ("Mehr als 2 Akten" in page) == (count > 2)


@pytest.mark.rule("DS-05")
def test_the_period_is_the_organisations_own(world, closed):
    decide_retention(by=world.dpo.actor, retention_class="client_file", months=120, reason="Auflage der Kommune")

    assert due_list(world.nordstadt.pk, timezone.localdate()) == []
    with pytest.raises(NotAllowed):
        decide_retention(by=world.counsellor.actor, retention_class="client_file", months=1, reason="Platz")


@pytest.mark.rule("DS-05")
def test_a_held_file_is_not_erased(world, closed, committed):
    run = propose_run(by=world.technical_lead.actor)
    ErasureHold.objects.create(
        organisation=closed.organisation, client=closed, reason="Klage anhängig", until=timezone.localdate() + timedelta(30),
        set_by=world.technical_lead.person,
    )  # fmt: skip

    committed(lambda: confirm_run(by=world.dpo.actor, run=run))

    run.refresh_from_db()
    assert (run.erased, run.skipped, Client.objects.get()) == (0, 1, closed)
    with pytest.raises(ValidationError, match="nichts zu löschen"):
        propose_run(by=world.dpo.actor)


@pytest.mark.rule("DS-05")
def test_a_file_in_use_again_is_not_erased(world, closed, committed):
    run = propose_run(by=world.technical_lead.actor)
    CounsellingCase.objects.update(ended_on=None, state=CaseState.IN_COUNSELLING)

    committed(lambda: confirm_run(by=world.dpo.actor, run=run))

    run.refresh_from_db()
    assert run.skipped == 1


@pytest.mark.rule("DS-05")
def test_thirty_days_after_withdrawal_the_file_is_due_though_the_case_is_open(world, committed):
    client = make.case(world).client
    withdraw(by=world.counsellor.actor, consent=client.consents.get(act=Act.RECORDING), on=timezone.localdate())
    assert due_list(world.nordstadt.pk, timezone.localdate()) == []
    Client.objects.update(restricted_on=timezone.localdate() - timedelta(days=30))

    erase_all(world, committed)

    case = CounsellingCase.objects.get()
    assert (case.state, case.ended_on, case.client.last_name) == ("aborted", timezone.localdate().replace(day=1), "")


def remembered(model):
    return list(model._base_manager.values())


def bring_back(rows):
    """What a restore does: the old rows are there again, the registry in the database knows of nothing."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_deletion")
    for model in (Household, Client, *belongings()):
        model._base_manager.filter(pk__in=[row["id"] for row in rows[model]])._raw_delete("default")
        model._base_manager.bulk_create(model(**row) for row in rows[model])


@pytest.mark.rule("DS-08")
def test_a_restore_erases_again(world, committed, capsys):
    client = make.case(world).client
    long_ago(client)
    rows = {model: remembered(model) for model in (Household, Client, *belongings())}
    erase_all(world, committed)
    bring_back(rows)
    assert Client.objects.filter(last_name="Özdemir").exists()

    call_command("deletions", "replay")

    assert not Client.objects.exclude(last_name="").exists()
    assert not Consent.objects.exists()
    assert Deletion.objects.get().kind == "client"


@pytest.mark.rule("DS-08")
def test_a_restore_withdraws_again(world, committed):
    client = make.case(world).client
    consent = client.consents.get(act=Act.RECORDING)
    committed(lambda: withdraw(by=world.counsellor.actor, consent=consent, on=timezone.localdate()))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_deletion")
    Consent.objects.filter(pk=consent.pk).update(state=ConsentState.GIVEN, ended_on=None)
    Client.objects.update(restricted_on=None, recording_on=timezone.localdate())

    call_command("deletions", "replay")

    client.refresh_from_db()
    consent.refresh_from_db()
    assert (consent.state, consent.ended_on) == (ConsentState.WITHDRAWN, timezone.localdate())
    assert (client.restricted_on, client.recording_on) == (timezone.localdate(), None)


def raw_bytes():
    """The database as it lies on the disk, cleaned up as an operator would."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return places.database()


@pytest.mark.rule("DS-07")
@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_person_is_left_anywhere(world, file, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    long_ago(Client.objects.get())
    assert CANARY.encode() in raw_bytes()

    run = propose_run(by=world.technical_lead.actor)
    confirm_run(by=world.dpo.actor, run=run)
    assert CANARY.encode() in raw_bytes()
    call_command("worker", "--once")

    # the appointment before consent belongs to no file and goes after three months; its name is sealed
    assert [
        CANARY.encode() in content for content in (raw_bytes(), places.files(), places.sessions(), places.post())
    ] == [False] * 4
    assert Client.objects.get().erased_month is not None


@pytest.mark.rule("DS-07")
def test_what_was_merged_into_the_file_goes_with_it_and_a_relatives_list_stays(world, committed):
    client, twin = make.case(world).client, make.person(world, last_name="Oezdemir", first_name="Zwilling")
    family = make.case(world, client=make.person(world, last_name="Mutter")).client
    member = add_household_member(by=world.counsellor.actor, client=family, relation="child", name="Mira")
    HouseholdMember.objects.filter(pk=member.pk).update(own_file=client)
    merge_clients(by=world.counsellor.actor, survivor=client, absorbed=twin)
    client.refresh_from_db()
    long_ago(client)

    erase_all(world, committed)

    assert set(Client.objects.values_list("last_name", flat=True)) == {"", "Mutter"}
    assert Deletion.objects.filter(kind="client").count() == 2
    member.refresh_from_db()
    assert (member.name, member.own_file) == ("Mira", None)


@pytest.mark.parametrize(("name", "sees"), [("dpo", True), ("technical_lead", False), ("sysadmin", False)])
def test_a_run_that_waits_stands_on_the_first_page_of_the_second_person(world, login, name, sees):
    long_ago(make.case(world).client)
    propose_run(by=world.technical_lead.actor)
    home = login(world.personas[name]).get("/").content.decode()
    assert ("wartet auf Ihr Ja" in home) == sees
