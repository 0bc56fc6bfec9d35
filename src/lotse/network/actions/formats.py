"""Formats and who belongs to them: begun, changed, ended by who organises."""

from datetime import date
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.network import rules
from lotse.network.enums import Function
from lotse.network.models import Member, NetworkFormat
from lotse.network.packaged import kind as known
from lotse.network.queries.people import address_of, person_behind
from lotse.organisations.actions.shared import change, locked, revise
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person

NOT_YOURS = "Formate pflegt, wer im Haus Runden und Foren organisiert."
ENDED = "Dieses Format ist beendet."
TEAM_ONLY = "Teambesprechungen haben keinen geschützten Teil, brauchen kein Mandat und geben keine Themen weiter."
HOUSE_ONLY = (
    "Zu einer Teambesprechung gehören Kolleg*innen des eigenen Hauses. Andere lädt ein, wer im Haus Runden organisiert."
)
BEYOND_TEAM = ("kind", "has_inner_part", "needs_mandate", "needs_speaker", "reports_to")
NEEDS_ACCOUNT = "An Teil 1 nimmt nur teil, wer berät, nichts leitet und mit dieser Adresse ein Konto hat."


def _locked(by: Actor, found: NetworkFormat) -> NetworkFormat:
    fresh = locked(found)
    require(rules.arranges(by, fresh), NOT_YOURS)
    return fresh


def _refuse_beyond_team(by: Actor, format: NetworkFormat, parts: dict[str, Any]) -> None:
    """Who leads a team only makes no network of it."""
    is_network = any(parts.get(name) for name in BEYOND_TEAM)
    refuse_if(is_network and not rules.organises(by, format.organisation_id), TEAM_ONLY)


@action("format.begun", "hat ein Format angelegt")
def begin_format(*, by: Actor, kind: str, **parts: Any) -> NetworkFormat:
    """Who leads a team belongs to it from the beginning, so that she sees its dates."""
    made = NetworkFormat(organisation_id=by.organisation_id, kind=kind, **{"level": known(kind).level, **parts})
    require(rules.arranges(by, made), NOT_YOURS)
    _refuse_beyond_team(by, made, parts)
    made.save()
    record(made, kind=kind)
    if not rules.organises(by, made.organisation_id):
        _join(by, made)
    return made


def _join(by: Actor, format: NetworkFormat) -> None:
    lead = Person.objects.select_related("user").get(pk=by.person_id)
    Member.objects.create(
        organisation_id=format.organisation_id, format=format, person=lead, name=str(lead), email=address_of(lead),
        function=Function.ORGANISER, valid_from=min(format.begun_on, timezone.localdate()),
    )  # fmt: skip


@action("format.changed", "hat ein Format geändert")
def change_format(*, by: Actor, format: NetworkFormat, revision: int | None = None, **parts: Any) -> NetworkFormat:
    fresh = _locked(by, format)
    _refuse_beyond_team(by, fresh, parts)
    changed = revise(fresh, parts, revision)
    record(fresh, fields=changed)
    return fresh


@action("format.ended", "hat ein Format beendet")
def end_format(*, by: Actor, format: NetworkFormat, on: date) -> NetworkFormat:
    fresh = _locked(by, format)
    refuse_if(not fresh.is_running, ENDED)
    fresh.ended_on = on
    fresh.save()
    record(fresh, on=on)
    return fresh


@action("network_member.added", "hat ein Mitglied in ein Format aufgenommen")
def add_member(
    *, by: Actor, format: NetworkFormat, colleague: Person | None = None, name: str = "", email: str = "", **parts: Any
) -> Member:
    """A colleague of the own house is picked; everybody else is known by her address only."""
    fresh = _locked(by, format)
    refuse_if(not fresh.is_running, ENDED)
    _refuse_strangers(by, fresh, colleague, email)
    person = colleague or person_behind(email)
    if colleague:
        name, email = name or str(colleague), email or address_of(colleague)
    refuse_if(not name, "Bitte eine Person auswählen oder einen Namen angeben.", "name")
    made = Member(
        organisation_id=fresh.organisation_id, format=fresh, person=person, name=name, email=email,
        valid_from=timezone.localdate(), **parts,
    )  # fmt: skip
    _refuse_twice(made)
    _refuse_wrong_inside(made)
    made.save()
    record(made, function=str(made.function))
    return made


def _refuse_strangers(by: Actor, format: NetworkFormat, colleague: Person | None, email: str) -> None:
    """What is written of a team goes to its house only, unless who organises networks says otherwise."""
    is_colleague = colleague is not None and colleague.organisation_id == format.organisation_id
    is_inside = is_colleague and email in ("", address_of(colleague))  # type: ignore[arg-type]
    refuse_if(not (is_inside or rules.organises(by, format.organisation_id)), HOUSE_ONLY, "colleague")


def _refuse_twice(member: Member) -> None:
    same = Member.objects.filter(format=member.format, email__iexact=member.email, valid_to=None).exclude(pk=member.pk)
    refuse_if(bool(member.email) and same.exists(), "Diese Adresse gehört schon dazu.", "email")


def _refuse_wrong_inside(member: Member) -> None:
    """Asked again whenever somebody looks; here only so that nobody is promised a place that she cannot take."""
    if member.in_inner_part:
        refuse_if(not member.format.has_inner_part, "Dieses Format hat keinen geschützten Teil.", "in_inner_part")
        refuse_if(member.person is None or member.function == Function.ORGANISER, NEEDS_ACCOUNT, "in_inner_part")


@action("network_member.changed", "hat ein Mitglied eines Formats geändert")
def change_member(*, by: Actor, member: Member, **parts: Any) -> Member:
    _locked(by, member.format)
    fresh = Member.objects.select_for_update(of=("self",)).select_related("format").get(pk=member.pk)
    changed = change(fresh, parts)
    refuse_if("email" in changed and not rules.organises(by, fresh.organisation_id), HOUSE_ONLY, "email")
    if "email" in changed:
        fresh.person = _behind(fresh)
    _refuse_twice(fresh)
    _refuse_wrong_inside(fresh)
    fresh.save()
    record(fresh, fields=changed)
    return fresh


def _behind(member: Member) -> Person | None:
    """Another address may be another person; a colleague stays who she is."""
    is_colleague = member.person is not None and member.person.organisation_id == member.organisation_id
    return member.person if is_colleague else person_behind(member.email)


@action("network_member.ended", "hat die Mitgliedschaft in einem Format beendet")
def end_member(*, by: Actor, member: Member, on: date) -> Member:
    _locked(by, member.format)
    fresh = locked(member)
    fresh.valid_to = max(on, fresh.valid_from)
    fresh.save()
    record(fresh, on=on)
    return fresh
