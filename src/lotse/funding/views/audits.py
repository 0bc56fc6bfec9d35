"""For an audit: packages with how far they are, samples with what proves each receipt."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from lotse.auditlog.recorder import record_read
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.htmx import render as render_part
from lotse.documents.answers import pdf_answer
from lotse.funding import rules
from lotse.funding.actions import audits as acts
from lotse.funding.enums import PackageState
from lotse.funding.forms.audits import PackageForm, SampleForm
from lotse.funding.models import EvidencePackage
from lotse.funding.queries import audits as queries
from lotse.funding.queries import grants
from lotse.funding.queries.packing_tasks import stuck_since
from lotse.funding.queries.places import some_grants
from lotse.funding.sample_paper import sample_paper
from lotse.funding.views.shared import grant_crumbs, insider, open_grant, received_grant
from lotse.programmes.models import Grant
from lotse.programmes.rules import coordinates


def audit(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    grant = grants.asked_grant(actor, request.GET.get("zuwendung", ""))
    context = {"grant": grant, "grants": some_grants(actor)}
    if grant:
        context |= {
            "packages": queries.packages(actor).filter(grant=grant)[: queries.SHOWN],
            "samples": queries.samples(actor).filter(grant=grant)[: queries.SHOWN],
            "is_receiver": rules.keeps_funds_of(actor, grant.organisation),
        }
    return render(request, "funding/audit.html", context)


def _crumbs(grant: Grant) -> list[Crumb]:
    return [*grant_crumbs(grant), ("Prüfung", f"{reverse('funding:audit')}?zuwendung={grant.public_id}")]


def new_package(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant, actor = open_grant(request, grant_id), request.actor
    form = PackageForm(
        request.POST or None, actor=actor, carriers=list(grants.carriers(actor, grant)), years=grant.years,
        whole=rules.keeps_funds_of(actor, grant.organisation), asks_lists=coordinates(actor, grant.organisation),
    )  # fmt: skip

    def act() -> str:
        said = form.cleaned_data
        carrier = grants.get_carrier(actor, grant, said["carrier"]) if said["carrier"] else None
        given = {
            "carrier": carrier,
            "funding_year": said["funding_year"],
            "lists_reason": said.get("lists_reason") or "",
        }
        return _package_url(acts.request_package(by=actor, grant=grant, **given))

    return form_page(
        request, form, act, title="Prüfpaket", crumbs=_crumbs(grant), submit="Packen", done="Wird gepackt."
    )


def _package_url(package: EvidencePackage) -> str:
    return reverse("funding:package", args=[package.public_id])


def package(request: HttpRequest, package_id: str) -> HttpResponse:
    """While the worker is busy, the page asks again by itself."""
    found = queries.get_package(insider(request), package_id)
    context = {
        "package": found, "crumbs": _crumbs(found.grant), "is_gone": queries.is_gone(found),
        "stuck_since": stuck_since(found, timezone.now()),
    }  # fmt: skip
    return render_part(request, "funding/package.html", context, fragment="funding/_package.html")


def restart(request: HttpRequest, package_id: str) -> HttpResponse:
    found = queries.get_package(insider(request), package_id)
    act = lambda: acts.restart_package(by=request.actor, package=found)  # noqa: E731 -- one act
    return button(request, act, _package_url(found), "Neu angestoßen.")


def download(request: HttpRequest, package_id: str) -> HttpResponse | StreamingHttpResponse:
    found = queries.get_package(insider(request), package_id)
    if found.state != PackageState.DONE or queries.is_gone(found):
        raise Http404
    record_read(by=request.actor, obj=found, what="Prüfpaket", kind="downloaded")
    name = f"pruefpaket-{found.created_at:%Y-%m-%d}-{found.public_id}.zip"
    headers = {
        "Content-Disposition": content_disposition_header(True, name), "Content-Length": str(found.size),
        "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
    }  # fmt: skip
    return StreamingHttpResponse(queries.bytes_of(found), content_type="application/zip", headers=headers)


def new_sample(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant, actor = received_grant(request, grant_id), request.actor
    form = SampleForm(
        request.POST or None, actor=actor, carriers=list(grants.carriers(actor, grant)), years=grant.years
    )

    def act() -> str:
        said = form.cleaned_data
        carrier = grants.get_carrier(actor, grant, said["carrier"]) if said["carrier"] else None
        given = {"by": actor, "grant": grant, "funding_year": said["funding_year"], "carrier": carrier}
        if said["numbers"]:
            made = acts.pick_sample(**given, numbers=said["numbers"])
        else:
            made = acts.draw_sample(**given, wanted=said["wanted"], seed=said["seed"])
        return reverse("funding:sample", args=[made.public_id])

    return form_page(request, form, act, title="Stichprobe", crumbs=_crumbs(grant), submit="Ziehen", done="Gezogen.")


def sample(request: HttpRequest, sample_id: str) -> HttpResponse:
    found = queries.get_sample(insider(request), sample_id)
    context = {"sample": found, "rows": queries.drawn(found), "crumbs": _crumbs(found.grant)}
    return render(request, "funding/sample.html", context)


def sample_pdf(request: HttpRequest, sample_id: str) -> HttpResponse:
    found = queries.get_sample(insider(request), sample_id)
    return pdf_answer(sample_paper(found, queries.drawn(found)), f"Stichprobe {found.funding_year}.pdf")


def pack_sample(request: HttpRequest, sample_id: str) -> HttpResponse:
    found = queries.get_sample(insider(request), sample_id)
    if request.method != "POST":
        return redirect("funding:sample", found.public_id)
    made = acts.request_package(by=request.actor, grant=found.grant, funding_year=found.funding_year, sample=found)
    return redirect(_package_url(made))
