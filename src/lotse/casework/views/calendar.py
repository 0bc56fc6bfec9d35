"""The week of a counsellor, and the appointments of a file."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from lotse.casework import queries
from lotse.casework.actions import calendar as acts
from lotse.casework.enums import AppointmentState
from lotse.casework.forms.calendar import AppointmentContactForm, ArrangeForm, HoursForm
from lotse.casework.models import Appointment, Client
from lotse.casework.queries import calendar as calendars
from lotse.casework.schedule import midnight, week_of, weekly
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import actor_of, file_view, form_page, page, require_counsellor, require_reader
from lotse.casework.views.sheets import open_sheet
from lotse.core.calendars import by_day
from lotse.core.formflow import refusals_told
from lotse.core.typed import whole
from lotse.organisations.models import Person, Site
from lotse.organisations.queries import sites_of
from lotse.partners.models import Partner
from lotse.partners.queries import partner_list

TAB = "file_appointments"
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)


def asked_day(request: HttpRequest) -> date:
    """The day in the address; nonsense means today."""
    try:
        day = parse_date(request.GET.get("tag", ""))
    except ValueError:
        day = None
    return day if day and EARLIEST < day < LATEST else timezone.localdate()


@require_reader
def week(request: HttpRequest) -> HttpResponse:
    actor, days = actor_of(request), week_of(asked_day(request))
    text = request.GET.get("wer", "").strip()
    person, people, are_many = calendars.whose_week(actor, request.GET.get("person", ""), text)
    if person is None:
        raise Http404
    entries = calendars.calendar(actor, midnight(days[0]), midnight(days[-1] + timedelta(days=1)), person)
    shown = [(day, rows) for day, rows in by_day(days, entries) if rows or day.weekday() < 5]
    context = {
        "days": shown, "first": days[0], "last": days[-1], "people": people, "person": person, "text": text, "asks_name": are_many or bool(text),
        "is_short": not are_many,
        "today": timezone.localdate(), "before": days[0] - timedelta(days=7), "after": days[-1] + timedelta(days=1),
        "is_mine": person.pk == actor.person_id, "number": days[0].isocalendar().week,
    }  # fmt: skip
    return render(request, "casework/week.html", context)


@require_counsellor
def pick_client(request: HttpRequest) -> HttpResponse:
    """With whom? Search first; without a file it is a note."""
    text = request.GET.get("q", "").strip()
    rows = queries.search_clients(actor_of(request), text, 10) if text else []
    context = {"rows": rows, "text": text, "day": asked_day(request)}
    return render(request, "casework/pick_client.html", context)


@file_view("Termine", tab=TAB)
def file_appointments(request: HttpRequest, client: Client) -> HttpResponse:
    rows = calendars.appointments_of(client)
    now = timezone.now()
    coming = [row for row in reversed(rows) if row.ends_at >= now]
    past = [row for row in rows if row.ends_at < now]
    return page(request, client, "casework/file_appointments.html", coming=coming, past=past)


@file_view("Termin", tab=TAB)
def arrange(request: HttpRequest, client: Client) -> HttpResponse:
    start = {
        **ArrangeForm.initial_for(_proposed(request), client.site.public_id),
        "interpreter_language": client.contact_language if client.interpreter_needed else "",
    }
    sheet = open_sheet(request, client, lambda: start, "appointment")
    desk = Desk(request, client)
    form = desk.form(initial=sheet.initial)

    def act() -> None:
        data = desk.data(form)
        acts.arrange(by=request.actor, client=client, times=form.how_often, warnings=form.acknowledged, **data)

    return _show(request, client, form, act, "Termin vereinbaren", "Termin vereinbart.", sheet, desk)


def _proposed(request: HttpRequest) -> datetime:
    """The next full hour; on another day ten o'clock."""
    now, day = timezone.localtime(), asked_day(request)
    if day == now.date():
        return now.replace(minute=0) + timedelta(hours=1)
    return midnight(day).replace(hour=10)


@file_view("Termin", tab=TAB)
def edit_appointment(request: HttpRequest, client: Client, appointment_id: str) -> HttpResponse:
    appointment = _appointment(request, client, appointment_id)

    def read() -> dict[str, Any]:
        return ArrangeForm.initial_from(_appointment(request, client, appointment_id))

    sheet = open_sheet(request, client, read, f"appointment.{appointment_id}")
    desk = Desk(request, client, appointment)
    form = desk.form(initial=sheet.initial, part_of_series=bool(appointment.series_ref))

    def act() -> None:
        more = {"following": form.is_for_following, "revision": form.cleaned_data["revision"]}
        acts.change_appointment(
            by=request.actor, appointment=appointment, warnings=form.acknowledged, **more, **desk.data(form)
        )

    return _show(request, client, form, act, "Termin ändern", "Termin gespeichert.", sheet, desk)


def _show(
    request: HttpRequest, client: Client, form: ArrangeForm, act: Callable[[], Any], title: str, done: str, sheet: Any,
    desk: "Desk",
) -> HttpResponse:  # fmt: skip
    to = desk.appointment.get_absolute_url() if desk.appointment else f"{client.get_absolute_url()}termine/"
    template = "casework/appointment_form.html"
    return form_page(request, client, form, act, title=title, done=done, to=to, sheet=sheet, template=template)


class Desk:
    """What the form of an appointment offers, and what its choices mean."""

    def __init__(self, request: HttpRequest, client: Client, appointment: Appointment | None = None) -> None:
        self.request, self.client, self.appointment = request, client, appointment
        kept = appointment
        self.people: dict[str, Person] = _by_ref(
            calendars.who_may_hold(request.actor, client), kept.person if kept else None
        )
        self.sites: dict[str, Site] = _by_ref([client.site, *sites_of(request.actor)], kept.site if kept else None)
        self.partners: dict[str, Partner] = _by_ref(
            partner_list(request.actor), kept.interpreter_from if kept else None
        )

    def form(self, **more: Any) -> ArrangeForm:
        return ArrangeForm(
            self.request.POST or None,
            actor=self.request.actor,
            people=[(ref, str(person)) for ref, person in self.people.items()],
            sites=[(ref, site.name) for ref, site in self.sites.items()],
            partners=[(ref, partner.name) for ref, partner in self.partners.items()],
            rooms=calendars.rooms_of(self.sites.values()),
            clashes=self.clashes,
            **more,
        )

    def data(self, form: ArrangeForm) -> dict[str, Any]:
        cleaned = form.cleaned_data
        return {
            **{name: cleaned[name] for name in (*form.TIMING, *form.DETAILS)},
            "person": self.people[cleaned["person"]],
            "site": self.sites[cleaned["site"]],
            "interpreter_from": self.partners.get(cleaned["interpreter_from"] or ""),
        }

    def clashes(self, form: ArrangeForm) -> list[str]:
        """Odd, not wrong: she may be needed twice at once, or the room may be large."""
        data = self.data(form)
        when = (data["on"], data["begins"], data["minutes"])
        try:
            spans = list(weekly(*when, times=form.how_often))
        except ValidationError:
            return []  # the action says it beside the field
        besides = self.appointment.public_id if self.appointment else ""
        return calendars.clashes(spans, data["person"], data["site"], data["room"], besides)


def _by_ref(offered: Any, kept: Any) -> dict[str, Any]:
    """What is stored stays choosable."""
    rows = [*offered, *([kept] if kept else [])]
    return {row.public_id: row for row in rows}


def _appointment(request: HttpRequest, client: Client, appointment_id: str) -> Appointment:
    return calendars.get_file_appointment(request.actor, client, appointment_id)


@file_view("Termin", tab=TAB)
def appointment(request: HttpRequest, client: Client, appointment_id: str) -> HttpResponse:
    row = _appointment(request, client, appointment_id)
    has_begun = row.starts_at <= timezone.now()
    context = {
        "row": row,
        "has_begun": has_begun,
        "expects_contact": calendars.expects_contact(row),
        "offers": _offers(row, has_begun=has_begun),
        "states": AppointmentState,
    }
    return page(request, client, "casework/appointment.html", **context)


def _offers(row: Appointment, *, has_begun: bool) -> list[tuple[str, str]]:
    """The states that may follow, in words for a button."""
    if not row.is_open:
        return [] if row.contact_id else [(AppointmentState.PLANNED, "Zurücknehmen")]
    over = [(AppointmentState.HELD, "stattgefunden"), (AppointmentState.NO_SHOW, "nicht erschienen")]
    off = [(AppointmentState.CANCELLED_BY_CLIENT, "Person hat abgesagt"), (AppointmentState.CANCELLED_BY_US, "wir haben abgesagt")]  # fmt: skip
    return [*(over if has_begun else []), *off]


@file_view("Termin", tab=TAB)
def decide(request: HttpRequest, client: Client, appointment_id: str) -> HttpResponse:
    row = _appointment(request, client, appointment_id)
    if request.method == "POST" and request.POST.get("state") in AppointmentState.values:
        _decide(request, row, AppointmentState(request.POST["state"]))
    return redirect(row.get_absolute_url())


def _decide(request: HttpRequest, row: Appointment, state: AppointmentState) -> None:
    revision = whole(request.POST.get("revision", ""))
    following = request.POST.get("scope") == "following"
    with refusals_told(request):
        acts.set_appointment_state(
            by=request.actor, appointment=row, state=state, following=following, revision=revision
        )
        messages.success(request, f"Festgehalten: {state.label}.")


@file_view("Kontakt", tab=TAB)
def contact_of(request: HttpRequest, client: Client, appointment_id: str) -> HttpResponse:
    """Nothing is typed twice: day, length, channel and interpreter come from the appointment."""
    row, case = _appointment(request, client, appointment_id), open_case_of(request, client)
    sheet = open_sheet(
        request, client, lambda: calendars.contact_prefilled(row), f"appointment.{appointment_id}.contact"
    )
    form = AppointmentContactForm(
        request.POST or None,
        actor=request.actor,
        initial=sheet.initial,
        case=case,
        with_interpreter=bool(row.interpreter_language),
    )

    def act() -> None:
        acts.record_contact_of(
            by=request.actor, appointment=row, case=case, warnings=form.acknowledged, **form.cleaned_data
        )

    title, to = "Kontakt aus dem Termin", client.get_absolute_url()
    return form_page(request, client, form, act, title=title, done="Kontakt gespeichert.", to=to, sheet=sheet)


@file_view("Termin", tab=TAB)
def interpreter_hours(request: HttpRequest, client: Client, appointment_id: str) -> HttpResponse:
    row = _appointment(request, client, appointment_id)

    def read() -> dict[str, Any]:
        fresh = _appointment(request, client, appointment_id)
        return {"used": fresh.interpreter_used or fresh.interpreter_booked, "revision": fresh.revision}

    sheet = open_sheet(request, client, read)
    form = HoursForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        acts.record_interpreter_hours(by=request.actor, appointment=row, **form.cleaned_data)

    title, to = "Stunden der Sprachmittlung", row.get_absolute_url()
    return form_page(request, client, form, act, title=title, done="Gespeichert.", to=to, sheet=sheet)
