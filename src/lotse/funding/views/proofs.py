"""Proofs of use: how far each carrier is, one of them with its sections, its paper and the papers of its receipts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lotse.core.formflow import refusals_told
from lotse.core.formpages import Crumb
from lotse.core.paging import part_of
from lotse.core.typed import whole
from lotse.documents.answers import file_answer, pdf_answer
from lotse.funding import rules
from lotse.funding.actions import proofs as acts
from lotse.funding.models import UseProof
from lotse.funding.proof_paper import proof_paper
from lotse.funding.proof_sheet import total
from lotse.funding.queries import grants
from lotse.funding.queries import proofs as queries
from lotse.funding.queries.places import some_grants
from lotse.funding.queries.proof_content import paper_of, sheet_for
from lotse.funding.queries.proof_gaps import gaps, since_release, to_explain
from lotse.funding.views.shared import grant_crumbs, insider, open_grant
from lotse.programmes.rules import coordinates, hands_in

ROWS = 50


def overview(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    grant = grants.asked_grant(actor, request.GET.get("zuwendung", ""))
    context = {"grant": grant, "grants": some_grants(actor)}
    if grant:
        found = queries.overview(actor, grant)
        part = part_of(found.rows, request.GET.get("ab", ""))
        context |= {"found": found, "part": part, "coordinates": coordinates(actor, grant.organisation)}
    return render(request, "funding/proofs.html", context)


def begin(request: HttpRequest, grant_id: str) -> HttpResponse:
    """Of a carrier, or without one the whole."""
    grant = open_grant(request, grant_id)
    to = f"{reverse('funding:proofs')}?zuwendung={grant.public_id}"
    if request.method == "POST":
        year, carrier_id = whole(request.POST.get("jahr", ""), digits=4) or 0, request.POST.get("traeger", "")
        with refusals_told(request):
            to = proof_url(_begun(request, grant, carrier_id, year))
    return redirect(to)


def _begun(request: HttpRequest, grant, carrier_id: str, year: int) -> UseProof:
    if not carrier_id:
        return acts.begin_whole(by=request.actor, grant=grant, funding_year=year)
    carrier = grants.get_carrier(request.actor, grant, carrier_id)
    return acts.begin_partial(by=request.actor, grant=grant, carrier=carrier, funding_year=year)


def proof_url(proof: UseProof) -> str:
    return reverse("funding:proof", args=[proof.public_id])


def proof_crumbs(proof: UseProof) -> list[Crumb]:
    start = f"{reverse('funding:proofs')}?zuwendung={proof.grant.public_id}"
    return [*grant_crumbs(proof.grant), ("Nachweise", start), (str(proof), proof_url(proof))]


def open_proof(request: HttpRequest, proof_id: str) -> UseProof:
    return queries.get_proof(insider(request), proof_id)


def proof(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found, actor = open_proof(request, use_proof_id), request.actor
    sheet, remarks = sheet_for(found), queries.remarks_of(actor, found)
    leads = coordinates(actor, found.grant.organisation)
    may_write = found.is_writable and rules.keeps_funds_of(actor, found.organisation)
    context = {
        "proof": found, "crumbs": proof_crumbs(found)[:-1], "sheet": sheet, "since": since_release(found),
        "gaps": gaps(found, sheet) if found.is_writable else [], "explained": bool(to_explain(sheet)),
        "may_write": may_write, "may_hand_in": may_write and hands_in(actor, found.organisation),
        "may_check": leads and found.is_partial and found.state == "handed_in", "leads": leads,
        "versions": queries.versions_of(actor, found), "parts": [] if found.is_partial else queries.partials_of(found),
        "expenses": part_of(sheet.expenses, request.GET.get("ab", ""), size=ROWS), "expense_total": total(sheet.expenses),
        "incomes": part_of(sheet.incomes, request.GET.get("ein", ""), size=ROWS), "income_total": total(sheet.incomes),
        "remarks": [one for one in remarks if not one.place], "by_place": _by_place(remarks),
    }  # fmt: skip
    return render(request, "funding/proof.html", context)


def _by_place(remarks) -> dict[str, list]:
    return {place: [one for one in remarks if one.place == place] for place in {one.place for one in remarks}}


def pdf(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    """Once released, the bytes that were filed then."""
    found = open_proof(request, use_proof_id)
    if found.is_frozen:
        return file_answer(found.as_released.file)
    return pdf_answer(proof_paper(sheet_for(found), found, is_draft=True), f"{found} Entwurf.pdf")


def receipt(request: HttpRequest, receipt_id: str) -> HttpResponse:
    paper = paper_of(queries.get_entry(insider(request), receipt_id))
    if paper is None:
        raise Http404
    return file_answer(paper)
