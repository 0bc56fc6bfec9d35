"""What the assessors do in their room: feedback report, visit, audit report. They never vote and never decide (QM-09)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lotse.core.formpages import button, form_page
from lotse.quality.actions import assessing as acts
from lotse.quality.forms import rooms as forms
from lotse.quality.forms.rooms import RemarkForm
from lotse.quality.models import Visit
from lotse.quality.queries import rooms as queries
from lotse.quality.queries.rooms import Seat
from lotse.quality.views.room_shared import ASSESSORS, address, crumbs, framed, in_room, shown
from lotse.quality.views.shared import words_page

FEEDBACK, VISIT, REPORT = "Rückmeldung", "Besuch", "Auditbericht"


def _page(request: HttpRequest, seat: Seat, form: Any, act: Any, place: tuple[str, str], **more: Any) -> HttpResponse:
    """A form of the room; it goes on to its place."""
    return form_page(request, form, act, **_in_place(request, seat, place), **more)


def _text(
    request: HttpRequest, seat: Seat, form: Any, act: Any, place: tuple[str, str], *, key: str, ref: str = "", **more: Any
) -> HttpResponse:  # fmt: skip
    """A form of long texts keeps what is typed while it is typed."""
    return words_page(
        request, form, act, by=seat.actor, key=f"guest-{key}", ref=ref or seat.certification.public_id,
        **_in_place(request, seat, place), **more,
    )  # fmt: skip


def _in_place(request: HttpRequest, seat: Seat, place: tuple[str, str]) -> dict[str, Any]:
    label, name = place
    return {"crumbs": crumbs(seat, (label, address(seat, name))), **framed(request, seat)}


@in_room("Rückmeldung", sides=ASSESSORS)
def remark(request: HttpRequest, seat: Seat, criterion_id: str) -> HttpResponse:
    criterion = queries.answered_criterion(seat, criterion_id)
    form = RemarkForm(request.POST or None, remark=queries.remark_on(seat, criterion))

    def act() -> str:
        acts.remark(by=seat.actor, certification=seat.certification, criterion=criterion, **form.cleaned_data)
        return f"{address(seat, 'checklist')}?ab={queries.place_of(seat, criterion)}#{criterion.public_id}"

    return _text(
        request, seat, form, act, ("Checkliste", "checklist"), key="remark",
        ref=f"{seat.certification.public_id}-{criterion.public_id}", title=f"Rückmeldung zu {criterion.code}",
        lead=criterion.text,
    )  # fmt: skip


@in_room("Rückmeldung", sides=ASSESSORS)
def summary(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = forms.SummaryForm(request.POST or None, report=queries.draft_report(seat))

    def act() -> None:
        acts.write_feedback(by=seat.actor, certification=seat.certification, **form.cleaned_data)

    return _text(request, seat, form, act, (FEEDBACK, "feedback"), key="summary", title="Zusammenfassung")


@in_room(sides=ASSESSORS)
def issue(request: HttpRequest, seat: Seat) -> HttpResponse:
    def act() -> None:
        acts.issue_feedback(by=seat.actor, certification=seat.certification)

    return button(request, act, address(seat, "feedback"), "Der Rückmeldebericht ist ausgegeben.")


@in_room("Besuch", sides=ASSESSORS)
def visit(request: HttpRequest, seat: Seat) -> HttpResponse:
    found = queries.visit_of(seat)
    return shown(
        request, seat, "guests/visit.html", visit=found, notes=queries.notes_of(seat), checks=queries.checks_of(seat),
        may_plan=queries.may_visit(seat), is_open=bool(found and not found.done_on),
    )  # fmt: skip


@in_room(sides=ASSESSORS)
def plan(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = forms.VisitForm(request.POST or None, visit=queries.visit_of(seat))

    def act() -> None:
        acts.plan_visit(by=seat.actor, certification=seat.certification, **form.cleaned_data)

    return _page(request, seat, form, act, (VISIT, "visit"), title="Besuch planen")


@in_room(sides=ASSESSORS)
def note(request: HttpRequest, seat: Seat) -> HttpResponse:
    form, found = forms.NoteForm(request.POST or None, note=None), _visit(seat)

    def act() -> None:
        acts.note_interview(by=seat.actor, visit=found, **form.cleaned_data)

    return _text(request, seat, form, act, (VISIT, "visit"), key="note", title="Gespräch notieren")


@in_room("Gesprächsnotiz", sides=ASSESSORS)
def edit_note(request: HttpRequest, seat: Seat, interview_note_id: str) -> HttpResponse:
    found = queries.get_note(seat, interview_note_id)
    form = forms.NoteForm(request.POST or None, note=found)

    def act() -> None:
        acts.note_interview(by=seat.actor, visit=found.visit, note=found, **form.cleaned_data)

    return _text(request, seat, form, act, (VISIT, "visit"), key="note", ref=found.public_id, title="Gespräch")


@in_room(sides=ASSESSORS)
def paper(request: HttpRequest, seat: Seat) -> HttpResponse:
    form, found = forms.PaperForm(request.POST or None), _visit(seat)

    def act() -> None:
        acts.add_check(by=seat.actor, visit=found, **form.cleaned_data)

    return _page(request, seat, form, act, (VISIT, "visit"), title="Dokument auf die Liste setzen")


@in_room("Prüfung vor Ort", sides=ASSESSORS)
def check(request: HttpRequest, seat: Seat, on_site_check_id: str) -> HttpResponse:
    found = queries.get_check(seat, on_site_check_id)
    form = forms.CheckForm(request.POST or None, check=found)

    def act() -> None:
        acts.check_on_site(by=seat.actor, check=found, **form.cleaned_data)

    return _page(request, seat, form, act, (VISIT, "visit"), title=found.title)


@in_room(sides=ASSESSORS)
def finish(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = forms.DoneForm(request.POST or None, today=timezone.localdate())

    def act() -> None:
        acts.finish_visit(by=seat.actor, certification=seat.certification, **form.cleaned_data)

    return _page(request, seat, form, act, (VISIT, "visit"), title="Besuch abschließen", submit="Abschließen")


@in_room("Auditbericht", sides=ASSESSORS)
def write(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = forms.ReportForm(request.POST or None, report=queries.audit_report(seat))

    def act() -> None:
        acts.write_report(by=seat.actor, certification=seat.certification, **form.cleaned_data)

    return _text(request, seat, form, act, (REPORT, "report"), key="report", title="Auditbericht")


@in_room(sides=ASSESSORS)
def present(request: HttpRequest, seat: Seat) -> HttpResponse:
    def act() -> None:
        acts.present_report(by=seat.actor, certification=seat.certification)

    return button(request, act, address(seat, "report"), "Der Auditbericht liegt dem Beirat vor.")


def _visit(seat: Seat) -> Visit:
    found = queries.visit_of(seat)
    if found is None:
        raise Http404
    return found
