"""A carrier's part of the application: read by both sides, written by the carrier or for it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.auditlog.recorder import record_read
from lotse.core.formpages import Crumb, button, form_page
from lotse.documents.answers import file_answer, pdf_answer
from lotse.funding import rules
from lotse.funding.actions import applications as way
from lotse.funding.actions import parts as acts
from lotse.funding.application_papers import part_paper
from lotse.funding.forms import applications as forms
from lotse.funding.models import CarrierPart, PartPost
from lotse.funding.queries import applications as queries
from lotse.funding.queries.part_content import WholeContent
from lotse.funding.queries.snapshots import changes
from lotse.funding.queries.versions import as_submitted, now_of
from lotse.funding.views.applications import application_crumbs
from lotse.funding.views.shared import insider
from lotse.programmes.rules import hands_in


def _part(request: HttpRequest, public_id: str) -> CarrierPart:
    return queries.get_part(insider(request), public_id)


def part_url(part: CarrierPart) -> str:
    return reverse("funding:carrier_part", args=[part.public_id])


def part_crumbs(part: CarrierPart) -> list[Crumb]:
    return [*application_crumbs(part.application.grant), (str(part), part_url(part))]


def part(request: HttpRequest, carrier_part_id: str) -> HttpResponse:
    found = _part(request, carrier_part_id)
    actor, content, grant = request.actor, queries.content_of(found), found.application.grant
    may_write = queries.may_write(actor, found)
    context = {
        "part": found, "content": content, "grant": grant, "may_write": may_write, "crumbs": application_crumbs(grant),
        "may_hand_in": may_write and hands_in(actor, found.organisation),
        "may_return": found.is_handed_in and found.application.is_open and rules.transmits(actor, grant.organisation),
        "agreed": queries.agreements(actor, grant).filter(organisation=found.organisation).last(),
        "before": queries.part_before(found) if may_write and content.is_empty else None,
        "versions": queries.versions(actor, found.application, found)[:20],
        "gaps": queries.own_share_gaps(WholeContent(content.frame, (content,))),
    }  # fmt: skip
    return render(request, "funding/part.html", context)


def new_post(request: HttpRequest, carrier_part_id: str) -> HttpResponse:
    return _post_page(request, _part(request, carrier_part_id), None, "Neue Stelle")


def edit_post(request: HttpRequest, part_post_id: str) -> HttpResponse:
    row = queries.get_post(insider(request), part_post_id)
    return _post_page(request, row.part, row, row.title)


def _post_page(request: HttpRequest, found: CarrierPart, row: PartPost | None, title: str) -> HttpResponse:
    offer = queries.offered_to(found, timezone.localdate())
    first = forms.PostForm.first(found, row, offer)
    form = forms.PostForm(request.POST or None, actor=request.actor, offer=offer, initial=first)

    def act() -> None:
        acts.save_post(by=request.actor, part=found, row=row, **form.cleaned_data)

    return form_page(request, form, act, title=title, crumbs=part_crumbs(found))


def remove_post(request: HttpRequest, part_post_id: str) -> HttpResponse:
    row = queries.get_post(insider(request), part_post_id)
    done = f"Entfernt: {row.title}."
    return button(request, lambda: acts.remove_post(by=request.actor, row=row), part_url(row.part), done)


def plan(request: HttpRequest, carrier_part_id: str) -> HttpResponse:
    found = _part(request, carrier_part_id)
    content = queries.content_of(found)
    form = forms.PlanForm(request.POST or None, actor=request.actor, content=content, revision=found.revision)

    def act() -> None:
        acts.save_plan(by=request.actor, part=found, **form.amounts())

    title, crumbs = "Ausgaben und Mittel", part_crumbs(found)
    return form_page(request, form, act, title=title, crumbs=crumbs, template="funding/part_plan.html")


def measures(request: HttpRequest, carrier_part_id: str) -> HttpResponse:
    found = _part(request, carrier_part_id)
    first = {"measures": found.measures, "revision": found.revision}
    form = forms.MeasuresForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.save_measures(by=request.actor, part=found, **form.cleaned_data)

    return form_page(request, form, act, title="Geplante Maßnahmen", crumbs=part_crumbs(found))


def take_over(request: HttpRequest, carrier_part_id: str) -> HttpResponse:
    found = _part(request, carrier_part_id)
    done = "Übernommen. Bitte prüfen Sie Stellen und Beträge."
    return button(request, lambda: acts.take_over(by=request.actor, part=found), part_url(found), done)


def hand_in(request: HttpRequest, carrier_part_id: str) -> HttpResponse:
    found = _part(request, carrier_part_id)
    require(hands_in(request.actor, found.organisation), way.WHO_HANDS_IN)
    content = queries.content_of(found)
    gaps = queries.own_share_gaps(WholeContent(content.frame, (content,)))
    form = forms.AcknowledgingForm(
        request.POST or None, actor=request.actor, gaps=gaps, initial={"on": timezone.localdate()}
    )

    def act() -> None:
        way.hand_in_part(by=request.actor, part=found, acknowledged=form.acknowledged, **form.cleaned_data)

    title, crumbs = "Teil einreichen", part_crumbs(found)
    return form_page(request, form, act, title=title, crumbs=crumbs, submit="Einreichen", done="Eingereicht.")


def give_back(request: HttpRequest, carrier_part_id: str) -> HttpResponse:
    found = _part(request, carrier_part_id)
    require(rules.transmits(request.actor, found.application.grant.organisation), way.WHO_TRANSMITS)
    form = forms.ReturnForm(request.POST or None, actor=request.actor)

    def act() -> None:
        way.return_part(by=request.actor, part=found, **form.cleaned_data)

    title, crumbs = "Teil zurückgeben", part_crumbs(found)
    return form_page(request, form, act, title=title, crumbs=crumbs, submit="Zurückgeben", done="Zurückgegeben.")


def pdf(request: HttpRequest, carrier_part_id: str) -> HttpResponseBase:
    found = _part(request, carrier_part_id)
    return pdf_answer(part_paper(queries.content_of(found)), f"Antragsteil {found}.pdf")


def version(request: HttpRequest, application_version_id: str) -> HttpResponse:
    """What was handed in, beside what stands there now."""
    kept = queries.get_version(insider(request), application_version_id)
    then, now = as_submitted(kept), now_of(kept)
    grant = kept.application.grant
    context = {
        "version": kept, "then": then, "now": now, "changes": changes(then, now),
        "crumbs": part_crumbs(kept.part) if kept.part else application_crumbs(grant),
        "sums": list(zip(then.sums, now.sums, strict=True)),
    }  # fmt: skip
    return render(request, "funding/version.html", context)


def version_paper(request: HttpRequest, application_version_id: str) -> HttpResponse:
    kept = queries.get_version(insider(request), application_version_id)
    record_read(by=request.actor, obj=kept, what=str(kept), kind="downloaded")
    return file_answer(kept.file)
