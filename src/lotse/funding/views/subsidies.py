"""Requests for money beside the grant: the list, one of them, and writing it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formflow import refusals_told
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import keyset
from lotse.documents.answers import attached, file_answer, pdf_answer
from lotse.documents.intake import receive
from lotse.funding import packaged
from lotse.funding.actions import subsidies as acts
from lotse.funding.enums import SubsidyKind, SubsidyState
from lotse.funding.forms.subsidies import (
    AttachmentForm,
    NewSubsidyForm,
    OtherPostForm,
    PlannedPostForm,
    SubsidyForm,
)
from lotse.funding.models import Subsidy
from lotse.funding.queries import subsidies as queries
from lotse.funding.subsidy_papers import letter, package
from lotse.funding.views.shared import insider

FORM = "funding/subsidy_form.html"
TONES = {
    SubsidyState.DRAFT: "none",
    SubsidyState.SENT: "",
    SubsidyState.GRANTED: "good",
    SubsidyState.PARTLY: "warn",
    SubsidyState.REFUSED: "bad",
    SubsidyState.WITHDRAWN: "none",
}


def subsidies(request: HttpRequest) -> HttpResponse:
    actor, state, carrier = insider(request), request.GET.get("stand", ""), request.GET.get("traeger", "")
    rows = queries.narrowed(queries.subsidies(actor), state, carrier)
    page = keyset(rows, request.GET.get("ab", ""), by="dated_on")
    context = {
        "page": page,
        "rows": [(row, TONES[SubsidyState(row.state)]) for row in page.rows],
        "states": SubsidyState.choices,
        "state": state,
        "carrier": carrier,
        "carriers": list(queries.houses(actor).values()),
        "funders": packaged.funders(),
    }
    return render(request, "funding/subsidies.html", context)


def opened(request: HttpRequest, subsidy_id: str) -> Subsidy:
    return queries.get_subsidy(insider(request), subsidy_id)


def to(subsidy: Subsidy) -> str:
    return reverse("funding:subsidy", args=[subsidy.public_id])


def crumbs(subsidy: Subsidy) -> list[Crumb]:
    return [("Zuschüsse", reverse("funding:subsidies")), (str(subsidy), to(subsidy))]


def subsidy(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    posts = queries.posts_of(row)
    context = {
        "row": row,
        "tone": TONES[SubsidyState(row.state)],
        "posts": posts,
        "fte": queries.fte_of(posts),
        "attachments": row.attachments.select_related("file"),
        "uses": queries.uses_of(row) if row.is_awarded else [],
        "used": queries.used(row) if row.is_awarded else None,
        "today": timezone.localdate(),
        "crumbs": crumbs(row)[:1],
    }
    return render(request, "funding/subsidy.html", context)


def new(request: HttpRequest) -> HttpResponse:
    actor, carriers = insider(request), queries.houses(insider(request))
    first = SubsidyForm.begin(timezone.localdate()) | _suggested(request.GET.get("art", ""), request.GET.get("an", ""))
    if len(carriers) == 1:
        first["carrier"] = next(iter(carriers))
    form = NewSubsidyForm(
        request.POST or None, actor=actor, initial=first, carriers=carriers, suggested=queries.addressees(actor)
    )

    def act() -> str:
        return to(acts.begin_subsidy(by=actor, **form.cleaned_data))

    way = [("Zuschüsse", reverse("funding:subsidies"))]
    return form_page(request, form, act, title="Neuer Zuschussantrag", crumbs=way, done="Angelegt.", template=FORM)


def _suggested(kind: str, name: str) -> dict[str, str]:
    """What a line of the packaged list of funders brings along."""
    return {"kind": kind, "addressee": name[:200]} if kind in SubsidyKind.values else {}


def edit(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    suggested = queries.addressees(request.actor)
    form = SubsidyForm(request.POST or None, actor=request.actor, initial=SubsidyForm.first(row), suggested=suggested)

    def act() -> None:
        acts.change_subsidy(by=request.actor, subsidy=row, **form.cleaned_data)

    return form_page(request, form, act, title="Antrag ändern", crumbs=crumbs(row), template=FORM)


def planned_post(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    shares = queries.shares_to_offer(row, timezone.localdate())
    form = PlannedPostForm(request.POST or None, actor=request.actor, shares=shares)

    def act() -> None:
        acts.add_planned_post(by=request.actor, subsidy=row, share=form.cleaned_data["share"])

    lead = "" if shares else "Im Stellenplan steht niemand, der hier noch fehlt."
    return form_page(request, form, act, title="Stelle aus dem Stellenplan", crumbs=crumbs(row), lead=lead)


def other_post(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    form = OtherPostForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.add_other_post(by=request.actor, subsidy=row, **form.cleaned_data)

    return form_page(request, form, act, title="Andere Stelle", crumbs=crumbs(row))


def remove_post(request: HttpRequest, subsidy_id: str, subsidy_post_id: str) -> HttpResponse:
    post = queries.get_post(insider(request), subsidy_id, subsidy_post_id)
    return button(request, lambda: acts.remove_post(by=request.actor, post=post), to(post.subsidy), "Herausgenommen.")


def attach(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    form = AttachmentForm(request.POST or None, request.FILES or None, actor=request.actor)

    def act() -> None:
        values = form.cleaned_data
        with receive(values["file"], by=request.actor) as received:
            acts.attach(by=request.actor, subsidy=row, title=values["title"], received=received)

    return form_page(request, form, act, title="Anlage beilegen", crumbs=crumbs(row))


def attachment(request: HttpRequest, subsidy_id: str, subsidy_attachment_id: str) -> HttpResponse:
    return file_answer(queries.get_attachment(insider(request), subsidy_id, subsidy_attachment_id).file)


def detach(request: HttpRequest, subsidy_id: str, subsidy_attachment_id: str) -> HttpResponse:
    row = queries.get_attachment(insider(request), subsidy_id, subsidy_attachment_id)
    where = to(row.subsidy)
    return button(request, lambda: acts.detach(by=request.actor, attachment=row), where, "Herausgenommen.")


def letter_pdf(request: HttpRequest, subsidy_id: str) -> HttpResponseBase:
    row = opened(request, subsidy_id)
    return pdf_answer(letter(row, queries.posts_of(row), row.attachments.all()), f"{row}.pdf")


def package_zip(request: HttpRequest, subsidy_id: str) -> HttpResponseBase:
    """Letter and attachments, to be sent together."""
    row = opened(request, subsidy_id)
    with refusals_told(request):
        made = package(row, queries.posts_of(row), row.attachments.select_related("file"))
        return attached(made, f"{row}.zip", "application/zip")
    return redirect(to(row))
