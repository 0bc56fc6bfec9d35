"""Interpreting as figures: appointments and the hours they add up to, by language and kind."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from lotse.casework.actions.remains import leave_remains
from lotse.casework.enums import AppointmentState
from lotse.casework.models import Appointment, Client
from lotse.facts.counting import rows_of_cell
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.insight.exports import DOT
from lotse.programmes.models import Programme
from tests.factories import casework as make

LAST = timezone.localdate().year - 1
YEAR = Period(date(LAST, 1, 1), date(LAST, 12, 31))


@pytest.fixture
def case(world):
    made = make.case(world)
    type(made).objects.update(first_contact_on=date(LAST, 2, 20))
    return made


def interpreted(world, case, day=(6, 2), language="ti", used="1.5", **more):
    (row,) = make.appointment(
        world, case.client, starts=datetime(LAST, *day, 9), interpreter_language=language, interpreter_booked=Decimal(2)
    )
    values = {"interpreter_used": used and Decimal(used), "state": AppointmentState.HELD, **more}
    Appointment.objects.filter(pk=row.pk).update(**values)
    return row


def count(world, key, by="counsellor", **more):
    actor = world.personas[by].actor
    return evaluate([fact(f"interpreting.{key}")], Question(actor, YEAR, own=bool(actor.file_holder_ids), **more))[0]


def shown(result):
    return {cell.key: (cell.count, cell.amount) for cell in result.cells if cell.count != 0}


def test_hours_are_added_up_by_language_and_kind(world, case):
    interpreted(world, case)
    interpreted(world, case, used="0.25", place="phone")
    interpreted(world, case, language="ar", used="1")

    assert shown(count(world, "language")) == {"ti": (2, Decimal("1.75")), "ar": (1, Decimal(1))}
    assert shown(count(world, "kind")) == {"room": (2, Decimal("2.5")), "phone": (1, Decimal("0.25"))}
    assert (count(world, "kind").total.count, count(world, "kind").total.amount) == (3, Decimal("2.75"))


def test_hours_nobody_wrote_down_are_not_recorded_and_never_zero(world, case):
    interpreted(world, case, used=None)
    interpreted(world, case, used="0")

    result = count(world, "language")
    assert shown(result) == {"ti": (1, Decimal(0)), "_missing": (1, None)}


@pytest.mark.parametrize("state", [
    AppointmentState.CANCELLED_BY_CLIENT, AppointmentState.CANCELLED_BY_US, AppointmentState.CONSENT_ENDED,
])  # fmt: skip
def test_called_off_counts_only_where_it_was_paid(world, case, state):
    interpreted(world, case, used=None, state=state)
    interpreted(world, case, used="1", state=state)
    assert shown(count(world, "language")) == {"ti": (1, Decimal(1))}


def test_the_days_of_the_period_belong_to_it(world, case):
    for day in ((1, 1), (12, 31)):
        interpreted(world, case, day)
    outside = interpreted(world, case)
    Appointment.objects.filter(pk=outside.pk).update(
        starts_at=datetime(LAST + 1, 1, 1, tzinfo=timezone.get_current_timezone()),
        ends_at=datetime(LAST + 1, 1, 2, tzinfo=timezone.get_current_timezone()),
    )
    assert count(world, "language").total.count == 2


def test_who_may_only_count_sees_dots_instead_of_few_and_no_hours(world, case):
    interpreted(world, case)
    result = count(world, "language", by="coordinator")
    assert {(cell.count, cell.amount) for cell in (*result.recorded, result.total)} == {(None, None)}


def test_from_enough_appointments_on_the_hours_are_shown(world, case):
    for _ in range(3):
        interpreted(world, case)
    result = count(world, "language", by="coordinator")
    assert shown(result) == {"ti": (3, Decimal("4.5"))}


def test_it_belongs_to_the_programme_of_the_last_case_that_had_begun(world, case):
    jmd = Programme.objects.create(code="jmd", name="JMD")
    interpreted(world, case, (1, 5))  # before any case
    interpreted(world, case, (2, 1))  # in the month of the first contact
    interpreted(world, case, (8, 1))
    later = type(case).objects.get(pk=case.pk)
    later.pk, later.public_id, later.programme, later.first_contact_on = None, "second", jmd, date(LAST, 7, 9)
    later.ended_on, later.state, later.end_reason = date(LAST, 9, 1), "aborted", "moved"
    later.save()

    found = [count(world, "language", programme_id=pk).total.count for pk in (world.mbe.pk, jmd.pk, None)]
    assert found == [1, 1, 3]


def test_a_cell_opens_to_its_appointments(world, case):
    row = interpreted(world, case)
    interpreted(world, case, language="ar")
    question = Question(world.counsellor.actor, YEAR, own=True)

    rows = rows_of_cell(fact("interpreting.language"), "ti", question)

    assert [found.pk for found in rows] == [row.pk]
    line = fact("interpreting.language").population.line(rows.get())
    assert (line.on, line.url) == (date(LAST, 6, 2), f"/akte/{case.client.public_id}/")


def test_pages_say_hours_beside_the_number(world, case, login):
    interpreted(world, case)
    query = f"?scope=own&start={LAST}-01-01&end={LAST}-12-31"
    web = login(world.counsellor)
    assert "1,50 Stunden" in web.get(f"/auswertung/{query}").content.decode()
    assert "1,50 <span" in web.get(f"/auswertung/interpreting.language/ti/{query}").content.decode()


def test_files_hide_the_hours_with_the_number(world, case, login):
    interpreted(world, case)
    text = (
        login(world.counsellor)
        .get(f"/auswertung/?scope=own&start={LAST}-01-01&end={LAST}-12-31&format=csv")
        .content.decode()
    )
    lines = [
        line.split(";")[1:5]
        for line in text.splitlines()
        if "Sprachmittlung nach Sprache" in line and "Tigrinya" in line
    ]
    assert lines == [["Tigrinya", DOT, "Termine", "geschützt"], ["Tigrinya", DOT, "Stunden", "geschützt"]]


@pytest.mark.rule("DS-07")
def test_what_is_left_of_an_erased_file_keeps_the_hours(world, case):
    interpreted(world, case, (6, 17))
    interpreted(world, case, used=None, state=AppointmentState.CANCELLED_BY_US)
    make.appointment(world, case.client, interpreter_language="ti")  # still to come
    before = shown(count(world, "language", programme_id=world.mbe.pk))

    client = Client.objects.get()
    nobody = leave_remains(client)
    client.appointments.all().delete()

    assert shown(count(world, "language", programme_id=world.mbe.pk)) == before == {"ti": (1, Decimal("1.5"))}
    left = nobody.appointments.get()
    assert (timezone.localdate(left.starts_at), left.note, left.ends_at - left.starts_at) == (
        date(LAST, 6, 1), "", timedelta(minutes=1),
    )  # fmt: skip
    assert not Appointment.objects.visible_to(world.counsellor.actor).exists()
