"""Changes of posts: told beforehand, derived, forwarded by the district alone, never consented to afterwards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.documents.intake import receive
from lotse.funding import rules
from lotse.funding.actions.staff import change_change, name_newcomer, report_change, send_contact, withdraw_change
from lotse.funding.actions.staff_processes import note_answer, set_aside
from lotse.funding.enums_staff import ChangeKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.funding.models import ChangeProcess, StaffChange
from tests.documents.files import upload
from tests.factories import funds_staff as make
from tests.funding.refusing import refused
from tests.personas import persona

RETROACTIVE = ["Der erste Tag liegt nicht mehr in der Zukunft. Rückwirkend gibt es keine Zustimmung."]


@pytest.fixture
def share(house, grant):
    return make.share_of(house.agency)


def states(change):
    return {row.code: row.state for row in change.processes.all()}


def process(change, code):
    return change.processes.get(code=code)


def answered(world, row, answer, on=None, **more):
    return note_answer(by=world.coordinator.actor, process=row, answer=answer, on=on or timezone.localdate(), **more)


def test_parental_leave_with_a_substitute_is_one_event_and_two_processes(world, grant, share):
    change = make.reported(world, grant, share, **make.newcomer())
    assert states(change) == {"vacancy_parental": State.REPORTED, "new_hire": State.REQUESTED}
    assert (change.organisation, change.agency, change.fte_before) == (
        world.nordstadt,
        share.post.organisation,
        share.fte,
    )


@pytest.mark.rule("FU-05")
@pytest.mark.parametrize(("days", "state"), [(-30, State.INELIGIBLE), (0, State.INELIGIBLE), (1, State.REQUESTED)])
def test_consent_is_asked_for_before_the_first_day(world, grant, house, days, state):
    values = make.newcomer(newcomer_from=None)
    change = report_change(
        by=world.carrier_manager.actor, grant=grant, kind=ChangeKind.NEW_HIRE, effective_from=make.in_days(days),
        post=make.post_of(house.agency), **values,
    )  # fmt: skip
    assert states(change) == {"new_hire": state}


@pytest.mark.rule("FU-05")
@pytest.mark.parametrize(("before", "state"), [(1, State.GRANTED), (0, State.INELIGIBLE), (-1, State.INELIGIBLE)])
def test_consent_that_comes_too_late_does_not_help(world, grant, share, before, state):
    change = make.reported(world, grant, share, **make.newcomer())
    row = make.forwarded(world, process(change, "new_hire"))
    ChangeProcess.objects.filter(pk=row.pk).update(effective_from=make.in_days(before))
    assert answered(world, row, State.GRANTED).state == state


@pytest.mark.rule("FU-05")
def test_what_began_without_consent_is_not_asked_for_any_more_but_set_aside(world, grant, share):
    change = make.reported(world, grant, share, **make.newcomer())
    row, by = process(change, "new_hire"), world.coordinator.actor
    assert refused(set_aside, by=by, process=row) == ["Das kann noch genehmigt werden."]
    ChangeProcess.objects.filter(pk=row.pk).update(effective_from=timezone.localdate())
    assert refused(make.forwarded, world=world, process=row) == RETROACTIVE
    assert set_aside(by=by, process=row).state == State.INELIGIBLE


@pytest.mark.rule("FU-06")
@pytest.mark.parametrize(("days", "in_time"), [(1, True), (0, False), (-5, False)])
def test_what_is_told_on_the_first_day_or_later_is_taken_and_marked_as_late(world, grant, share, days, in_time):
    change = make.reported(world, grant, share, effective_from=make.in_days(days))
    row = process(change, "vacancy_parental")
    assert rules.is_told_beforehand(row.effective_from, change.reported_on) is in_time
    assert row.state == State.REPORTED


@pytest.mark.rule("FU-07")
def test_an_illness_is_notified_from_the_day_on_which_pay_ends(world, grant, share):
    ends = make.in_days(10)
    change = make.reported(world, grant, share, ChangeKind.ILLNESS, effective_from=ends)
    row = process(change, "vacancy_illness")
    assert (row.due_from, row.effective_from) == (ends, ends + timedelta(1))
    told = f"Bis zum {ends:%d.%m.%Y} zahlt der Träger den Lohn weiter. Vorher ist nichts anzuzeigen."
    assert refused(make.forwarded, world=world, process=row) == [told]
    ChangeProcess.objects.filter(pk=row.pk).update(due_from=timezone.localdate())
    assert make.forwarded(world, row).state == State.FORWARDED


@pytest.mark.rule("FU-09")
def test_more_hours_are_asked_for_in_writing(world, grant, share):
    more = {"fte_after": Decimal("0.75")}
    told = refused(make.reported, world=world, grant=grant, share=share, kind=ChangeKind.HOURS, **more)
    assert told == [
        "Mehr Stunden werden schriftlich beantragt. Bitte laden Sie den Antrag hoch oder fügen Sie den Text der E-Mail ein."
    ]
    by_mail = make.reported(world, grant, share, ChangeKind.HOURS, email_text="Bitte ab Mai 0,75.", **more)
    assert states(by_mail) == {"fte_increase": State.REQUESTED}
    with receive(upload(), by=world.carrier_manager.actor) as received:
        on_paper = make.reported(world, grant, share, ChangeKind.HOURS, received=received, **more)
    assert on_paper.paper.compartment == "funding"
    less = make.reported(world, grant, share, ChangeKind.HOURS, fte_after=Decimal("0.25"))
    assert states(less) == {"fte_reduction": State.REPORTED}


def test_the_same_hours_are_no_change(world, grant, share):
    told = refused(make.reported, world=world, grant=grant, share=share, kind=ChangeKind.HOURS, fte_after=share.fte)
    assert told == ["Der Stellenumfang ist derselbe wie vorher."]


@pytest.mark.rule("FU-03")
def test_only_the_district_writes_to_the_authority(world, grant, share):
    change = make.reported(world, grant, share)
    row = process(change, "vacancy_parental")
    carrier = world.carrier_manager.actor
    for act, more in ((note_answer, {"answer": State.ACKNOWLEDGED, "on": timezone.localdate()}), (set_aside, {})):
        with pytest.raises(NotAllowed):
            act(by=carrier, process=row, **more)
    sent = make.forwarded(world, row)
    assert (sent.state, sent.sent_on, sent.letter.name) == (State.FORWARDED, timezone.localdate(), "schreiben.pdf")
    with receive(upload(), by=world.coordinator.actor) as received:
        done = answered(world, sent, State.ACKNOWLEDGED, received=received)
    assert (done.state, done.receipt.compartment) == (State.ACKNOWLEDGED, "funding")


def test_an_answer_fits_its_process_and_comes_after_the_letter(world, grant, share):
    row = process(make.reported(world, grant, share), "vacancy_parental")
    told = ["Eine Antwort gibt es erst, wenn das Schreiben bei der Behörde ist."]
    assert refused(answered, world=world, row=row, answer=State.ACKNOWLEDGED) == told
    sent = make.forwarded(world, row)
    assert refused(answered, world=world, row=sent, answer=State.GRANTED) == [
        "Diese Antwort passt nicht zu diesem Vorgang."
    ]
    early = refused(answered, world=world, row=sent, answer=State.ACKNOWLEDGED, on=make.in_days(-1))
    assert early == ["Dieser Tag liegt vor dem Schreiben an die Behörde."]
    assert refused(make.forwarded, world=world, process=sent) == ["Das ist schon weitergeleitet oder abgeschlossen."]


def test_the_other_side_is_told_by_mail_without_names(world, grant, share, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        change = make.reported(world, grant, share)
        row = make.forwarded(world, process(change, "vacancy_parental"))
        answered(world, row, State.ACKNOWLEDGED)
    sent = [(message.to, message.subject) for message in mail.outbox]
    assert sent == [
        (["coordinator@lotse.example"], "Lotse: Änderung gemeldet"),
        (["carrier_manager@lotse.example"], "Lotse: Antwort zu einer Änderung"),
    ]
    assert not [message for message in mail.outbox if "Eva" in message.body or "Eltern" in message.body]


def test_a_change_is_corrected_while_it_is_with_the_district(world, grant, share):
    change = make.reported(
        world, grant, share, effective_from=make.in_days(-3), **make.newcomer(newcomer_from=make.in_days(-3))
    )
    assert states(change)["new_hire"] == State.INELIGIBLE
    later = {"effective_from": make.in_days(9), "newcomer_from": make.in_days(9)}
    changed = change_change(by=world.carrier_manager.actor, change=change, revision=1, **later)
    assert states(changed) == {"vacancy_parental": State.REPORTED, "new_hire": State.REQUESTED}
    make.forwarded(world, process(changed, "new_hire"))
    again = refused(change_change, by=world.carrier_manager.actor, change=change, effective_from=make.in_days(8))
    assert again == [
        "Das ist schon bei der Behörde oder abgeschlossen. Bitte melden Sie, was jetzt gilt, als neue Änderung."
    ]


def test_who_saves_second_is_told(world, grant, share):
    change = make.reported(world, grant, share)
    by = world.carrier_manager.actor
    change_change(by=by, change=change, revision=1, effective_from=make.in_days(9))
    assert "Inzwischen hat jemand anderes gespeichert." in refused(
        change_change, by=by, change=change, revision=1, effective_from=make.in_days(8)
    )[0]  # fmt: skip


def test_what_does_not_happen_is_withdrawn_by_the_carrier_until_it_is_sent(world, grant, share):
    by = world.carrier_manager.actor
    first, second = (make.reported(world, grant, share, **make.newcomer()) for _ in range(2))
    assert set(states(withdraw_change(by=by, change=first)).values()) == {State.WITHDRAWN}
    assert refused(withdraw_change, by=by, change=first) == ["Hier ist nichts mehr offen."]
    make.forwarded(world, process(second, "new_hire"))
    with pytest.raises(NotAllowed):
        withdraw_change(by=by, change=second)
    withdraw_change(by=world.coordinator.actor, change=second)
    assert set(states(second).values()) == {State.WITHDRAWN}


def test_nobody_reports_for_another_house_or_for_an_agency_outside_the_grant(world, grant, house, share):
    far = make.share_of(house.far_agency)
    with pytest.raises(NotAllowed):
        make.reported(world, grant, far)
    with pytest.raises(NotAllowed):
        make.reported(world, grant, share, by=world.specialist.actor)
    outside = make.share_of(house.second_agency())
    told = refused(make.reported, world=world, grant=grant, share=outside)
    assert told == ["Diese Integrationsagentur gehört nicht zu dieser Zuwendung."]
    assert StaffChange.objects.count() == 0


def test_each_sees_the_changes_of_her_house_alone(world, grant, house, share):
    make.reported(world, grant, share)
    make.reported(world, grant, make.share_of(house.far_agency), by=world.coordinator.actor)
    seen = {
        name: [model.objects.visible_to(getattr(world, name).actor).count() for model in (StaffChange, ChangeProcess)]
        for name in ("coordinator", "carrier_manager", "specialist", "funder", "sysadmin")
    }
    nothing = [0, 0]
    assert seen == {
        "coordinator": [2, 2], "carrier_manager": [1, 1], "specialist": nothing, "funder": nothing, "sysadmin": nothing,
    }  # fmt: skip


@pytest.mark.rule("FU-08")
def test_contact_data_of_somebody_new_are_complete_before_they_are_passed_on(world, grant, house, share):
    by = world.carrier_manager.actor
    change = make.reported(world, grant, share, **make.newcomer())
    assert refused(send_contact, by=by, change=change) == ["Bitte zuerst sagen, wer die neue Person ist."]
    new = make.person_of(world.nordstadt, "Neu Beispiel", email="neu@lotse.example")
    name_newcomer(by=by, change=change, newcomer=new)
    assert refused(send_contact, by=by, change=change) == [
        "Es fehlt noch: Telefon, Dienstanschrift, Qualifikation, Sprachen."
    ]
    type(house.agency).objects.filter(pk=house.agency.pk).update(address="Musterweg 1")
    type(new).objects.filter(pk=new.pk).update(
        phone="0150 555", qualification="Sozialarbeit (B.A.)", languages=["de", "ar"]
    )
    assert send_contact(by=by, change=change).contact_sent_on == timezone.localdate()


def test_a_newcomer_is_employed_by_the_carrier(world, grant, share):
    change = make.reported(world, grant, share, **make.newcomer())
    told = refused(name_newcomer, by=world.carrier_manager.actor, change=change, newcomer=world.outsider.person)
    assert told == ["Diese Person ist bei einem anderen Träger."]


def test_who_withdraws_is_offered_it_and_nobody_else(world, grant, share, login):
    change = make.reported(world, grant, share, **make.newcomer())
    here, way = (f"/foerderung/stellen/aenderungen/{change.public_id}/{rest}" for rest in ("", "zurueckziehen/"))

    def offered():
        return [
            way in login(world.personas[name]).get(here).content.decode() for name in ("carrier_manager", "coordinator")
        ]

    assert offered() == [True, True]
    make.forwarded(world, process(change, "new_hire"))
    assert offered() == [False, True]
    withdraw_change(by=world.coordinator.actor, change=change)
    assert offered() == [False, False]


def test_what_needs_the_right_to_keep_posts_or_people_is_offered_with_it_only(world, grant, share, login):
    persona(world, "management", world.district, "district_management")
    change = make.reported(
        world, grant, share, **make.newcomer(newcomer=make.person_of(world.nordstadt, "Neu Beispiel"))
    )
    here = f"/foerderung/stellen/aenderungen/{change.public_id}/"
    seen = {name: login(world.personas[name]).get(here).content.decode() for name in ("carrier_manager", "management")}
    assert {name: "Bei der Person ergänzen" in page for name, page in seen.items()} == {
        "carrier_manager": True, "management": False,
    }  # fmt: skip
    for row in change.processes.all():
        answered(world, make.forwarded(world, row), State.GRANTED if row.code == "new_hire" else State.ACKNOWLEDGED)
    seen = {name: login(world.personas[name]).get(here).content.decode() for name in ("carrier_manager", "management")}
    assert {name: f"{here}uebernehmen/" in page for name, page in seen.items()} == {
        "carrier_manager": True, "management": False,
    }  # fmt: skip
    assert "Das übernimmt, wer die Stellen der Agentur pflegt." in seen["management"]
    assert login(world.management).get(f"{here}uebernehmen/").status_code == 403
