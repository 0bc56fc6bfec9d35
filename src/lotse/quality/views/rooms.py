"""The rooms of assessors and board: one procedure each, and nothing of the house beside it (ADR 0045)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lotse.accounts.forms import NewPasswordForm
from lotse.accounts.models import User
from lotse.auditlog.recorder import record_read
from lotse.core.doorless import open_to_all
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.formpages import button
from lotse.core.paging import part_of
from lotse.documents.answers import file_answer
from lotse.quality.actions.certification import agree_schedule
from lotse.quality.actions.guests import InvitedGuest, join_as_guest
from lotse.quality.models import GuestAccess
from lotse.quality.queries import rooms as queries
from lotse.quality.queries.guests import access_behind, account_of, is_guest
from lotse.quality.queries.room_todo import is_asked
from lotse.quality.queries.room_todo import todo as todo_of
from lotse.quality.views.room_shared import (
    ASSESSORS,
    acting,
    address,
    crumbs,
    in_room,
    set_up_first,
    shown,
)

JOINED = "Willkommen. Bitte melden Sie sich an; danach richten Sie Ihren zweiten Faktor ein."


@open_to_all
def invitation(request: HttpRequest) -> HttpResponse:
    """Behind the link of the mail. Whatever does not open looks the same."""
    token = request.POST.get("schluessel") or request.GET.get("schluessel", "")
    access = access_behind(token)
    if access is None or request.user.is_authenticated:
        return render(request, "accounts/invitation_closed.html", status=404)
    known = account_of(access)
    answer = _join_known(request, access) if known else _join_new(request, access)
    if answer:
        messages.success(request, JOINED)
        return redirect("account_login")
    context = {"access": access, "token": token, "form": getattr(request, "joining", None), "known": known}
    return render(request, "guests/invitation.html", context)


def _join_known(request: HttpRequest, access: GuestAccess) -> bool:
    if request.method != "POST":
        return False
    done = []
    with refusals_told(request):
        done.append(join_as_guest(by=InvitedGuest(access), password=None))
    return bool(done)


def _join_new(request: HttpRequest, access: GuestAccess) -> bool:
    owner = User(email=access.email, name=access.participant.name)
    form: Any = NewPasswordForm(request.POST if "password1" in request.POST else None, owner=owner)
    request.joining = form  # type: ignore[attr-defined]
    return request.method == "POST" and carried_out(
        form, lambda: join_as_guest(by=InvitedGuest(access), password=form.cleaned_data["password1"])
    )


def rooms(request: HttpRequest) -> HttpResponse:
    seats = queries.seats(acting(request))
    if not seats and not is_guest(request.user):
        raise Http404
    if elsewhere := set_up_first(request):
        return elsewhere
    if len(seats) == 1:
        return redirect("guests:room", seats[0].certification.public_id)
    part = part_of(seats, request.GET.get("ab", ""))
    return render(request, "guests/rooms.html", {"part": part, "asked": [row.pk for row in part.rows if is_asked(row)]})


@in_room("Übersicht des Verfahrens")
def room(request: HttpRequest, seat: queries.Seat) -> HttpResponse:
    todo, dates = todo_of(seat), queries.schedule(seat)
    return shown(
        request, seat, "guests/room.html", dates=dates, may_agree=queries.may_agree(seat, dates), todo=todo,
        todo_url=address(seat, todo.place) if todo else "",
    )  # fmt: skip


@in_room("Checkliste")
def checklist(request: HttpRequest, seat: queries.Seat) -> HttpResponse:
    part = part_of(queries.handed_in(seat), request.GET.get("ab", ""), size=queries.PART)
    answers = queries.answers(seat, part.rows, queries.draft_report(seat) if seat.is_assessor else None)
    return shown(
        request, seat, "guests/checklist.html", part=part, answers=answers, may_remark=queries.may_remark(seat)
    )  # fmt: skip


@in_room(sides=ASSESSORS)
def evidence(request: HttpRequest, seat: queries.Seat, submission_id: str) -> HttpResponse:
    found = queries.evidence(seat, submission_id)
    record_read(by=seat.actor, obj=found, file=seat.certification, what=f"Nachweis „{found.title}“", kind="downloaded")
    return file_answer(found.file)


@in_room(sides=ASSESSORS)
def schedule(request: HttpRequest, seat: queries.Seat) -> HttpResponse:
    """The assessors agree to what the house has proposed, with one button."""

    def act() -> None:
        agree_schedule(by=seat.actor, certification=seat.certification)

    return button(request, act, address(seat, "room"), "Sie sind mit dem Zeitplan einverstanden.")


@in_room("Rückmeldung")
def feedback(request: HttpRequest, seat: queries.Seat) -> HttpResponse:
    draft = queries.draft_report(seat) if queries.may_remark(seat) else None
    return shown(
        request, seat, "guests/feedback.html", draft=draft, may_remark=queries.may_remark(seat),
        remarks=queries.remarks_of(seat, draft) if draft else [], reports=queries.issued_reports(seat),
    )  # fmt: skip


@in_room("Rückmeldebericht")
def issued(request: HttpRequest, seat: queries.Seat, number: int) -> HttpResponse:
    report = queries.issued_report(seat, number)
    return shown(
        request, seat, "guests/issued.html", report=report, remarks=queries.remarks_of(seat, report),
        crumbs=crumbs(seat, ("Rückmeldung", address(seat, "feedback"))),
    )  # fmt: skip


@in_room("Auditbericht")
def report(request: HttpRequest, seat: queries.Seat) -> HttpResponse:
    found = queries.audit_report(seat)
    may_write = seat.is_assessor and not (found and found.presented_on)
    return shown(
        request, seat, "guests/report.html", report=found, may_write=may_write and queries.may_report(seat),
        may_present=may_write and queries.may_present(seat),
    )  # fmt: skip
