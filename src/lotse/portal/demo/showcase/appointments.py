"""Last, this and next week: a series, one who did not come, a clash, an interpreter, a video talk, a name without a file."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from lotse.casework.actions.calendar import arrange, record_contact_of, set_appointment_state
from lotse.casework.actions.clients import note_appointment
from lotse.casework.enums import AppointmentPlace, AppointmentState
from lotse.casework.models import Appointment, CounsellingCase
from lotse.casework.schedule import monday_of
from lotse.correspondence.actions import set_reminder
from lotse.portal.demo.showcase.stage import Stage

MON, TUE, WED, THU, FRI = range(5)
IN_ROOM_1 = {"place": AppointmentPlace.ROOM, "room": "Raum 1"}


def tell(stage: Stage) -> None:
    cases = _people(stage)
    for week in (-1, 0, 1):
        _usual_week(stage, week, cases)
    _with_interpreter(stage, cases[0])
    _clash(stage, cases)
    at = datetime.combine(stage.ahead(1), time(15, 30), timezone.get_current_timezone())
    note_appointment(by=stage.mara.actor, site=stage.site, name="Frau Entwurfer, Erstgespräch", takes_place_at=at)
    set_reminder(by=stage.mara.actor, days_before=2)


def _people(stage: Stage) -> list[CounsellingCase]:
    told = (
        ("Leyla Bühneva", "Braucht Hilfe bei Anträgen.", "fa"),
        ("Goran Vorlagö", "Fragen zur Arbeitserlaubnis.", "de"),
        ("Marta Testowski", "Sucht einen Kita-Platz.", "de"),
    )
    return [stage.file(name, concern, days=75, contact_language=language) for name, concern, language in told]


def _arrange(stage: Stage, case: CounsellingCase, week: int, day: int, begins: time, **more: Any) -> list[Appointment]:
    on = monday_of(stage.today) + timedelta(days=7 * week + day)
    values = {"minutes": 45, "purpose": "counselling", "person": stage.mara.person, "site": stage.site, **more}
    made = arrange(by=stage.mara.actor, client=case.client, on=on, begins=begins, **values)
    for appointment in made:
        _take_place(stage, case, appointment)
    return made


def _take_place(stage: Stage, case: CounsellingCase, appointment: Appointment) -> None:
    """What is over was held, except on Wednesdays."""
    by, day = stage.mara.actor, timezone.localdate(appointment.starts_at)
    if appointment.starts_at > timezone.now():
        return
    if day.weekday() == WED:
        set_appointment_state(by=by, appointment=appointment, state=AppointmentState.NO_SHOW)
        return
    hours = Decimal("1.00") if appointment.interpreter_language else None
    record_contact_of(
        by=by, appointment=appointment, case=case, on=day, channel="in_person", topics=["social_law"], minutes=appointment.minutes,
        note="Stand besprochen, nächste Schritte vereinbart.", interpreter_used=hours,
    )  # fmt: skip


def _usual_week(stage: Stage, week: int, cases: list[CounsellingCase]) -> None:
    leyla, goran, marta = cases
    video = {"place": AppointmentPlace.VIDEO, "video_link": "https://video.example/beratung-7"}
    _arrange(stage, goran, week, MON, time(9), **IN_ROOM_1)
    _arrange(stage, marta, week, WED, time(11), place=AppointmentPlace.PHONE)
    _arrange(stage, leyla, week, THU, time(16), minutes=30, **video)
    _arrange(
        stage,
        marta,
        week,
        FRI,
        time(10),
        minutes=90,
        place=AppointmentPlace.ELSEWHERE,
        elsewhere="Jobcenter, Eingang B",
    )


def _with_interpreter(stage: Stage, case: CounsellingCase) -> None:
    """Once a week for four weeks, the first one last week."""
    _arrange(
        stage, case, -1, TUE, time(13), minutes=60, times=4, interpreter_language="fa", interpreter_from=stage.partners["interpreters"],
        interpreter_booked=Decimal("1.00"), **IN_ROOM_1,
    )  # fmt: skip


def _clash(stage: Stage, cases: list[CounsellingCase]) -> None:
    """Read and taken into account: the second one only hands in a paper."""
    _arrange(
        stage,
        cases[1],
        1,
        THU,
        time(16, 15),
        minutes=15,
        purpose="other",
        note="gibt nur den Bescheid ab",
        warnings=("clash-0",),
    )
