"""Signed packages for who has no account, and the answers that come back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from lotse.auditlog.recorder import record_read
from lotse.core.formpages import Crumb, button, form_page
from lotse.quality import exchange, packing
from lotse.quality.actions import packages as acts
from lotse.quality.forms.guests import AnswerForm
from lotse.quality.models import Certification, ExchangeAnswer
from lotse.quality.queries import packages as queries
from lotse.quality.views.guests import crumbs, kept
from lotse.quality.views.shared import keeper, must_keep


def packages_url(certification: Certification) -> str:
    return reverse("quality:packages", args=[certification.public_id])


def package_crumbs(certification: Certification) -> list[Crumb]:
    return [*crumbs(certification), ("Pakete", packages_url(certification))]


def packages(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = kept(request, certification_id)
    key = queries.key_of(found)
    context = {
        "certification": found, "packages": queries.packages(request.actor, found), "crumbs": crumbs(found),
        "answers": queries.answers(request.actor, found), "members": queries.without_account(request.actor, found),
        "fingerprint": exchange.fingerprint(key.public) if key else "",
    }  # fmt: skip
    return render(request, "quality/packages.html", context)


@require_POST
def make(request: HttpRequest, certification_id: str, participant_id: str) -> HttpResponse:
    found = kept(request, certification_id)
    participant = queries.get_participant(request.actor, found, participant_id)

    def act() -> None:
        packing.pack(request.actor, participant)

    return button(request, act, packages_url(found), "Das Paket ist erstellt.")


def download(request: HttpRequest, exchange_package_id: str) -> HttpResponse | StreamingHttpResponse:
    found = queries.get_package(keeper(request), exchange_package_id)
    must_keep(request.actor, found.organisation)
    if not packing.is_whole(found):
        messages.error(request, packing.GONE)
        return redirect(packages_url(found.certification))
    record_read(by=request.actor, obj=found, file=found.certification, what="Paket", kind="downloaded")
    headers = {
        "Content-Disposition": content_disposition_header(True, f"paket-{found.public_id}.zip"),
        "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
    }  # fmt: skip
    return StreamingHttpResponse(packing.bytes_of(found), content_type="application/zip", headers=headers)


def bring(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = kept(request, certification_id)
    form = AnswerForm(request.POST or None, request.FILES or None, actor=request.actor)

    def act() -> str:
        made = acts.bring_answer(by=request.actor, certification=found, content=form.cleaned_data["file"])
        return reverse("quality:package_answer", args=[made.public_id])

    return form_page(
        request, form, act, title="Antwort einlesen", crumbs=package_crumbs(found), submit="Einlesen",
        done="Eingelesen. Bitte prüfen und übernehmen.",
    )  # fmt: skip


def answer(request: HttpRequest, exchange_answer_id: str) -> HttpResponse:
    found = _answer(request, exchange_answer_id)
    certification = found.package.certification
    context = {"answer": found, "said": queries.said(found), "crumbs": package_crumbs(certification)}
    return render(request, "quality/package_answer.html", {**context, "certification": certification})


def take(request: HttpRequest, exchange_answer_id: str) -> HttpResponse:
    found = _answer(request, exchange_answer_id)

    def act() -> None:
        acts.take_answer(by=request.actor, answer=found)

    return button(request, act, reverse("quality:package_answer", args=[found.public_id]), "Übernommen.")


def drop(request: HttpRequest, exchange_answer_id: str) -> HttpResponse:
    found = _answer(request, exchange_answer_id)

    def act() -> None:
        acts.drop_answer(by=request.actor, answer=found)

    return button(request, act, reverse("quality:package_answer", args=[found.public_id]), "Verworfen.")


def _answer(request: HttpRequest, exchange_answer_id: str) -> ExchangeAnswer:
    return queries.get_answer(keeper(request), exchange_answer_id)
