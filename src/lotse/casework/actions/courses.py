"""A course of a client: planned, begun, finished or dropped out of, and the talks with its provider."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.cases import NO_BASIS
from lotse.casework.actions.file import expect_revision, open_active_file, refuse_future, save_checked
from lotse.casework.models import Client, CourseParticipation, ProviderContact
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner

NO_CONSENT = (
    "Mit dem Kursträger über diese Person sprechen Sie nur mit ihrer Einwilligung zu diesem Austausch."
    " Halten Sie zuerst die Einwilligung fest."
)
NOT_BEGUN = "Dieser Kurs hat noch nicht begonnen. Halten Sie zuerst den Beginn fest."


@action("course.added", "hat einen Kurs eingetragen")
def add_course(
    *, by: Actor, client: Client, provider: Partner, warnings: Iterable[str] = (), **data: Any
) -> CourseParticipation:
    fresh = open_active_file(by, client)
    refuse_if(not rules.plan_is_open(fresh), NO_BASIS)
    refuse_if(provider.organisation_id != fresh.organisation_id, "Bitte einen eigenen Kursträger wählen.", "provider")
    course = CourseParticipation(organisation_id=fresh.organisation_id, client=fresh, provider=provider, **data)
    save_checked(course)
    record(course, file=fresh, warnings=warnings)
    return course


@action("course.changed", "hat einen Kurs geändert")
def change_course(
    *, by: Actor, course: CourseParticipation, revision: int | None = None, warnings: Iterable[str] = (), **data: Any
) -> CourseParticipation:
    client, fresh = _opened(by, course, revision)
    changed = change(fresh, data)
    save_checked(fresh)
    record(fresh, file=client, fields=changed, warnings=warnings)
    return fresh


def _opened(by: Actor, course: CourseParticipation, revision: int | None) -> tuple[Client, CourseParticipation]:
    """File first, then the course: the order in which every act on a file takes its locks."""
    client = open_active_file(by, course.client)
    fresh = CourseParticipation.objects.select_for_update().get(pk=course.pk)
    expect_revision(fresh, revision)
    return client, fresh


def _refuse_over(course: CourseParticipation) -> None:
    refuse_if(course.phase == "after", "Dieser Kurs ist schon vorbei.")


@action("course.began", "hat den Beginn eines Kurses festgehalten")
def begin_course(
    *, by: Actor, course: CourseParticipation, on: date, revision: int | None = None
) -> CourseParticipation:
    client, fresh = _opened(by, course, revision)
    _refuse_over(fresh)
    refuse_future(on, "on")
    fresh.began_on = on
    save_checked(fresh)
    record(fresh, file=client, fields=["began_on"])
    return fresh


@action("course.finished", "hat das Ende eines Kurses festgehalten")
def finish_course(
    *,
    by: Actor,
    course: CourseParticipation,
    on: date,
    level_reached: str = "",
    has_certificate: bool | None = None,
    revision: int | None = None,
) -> CourseParticipation:
    client, fresh = _opened(by, course, revision)
    _refuse_over(fresh)
    refuse_future(on, "on")
    refuse_if(fresh.began_on is None, NOT_BEGUN, "on")
    changed = change(fresh, {"finished_on": on, "level_reached": level_reached, "has_certificate": has_certificate})
    save_checked(fresh)
    record(fresh, file=client, fields=changed)
    return fresh


@action("course.dropped_out", "hat einen Kursabbruch festgehalten")
def drop_out(
    *,
    by: Actor,
    course: CourseParticipation,
    on: date,
    reason: str,
    note: str = "",
    follow_up_on: date | None = None,
    follow_up: str = "",
    revision: int | None = None,
) -> CourseParticipation:
    client, fresh = _opened(by, course, revision)
    _refuse_over(fresh)
    refuse_future(on, "on")
    refuse_if(not reason, "Bitte den Grund angeben.", "reason")
    fresh.dropped_out_on, fresh.dropout_reason, fresh.dropout_note = on, reason, note
    fresh.follow_up_on, fresh.follow_up = follow_up_on, follow_up
    save_checked(fresh)
    record(fresh, file=client, reason=reason)
    return fresh


@action("course.taken_back", "hat Ende oder Abbruch eines Kurses zurückgenommen")
def take_back_end(*, by: Actor, course: CourseParticipation, revision: int | None = None) -> CourseParticipation:
    client, fresh = _opened(by, course, revision)
    refuse_if(fresh.phase != "after", "Dieser Kurs ist nicht zu Ende.")
    fresh.finished_on = fresh.dropped_out_on = None
    fresh.dropout_reason = ""
    save_checked(fresh)
    record(fresh, file=client)
    return fresh


@action("course.provider_contacted", "hat mit dem Kursträger gesprochen")
def record_provider_contact(
    *,
    by: Actor,
    course: CourseParticipation,
    on: date,
    names_person: bool,
    note: str = "",
    follow_up_on: date | None = None,
    follow_up: str = "",
    revision: int | None = None,
) -> ProviderContact:
    """Regular contact needs no consent as long as nobody is named; a talk about the person needs hers (CL-21)."""
    client, fresh = _opened(by, course, revision)
    refuse_future(on, "on")
    consent = rules.exchange_consent(client.consents.all(), fresh.provider_id) if names_person else None
    refuse_if(names_person and consent is None, NO_CONSENT, "names_person")
    before = consent is not None and consent.decided_on is not None and on < consent.decided_on
    refuse_if(before, "An diesem Tag lag die Einwilligung noch nicht vor.", "on")
    talk = ProviderContact(
        organisation_id=client.organisation_id,
        client=client,
        course=fresh,
        person_id=by.person_id,
        on=on,
        names_person=names_person,
        consent=consent,
        note=note,
    )
    save_checked(talk)
    fresh.follow_up_on, fresh.follow_up = follow_up_on, follow_up
    save_checked(fresh)
    record(talk, file=client, names_person=names_person)
    return talk
