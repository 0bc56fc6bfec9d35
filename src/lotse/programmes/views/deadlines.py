"""Deadlines: the list, the year, one with its history and its next step."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.queries import history_page
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, form_page
from lotse.core.paging import keyset
from lotse.organisations.actor import Actor
from lotse.programmes import rules
from lotse.programmes.actions import obligations as acts
from lotse.programmes.enums import ObligationState as State
from lotse.programmes.forms.deadlines import DropForm, ReturnForm, StepForm
from lotse.programmes.models import Obligation
from lotse.programmes.queries import obligations as queries

CLOSED = "Fristen sehen Integrationsfachkräfte und wer Integrationsagenturen begleitet."
PAGE = 50


def insider(request: HttpRequest) -> Actor:
    if not (request.actor and rules.enters_deadlines(request.actor)):
        raise NotAllowed(CLOSED)
    return request.actor


def deadlines(request: HttpRequest) -> HttpResponse:
    actor, today, asked = insider(request), timezone.localdate(), queries.Asked.of(request.GET)
    rows = asked.narrow(queries.obligations(actor), today)
    page = keyset(rows, request.GET.get("ab", ""), by="internal_due", size=PAGE)
    context = {
        "page": page,
        "rows": [_stand(row, today) for row in page.rows],
        "asked": asked,
        "stands": queries.STANDS,
        "bearers": queries.bearers(actor)[:300],
        "years": range(today.year - 1, today.year + 3),
        "today": today,
        "coordinates": bool(actor.released_paths),
    }
    return render(request, "deadlines/list.html", context)


def year(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    shown = queries.Asked.of(request.GET).year or today.year
    return render(
        request,
        "deadlines/year.html",
        {"months": queries.year_of(actor, shown), "year": shown, "today": today},
    )


def _open(request: HttpRequest, obligation_id: str) -> Obligation:
    return queries.get_obligation(insider(request), obligation_id)


def _to(row: Obligation) -> str:
    return reverse("deadlines:obligation", args=[row.public_id])


def _crumbs(row: Obligation) -> list[Crumb]:
    return [("Fristen", reverse("deadlines:list")), (str(row), _to(row))]


def obligation(request: HttpRequest, obligation_id: str) -> HttpResponse:
    row, today = _open(request, obligation_id), timezone.localdate()
    context = {
        **_stand(row, today),
        **_what_next(request.actor, row),
        "came_late": _is_after(row.submitted_on, row.internal_due),
        "went_late": _is_after(row.sent_on, row.external_due),
        "is_weekend": row.is_open and any(day and day.weekday() >= SATURDAY for day in row.days[:2]),
        "history": history_page(queries.history_of(row)),
    }
    return render(request, "deadlines/obligation.html", context)


def _is_after(done_on: date | None, due: date | None) -> bool:
    return bool(done_on and due) and not rules.is_done_in_time(done_on, due)


def _what_next(actor: Actor, row: Obligation) -> dict[str, Any]:
    step = _next(row)
    may_go = bool(step) and _may(actor, row, step)
    return {
        "step": (step, STEPS[step][0]) if may_go else None,
        "waits_for": "" if may_go else WAITS.get(step, ""),
        "coordinates": rules.coordinates(actor, row.bearer),
        "may_return": row.state in acts.BEFORE[State.REWORK],
    }


SATURDAY = 5
TONES = {
    State.ACCEPTED: "good",
    State.SUBMITTED_EXTERNAL: "good",
    State.REWORK: "warn",
    State.UPCOMING: "none",
    State.DROPPED: "none",
}


def _stand(row: Obligation, today: date) -> dict[str, Any]:
    late = row.is_overdue_internal(today) or row.is_overdue_external(today)
    return {"row": row, "today": today, "late": late, "tone": TONES.get(State(row.state), "")}


# What comes next: address, label, what was done, the act.
STEPS: dict[str, tuple[str, str, Callable[..., Any]]] = {
    "deadlines:hand_in": ("Einreichen", "Eingereicht.", acts.hand_in_obligation),
    "deadlines:check": ("Als geprüft eintragen", "Geprüft.", acts.check_obligation),
    "deadlines:send": ("Bei der Behörde abgegeben", "Eingetragen.", acts.send_obligation),
    "deadlines:accept": ("Von der Behörde angenommen", "Eingetragen.", acts.accept_obligation),
}
HAND_IN, CHECK, SEND, ACCEPT = STEPS
NEXT = {
    State.UPCOMING: HAND_IN,
    State.REWORK: HAND_IN,
    State.SUBMITTED_INTERNAL: CHECK,
    State.CHECKED: SEND,
    State.SUBMITTED_EXTERNAL: ACCEPT,
}
WAITS = {
    CHECK: "Die Koordination prüft.",
    SEND: "Die Koordination gibt es bei der Behörde ab.",
    HAND_IN: "Noch nicht eingereicht.",
}


def _next(row: Obligation) -> str:
    is_over = row.state == State.CHECKED and row.external_due is None
    return "" if is_over else NEXT.get(State(row.state), "")


def _may(actor: Actor, row: Obligation, step: str) -> bool:
    return rules.hands_in(actor, row.bearer) if step == HAND_IN else rules.coordinates(actor, row.bearer)


def _go(request: HttpRequest, obligation_id: str, step: str) -> HttpResponse:
    row = _open(request, obligation_id)
    if not _may(request.actor, row, step):
        raise NotAllowed(acts.WHO_HANDS_IN if step == HAND_IN else acts.WHO_CHECKS)
    label, done, verb = STEPS[step]
    form = StepForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        verb(by=request.actor, obligation=row, **form.cleaned_data)

    return form_page(request, form, act, title=label, crumbs=_crumbs(row), done=done, submit="Eintragen")


def hand_in(request: HttpRequest, obligation_id: str) -> HttpResponse:
    return _go(request, obligation_id, HAND_IN)


def check(request: HttpRequest, obligation_id: str) -> HttpResponse:
    return _go(request, obligation_id, CHECK)


def send(request: HttpRequest, obligation_id: str) -> HttpResponse:
    return _go(request, obligation_id, SEND)


def accept(request: HttpRequest, obligation_id: str) -> HttpResponse:
    return _go(request, obligation_id, ACCEPT)


def give_back(request: HttpRequest, obligation_id: str) -> HttpResponse:
    row = _coordinated(request, obligation_id)
    form = ReturnForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.return_obligation(by=request.actor, obligation=row, **form.cleaned_data)

    done = "Zurückgegeben. Wer einreicht, bekommt eine Nachricht."
    return form_page(request, form, act, title="Nachbessern lassen", crumbs=_crumbs(row), done=done)


def drop(request: HttpRequest, obligation_id: str) -> HttpResponse:
    row = _coordinated(request, obligation_id)
    form = DropForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.drop(by=request.actor, obligation=row, **form.cleaned_data)

    return form_page(request, form, act, title="Frist entfällt", crumbs=_crumbs(row), done="Eingetragen.")


def _coordinated(request: HttpRequest, obligation_id: str) -> Obligation:
    row = _open(request, obligation_id)
    if not rules.coordinates(request.actor, row.bearer):
        raise NotAllowed(acts.WHO_CHECKS)
    return row
