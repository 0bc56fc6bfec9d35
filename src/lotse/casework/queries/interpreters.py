"""Interpreters by language and hours, of the files the actor reads; every sum opens to its appointments."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from lotse.casework.models import Appointment
from lotse.casework.models.calendar import AppointmentQuerySet
from lotse.casework.schedule import midnight
from lotse.organisations.actor import Actor


@dataclass(frozen=True)
class LanguageHours:
    language: str
    appointments: int
    booked: Decimal
    used: Decimal
    without_hours: int


def hours_by_language(actor: Actor, start: date, end: date) -> list[LanguageHours]:
    """Most appointments first. Hours that nobody has written down are counted apart, never as zero."""
    used = Sum("interpreter_used")
    open_ones = Count("id", filter=Q(interpreter_used=None))
    rows = _with_interpreter(actor, start, end).order_by().values("interpreter_language")
    found = rows.annotate(n=Count("id"), booked=Sum("interpreter_booked"), used=used, open_ones=open_ones)
    return [
        LanguageHours(
            r["interpreter_language"], r["n"], r["booked"] or Decimal(0), r["used"] or Decimal(0), r["open_ones"]
        )
        for r in found.order_by("-n", "interpreter_language")
    ]


def appointments_in(actor: Actor, start: date, end: date, language: str) -> list[Appointment]:
    rows = _with_interpreter(actor, start, end).filter(interpreter_language=language)
    return list(rows.select_related("client", "interpreter_from", "person").order_by("starts_at", "id")[:200])


def _with_interpreter(actor: Actor, start: date, end: date) -> AppointmentQuerySet:
    within = {"starts_at__gte": midnight(start), "starts_at__lt": midnight(end + timedelta(days=1))}
    rows = Appointment.objects.visible_to(actor).shown().filter(**within)
    return rows.interpreted()
