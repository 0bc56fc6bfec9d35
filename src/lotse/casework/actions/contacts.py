from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Max

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.cases import NO_BASIS
from lotse.casework.actions.file import expect_revision, open_case_of_file, refuse_future, save_checked
from lotse.casework.models import Assessment, Contact, ContactTopic, CounsellingCase
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor


@action("contact.recorded", "hat einen Kontakt erfasst")
def record_contact(
    *,
    by: Actor,
    case: CounsellingCase,
    on: date,
    channel: str,
    topics: Collection[str],
    minutes: int | None = None,
    note: str = "",
    next_step_on: date | None = None,
    next_step: str = "",
    warnings: Iterable[str] = (),
    **data: Any,
) -> Contact:
    """A contact, and in the same breath the next step if one is named."""
    client, fresh = open_case_of_file(by, case)
    refuse_future(on, "on")
    refuse_if(on < fresh.first_contact_on, "Das Datum liegt vor dem Erstkontakt.", "on")
    refuse_if(bool(note) and not rules.plan_is_open(client), NO_BASIS, "note")
    contact = Contact(
        organisation_id=client.organisation_id,
        client=client,
        case=fresh,
        counsellor_id=by.person_id,
        on=on,
        channel=channel,
        minutes=minutes,
        note=note,
        **data,
    )
    save_checked(contact)
    _add_topics(contact, topics)
    _remember(fresh, on, next_step_on, next_step)
    record(contact, file=client, warnings=warnings)
    return contact


def _add_topics(contact: Contact, topics: Collection[str]) -> None:
    refuse_if(not topics, "Bitte mindestens ein Thema wählen.", "topics")
    ContactTopic.objects.bulk_create(ContactTopic(contact=contact, topic=topic) for topic in dict.fromkeys(topics))


def _remember(case: CounsellingCase, on: date, next_step_on: date | None, next_step: str) -> None:
    case.last_contact_on = max(on, case.last_contact_on or on)
    if next_step_on:
        case.next_step_on, case.next_step, case.no_next_step_reason = next_step_on, next_step, ""
    case.save(update_fields=["last_contact_on", "next_step_on", "next_step", "no_next_step_reason"])


@action("contact.changed", "hat einen Kontakt geändert")
def update_contact(
    *,
    by: Actor,
    contact: Contact,
    topics: Collection[str],
    revision: int | None = None,
    warnings: Iterable[str] = (),
    **data: Any,
) -> Contact:
    client, case = open_case_of_file(by, contact.case)
    fresh = Contact.objects.select_for_update().get(pk=contact.pk)
    expect_revision(fresh, revision)
    changed = change(fresh, data)
    refuse_future(fresh.on, "on")
    refuse_if(fresh.on < case.first_contact_on, "Das Datum liegt vor dem Erstkontakt.", "on")
    refuse_if(bool(fresh.note) and not rules.plan_is_open(client), NO_BASIS, "note")
    save_checked(fresh)
    fresh.topics.all().delete()
    _add_topics(fresh, topics)
    case.last_contact_on = case.contacts.aggregate(last=Max("on"))["last"]
    case.save(update_fields=["last_contact_on"])
    record(fresh, file=client, fields=changed, warnings=warnings)
    return fresh


@action("assessment.recorded", "hat eine Analyse festgehalten")
def record_assessment(*, by: Actor, case: CounsellingCase, kind: str, conducted_on: date, **texts: str) -> Assessment:
    client, fresh = open_case_of_file(by, case)
    refuse_if(not rules.part_a_is_open(client), NO_BASIS)
    refuse_future(conducted_on, "conducted_on")
    assessment = Assessment(
        organisation_id=client.organisation_id, client=client, case=fresh, kind=kind, conducted_on=conducted_on, **texts
    )
    save_checked(assessment)
    record(assessment, file=client)
    return assessment
