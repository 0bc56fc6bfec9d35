"""The one application of a grant: who has handed in, what it comes to, and its way to the authority."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formpages import Crumb, button, form_page
from lotse.documents.answers import attached, pdf_answer
from lotse.documents.archives import XLSX
from lotse.documents.rendering.sheets import write_xlsx
from lotse.funding import rules
from lotse.funding.actions import applications as acts
from lotse.funding.application_papers import whole_paper, workbook
from lotse.funding.enums import ApplicationState
from lotse.funding.forms import applications as forms
from lotse.funding.models import Application
from lotse.funding.queries import applications as queries
from lotse.funding.queries.grants import asked_grant
from lotse.funding.queries.places import some_grants
from lotse.funding.queries.plan import granted
from lotse.funding.views.shared import insider, received_grant
from lotse.programmes.models import Grant


def application_url(grant: Grant) -> str:
    return f"{reverse('funding:application')}?zuwendung={grant.public_id}"


def application_crumbs(grant: Grant) -> list[Crumb]:
    return [(f"Antrag {grant}", application_url(grant))]


def application(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    grant = asked_grant(actor, request.GET.get("zuwendung", ""))
    whole = queries.application_of(actor, grant) if grant else None
    context = {"grant": grant, "grants": some_grants(actor), "application": whole, "states": ApplicationState}
    if grant:
        received = rules.keeps_funds_of(actor, grant.organisation)
        context |= {"received": received, "transmits": rules.transmits(actor, grant.organisation)}
        context |= {"granted": granted(grant) if received else {}}
    if whole:
        shown = queries.overview(actor, whole)
        context |= {"shown": shown, "gaps": queries.own_share_gaps(shown.whole)}
        context |= {"versions": queries.versions(actor, whole, None)[:20]}
    return render(request, "funding/application.html", context)


def begin(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant = received_grant(request, grant_id)
    done = "Begonnen. Alle Träger haben eine Nachricht bekommen."
    return button(request, lambda: acts.begin_application(by=request.actor, grant=grant), application_url(grant), done)


def _begun(request: HttpRequest, grant_id: str) -> Application:
    grant = received_grant(request, grant_id)
    return queries.get_application(request.actor, grant)


def _transmitted(request: HttpRequest, grant_id: str) -> Application:
    whole = _begun(request, grant_id)
    require(rules.transmits(request.actor, whole.organisation), acts.WHO_TRANSMITS)
    return whole


def add_parts(request: HttpRequest, grant_id: str) -> HttpResponse:
    whole = _begun(request, grant_id)
    to = application_url(whole.grant)
    return button(request, lambda: acts.add_missing_parts(by=request.actor, application=whole), to, "Aufgenommen.")


def submit(request: HttpRequest, grant_id: str) -> HttpResponse:
    whole = _transmitted(request, grant_id)
    gaps = queries.own_share_gaps(queries.whole_of(whole))
    form = forms.AcknowledgingForm(
        request.POST or None, actor=request.actor, gaps=gaps, initial={"on": timezone.localdate()}
    )

    def act() -> None:
        on = form.cleaned_data["on"]
        acts.submit(by=request.actor, application=whole, on=on, acknowledged=form.acknowledged)

    note = "Lotse hält fest, was heute im Antrag steht: als Datei und Wort für Wort."
    crumbs = application_crumbs(whole.grant)
    return form_page(
        request, form, act, title="Antrag stellen", crumbs=crumbs, note=note, submit="Gestellt", done="Gestellt."
    )


def correct(request: HttpRequest, grant_id: str) -> HttpResponse:
    whole = _transmitted(request, grant_id)
    parts = list(whole.parts.select_related("organisation"))
    first = {"on": timezone.localdate()}
    form = forms.CorrectionForm(request.POST or None, actor=request.actor, parts=parts, initial=first)

    def act() -> None:
        acts.note_correction(by=request.actor, application=whole, **form.cleaned_data)

    crumbs = application_crumbs(whole.grant)
    return form_page(
        request, form, act, title="Nachbesserung verlangt", crumbs=crumbs, done="Eingetragen. Die Träger wissen es."
    )


def decide(request: HttpRequest, grant_id: str) -> HttpResponse:
    whole = _transmitted(request, grant_id)
    form = forms.DecisionForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> str:
        is_granted = form.cleaned_data["outcome"] == ApplicationState.GRANTED
        acts.note_decision(by=request.actor, application=whole, on=form.cleaned_data["on"], granted=is_granted)
        name = "funding:new_grant_notice" if is_granted else "funding:grant_notices"
        return reverse(name, args=[whole.grant.public_id])

    crumbs = application_crumbs(whole.grant)
    return form_page(
        request, form, act, title="Entscheidung", crumbs=crumbs, done="Eingetragen. Als Nächstes der Bescheid."
    )


def pdf(request: HttpRequest, grant_id: str) -> HttpResponseBase:
    whole = _begun(request, grant_id)
    return pdf_answer(whole_paper(queries.whole_of(whole)), f"{whole}.pdf")


def xlsx(request: HttpRequest, grant_id: str) -> HttpResponseBase:
    whole = _begun(request, grant_id)
    return attached(write_xlsx(workbook(queries.whole_of(whole))), f"{whole}.xlsx", XLSX)
