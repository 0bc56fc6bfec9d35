"""Who speaks for her carrier where: granted, ended early, and the time that it takes (NW-04)."""

from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.network import rules
from lotse.network.models import Attendance, Mandate, NetworkFormat
from lotse.network.models.meetings import MISSING
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.notices import notify
from lotse.organisations.rules import is_for_another
from lotse.organisations.who import actor_for

WHO_GRANTS = "Mandate erteilt die Fachleitung oder die Geschäftsführung des Trägers, bei dem die Person arbeitet."
NOT_HERSELF = "Niemand erteilt sich selbst ein Mandat. Bitte die Geschäftsführung oder eine andere Fachleitung fragen."
NOT_INSIDE = (
    "Dieses Format hat einen geschützten Teil. Ein Mandat bekommt nur, wer berät und weder leitet noch organisiert."
)
TWICE = "Für diese Zeit hat die Person hier schon ein Mandat. Bitte das alte zuerst beenden oder später beginnen."
A_DAY = 24 * 60


@action("mandate.granted", "hat ein Mandat erteilt")
def grant_mandate(
    *, by: Actor, person: Person, format: NetworkFormat, scope: str, valid_from: date, valid_to: date, note: str = ""
) -> Mandate:
    """By who leads the holder's own carrier, for a term. The holder is told by mail."""
    require(rules.grants_mandates(by, person.organisation_id), WHO_GRANTS)
    require(is_for_another(by, person), NOT_HERSELF)
    _refuse_unreachable(by, format)
    holder = locked(person)
    begin = max(valid_from, timezone.localdate())
    refuse_if(not holder.is_at_work_on(begin), "Diese Person arbeitet dann nicht mehr hier.", "person")
    refuse_if(valid_to < timezone.localdate(), "Dieses Ende ist schon vorbei.", "valid_to")
    refuse_if(not rules.may_hold_mandate(actor_for(holder), format), NOT_INSIDE, "person")
    _refuse_second(holder, format, valid_from, valid_to)
    made = Mandate(
        organisation_id=by.organisation_id, person=holder, format=format, granted_by_id=by.person_id, scope=scope.strip(),
        valid_from=valid_from, valid_to=valid_to, note=note,
    )  # fmt: skip
    made.save()
    _tell(made, f"Sie haben ein Mandat für „{format}“, vom {valid_from:%d.%m.%Y} bis {valid_to:%d.%m.%Y}.")
    record(made, valid_from=valid_from, valid_to=valid_to)
    return made


def _refuse_unreachable(by: Actor, format: NetworkFormat) -> None:
    today = timezone.localdate()
    is_known = NetworkFormat.objects.open_for_mandates(by, today).filter(pk=format.pk).exists()
    refuse_if(not is_known, "Zu diesem Format gehört noch niemand aus Ihrem Haus.", "format")
    refuse_if(not format.is_running, "Dieses Format ist beendet.", "format")


def _refuse_second(person: Person, format: NetworkFormat, begin: date, end: date) -> None:
    others = Mandate.objects.filter(person=person, format=format, valid_from__lte=end)
    refuse_if(others.filter(Q(valid_to=None) | Q(valid_to__gte=begin)).exists(), TWICE, "valid_from")


def _tell(mandate: Mandate, text: str) -> None:
    notify([mandate.person], f"Mandat für {mandate.format}", text)


@action("mandate.ended", "hat ein Mandat beendet")
def end_mandate(*, by: Actor, mandate: Mandate, on: date) -> Mandate:
    """`on` is its last day. One that has not begun is taken back."""
    fresh = Mandate.objects.select_for_update(of=("self",)).select_related("person", "format").get(pk=mandate.pk)
    require(rules.ends_mandate(by, fresh), WHO_GRANTS)
    has_begun = fresh.valid_from <= timezone.localdate()
    refuse_if(fresh.valid_to is not None and fresh.valid_to <= on, "Dieses Mandat endet schon vorher.", "on")
    refuse_if(has_begun and on < fresh.valid_from, "Das liegt vor dem Beginn des Mandats.", "on")
    if day := _last_day_inside(fresh):
        refuse_if(
            on < day,
            f"In Teil 1 saß die Person noch am {day:%d.%m.%Y}. Das Mandat endet frühestens an diesem Tag.",
            "on",
        )
    fresh.valid_to = on
    _tell_end(by, fresh)
    record(fresh, on=on)
    fresh.save() if has_begun else fresh.delete()
    return fresh


def _last_day_inside(mandate: Mandate) -> date | None:
    """What she was there for stays hers to read, whoever ends her mandate afterwards (DP-08)."""
    places = Attendance.objects.filter(person_id=mandate.person_id, in_inner_part=True)
    begun = places.filter(meeting__format_id=mandate.format_id, meeting__inner_begun_at__date__gte=mandate.valid_from)
    last = begun.aggregate(last=Max("meeting__inner_begun_at"))["last"]
    return timezone.localdate(last) if last else None


def _tell_end(by: Actor, mandate: Mandate) -> None:
    if mandate.person_id != by.person_id:
        _tell(mandate, f"Ihr Mandat für „{mandate.format}“ endet am {mandate.valid_to:%d.%m.%Y}.")


@action("attendance.time_entered", "hat die eigene Arbeitszeit für ein Treffen eingetragen")
def enter_time(*, by: Actor, attendance: Attendance, minutes: int) -> Attendance:
    """Her own, for a meeting that is over and that she did not miss."""
    fresh = Attendance.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=attendance.pk)
    require(fresh.person_id == by.person_id, "Jede*r trägt die eigene Zeit ein.")
    refuse_if(fresh.meeting.is_off, "Dieses Treffen ist ausgefallen.")
    refuse_if(fresh.meeting.starts_at > timezone.now(), "Das Treffen war noch nicht.")
    refuse_if(
        fresh.presence in MISSING,
        "Laut Protokoll waren Sie nicht da. Bitte sagen Sie es der Moderation, wenn das nicht stimmt.",
    )
    refuse_if(not 0 < minutes <= A_DAY, "Bitte Minuten zwischen 1 und 1440 angeben.", "minutes")
    fresh.minutes = minutes
    fresh.save(update_fields=["minutes"])
    record(fresh, minutes=minutes)
    return fresh
