"""Notices of the authority with what holds now, and what was agreed with the carriers before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lotse.auditlog.recorder import record_read
from lotse.core.formpages import Crumb, form_page
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.funding.actions import notices as acts
from lotse.funding.forms.applications import AgreementForm, NoticeForm
from lotse.funding.queries import notices as queries
from lotse.funding.queries.applications import agreements as agreed
from lotse.funding.queries.grants import carriers
from lotse.funding.queries.plan import granted
from lotse.funding.views.applications import application_crumbs
from lotse.funding.views.shared import insider, received_grant
from lotse.programmes.models import Grant

WRONG = "Ein falsch eingetragener Bescheid bleibt stehen. Tragen Sie ihn mit demselben Datum richtig ein: Es gilt der zuletzt eingetragene."


def notices(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant = received_grant(request, grant_id)
    now = granted(grant)
    context = {
        "grant": grant, "rows": queries.notices(request.actor, grant)[:50], "crumbs": application_crumbs(grant), "wrong": WRONG,
        "granted": [(year, now.get(year)) for year in grant.years], "total": sum(now.values()) if now else None,
    }  # fmt: skip
    return render(request, "funding/notices.html", context)


def _crumbs(grant: Grant) -> list[Crumb]:
    return [*application_crumbs(grant), ("Bescheide", reverse("funding:grant_notices", args=[grant.public_id]))]


def new_notice(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant = received_grant(request, grant_id)
    first = {"reference": grant.reference}
    form = NoticeForm(
        request.POST or None, request.FILES or None, actor=request.actor, years=grant.years, initial=first
    )

    def act() -> None:
        values = {"by": request.actor, "grant": grant, **form.values()}
        if not form.cleaned_data["file"]:
            acts.enter_notice(**values)
            return
        with receive(form.cleaned_data["file"], by=request.actor) as received:
            acts.enter_notice(**values, received=received)

    note = "Ein Jahr, das der Bescheid nicht nennt, bleibt leer. Dann gilt dafür weiter der vorige."
    return form_page(request, form, act, title="Neuer Bescheid", crumbs=_crumbs(grant), note=note)


def notice_paper(request: HttpRequest, grant_notice_id: str) -> HttpResponse:
    notice = queries.get_filed(insider(request), grant_notice_id)
    record_read(by=request.actor, obj=notice, what=str(notice), kind="downloaded")
    return file_answer(notice.file)


def agreements(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant = received_grant(request, grant_id)
    rows = agreed(request.actor, grant).order_by("organisation__name", "-agreed_on", "-id")[:200]
    context = {"grant": grant, "rows": rows, "crumbs": application_crumbs(grant)}
    return render(request, "funding/agreements.html", context)


def new_agreement(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant = received_grant(request, grant_id)
    offered = {carrier.public_id: carrier for carrier in carriers(request.actor, grant)}
    first = {"carrier": request.GET.get("traeger", "")}
    form = AgreementForm(request.POST or None, actor=request.actor, carriers=offered, initial=first)

    def act() -> None:
        acts.note_agreement(by=request.actor, grant=grant, **form.cleaned_data)

    crumbs = [
        *application_crumbs(grant),
        ("Vereinbarungen", reverse("funding:volume_agreements", args=[grant.public_id])),
    ]
    return form_page(request, form, act, title="Neue Vereinbarung", crumbs=crumbs)
