"""How many hours of interpreting in which language, and which appointments that were."""

from datetime import datetime
from decimal import Decimal

from lotse.casework.actions.calendar import set_appointment_state
from lotse.casework.enums import AppointmentState
from lotse.casework.models import Appointment
from lotse.casework.queries.interpreters import LanguageHours, appointments_in, hours_by_language
from lotse.casework.schedule import midnight
from tests.factories import casework as make

JUNE = (datetime(2026, 6, 1).date(), datetime(2026, 6, 30).date())


def booked(world, day, language, hours, used=None, **more):
    (row,) = make.appointment(
        world, starts=day, interpreter_language=language, interpreter_booked=Decimal(hours), **more
    )
    Appointment.objects.filter(pk=row.pk).update(interpreter_used=used)
    return row


def test_hours_are_summed_by_language_within_both_days(world):
    booked(world, datetime(2026, 6, 1, 0), "ti", "1", used=Decimal("1.5"))
    booked(world, datetime(2026, 6, 30, 23), "ti", "2")
    booked(world, datetime(2026, 6, 2, 9), "ar", "1", used=Decimal(0))
    for outside in (datetime(2026, 5, 31, 23), datetime(2026, 7, 1, 0)):
        booked(world, outside, "ti", "8")
    make.appointment(world, starts=datetime(2026, 6, 3, 9))

    assert hours_by_language(world.counsellor.actor, *JUNE) == [
        LanguageHours("ti", 2, Decimal(3), Decimal("1.5"), 1),
        LanguageHours("ar", 1, Decimal(1), Decimal(0), 0),
    ]


def test_called_off_counts_only_where_it_was_paid(world):
    for used in (None, Decimal(1)):
        row = booked(world, datetime(2026, 6, 2, 9), "ti", "1", used=used)
        set_appointment_state(by=world.counsellor.actor, appointment=row, state=AppointmentState.CANCELLED_BY_CLIENT)

    assert hours_by_language(world.counsellor.actor, *JUNE) == [LanguageHours("ti", 1, Decimal(1), Decimal(1), 0)]


def test_only_the_files_one_reads_are_summed_and_opened(world):
    row = booked(world, datetime(2026, 6, 2, 9), "ti", "1")
    found = {
        who: (
            len(hours_by_language(world.personas[who].actor, *JUNE)),
            appointments_in(world.personas[who].actor, *JUNE, "ti"),
        )
        for who in ("counsellor", "technical_lead", "colleague", "outsider")
    }
    assert found == {"counsellor": (1, [row]), "technical_lead": (1, [row]), "colleague": (0, []), "outsider": (0, [])}


def test_every_sum_opens_to_its_appointments(world, login):
    row = booked(world, datetime(2026, 6, 2, 9), "ti", "1.5", of=make.person(world, last_name="Dolmetscht"))
    web = login(world.counsellor)

    page = web.get("/termine/sprachmittlung/?start=2026-06-01&end=2026-06-30").content.decode()
    opened = web.get("/termine/sprachmittlung/?start=2026-06-01&end=2026-06-30&sprache=ti").content.decode()

    assert ["Tigrinya" in page, "1,5" in page, row.get_absolute_url() in page, row.get_absolute_url() in opened] == [True, True, False, True]  # fmt: skip


def test_a_period_that_ends_before_it_begins_is_explained(world, login):
    page = login(world.counsellor).get("/termine/sprachmittlung/?start=2026-06-30&end=2026-06-01").content.decode()
    assert "Das Ende liegt vor dem Beginn." in page


def test_midnight_is_that_of_the_wall(world):
    assert midnight(JUNE[0]).isoformat() == "2026-06-01T00:00:00+02:00"
