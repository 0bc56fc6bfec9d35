"""Procedures of certification as the house sees them: the path, contract, schedule, papers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import file_answer, pdf_answer
from lotse.documents.intake import receive
from lotse.quality import papers_certification as papers
from lotse.quality import rules
from lotse.quality.actions import certification as acts
from lotse.quality.forms.certification import ContractForm, RegisterForm, ScheduleForm
from lotse.quality.models import Certification
from lotse.quality.queries import certification as queries
from lotse.quality.queries import checklist as of_checklist
from lotse.quality.views.shared import KEEPERS, insider, keeper

HOME: Crumb = ("Zertifikat", "/qualitaet/zertifizierung/")


def opened(request: HttpRequest, certification_id: str) -> Certification:
    return queries.get_certification(insider(request), certification_id)


def to(certification: Certification) -> str:
    return reverse("quality:certification", args=[certification.public_id])


def crumbs(certification: Certification) -> list[Crumb]:
    return [HOME, (str(certification), to(certification))]


def certifications(request: HttpRequest) -> HttpResponse:
    """Her own for who keeps quality; the state of all for who looks over the carriers."""
    actor = insider(request)
    if not rules.follows_certification(actor):
        raise NotAllowed(KEEPERS)
    found = queries.certifications(actor) if rules.keeps(actor) else queries.overseen(actor)
    part = part_of(list(found), request.GET.get("ab", ""))
    context = {
        "part": part, "rows": queries.as_rows(part.rows), "keeps": rules.keeps(actor),
        "shows_houses": len({row.organisation_id for row in part.rows}) > 1,
        "may_begin": bool(queries.frameworks_to_certify(actor)),
    }  # fmt: skip
    return render(request, "quality/certifications.html", context)


def register(request: HttpRequest) -> HttpResponse:
    """A colleague who has begun the re-certification meanwhile is told of by its page."""
    before = _before(request)
    after = before and queries.followed_by(request.actor, before)
    return redirect(to(after)) if after else _register(request, before)


def _register(request: HttpRequest, before: Certification | None) -> HttpResponse:
    actor = keeper(request)
    frameworks = queries.frameworks_to_certify(actor)
    chosen = queries.newest_version(before.framework).public_id if before else ""
    first = {"body": before.body} if before else {}
    form = RegisterForm(request.POST or None, actor=actor, frameworks=frameworks, chosen=chosen, initial=first)

    def act() -> str:
        return to(acts.register(by=actor, recertifies=before, **form.cleaned_data))

    return form_page(
        request, form, act, title="Rezertifizierung beginnen" if before else "Zertifizierung beginnen", crumbs=[HOME],
        done="Begonnen.", submit="Beginnen", template="quality/register.html", before=before, frameworks=frameworks,
    )  # fmt: skip


def _before(request: HttpRequest) -> Certification | None:
    asked = request.GET.get("von", "")
    return opened(request, asked) if asked else None


def certification(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = opened(request, certification_id)
    path = queries.path_of(request.actor, found)
    context = {
        "certification": found, "path": path, "participants": queries.participants(request.actor, found),
        "feedback": of_checklist.issued(request.actor, found), "report": queries.presented_report(request.actor, found),
        "events": queries.last_events(request.actor, found), "may_withdraw": rules.may_follow(found.state, "withdrawn"),
        "followed_by": queries.followed_by(request.actor, found), "crumbs": [HOME],
    }  # fmt: skip
    return render(request, "quality/certification.html", context)


def contract(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = opened(request, certification_id)
    row = found.contracts.first()
    form = ContractForm(request.POST or None, request.FILES or None, actor=request.actor, contract=row)

    def act() -> None:
        values, upload = {**form.cleaned_data}, form.cleaned_data["file"]
        del values["file"]
        if not upload:
            acts.keep_contract(by=request.actor, certification=found, **values)
            return
        with receive(upload, by=request.actor) as received:
            acts.keep_contract(by=request.actor, certification=found, received=received, **values)

    lead = "Sobald beide Tage und die Datei da sind, gilt der Vertrag als geschlossen."
    return form_page(request, form, act, title="Vertrag", crumbs=crumbs(found), lead=lead)


def contract_file(request: HttpRequest, certification_id: str) -> HttpResponse:
    row = opened(request, certification_id).contracts.select_related("file").first()
    if row is None or row.file is None:
        raise Http404
    return file_answer(row.file)


def schedule(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = opened(request, certification_id)
    form = ScheduleForm(request.POST or None, actor=request.actor, schedule=list(found.schedule.all()))

    def act() -> None:
        acts.propose_schedule(by=request.actor, certification=found, days=form.days())

    lead = "Wer vorschlägt, stimmt zu. Die andere Seite stimmt zu oder schlägt anderes vor."
    return form_page(
        request,
        form,
        act,
        title="Zeitplan",
        crumbs=crumbs(found),
        lead=lead,
        done="Vorgeschlagen.",
        submit="Vorschlagen",
    )


def agree_schedule(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = opened(request, certification_id)
    return button(request, lambda: acts.agree_schedule(by=request.actor, certification=found), to(found), "Zugestimmt.")


def withdraw(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = opened(request, certification_id)
    return button(request, lambda: acts.withdraw(by=request.actor, certification=found), to(found), "Zurückgezogen.")


def feedback_pdf(request: HttpRequest, feedback_report_id: str) -> HttpResponse:
    report = of_checklist.get_feedback(insider(request), feedback_report_id)
    remarks = list(report.remarks.select_related("criterion"))
    return pdf_answer(papers.feedback_paper(report, remarks), f"{report}.pdf")


def report_pdf(request: HttpRequest, certification_id: str) -> HttpResponse:
    report = queries.presented_report(request.actor, opened(request, certification_id))
    if report is None:
        raise Http404
    return pdf_answer(papers.report_paper(report), f"{report}.pdf")


def certificate_pdf(request: HttpRequest, certification_id: str) -> HttpResponse:
    row = opened(request, certification_id).certificates.first()
    if row is None:
        raise Http404
    return pdf_answer(papers.certificate_paper(row, timezone.localdate()), f"{row}.pdf")
