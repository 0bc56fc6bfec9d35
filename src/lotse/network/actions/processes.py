"""Ways of a network, step by step; what it rests on, rated once a year; and what was done for others (NW-14)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.core.fields import FUTURE
from lotse.network import rules
from lotse.network.enums import Met, OutreachKind
from lotse.network.guides import foundations, guides
from lotse.network.models import Meeting, NetworkFormat, Outreach, PreconditionRating, Process, ProcessStep
from lotse.organisations.actions.shared import change, locked, revise
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person
from lotse.partners.models import Partner

WHO_STEERS = "Das macht, wer das Netzwerk organisiert oder den Träger leitet."
OVER = "Dieser Weg ist abgeschlossen."
STRANGER = "Bitte jemanden aus dem eigenen Haus wählen."


@action("process.begun", "hat einen Optimierungsprozess begonnen")
def begin_process(*, by: Actor, kind: str, lead: Person, format: NetworkFormat | None = None) -> Process:
    """With all its steps, none of them given to anybody."""
    require(rules.steers(by, by.organisation_id), WHO_STEERS)
    _refuse_stranger(by, lead, "lead")
    guide = guides().get(kind)
    if guide is None:
        raise ValidationError("Diesen Weg gibt es nicht.")
    house = {"organisation_id": by.organisation_id}
    made = Process(**house, kind=kind, version=guide.version, format=format, lead=lead, begun_on=timezone.localdate())
    made.save()
    steps = [ProcessStep(**house, process=made, key=item.key, position=n) for n, item in enumerate(guide.items, 1)]
    ProcessStep.objects.bulk_create(steps)
    record(made, kind=kind, version=guide.version)
    return made


def _refuse_stranger(by: Actor, person: Person | None, field: str) -> None:
    refuse_if(person is not None and person.organisation_id != by.organisation_id, STRANGER, field)


@action("process.step_kept", "hat einen Schritt der Optimierung festgehalten")
def keep_step(
    *, by: Actor, step: ProcessStep, responsible: Person | None = None, due_on: date | None = None,
    done_on: date | None = None, note: str = "", meeting: Meeting | None = None, revision: int | None = None,
) -> ProcessStep:  # fmt: skip
    """Who, until when, done on which day, what came of it, and where."""
    fresh = ProcessStep.objects.select_for_update(of=("self",)).select_related("process").get(pk=step.pk)
    require(rules.works_on_step(by, fresh), WHO_STEERS)
    refuse_if(fresh.process.ended_on is not None, OVER)
    _refuse_stranger(by, responsible, "responsible")
    today = timezone.localdate()
    refuse_if(done_on is not None and done_on > today, FUTURE, "done_on")
    given = {"responsible": responsible, "due_on": due_on, "done_on": done_on, "note": note, "meeting": meeting}
    changed = revise(fresh, given, revision)
    record(fresh, fields=changed)
    return fresh


@action("process.ended", "hat einen Optimierungsprozess abgeschlossen")
def end_process(*, by: Actor, process: Process, on: date, conclusion: str) -> Process:
    """Also before every step is done: then the conclusion says why."""
    fresh = locked(process)
    require(rules.steers(by, fresh.organisation_id), WHO_STEERS)
    refuse_if(fresh.ended_on is not None, OVER)
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    refuse_if(on < fresh.begun_on, "Das liegt vor dem Beginn.", "on")
    refuse_if(not conclusion.strip(), "Bitte festhalten, was herauskam.", "conclusion")
    fresh.ended_on, fresh.conclusion = on, conclusion
    fresh.save()
    record(fresh, on=on)
    return fresh


@action("precondition.rated", "hat eine Voraussetzung des Netzwerks eingeschätzt")
def rate_precondition(
    *, by: Actor, format: NetworkFormat, key: str, year: int, met: Met, sentence: str, revision: int | None = None
) -> PreconditionRating:
    """One for each year; within the year it can be put right."""
    require(rules.steers(by, format.organisation_id), WHO_STEERS)
    today = timezone.localdate()
    refuse_if(foundations().item(key) is None, "Diese Frage gibt es nicht.")
    refuse_if(
        not format.begun_on.year <= year <= today.year, "Bitte ein Jahr wählen, in dem es das Format gab.", "year"
    )
    refuse_if(not sentence.strip(), "Bitte in einem Satz begründen.", "sentence")
    known = PreconditionRating.objects.select_for_update().filter(format=format, key=key, year=year).first()
    if known is not None:
        refuse_if_changed(known, revision)
    row = known or PreconditionRating(
        organisation_id=format.organisation_id, format=format, key=key, year=year, revision=0
    )
    row.met, row.sentence, row.on, row.by_label, row.revision = met, sentence, today, by.label, row.revision + 1
    row.save()
    record(row, key=key, year=year, met=str(met))
    return row


ENTERS = {Permission.MANAGE_PARTNERS, Permission.ORGANISE_NETWORK, Permission.GRANT_MANDATES}


def _outreach_keeper(by: Actor, organisation_id: int) -> None:
    is_allowed = by.organisation_id == organisation_id and not by.permissions.isdisjoint(ENTERS)
    require(is_allowed, "Das trägt ein, wer berät, Partner pflegt oder das Netzwerk organisiert.")


@action("outreach.entered", "hat eine Veranstaltung für andere eingetragen")
def enter_outreach(
    *, by: Actor, kind: OutreachKind, on: date, title: str, partner: Partner | None = None, reached: int | None = None
) -> Outreach:
    _outreach_keeper(by, by.organisation_id)
    refuse_if(on > timezone.localdate(), "Bitte erst eintragen, wenn es stattgefunden hat.", "on")
    made = Outreach(
        organisation_id=by.organisation_id, kind=kind, on=on, title=title.strip(), partner=partner, reached=reached,
        entered_by_id=by.person_id,
    )  # fmt: skip
    made.save()
    record(made, kind=str(kind), on=on)
    return made


@action("outreach.changed", "hat eine Veranstaltung für andere geändert")
def change_outreach(*, by: Actor, outreach: Outreach, **given: Any) -> Outreach:
    fresh = locked(outreach)
    _outreach_keeper(by, fresh.organisation_id)
    refuse_if(given["on"] > timezone.localdate(), "Bitte erst eintragen, wenn es stattgefunden hat.", "on")
    changed = change(fresh, given)
    fresh.save()
    record(fresh, fields=changed)
    return fresh


@action("outreach.removed", "hat eine Veranstaltung für andere gelöscht")
def remove_outreach(*, by: Actor, outreach: Outreach) -> None:
    fresh = locked(outreach)
    _outreach_keeper(by, fresh.organisation_id)
    record(fresh, kind=fresh.kind, on=fresh.on)
    fresh.delete()
