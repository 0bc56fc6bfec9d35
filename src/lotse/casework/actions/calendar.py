"""Appointments of a file: arranged, moved, held or not, and turned into the contact they were."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.cases import NO_BASIS
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.file import expect_revision, open_active_file, save_checked
from lotse.casework.enums import AppointmentState
from lotse.casework.models import Appointment, Client, Contact, CounsellingCase
from lotse.casework.schedule import MOST, Span, span, weekly
from lotse.casework.states import APPOINTMENT, require_step
from lotse.core.ids import new_public_id
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person, Site
from lotse.organisations.who import actor_for

HAPPENED = (AppointmentState.HELD, AppointmentState.NO_SHOW)
NOT_YET = "Dieser Termin hat noch nicht begonnen."


@action("appointment.arranged", "hat einen Termin vereinbart")
def arrange(
    *,
    by: Actor,
    client: Client,
    person: Person,
    site: Site,
    on: date,
    begins: time,
    minutes: int,
    times: int = 1,
    warnings: Iterable[str] = (),
    **details: Any,
) -> list[Appointment]:
    """One appointment, or one a week: each is a row of its own, all or none."""
    fresh = open_active_file(by, client)
    refuse_if(not 1 <= times <= MOST, f"Bitte 1 bis {MOST} Termine.", "times")
    refuse_if(site.organisation_id != fresh.organisation_id, "Bitte eine eigene Beratungsstelle wählen.", "site")
    series = new_public_id() if times > 1 else ""
    made = [_new(fresh, person, site, when, series, details) for when in weekly(on, begins, minutes, times)]
    _refuse_wrong(by, fresh, made[0])
    for appointment in made:
        save_checked(appointment)
        record(appointment, file=fresh, warnings=warnings)
    return made


def _new(
    client: Client, person: Person, site: Site, when: Span, series: str, details: Mapping[str, Any]
) -> Appointment:
    starts_at, ends_at = when
    return Appointment(
        organisation_id=client.organisation_id,
        client=client,
        person=person,
        site=site,
        starts_at=starts_at,
        ends_at=ends_at,
        series_ref=series,
        **details,
    )


def _refuse_wrong(by: Actor, client: Client, appointment: Appointment) -> None:
    stranger = appointment.person_id != by.person_id and not _opens(appointment.person, client)
    refuse_if(stranger, "Diese Person kann die Akte nicht öffnen.", "person")
    link = appointment.video_link
    refuse_if(
        bool(link) and not link.startswith("https://"), "Bitte einen Link, der mit https:// beginnt.", "video_link"
    )
    refuse_if(bool(appointment.note) and not rules.plan_is_open(client), NO_BASIS, "note")


def _opens(person: Person, client: Client) -> bool:
    holder = actor_for(person)
    return bool(
        holder and rules.can_counsel(holder) and Client.objects.visible_to(holder).filter(pk=client.pk).exists()
    )


@action("appointment.changed", "hat einen Termin geändert")
def change_appointment(
    *,
    by: Actor,
    appointment: Appointment,
    on: date,
    begins: time,
    minutes: int,
    following: bool = False,
    revision: int | None = None,
    warnings: Iterable[str] = (),
    **details: Any,
) -> Appointment:
    """This one, or with `following` what changes here for every later planned one of its series."""
    client, fresh = _opened(by, appointment, revision)
    refuse_if(not fresh.is_open, "Nur ein geplanter Termin lässt sich ändern. Nehmen Sie zuerst den Stand zurück.")
    later = list(_following(fresh)) if following else []
    days = on - timezone.localdate(fresh.starts_at)
    starts_at, ends_at = span(on, begins, minutes)
    is_moved = (starts_at, ends_at) != (fresh.starts_at, fresh.ends_at)
    changed = change(fresh, {"starts_at": starts_at, "ends_at": ends_at, **details})
    _refuse_wrong(by, client, fresh)
    save_checked(fresh)
    record(fresh, file=client, fields=changed, warnings=warnings)
    for other in later:
        if is_moved:
            _move(other, days, begins, minutes)
        change(other, {name: value for name, value in details.items() if name in changed})
        _save_along(other, client, changed)
    return fresh


def _move(appointment: Appointment, days: timedelta, begins: time, minutes: int) -> None:
    day = timezone.localdate(appointment.starts_at) + days
    appointment.starts_at, appointment.ends_at = span(day, begins, minutes)


def _save_along(appointment: Appointment, client: Client, changed: Iterable[str]) -> None:
    appointment.revision += 1
    save_checked(appointment)
    record(appointment, file=client, fields=changed)


def _opened(by: Actor, appointment: Appointment, revision: int | None) -> tuple[Client, Appointment]:
    """File first, then the appointment: the order in which every act on a file takes its locks."""
    client = open_active_file(by, appointment.client)
    fresh = Appointment.objects.select_for_update().get(pk=appointment.pk)
    expect_revision(fresh, revision)
    return client, fresh


def _following(appointment: Appointment) -> QuerySet[Appointment]:
    """The later ones of the series that are still planned."""
    if not appointment.series_ref:
        return Appointment.objects.none()
    series = Appointment.objects.filter(series_ref=appointment.series_ref, client_id=appointment.client_id)
    return series.filter(state=AppointmentState.PLANNED, starts_at__gt=appointment.starts_at)


@action("appointment.decided", "hat festgehalten, was aus einem Termin wurde")
def set_appointment_state(
    *,
    by: Actor,
    appointment: Appointment,
    state: AppointmentState,
    following: bool = False,
    revision: int | None = None,
) -> Appointment:
    client, fresh = _opened(by, appointment, revision)
    require_step(APPOINTMENT, AppointmentState(fresh.state), state)
    refuse_if(state in HAPPENED and not _has_begun(fresh), NOT_YET)
    refuse_if(state == AppointmentState.CONSENT_ENDED, "So endet ein Termin nur mit dem Widerruf einer Einwilligung.")
    refuse_if(following and state in HAPPENED, "Was kommt, hat noch nicht stattgefunden.")
    later = list(_following(fresh)) if following else []
    fresh.state = state
    save_checked(fresh)
    record(fresh, file=client, state=str(state))
    for other in later:
        other.state = state
        _save_along(other, client, ["state"])
    return fresh


def _has_begun(appointment: Appointment) -> bool:
    return appointment.starts_at <= timezone.now()


@action("appointment.became_contact", "hat aus einem Termin einen Kontakt gemacht")
def record_contact_of(
    *,
    by: Actor,
    appointment: Appointment,
    case: CounsellingCase,
    interpreter_used: Decimal | None = None,
    revision: int | None = None,
    **contact: Any,
) -> Contact:
    """Held, and documented in the same breath."""
    client, fresh = _opened(by, appointment, revision)
    refuse_if(case.client_id != client.pk, "Dieser Fall gehört zu einer anderen Akte.")
    refuse_if(fresh.contact_id is not None, "Zu diesem Termin gibt es schon einen Kontakt.")
    if fresh.state != AppointmentState.HELD:
        require_step(APPOINTMENT, AppointmentState(fresh.state), AppointmentState.HELD)
    refuse_if(not _has_begun(fresh), NOT_YET)
    with_interpreter = bool(fresh.interpreter_language)
    made = record_contact(
        by=by, case=case, interpreter=with_interpreter, language=fresh.interpreter_language, **contact
    )
    fresh.state, fresh.contact = AppointmentState.HELD, made
    if with_interpreter:
        fresh.interpreter_used = interpreter_used
    save_checked(fresh)
    record(fresh, file=client, state=fresh.state)
    return made


@action("appointment.hours_recorded", "hat die Stunden der Sprachmittlung festgehalten")
def record_interpreter_hours(
    *, by: Actor, appointment: Appointment, used: Decimal | None, revision: int | None = None
) -> Appointment:
    """Also for somebody who came in vain: the hour is paid."""
    client, fresh = _opened(by, appointment, revision)
    if not fresh.interpreter_language:
        raise ValidationError("Zu diesem Termin ist keine Sprachmittlung bestellt.")
    refuse_if(not _has_begun(fresh), NOT_YET)
    fresh.interpreter_used = used
    save_checked(fresh)
    record(fresh, file=client, fields=["interpreter_used"])
    return fresh
