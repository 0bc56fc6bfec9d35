"""Changes of posts: told by the carrier in two steps, read by both."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.forms import LotseForm
from lotse.core.paging import keyset
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.funding import rules
from lotse.funding.actions import staff as acts
from lotse.funding.actions.staff_takeover import obstacle, steps
from lotse.funding.actions.staff_takeover import take_over as taken_over
from lotse.funding.enums_staff import OPEN, ChangeKind
from lotse.funding.forms import staff as forms
from lotse.funding.models import StaffChange
from lotse.funding.queries import grants as of_grants
from lotse.funding.queries import staff as queries
from lotse.funding.queries.places import some_grants
from lotse.funding.queries.staff import may_be_changed, may_withdraw
from lotse.funding.views.shared import insider
from lotse.organisations.actor import Actor
from lotse.organisations.languages import language_choices
from lotse.organisations.rules import manages
from lotse.programmes.models import Grant

POSTS: Crumb = ("Stellen", "/foerderung/stellen/")
WHO_TAKES_OVER = "Das übernimmt, wer die Stellen der Agentur pflegt."
CHANGES: Crumb = ("Änderungen", "/foerderung/stellen/aenderungen/")


def asked_for(request: HttpRequest) -> Grant:
    found = of_grants.asked_grant(insider(request), request.GET.get("zuwendung", ""))
    if found is None:
        raise Http404
    return found


def change_url(change: StaffChange) -> str:
    return reverse("funding:staff_change", args=[change.public_id])


def change_crumbs(change: StaffChange) -> list[Crumb]:
    return [POSTS, (CHANGES[0], f"{CHANGES[1]}?zuwendung={change.grant.public_id}"), (str(change), change_url(change))]


def changes(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    grant = of_grants.asked_grant(actor, request.GET.get("zuwendung", ""))
    is_all = request.GET.get("stand") == "alle"
    context: dict[str, Any] = {"grant": grant, "grants": some_grants(actor), "is_all": is_all}
    if grant:
        rows = queries.processes(actor, grant) if is_all else queries.open_processes(actor, grant)
        page = keyset(rows, request.GET.get("ab", ""), by="effective_from")
        lines, newcomers = queries.lines(page.rows, today), queries.newcomers(actor, grant, today)
        context |= {"page": page, "lines": lines, "newcomers": newcomers, "is_receiver": _receives(actor, grant)}
    return render(request, "funding/staff_changes.html", context)


def _receives(actor: Actor, grant: Grant) -> bool:
    return rules.keeps_funds_of(actor, grant.organisation)


def choose_kind(request: HttpRequest) -> HttpResponse:
    grant = asked_for(request)
    groups = [(title, [(kind.value, kind.label) for kind in kinds]) for title, kinds in forms.GROUPS]
    return render(request, "funding/staff_kinds.html", {"grant": grant, "groups": groups})


def _kind(key: str) -> ChangeKind:
    if key not in ChangeKind.values:
        raise Http404
    return ChangeKind(key)


def _offered(actor: Actor, grant: Grant) -> dict[str, Mapping[str, Any]]:
    today = timezone.localdate()
    found = {
        "share": queries.shares(actor, grant, today), "post": queries.posts(actor, grant),
        "agency": queries.agencies(actor, grant), "newcomer": queries.people(actor, grant, today),
    }  # fmt: skip
    return {name: {row.public_id: row for row in rows} for name, rows in found.items()}


def new_change(request: HttpRequest, change_kind: str) -> HttpResponse:
    grant, kind = asked_for(request), _kind(change_kind)
    form = forms.ChangeForm(
        request.POST or None,
        request.FILES or None,
        actor=request.actor,
        kind=kind,
        offered=_offered(request.actor, grant),
    )

    def act() -> str:
        values = {name: value for name, value in form.values.items() if name != "revision"}
        return _with_paper(
            request, form, lambda **m: acts.report_change(by=request.actor, grant=grant, kind=kind, **values, **m)
        )

    crumbs = [POSTS, (CHANGES[0], f"{CHANGES[1]}?zuwendung={grant.public_id}")]
    lead = forms.LEADS.get(kind, "")
    return form_page(request, form, act, title=kind.label, crumbs=crumbs, lead=lead, submit="Melden", done="Gemeldet.")


def _with_paper(request: HttpRequest, form: forms.ChangeForm, save: Callable[..., StaffChange]) -> str:
    upload = form.cleaned_data.get("paper")
    if not upload:
        return change_url(save())
    with receive(upload, by=request.actor) as received:
        return change_url(save(received=received))


def change(request: HttpRequest, staff_change_id: str) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    found = queries.get_change(actor, staff_change_id)
    rows = list(queries.processes(actor, found.grant).filter(change=found))
    context = {
        "change": found, "lines": queries.lines(rows, today), "crumbs": change_crumbs(found)[:-1],
        "is_receiver": _receives(actor, found.grant), "manages": manages(actor, found.agency_id),
        "may_withdraw": any(row.state in OPEN for row in rows) and may_withdraw(actor, found, rows),
        "may_edit": may_be_changed(found, rows), "languages": dict(language_choices()), "day_label": forms.DAYS.get(ChangeKind(found.kind), "Gilt ab"),
        "newcomer": queries.newcomer(found) if found.newcomer_from else None, "today": today,
        "manages_newcomer": bool(found.newcomer and manages(actor, found.newcomer.organisation_id)), "hindered": obstacle(found),
    }  # fmt: skip
    return render(request, "funding/staff_change.html", context)


def edit_change(request: HttpRequest, staff_change_id: str) -> HttpResponse:
    found = queries.get_change(insider(request), staff_change_id)
    first, offered = forms.ChangeForm.first(found), _offered(request.actor, found.grant)
    about = {name: {row.public_id: row} for name in ("share", "post", "agency") if (row := getattr(found, name))}
    form = forms.ChangeForm(
        request.POST or None, request.FILES or None, actor=request.actor, kind=ChangeKind(found.kind),
        offered={**offered, **about}, initial=first,
    )  # fmt: skip

    def act() -> str:
        values = {name: value for name, value in form.values.items() if name not in ("share", "post", "agency")}
        return _with_paper(request, form, lambda **m: acts.change_change(by=request.actor, change=found, **values, **m))

    return form_page(request, form, act, title=f"{found} berichtigen", crumbs=change_crumbs(found))


def withdraw(request: HttpRequest, staff_change_id: str) -> HttpResponse:
    found = queries.get_change(insider(request), staff_change_id)
    to = change_url(found)
    return button(request, lambda: acts.withdraw_change(by=request.actor, change=found), to, "Zurückgezogen.")


def paper(request: HttpRequest, staff_change_id: str) -> HttpResponse:
    found = queries.get_change(insider(request), staff_change_id)
    if found.paper is None:
        raise Http404
    return file_answer(found.paper)


def name_newcomer(request: HttpRequest, staff_change_id: str) -> HttpResponse:
    found = queries.get_change(insider(request), staff_change_id)
    people = {one.public_id: one for one in queries.people(request.actor, found.grant, timezone.localdate())}
    form = forms.NewcomerForm(request.POST or None, actor=request.actor, people=people)

    def act() -> None:
        acts.name_newcomer(by=request.actor, change=found, **form.cleaned_data)

    lead = "Tragen Sie die Person zuerst unter Menschen ein, dann wählen Sie sie hier."
    return form_page(request, form, act, title=f"Wer ist {found.coming}?", crumbs=change_crumbs(found), lead=lead)


def send_contact(request: HttpRequest, staff_change_id: str) -> HttpResponse:
    found = queries.get_change(insider(request), staff_change_id)
    to = change_url(found)
    return button(request, lambda: acts.send_contact(by=request.actor, change=found), to, "Kontaktdaten weitergegeben.")


def take_over(request: HttpRequest, staff_change_id: str) -> HttpResponse:
    """Says before what happens."""
    found = queries.get_change(insider(request), staff_change_id)
    require(manages(request.actor, found.agency_id), WHO_TAKES_OVER)
    form = LotseForm(request.POST if request.method == "POST" else None, actor=request.actor)

    def act() -> None:
        taken_over(by=request.actor, change=found)

    return form_page(
        request, form, act, title="In den Stellenplan übernehmen", crumbs=change_crumbs(found), done="Übernommen.",
        submit="Übernehmen", template="funding/take_over.html", steps=[] if found.taken_over_on else steps(found),
        hindered=obstacle(found),
    )  # fmt: skip
