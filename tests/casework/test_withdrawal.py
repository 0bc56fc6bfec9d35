"""What ends with a consent: the page says it beforehand, the withdrawal does just that."""

from datetime import datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions.access import confirm_assignment, request_assignment
from lotse.casework.actions.calendar import set_appointment_state
from lotse.casework.actions.consents import record_decision, withdraw
from lotse.casework.actions.handovers import offer_handover
from lotse.casework.enums import Act, AgreementKind, AppointmentState
from lotse.casework.models import Agreement, Appointment, Client, Consent
from lotse.casework.queries.calendar import calendar, coming_appointments
from lotse.casework.queries.withdrawal import what_would_end
from lotse.casework.schedule import midnight
from lotse.correspondence.models import OutgoingMail
from tests.factories import casework as make

TODAY = timezone.localdate


@pytest.fixture
def case(world):
    return make.case(world)


@pytest.fixture
def coming(world, case):
    return make.appointment(world, case.client)[0]


def end(world, act):
    return withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=act), on=TODAY())


def states():
    return list(Appointment.objects.order_by("starts_at").values_list("state", flat=True))


@pytest.mark.rule("DP-12")
@pytest.mark.parametrize(("act", "state"), [
    (Act.RECORDING, AppointmentState.CONSENT_ENDED),
    (Act.AGREEMENT, AppointmentState.CONSENT_ENDED),
    (Act.COMPETENCE, AppointmentState.PLANNED),
])  # fmt: skip
def test_a_withdrawal_calls_off_what_is_planned(world, coming, act, state):
    end(world, act)
    assert states() == [state]


def test_what_has_been_or_was_decided_stays(world, case, coming):
    past = make.appointment(world, case.client, starts=datetime.combine(make.days_ago(3), time(10)))[0]
    set_appointment_state(by=world.counsellor.actor, appointment=coming, state=AppointmentState.CANCELLED_BY_CLIENT)

    end(world, Act.RECORDING)

    assert states() == [past.state, AppointmentState.CANCELLED_BY_CLIENT]


def test_the_history_of_the_file_names_the_appointment(world, coming):
    end(world, Act.RECORDING)

    entry = Event.objects.get(key="appointment.ended_by_withdrawal")
    assert (entry.object_ref, entry.file_ref) == (coming.public_id, coming.client.public_id)


def test_a_colleague_learns_that_hers_is_off_without_a_name(world, case):
    asked = request_assignment(
        by=world.counsellor.actor,
        client=case.client,
        person=world.colleague.person,
        reason="Urlaub",
        valid_from=TODAY(),
    )
    confirm_assignment(by=world.technical_lead.actor, assignment=asked)
    make.appointment(world, case.client, person=world.colleague.person)
    OutgoingMail.objects.all().delete()

    end(world, Act.RECORDING)

    mail = OutgoingMail.objects.get()
    assert mail.recipient == world.colleague.user.email
    assert "Termin entfällt" in mail.subject
    assert "Mira" not in mail.body + mail.subject


def test_the_hour_is_free_again(world, coming):
    end(world, Act.AGREEMENT)

    day = timezone.localdate(coming.starts_at)
    entries = calendar(world.counsellor.actor, midnight(day), midnight(day.replace(year=day.year + 1)))
    assert [entry.is_off for entry in entries] == [True]
    assert coming_appointments(coming.client, TODAY()) == []


def test_nobody_chooses_this_end_by_hand(world, coming, login):
    with pytest.raises(ValidationError, match="Widerruf"):
        set_appointment_state(by=world.counsellor.actor, appointment=coming, state=AppointmentState.CONSENT_ENDED)
    address = coming.get_absolute_url() + "stand/"
    login(world.counsellor).post(address, {"state": "consent_ended"})
    assert states() == [AppointmentState.PLANNED]


def test_after_a_new_agreement_the_appointment_can_be_planned_again(world, coming):
    end(world, Act.AGREEMENT)
    record_decision(
        by=world.counsellor.actor, client=coming.client, act=Act.AGREEMENT, given=True, decided_on=TODAY(), language="de",
        text_version="client_text 2026-11", form="written",
    )  # fmt: skip
    set_appointment_state(by=world.counsellor.actor, appointment=coming, state=AppointmentState.PLANNED)
    assert states() == [AppointmentState.PLANNED]


# --- beforehand ------------------------------------------------------------------------------------------------


@pytest.fixture
def under_way(world, case, coming):
    make.sent(world, make.referral(world, case.client))
    make.agreement(world, case, agreed=True)
    offer_handover(
        by=world.counsellor.actor, client=case.client, to=world.colleague.person, reason="other", on=TODAY(),
        client_present=True,
    )  # fmt: skip
    return case


def page_of(world, login, act):
    consent = Consent.objects.get(act=act)
    address = f"/akte/{consent.client.public_id}/einwilligungen/{consent.public_id}/widerruf/"
    return login(world.counsellor).get(address).content.decode()


def test_the_page_says_beforehand_what_ends(world, login, under_way):
    page = page_of(world, login, Act.RECORDING)

    said = ["Die Akte ruht", "Termin am", "Verweis an Mieterberatung", AgreementKind.INTEGRATION.label, "an Colleague"]
    assert [words for words in said if words not in page] == []


def test_the_page_says_when_nothing_else_ends(world, login, under_way):
    page = page_of(world, login, Act.COMPETENCE)

    assert "nicht betroffen" in page
    assert "Die Akte ruht" not in page


def test_looking_changes_nothing(world, under_way):
    what_would_end(Client.objects.get(), Consent.objects.get(act=Act.RECORDING))

    assert Client.objects.get().restricted_on is None
    assert states() == [AppointmentState.PLANNED]


@pytest.mark.parametrize("act", [Act.RECORDING, Act.AGREEMENT, Act.COMPETENCE, Act.DISCLOSURE])
def test_what_is_announced_is_what_ends(world, under_way, act):
    client, consent = Client.objects.get(), Consent.objects.get(act=act)
    said = what_would_end(client, consent)

    end(world, act)

    client.refresh_from_db()
    assert said.rests == bool(client.restricted_on)
    off = Appointment.objects.filter(state=AppointmentState.CONSENT_ENDED)
    assert [row.pk for row in said.appointments] == list(off.values_list("pk", flat=True))
    ended = Agreement.objects.filter(end_reason="withdrawn")
    assert [row.pk for row in said.agreements] == list(ended.values_list("pk", flat=True))
    assert len(said.referrals) == client.referrals.filter(state="cancelled").count()
    assert len(said.handovers) == client.handovers.filter(state="withdrawn").count()
