"""Meetings: to come, of a year, one; planned, changed, invited to, called off, replaced."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formflow import carried_out, refusals_told
from lotse.core.formpages import form_page
from lotse.core.paging import part_of
from lotse.core.typed import asked_year
from lotse.correspondence.calendars import calendar_answer
from lotse.network import rules
from lotse.network.actions import meetings as acts
from lotse.network.actions.invitations import entry_of
from lotse.network.enums import Reply
from lotse.network.forms import meetings as forms
from lotse.network.models import Meeting
from lotse.network.queries import meetings as queries
from lotse.network.queries.agenda import changeable, next_to_present, open_part_begins, plan_of
from lotse.network.queries.around import around
from lotse.network.queries.formats import organised
from lotse.network.queries.inner import sits_inside
from lotse.network.queries.minutes import sent_to
from lotse.network.queries.rhythm import proposals
from lotse.network.views.shared import (
    arranger,
    format_crumbs,
    insider,
    meeting_crumbs,
    meeting_url,
    open_meeting,
    organised_meeting,
    own_format,
    own_meeting,
)

YEARS = range(2000, 2200)


def meetings(request: HttpRequest) -> HttpResponse:
    """To come; with `?vorbei` those that are over, the last first."""
    actor, past = insider(request), "vorbei" in request.GET
    ask = queries.past_meetings if past else queries.coming_meetings
    context = {
        "part": part_of(list(ask(actor, timezone.localtime())), request.GET.get("ab", "")),
        "past": past,
        "may_plan": rules.may_arrange(actor),
        "today": timezone.localdate(),
    }
    return render(request, "network/meetings.html", context)


def year(request: HttpRequest) -> HttpResponse:
    actor, shown = insider(request), _year(request, timezone.localdate().year)
    months = queries.year_of(actor, shown)
    context = {
        "year": shown,
        "months": months,
        "is_planned": any(rows for _month, rows in months),
        "today": timezone.localdate(),
        "may_plan": rules.may_arrange(actor),
    }
    return render(request, "network/year.html", context)


def _year(request: HttpRequest, usual: int) -> int:
    return asked_year(request.GET, YEARS, usual)


def plan_year(request: HttpRequest) -> HttpResponse:
    """Days for every format that was ticked (first all of them), as many as its minimum wants; every line can be changed."""
    actor, today = arranger(request), timezone.localdate()
    shown = _year(request, today.year + 1 if today.month >= 10 else today.year)
    every, asked = organised(actor), request.GET.getlist("format")
    chosen = [found for found in every if found.public_id in asked] if asked else every
    form = forms.YearForm(request.POST or None, actor=actor, rows=proposals(chosen, shown, today))
    made: list[Meeting] = []

    def act() -> None:
        made.extend(acts.plan_meetings(by=actor, planned=form.planned))

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, f"{len(made)} Termine geplant." if len(made) != 1 else "Ein Termin geplant.")
        return redirect(f"{reverse('network:year')}?jahr={shown}")
    context = {"form": form, "year": shown, "formats": every, "chosen": {found.public_id for found in chosen}}
    return render(request, "network/plan_year.html", context)


def meeting(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found, actor = open_meeting(request, meeting_id), request.actor
    plan, places = plan_of(actor, found), queries.places_of(actor, found)
    organises, points = rules.arranges(actor, found.format), changeable(actor, found, plan)
    is_changing = bool(points) and "aendern" in request.GET
    context = {
        "meeting": found,
        "format": found.format,
        "plan": plan,
        "changeable": points,
        "is_changing": is_changing,
        "agenda": "network/_agenda_change.html" if is_changing else "network/_agenda.html",
        "places": places,
        "mine": next((place for place in places if place.person_id == actor.person_id), None),
        "organises": organises,
        "for_network": rules.organises(actor, found.organisation_id),
        "leads": rules.leads(actor, found),
        "inside": found.format.has_inner_part and sits_inside(actor, found),
        "open_begins": open_part_begins(found) if found.format.has_inner_part else None,
        **around(actor, found),
        "suggested": next_to_present(found) if organises and found.format.rotates and not found.presents else None,
        "replaced_by": getattr(found, "replaced_by", None),
        "is_open": found.is_coming,
        "has_begun": found.starts_at - timedelta(minutes=30) <= timezone.now(),
        "is_over": found.ends_at < timezone.now(),
        "sent": sent_to(actor, found) if found.minutes_sent_at else [],
        "invite_by": found.starts_at - timedelta(days=found.format.invite_days),
        "answers": _answers(places),
    }
    return render(request, "network/meeting.html", context)


def _answers(places: list) -> str:
    count = {reply: sum(1 for place in places if place.reply == reply) for reply in Reply}
    return f"{count[Reply.YES]} kommen, {count[Reply.NO]} nicht, {count[Reply.OPEN]} ohne Antwort"


def new_meeting(request: HttpRequest, format_id: str) -> HttpResponse:
    found, actor = own_format(request, format_id), request.actor
    initial = {"lasts": found.lasts, "at": "10:00"}
    form = forms.DayForm(request.POST or None, actor=actor, initial=initial)

    def act() -> str:
        (made,) = acts.plan_meetings(by=actor, planned=[(found, form.day)])
        return meeting_url(made)

    return form_page(
        request,
        form,
        act,
        title="Neuer Termin",
        crumbs=format_crumbs(found),
        done="Geplant. Eingeladen ist noch niemand.",
    )


def edit_meeting(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = own_meeting(request, meeting_id)
    stored = {name: getattr(found, name) for name in ("place", "video_link", "presents", "revision")}
    chosen = {
        name: getattr(found, name).public_id if getattr(found, name) else "" for name in ("moderator", "minute_taker")
    }
    day = forms.DayForm.initial_of(found.starts_at, int(found.lasts.total_seconds() // 60))
    people, rotates = queries.people_in(found), found.format.rotates
    form = forms.MeetingForm(
        request.POST or None, actor=request.actor, people=people, rotates=rotates, initial={**stored, **chosen, **day}
    )

    def act() -> None:
        acts.change_meeting(by=request.actor, meeting=found, day=form.day, **form.parts)

    note = "Wer eingeladen ist, bekommt eine neue Zeit oder einen neuen Ort per Mail." if found.invited_at else ""
    return form_page(request, form, act, title="Termin ändern", crumbs=meeting_crumbs(found), note=note)


def invite(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = own_meeting(request, meeting_id)
    if request.method == "POST":
        with refusals_told(request):
            unreached = [place.name for place in acts.invite(by=request.actor, meeting=found)]
            messages.success(request, "Einladungen sind unterwegs.")
            if unreached:
                messages.warning(
                    request, f"Ohne E-Mail-Adresse: {', '.join(unreached)}. Bitte laden Sie sie anders ein."
                )
    return redirect(meeting_url(found))


def call_off(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = own_meeting(request, meeting_id)
    lasts = int(found.lasts.total_seconds() // 60)
    start = {"at": timezone.localtime(found.starts_at).time()}
    form = forms.CallOffForm(request.POST or None, actor=request.actor, lasts=lasts, initial=start)

    def act() -> str:
        reason, instead = form.cleaned_data["reason"], form.instead
        return meeting_url(acts.call_off(by=request.actor, meeting=found, reason=reason, instead=instead))

    return form_page(
        request,
        form,
        act,
        title="Termin absagen",
        crumbs=meeting_crumbs(found),
        done="Abgesagt.",
        submit="Absagen",
    )


def replacement(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = own_meeting(request, meeting_id)
    day = forms.DayForm.initial_of(found.starts_at, int(found.lasts.total_seconds() // 60))
    form = forms.DayForm(request.POST or None, actor=request.actor, initial={**day, "on": None})

    def act() -> str:
        return meeting_url(acts.find_replacement(by=request.actor, meeting=found, instead=form.day))

    return form_page(request, form, act, title="Ersatztermin", crumbs=meeting_crumbs(found), done="Eingetragen.")


def drop_meeting(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = own_meeting(request, meeting_id)
    if request.method == "POST":
        with refusals_told(request):
            acts.drop_meeting(by=request.actor, meeting=found)
            messages.success(request, "Gelöscht.")
            return redirect("network:format", found.format.public_id)
    return redirect(meeting_url(found))


def new_guest(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = organised_meeting(request, meeting_id)
    form = forms.GuestForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.add_guest(by=request.actor, meeting=found, **form.cleaned_data)

    note = "Gäste kommen zu Teil 2." if found.format.has_inner_part else ""
    return form_page(
        request,
        form,
        act,
        title="Gast einladen",
        crumbs=meeting_crumbs(found),
        done="Eingetragen.",
        note=note,
    )


def remove_place(request: HttpRequest, meeting_id: str, attendance_id: str) -> HttpResponse:
    found = own_meeting(request, meeting_id)
    place = queries.get_place(request.actor, found, attendance_id)
    if request.method == "POST":
        with refusals_told(request):
            acts.remove_place(by=request.actor, place=place)
    return redirect(meeting_url(found))


def reply(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = open_meeting(request, meeting_id)
    place = queries.my_place(request.actor, found)
    answer = request.POST.get("answer", "")
    if place and answer in (Reply.YES, Reply.NO):
        with refusals_told(request):
            acts.reply(by=request.actor, place=place, answer=Reply(answer))
    return redirect(meeting_url(found))


def choose_presenter(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = own_meeting(request, meeting_id)
    suggested = next_to_present(found)
    if request.method == "POST" and suggested:
        acts.choose_presenter(by=request.actor, meeting=found, institution=suggested[0])
    return redirect(meeting_url(found))


def ics(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = open_meeting(request, meeting_id)
    place = queries.my_place(request.actor, found)
    begins = found.starts_at if place and place.in_inner_part else open_part_begins(found)
    return calendar_answer([entry_of(found, begins, is_off=found.is_off)], "termin.ics")
