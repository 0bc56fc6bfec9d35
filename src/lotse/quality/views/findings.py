"""An audit at work: criterion by criterion on a phone, findings, and what the audited say and do about them."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import button, form_page
from lotse.quality import rules_audits
from lotse.quality.actions import findings as acts
from lotse.quality.forms.audits import AnswerForm, CheckForm, FindingForm, FollowUpForm
from lotse.quality.queries import audits as queries
from lotse.quality.queries.improvements import people_at
from lotse.quality.views.audits_shared import answered_by, audit_url, crumbs, held_by, open_audit
from lotse.quality.views.shared import insider, words_page

DUE = timedelta(weeks=4)  # offered for an improvement


def check(request: HttpRequest, audit_check_id: str) -> HttpResponse:
    """One criterion, with the one before and the one after."""
    found = queries.get_check(insider(request), audit_check_id)
    known = queries.findings_of(found)
    form = CheckForm(request.POST or None, actor=request.actor, check=found, known=bool(known))

    def act() -> str:
        acts.check(by=request.actor, item=found, **form.values())
        following = queries.next_open(found) if "more" in request.POST else None
        here = f"{audit_url(found.audit)}#checkliste"
        return reverse("quality:audit_check", args=[following.public_id]) if following else here

    before, after, total = queries.beside(found)
    is_open = found.audit.state == "prepared" and rules_audits.audits(request.actor, found.audit)
    return words_page(
        request, form, act, key="quality.check" if is_open else "", ref=found.public_id, title=found.criterion.code,
        crumbs=crumbs(found.audit), template="quality/audit_check.html", check=found, known=known, before=before,
        after=after, total=total, is_open=is_open,
    )  # fmt: skip


def new(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = held_by(request, open_audit(request, audit_id))
    form = FindingForm(request.POST or None, actor=request.actor, criteria=queries.criteria_for(found))

    def act() -> None:
        given = {name: form.cleaned_data.get(name) for name in ("grade", "text", "criterion")}
        acts.add_finding(by=request.actor, audit=found, **given)

    return words_page(
        request, form, act, key="quality.new_finding", ref=found.public_id, title="Feststellung", crumbs=crumbs(found)
    )


def edit(request: HttpRequest, audit_finding_id: str) -> HttpResponse:
    found = queries.get_finding(insider(request), audit_finding_id)
    held_by(request, found.audit)
    first = {name: getattr(found, name) for name in ("grade", "text", "revision")}
    form = FindingForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.change_finding(by=request.actor, finding=found, **form.cleaned_data)

    return words_page(
        request, form, act, key="quality.finding", ref=found.public_id, title=f"Feststellung F {found.number}",
        crumbs=crumbs(found.audit),
    )  # fmt: skip


def remove(request: HttpRequest, audit_finding_id: str) -> HttpResponse:
    found = queries.get_finding(insider(request), audit_finding_id)
    to = f"{audit_url(found.audit)}#feststellungen"
    return button(request, lambda: acts.remove_finding(by=request.actor, finding=found), to, "Entfernt.")


def answer(request: HttpRequest, audit_finding_id: str) -> HttpResponse:
    found = answered_by(request, queries.get_finding(insider(request), audit_finding_id))
    first = {"statement": found.statement, "revision": found.revision}
    form = AnswerForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.answer(by=request.actor, finding=found, **form.cleaned_data)

    return words_page(
        request, form, act, key="quality.statement", ref=found.public_id, title=f"Stellungnahme zu F {found.number}",
        crumbs=crumbs(found.audit), lead=found.text,
    )  # fmt: skip


def follow_up(request: HttpRequest, audit_finding_id: str) -> HttpResponse:
    found = answered_by(request, queries.get_finding(insider(request), audit_finding_id))
    first = {
        "title": f"{found.audit.title}, F {found.number}"[:160],
        "plan": found.statement,
        "due_on": timezone.localdate() + DUE,
    }
    form = FollowUpForm(request.POST or None, actor=request.actor, people=people_at(found.organisation), initial=first)

    def act() -> None:
        acts.follow_up(by=request.actor, finding=found, **form.cleaned_data)

    return form_page(
        request, form, act, title=f"Verbesserung aus F {found.number}", crumbs=crumbs(found.audit), lead=found.text
    )
