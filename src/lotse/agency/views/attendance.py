"""Lists of who was there: on paper, or signed by phone behind a code."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from lotse.agency.actions import attendance as acts
from lotse.agency.forms.attendance import OpenSheetForm, SignInForm
from lotse.agency.models import SignInSheet
from lotse.agency.papers import paper_list, signed_list
from lotse.agency.queries import attendance as queries
from lotse.agency.views.measures import measure_crumbs, measure_url, own_measure
from lotse.agency.views.shared import insider
from lotse.core.doorless import open_to_all
from lotse.core.formflow import carried_out
from lotse.core.formpages import button, form_page
from lotse.correspondence.links import LinkInvalid
from lotse.correspondence.throttle import admit
from lotse.documents.answers import pdf_answer
from lotse.documents.codes import qr
from lotse.documents.intake import produced
from lotse.documents.rendering import render_pdf
from lotse.organisations.actor import SystemActor

TRIES = 600  # of one address in a quarter of an hour: a full hall shares one


def begin(request: HttpRequest, measure_id: str) -> HttpResponse:
    found, today = own_measure(request, measure_id), timezone.localdate()
    form = OpenSheetForm(request.POST or None, actor=request.actor, initial={"on": max(found.on, today)})

    def act() -> str:
        return _url(acts.open_sheet(by=request.actor, measure=found, on=form.cleaned_data["on"]))

    title, crumbs = "Anwesenheitsliste", measure_crumbs(found)
    context = {"template": "agency/begin_sheet.html", "submit": "Liste zum Eintragen öffnen", "measure": found}
    return form_page(request, form, act, title=title, crumbs=crumbs, done="Die Liste ist offen.", **context)


def paper(request: HttpRequest, measure_id: str) -> HttpResponse:
    found = own_measure(request, measure_id)
    return pdf_answer(paper_list(found), f"Teilnehmerliste {found.on:%Y-%m-%d}.pdf")


def _url(sheet: SignInSheet) -> str:
    return reverse("agency:sheet", args=[sheet.public_id])


def _open(request: HttpRequest, sign_in_sheet_id: str) -> SignInSheet:
    return queries.get_sheet(insider(request), sign_in_sheet_id)


def sheet(request: HttpRequest, sign_in_sheet_id: str) -> HttpResponse:
    found = _open(request, sign_in_sheet_id)
    link = f"{settings.BASE_URL.rstrip('/')}{reverse('agency:sign_in')}?{urlencode({'t': found.token})}"
    context = {
        "sheet": found,
        "link": link,
        "code": SafeString(qr(link, stretches=True)),
        "entries": list(found.entries.all()),
    }
    return render(request, "agency/sheet.html", {**context, "is_over": found.on < timezone.localdate()})


@require_POST
def strike(request: HttpRequest, sign_in_sheet_id: str, sign_in_id: str) -> HttpResponse:
    entry = queries.get_sign_in(insider(request), sign_in_sheet_id, sign_in_id)
    return button(request, lambda: acts.strike(by=request.actor, entry=entry), _url(entry.sheet))


@require_POST
def close(request: HttpRequest, sign_in_sheet_id: str) -> HttpResponse:
    """An empty list leaves no paper behind."""
    found = _open(request, sign_in_sheet_id)
    entries, to = list(found.entries.all()), measure_url(found.measure)
    if not entries:
        return button(request, lambda: acts.drop_sheet(by=request.actor, sheet=found), to, "Die leere Liste ist weg.")

    def act() -> None:
        content, name = render_pdf(signed_list(found, entries)), f"Teilnehmerliste {found.on:%Y-%m-%d}.pdf"
        with produced(content, name, by=request.actor) as received:
            acts.close_sheet(by=request.actor, sheet=found, received=received, number=len(entries))

    return button(request, act, to, "Die Liste ist als Nachweis abgelegt.")


@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """Whoever is there, without a login: a name and where she comes from, nothing else."""
    token = request.POST.get("t") or request.GET.get("t", "")
    if not admit("sign_in", get_adapter().get_client_ip(request), TRIES):
        return render(request, "429.html", status=429)
    try:
        found = queries.sheet_behind(token)
    except LinkInvalid as error:
        return render(request, "agency/sign_in_closed.html", {"reason": str(error)}, status=404)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and carried_out(form, lambda: _signed(found, form)):
        return redirect(f"{request.path}?{urlencode({'t': token, 'danke': 1})}")
    context = {"sheet": found, "form": form, "token": token, "is_signed": "danke" in request.GET and not form.is_bound}
    return render(request, "agency/sign_in.html", context)


def _signed(sheet: SignInSheet, form: SignInForm) -> None:
    by = SystemActor("Anwesenheitsliste", organisation_id=sheet.organisation_id, public_id=sheet.public_id)
    acts.sign_in(by=by, sheet=sheet, **form.cleaned_data)
