"""Two files of one person: linked, made one, and made two again without losing anything."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.auditlog.queries import history
from lotse.casework import rules
from lotse.casework.actions.cases import end_otherwise, reopen
from lotse.casework.actions.clients import add_household_member, update_client
from lotse.casework.actions.consents import record_decision, withdraw
from lotse.casework.actions.contacts import record_assessment, record_contact, update_contact
from lotse.casework.actions.emergency import break_glass
from lotse.casework.actions.handovers import offer_handover
from lotse.casework.actions.merging import CHANGED, merge_clients
from lotse.casework.actions.pairs import decide_pair
from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.actions.unmerging import undo_merge
from lotse.casework.enums import Act, CaseState, PairKind
from lotse.casework.models import Client, Consent, Contact, CounsellingCase, FileAssignment, MergeRecord
from lotse.casework.queries import likely_duplicates, search_clients
from lotse.casework.queries.column_changes import changed_since
from lotse.casework.queries.merging import made_since, merge_plan, merges_of, refs_of, rows_returning
from lotse.casework.queries.ownership import STAYS, columns_to_clients, moving_columns, ties_between
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.core.models import Draft
from lotse.programmes.models import Programme
from tests.casework.snapshots import picture
from tests.factories import casework as make
from tests.factories.rows import saved


@pytest.fixture
def by(world):
    return world.counsellor.actor


@pytest.fixture
def jmd(world):
    return Programme.objects.create(code="jmd", name="Jugendmigrationsdienst")


def file_of(world, **more):
    """A file with something of everything."""
    values = {"birth_date": make.days_ago(9000), "phone": "0150 5551234", **more}
    client = make.person(world, **values)
    plan = make.plan(world, of=make.case(world, client=client))
    make.step(world, make.goal(world, plan))
    by, case = world.counsellor.actor, plan.case
    record_contact(by=by, case=case, on=timezone.localdate(), channel="phone", topics=["housing"], note="Miete")
    record_assessment(by=by, case=case, kind="social", conducted_on=timezone.localdate(), strengths="viel")
    save_chapter(by=by, case=case, chapter_key="occupation", given={"occupation": "Köchin"})
    add_household_member(by=by, client=client, relation="child", name="Ali")
    client.refresh_from_db()
    return client


@pytest.fixture
def two(world, by, jmd):
    """The older file in MBE, the newer one in JMD."""
    kept = file_of(world, first_name="Mira", last_name="Özdemir", phone="0150 5551234", email="")
    gone = make.person(world, first_name="Mirra", last_name="Oezdemir", phone="0150 555 99 99", email="m@lotse.example")
    case = make.case(world, client=gone, programme=jmd)
    record_contact(by=by, case=case, on=timezone.localdate(), channel="phone", topics=["work"], note="Ausbildung")
    gone.refresh_from_db()
    return kept, gone


def merge(by, two, **more):
    return merge_clients(by=by, survivor=two[0], absorbed=two[1], **more)


# --- what moves --------------------------------------------------------------------------------------------------
@pytest.mark.rule("DU-02")
@pytest.mark.parametrize("column", moving_columns(), ids=lambda column: column.key)
def test_every_row_of_a_client_moves_and_comes_back(world, by, column):
    """Future models too: the columns are found by walking all models."""
    kept, gone = make.person(world), make.person(world)
    row = saved(column.model, **{column.name: gone, **BESIDES.get(column.key, lambda world: {})(world)})

    record = merge(by, (kept, gone))
    assert column.rows_of(kept.pk).filter(pk=row.pk).exists()
    assert record.moved[column.key] == [row.pk]

    undo_merge(by=by, merge=record)
    assert column.rows_of(gone.pk).filter(pk=row.pk).exists()


# What a row must be so that it does not stand in the way of merging.
BESIDES = {
    "casework.handover.client": lambda world: {
        "state": "withdrawn", "decided_at": timezone.now(), "decided_by": world.counsellor.person,
    },
}  # fmt: skip


def test_what_does_not_move_says_why():
    assert set(STAYS) <= {column.key for column in columns_to_clients()}
    assert {column.key for column in columns_to_clients()} - set(STAYS) == {column.key for column in moving_columns()}


def test_rows_that_hang_on_rows_of_a_client_are_known():
    assert {(tie.column.key, tie.name) for tie in ties_between()} >= {
        ("casework.contact.client", "case"), ("casework.planstep.client", "goal"), ("casework.plangoal.client", "plan"),
    }  # fmt: skip


@pytest.mark.rule("DU-02")
def test_merged_and_separated_leaves_everything_as_it_was(by, two):
    before = picture(*two)

    undo_merge(by=by, merge=merge(by, two, take=["name", "phone", "birth"]))

    assert picture(*two) == before


@pytest.mark.rule("DU-02")
def test_nothing_is_lost_by_merging(by, two):
    kept, _gone = two
    notes = set(Contact.objects.values_list("pk", flat=True))

    merge(by, two)

    kept.refresh_from_db()
    assert set(kept.contacts.values_list("pk", flat=True)) == notes
    assert {case.programme.code for case in kept.cases.all()} == {"mbe", "jmd"}
    assert kept.email == "m@lotse.example"


def test_parts_of_the_person_are_chosen_one_by_one(by, two):
    kept, gone = two
    plan = merge_plan(kept, gone)
    assert {choice.part.key: (choice.kept, choice.taken) for choice in plan.choices} == {
        "name": ("Özdemir, Mira", "Oezdemir, Mirra"), "phone": ("0150 5551234", "0150 555 99 99"),
    }  # fmt: skip

    merge(by, two, take=["phone"])

    kept.refresh_from_db()
    assert (kept.last_name, kept.phone) == ("Özdemir", "0150 555 99 99")
    assert Client.objects.get(pk=gone.pk).phone == "0150 555 99 99"


# --- finding it again ---------------------------------------------------------------------------------------------
def test_old_number_leads_to_the_file_that_stays(by, two):
    kept, gone = two
    merge(by, two)

    assert [line.id for line in search_clients(by, str(gone.number))] == [kept.pk]
    assert search_clients(by, "Oezdemir Mirra") == []
    assert likely_duplicates(by, "Mirra", "Oezdemir", None).open == []


def test_old_address_leads_to_the_file_that_stays(world, by, two, login):
    kept, gone = two
    merge(by, two)
    web = login(world.counsellor)

    assert web.get(f"/akte/{gone.public_id}/plan/?fassung=1")["Location"] == f"/akte/{kept.public_id}/plan/?fassung=1"
    sent = web.post(f"/akte/{gone.public_id}/kontakt/", {"note": "noch getippt"})
    assert (sent.status_code, sent["Location"]) == (307, f"/akte/{kept.public_id}/kontakt/")
    assert login(world.colleague).get(f"/akte/{gone.public_id}/").status_code == 404


def test_history_of_both_is_read_in_the_file_that_stays(by, two):
    kept, gone = two
    own = set(Event.objects.filter(file_ref__in=[kept.public_id, gone.public_id]).values_list("pk", flat=True))

    merge(by, two)

    assert own < {event.pk for event in history(*refs_of(kept))}


def test_emergency_opens_the_file_that_the_old_number_belongs_to(world, by, two):
    kept, gone = two
    merge(by, two)

    opened = break_glass(by=world.colleague.actor, last_name=gone.last_name, number=gone.number, reason="Klinik")

    assert opened.client == kept


def test_drafts_go_along_and_come_back(by, two):
    kept, gone = two
    url = f"/akte/{gone.public_id}/kontakt/"
    drafts.save(by, "contact", gone.public_id, {"note": ["halb fertig"]}, revision=None, label="Kontakt", url=url)

    record = merge(by, two)
    assert drafts.typed(drafts.load(by, "contact", kept.public_id)) == {"note": ["halb fertig"]}
    assert Draft.objects.get().url == f"/akte/{kept.public_id}/kontakt/"

    undo_merge(by=by, merge=record)
    assert (Draft.objects.get().object_ref, Draft.objects.get().url) == (gone.public_id, url)


def test_draft_of_the_same_form_in_both_files_stays_where_it_is(by, two):
    for client in two:
        drafts.save(by, "contact", client.public_id, {"note": ["x"]}, revision=None, label="Kontakt", url="/")

    merge(by, two)

    assert {draft.object_ref for draft in Draft.objects.all()} == {client.public_id for client in two}


# --- what meets ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("goes_on", ["kept", "gone"])
def test_of_two_cases_in_one_programme_one_goes_on(world, by, goes_on):
    kept, gone = (make.case(world, client=make.person(world)) for _ in range(2))
    chosen = {"kept": kept, "gone": gone}[goes_on]

    record = merge_clients(by=by, survivor=kept.client, absorbed=gone.client, going_on=[chosen.public_id])

    states = dict(CounsellingCase.objects.values_list("pk", "state"))
    assert states.pop(chosen.pk) == CaseState.IN_CASE_MANAGEMENT
    ((other, state),) = states.items()
    assert state == CaseState.MERGED
    with pytest.raises(ValidationError, match="geht in einem anderen weiter"):
        reopen(by=by, case=CounsellingCase.objects.get(pk=other), on=timezone.localdate())
    undo_merge(by=by, merge=record)
    assert set(CounsellingCase.objects.values_list("state", "ended_on")) == {(CaseState.IN_CASE_MANAGEMENT, None)}


def test_consent_given_twice_holds_since_the_first_time(world, by):
    kept, gone = make.person(world), make.person(world)
    make.decide(world, kept, Act.RECORDING, on=make.days_ago(5))
    make.decide(world, gone, Act.RECORDING, on=make.days_ago(9))

    record = merge_clients(by=by, survivor=kept, absorbed=gone)

    kept.refresh_from_db()
    assert kept.recording_on == make.days_ago(9)
    assert sorted(kept.consents.values_list("state", flat=True)) == ["expired", "given"]
    undo_merge(by=by, merge=record)
    assert set(Consent.objects.values_list("state", "ended_on")) == {("given", None)}


def test_consent_refused_later_in_one_file_must_be_cleared_up_first(world, by):
    kept, gone = make.person(world), make.person(world)
    make.decide(world, kept, Act.HEALTH, on=make.days_ago(9))
    make.decide(world, gone, Act.HEALTH, given=False, on=make.days_ago(5))

    with pytest.raises(ValidationError, match="Bitte mit der Person klären"):
        merge_clients(by=by, survivor=kept, absorbed=gone)


def test_consent_refused_earlier_does_not_stand_in_the_way(world, by):
    kept, gone = make.person(world), make.person(world)
    make.decide(world, kept, Act.HEALTH, given=False, on=make.days_ago(9))
    make.decide(world, gone, Act.HEALTH, on=make.days_ago(5))

    merge_clients(by=by, survivor=kept, absorbed=gone)

    kept.refresh_from_db()
    assert kept.health_on == make.days_ago(5)


def test_two_levels_of_german_on_one_day_are_pointed_out(world, by, two):
    kept, gone = two
    for client, level in ((kept, "a2"), (gone, "b1")):
        client.german_levels.create(organisation=world.nordstadt, level=level, assessed_on=make.days_ago(3))

    assert [hint for hint in merge_plan(kept, gone).hints if "Deutschniveaus" in hint] != []
    merge(by, two)
    assert kept.german_levels.count() == 2


def test_open_cases_go_to_who_is_responsible_afterwards(world, jmd):
    mine = make.case(world)
    theirs = make.case(
        world, client=make.person(world, by=world.colleague.actor), by=world.colleague.actor, programme=jmd
    )
    lead = world.technical_lead.actor

    record = merge_clients(by=lead, survivor=mine.client, absorbed=theirs.client, take=["responsible"])

    colleague = world.colleague.person.pk
    assert set(CounsellingCase.objects.values_list("responsible", flat=True)) == {colleague}
    assert Client.objects.visible_to(world.counsellor.actor).count() == 0
    undo_merge(by=lead, merge=record)
    assert CounsellingCase.objects.get(pk=mine.pk).responsible_id == world.counsellor.person.pk


def test_access_to_one_file_does_not_become_access_to_both(world, by, two):
    _kept, gone = two
    saved(FileAssignment, client=gone, organisation=world.nordstadt, person=world.colleague.person, needs_confirmation=True,
          confirmed_at=timezone.now(), confirmed_by=world.technical_lead.person, granted_by=world.counsellor.person,
          valid_from=make.days_ago(3))  # fmt: skip
    assert gone in Client.objects.visible_to(world.colleague.actor)

    record = merge(by, two)
    assert list(Client.objects.visible_to(world.colleague.actor)) == []
    assert list(Contact.objects.visible_to(world.colleague.actor)) == []

    undo_merge(by=by, merge=record)
    assert list(Client.objects.visible_to(world.colleague.actor)) == [gone]


# --- who and when not ---------------------------------------------------------------------------------------------
@pytest.mark.rule("DU-01")
@pytest.mark.parametrize("persona", ["colleague", "carrier_manager", "sysadmin", "outsider", "dpo"])
def test_who_does_not_see_both_files_neither_merges_nor_separates(world, by, two, persona):
    actor = world.personas[persona].actor
    with pytest.raises(NotAllowed):
        merge(actor, two)
    record = merge(by, two)
    with pytest.raises(NotAllowed):
        undo_merge(by=actor, merge=record)


@pytest.mark.rule("DU-01")
def test_files_are_compared_by_who_reads_them(world):
    may = {name: rules.can_merge(who.actor) for name, who in world.personas.items() if who.person}
    assert {name for name, answer in may.items() if answer} == {"counsellor", "colleague", "technical_lead", "outsider"}


@pytest.mark.rule("DU-01")
def test_who_sees_one_of_the_files_does_not_merge(world, two):
    other = make.person(world, by=world.colleague.actor)
    with pytest.raises(NotAllowed):
        merge_clients(by=world.colleague.actor, survivor=other, absorbed=two[1])


def test_files_of_two_organisations_are_never_merged(world, by):
    far = make.person(world, by=world.outsider.actor)
    with pytest.raises(NotAllowed):
        merge_clients(by=by, survivor=make.person(world), absorbed=far)


def test_file_is_not_merged_with_itself(by, two):
    with pytest.raises(ValidationError, match="dieselbe Akte"):
        merge_clients(by=by, survivor=two[0], absorbed=two[0])


def test_resting_file_is_not_merged(world, by, two):
    withdraw(by=by, consent=two[1].consents.get(act=Act.RECORDING), on=timezone.localdate())
    with pytest.raises(ValidationError, match=f"Akte {two[1].number} ruht"):
        merge(by, two)


def test_file_on_offer_is_not_merged(world, by, two):
    offer_handover(
        by=by, client=two[0], to=world.colleague.person, reason="other", on=timezone.localdate(), client_present=True
    )
    with pytest.raises(ValidationError, match="zur Übergabe angeboten"):
        merge(by, two)


@pytest.mark.rule("DU-03")
def test_files_known_to_be_different_are_not_merged(by, two):
    decide_pair(by=by, client=two[1], other=two[0], kind=PairKind.DIFFERENT)
    with pytest.raises(ValidationError, match="keine Dublette"):
        merge(by, two)


def test_file_changed_since_the_preview_is_looked_at_again(by, two):
    kept, gone = two
    seen = (kept.revision, gone.revision)
    update_client(by=by, client=gone, phone="0150 5550000")

    with pytest.raises(ValidationError, match=CHANGED[:40]):
        merge(by, two, revisions=seen)


def test_what_is_saved_in_the_old_file_lands_in_the_one_that_stays(by, two):
    kept, gone = two
    case = CounsellingCase.objects.select_related("client").get(client=gone)
    merge(by, two)

    assert record_contact(by=by, case=case, on=timezone.localdate(), channel="phone", topics=["work"]).client == kept
    with pytest.raises(ValidationError, match="noch einmal speichern"):
        update_client(by=by, client=gone, phone="0150 5550000")


def test_what_is_saved_in_a_case_that_goes_on_in_another_is_refused_in_words(world, by):
    kept, gone = (make.case(world, client=make.person(world)) for _ in range(2))
    merge_clients(by=by, survivor=kept.client, absorbed=gone.client)

    with pytest.raises(ValidationError, match="geht in einem anderen weiter"):
        record_contact(by=by, case=gone, on=timezone.localdate(), channel="phone", topics=["work"])


# --- undoing after later work ---------------------------------------------------------------------------------------
@pytest.mark.rule("DU-02")
def test_values_changed_since_are_listed_and_kept(by, two):
    kept, gone = two
    record = merge(by, two, take=["phone", "name"])
    update_client(by=by, client=kept, phone="0150 1112222")

    assert [(v.label, v.now, v.before) for v in changed_since(record.changes)] == [
        ("Telefon", "0150 1112222", "0150 5551234")
    ]
    undo_merge(by=by, merge=record)

    kept.refresh_from_db()
    assert (kept.last_name, kept.phone) == ("Özdemir", "0150 1112222")
    assert Client.objects.get(pk=gone.pk).phone == "0150 555 99 99"
    assert Event.objects.filter(key="client.unmerged").last().details["changed_since"] == 1


@pytest.mark.rule("DU-02")
def test_work_done_since_follows_its_case(by, two, jmd):
    kept, gone = two
    record = merge(by, two)
    their = CounsellingCase.objects.get(programme=jmd)
    on, channel = timezone.localdate(), "phone"
    new = record_contact(by=by, case=their, on=on, channel=channel, topics=["work"], note="neu")
    mine = record_contact(by=by, case=kept.cases.get(programme__code="mbe"), on=on, channel=channel, topics=["work"])
    old = Contact.objects.get(case=their, pk__lt=new.pk)
    update_contact(by=by, contact=old, topics=["housing"], note="ergänzt", on=on)

    found = made_since(record, rows_returning(record))
    assert [(row.label, row.count, row.number) for row in found] == [
        ("Kontakte", 1, gone.number),
        ("Kontakte", 1, kept.number),
    ]
    undo_merge(by=by, merge=record)

    owners = dict(Contact.objects.values_list("pk", "client"))
    assert (owners[new.pk], owners[mine.pk], owners[old.pk]) == (gone.pk, kept.pk, gone.pk)
    assert Contact.objects.get(pk=old.pk).note == "ergänzt"


def test_steps_planned_since_follow_their_plan(world, by, two):
    kept, gone = make.person(world), two[0]
    record = merge_clients(by=by, survivor=kept, absorbed=gone)
    gone.refresh_from_db()
    plan = kept.cases.get().plans.get()
    step = make.step(world, make.goal(world, plan))

    undo_merge(by=by, merge=record)

    step.refresh_from_db()
    assert (step.client_id, step.goal.client_id) == (gone.pk, gone.pk)


def test_rows_deleted_since_stay_deleted(by, two):
    record = merge_clients(by=by, survivor=two[1], absorbed=two[0])
    two[1].members.all().delete()

    undo_merge(by=by, merge=record)

    assert two[0].members.count() == 0


@pytest.mark.rule("DP-12")
def test_consent_withdrawn_since_is_withdrawn_in_both_files(world, by, two):
    kept, _gone = two
    record = merge(by, two)
    withdraw(by=by, consent=kept.consents.get(act=Act.COMPETENCE, state="given"), on=timezone.localdate())

    undo_merge(by=by, merge=record)

    assert set(Client.objects.values_list("competence_on", flat=True)) == {None}
    assert set(Consent.objects.filter(act=Act.COMPETENCE).values_list("state", flat=True)) == {"withdrawn"}


def test_resting_file_is_not_separated(by, two):
    record = merge(by, two)
    withdraw(by=by, consent=two[0].consents.get(act=Act.RECORDING, state="given"), on=timezone.localdate())
    with pytest.raises(ValidationError, match="ruht"):
        undo_merge(by=by, merge=record)


def test_case_does_not_come_back_where_a_new_one_has_taken_its_place(world, by):
    kept, gone = (make.case(world, client=make.person(world)) for _ in range(2))
    record = merge_clients(by=by, survivor=kept.client, absorbed=gone.client, going_on=[gone.public_id])
    going_on = CounsellingCase.objects.get(pk=gone.pk)
    end_otherwise(by=by, case=going_on, state=CaseState.ABORTED, on=timezone.localdate(), reason="contact_lost")
    make.case(world, client=kept.client, consented=False)

    undo_merge(by=by, merge=record)

    assert sorted(kept.client.cases.values_list("state", flat=True)) == ["merged", "open_first_contact"]


def test_merges_are_undone_in_reverse_order(world, by, two):
    kept, gone = two
    first = merge(by, two)
    other = make.person(world, last_name="Dritte")
    before = picture(kept, gone, other)
    second = merge_clients(by=by, survivor=other, absorbed=kept)
    assert [line.id for line in search_clients(by, str(gone.number))] == [other.pk]
    assert merges_of(other) == [second, first]

    with pytest.raises(ValidationError, match="zuerst das rückgängig"):
        undo_merge(by=by, merge=first)
    undo_merge(by=by, merge=second)
    assert picture(kept, gone, other) == before
    undo_merge(by=by, merge=first)

    assert Client.objects.filter(merged_into=None).count() == 3


def test_merge_is_undone_once(by, two):
    record = merge(by, two)
    undo_merge(by=by, merge=record)
    with pytest.raises(ValidationError, match="schon rückgängig"):
        undo_merge(by=by, merge=record)


def test_files_can_be_merged_again_after_separating(by, two):
    undo_merge(by=by, merge=merge(by, two))
    for client in two:
        client.refresh_from_db()

    merge(by, two)

    assert MergeRecord.objects.filter(undone_at=None).count() == 1


def test_both_who_were_responsible_are_told_by_number(world, mailoutbox, django_capture_on_commit_callbacks):
    theirs = make.person(world, by=world.colleague.actor)
    with django_capture_on_commit_callbacks(execute=True):
        merge_clients(by=world.technical_lead.actor, survivor=make.person(world), absorbed=theirs)

    assert Event.objects.filter(key="client.merged").count() == 2


def test_consent_decided_after_merging_stays_in_the_file_that_stays(world, by, two):
    kept, _gone = two
    record = merge(by, two)
    record_decision(
        by=by, client=kept, act=Act.HEALTH, given=True, decided_on=timezone.localdate(), language="de", text_version="1"
    )

    undo_merge(by=by, merge=record)

    assert list(Client.objects.order_by("pk").values_list("health_on", flat=True)) == [timezone.localdate(), None]
