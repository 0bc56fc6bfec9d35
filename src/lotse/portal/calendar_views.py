"""My appointments in the calendar on my own device, and whether a mail reminds me of them."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from lotse.auditlog.recorder import record_read
from lotse.casework.queries.calendar import calendar
from lotse.core.calendars import CalendarEntry
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.correspondence import queries
from lotse.correspondence.actions import end_feed, make_feed, set_reminder
from lotse.correspondence.calendars import Appointment, anonymous_ref, calendar_answer
from lotse.correspondence.throttle import admit
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.portal.forms import ReminderForm
from lotse.programmes.rules import enters_deadlines

BACK, AHEAD = timedelta(days=30), timedelta(days=365)
WRONG_TOKENS, FETCHES = 20, 30  # in a quarter of an hour: by one address, of one feed


@login_not_required
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """Without a login. The token stands in the query, which no log of the house writes down."""
    found = queries.feed_behind(request.GET.get("t", ""))
    address = get_adapter().get_client_ip(request)
    is_admitted = admit("feed", found[0].public_id, FETCHES) if found else admit("token", address, WRONG_TOKENS)
    if not is_admitted:
        return render(request, "429.html", status=429)
    if found is None:
        raise Http404
    opened, actor = found
    if queries.is_fetch_to_be_logged(opened):
        record_read(by=actor, obj=opened, what="Termine", kind=queries.FETCHED)
    return calendar_answer(anonymous(my_entries(actor)), "termine.ics")


def download(request: HttpRequest) -> HttpResponse:
    return calendar_answer(anonymous(my_entries(_with_calendar(request))), "termine.ics")


def my_entries(actor: Actor) -> list[CalendarEntry]:
    now = timezone.now()
    return [entry for entry in calendar(actor, now - BACK, now + AHEAD) if not entry.is_off]


def anonymous(entries: list[CalendarEntry]) -> list[Appointment]:
    """What leaves the house: that there is something, and when. A deadline is nobody's secret and keeps its name."""
    return [
        Appointment(
            anonymous_ref(e.ref), e.title if e.is_whole_day else "Termin", e.starts_at, lasts=e.lasts,
            is_whole_day=e.is_whole_day,
        )
        for e in entries
    ]  # fmt: skip


def _with_calendar(request: HttpRequest) -> Actor:
    """Who counsels has appointments, who works for agencies has deadlines."""
    actor = request.actor
    if not (actor and (actor.may(Permission.COUNSEL) or enters_deadlines(actor))):
        raise NotAllowed("Diese Seite gehört zur Beratung und zu den Integrationsagenturen.")
    return actor


def calendar_settings(request: HttpRequest) -> HttpResponse:
    actor = _with_calendar(request)
    initial = {"days_before": queries.reminder_days(actor)}
    form = ReminderForm(request.POST or None, actor=actor, initial=initial)
    if request.method == "POST" and carried_out(form, lambda: set_reminder(by=actor, **form.cleaned_data)):
        messages.success(request, "Gespeichert.")
        return redirect("portal:calendar_settings")
    return _settings_page(request, form)


def _settings_page(request: HttpRequest, form: ReminderForm, token: str = "") -> HttpResponse:
    mine = queries.feed_of(request.actor)
    address = f"{settings.BASE_URL}{reverse('portal:feed')}?{urlencode({'t': token})}" if token else ""
    context = {"form": form, "feed": mine, "address": address, "fetched": queries.last_fetched(mine) if mine else None}
    return render(request, "portal/calendar_settings.html", context)


def new_feed(request: HttpRequest) -> HttpResponse:
    """Shows the address on the answer to the click, and never again."""
    actor = _with_calendar(request)
    if request.method != "POST":
        return redirect("portal:calendar_settings")
    token = make_feed(by=actor)
    return _settings_page(request, ReminderForm(initial={"days_before": queries.reminder_days(actor)}), token)


def stop_feed(request: HttpRequest) -> HttpResponse:
    actor = _with_calendar(request)
    mine = queries.feed_of(actor)
    if request.method == "POST" and mine:
        end_feed(by=actor, feed=mine)
        messages.success(request, "Die Adresse ist abgeschaltet.")
    return redirect("portal:calendar_settings")
