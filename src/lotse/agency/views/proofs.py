"""Proofs of measures: filed, found after years, opened; a list of names for an audit only, and that is logged (IA-12)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import proofs as acts
from lotse.agency.forms.measures import ProofForm
from lotse.agency.forms.proofs import AuditForm, said
from lotse.agency.models import MeasureEvidence
from lotse.agency.queries import proofs as queries
from lotse.agency.queries.agencies import agencies
from lotse.agency.queries.measures import page_of
from lotse.agency.views.measures import asked_again, measure_crumbs, measure_url, own_measure
from lotse.agency.views.shared import WRITERS, insider
from lotse.auditlog.door import require
from lotse.auditlog.queries import history, history_page
from lotse.auditlog.recorder import record_read
from lotse.core.formpages import form_page
from lotse.core.typed import asked_year
from lotse.documents.answers import file_answer
from lotse.documents.enums import EvidenceKind
from lotse.documents.intake import receive
from lotse.facts.models import YEARS

LISTS = "Teilnehmerlisten öffnet für eine Prüfung, wer in der Agentur arbeitet oder ihre Dokumente freigibt."


def evidences(request: HttpRequest) -> HttpResponse:
    """Found in seconds, years later: by funding year, agency, kind and the measure's title."""
    actor, today = insider(request), timezone.localdate()
    year, seen = asked_year(request.GET, YEARS, today.year), list(agencies(actor))
    names = (("agency", "agentur"), ("kind", "art"), ("text", "q"))
    wanted = {name: request.GET.get(word, "")[:160] for name, word in names}
    context = {
        "part": page_of(queries.archive(actor, year=year, **wanted), request.GET.get("ab", "")), "year": year, **wanted,
        "years": queries.archive_years(actor, today), "agencies": seen if len(seen) > 1 else [],
        "kinds": EvidenceKind.choices, "narrowed": asked_again(request),
    }  # fmt: skip
    return render(request, "agency/evidences.html", context)


def evidence(request: HttpRequest, evidence_id: str) -> HttpResponse:
    """A photo or flyer opens at once; a list of names asks what for."""
    proof = queries.get_proof(insider(request), evidence_id)
    if not proof.evidence.has_personal_data:
        return file_answer(proof.evidence.file)
    require(rules.opens_names(request.actor, proof.measure.agency), LISTS)
    form = AuditForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.may_proceed():
        return _opened(request, proof, said(form))
    context = {
        "proof": proof, "form": form, "may_write": rules.works_in(request.actor, proof.measure.agency),
        "opened": history_page(history(proof.evidence.public_id)),
    }  # fmt: skip
    return render(request, "agency/evidence.html", context)


def _opened(request: HttpRequest, proof: MeasureEvidence, why: str) -> HttpResponse:
    """Written into the log before the file leaves."""
    what = f"{proof.evidence.get_kind_display()} ({why})"
    record_read(by=request.actor, obj=proof.evidence, file=proof.evidence, what=what, kind="downloaded")
    return file_answer(proof.evidence.file)


def remove(request: HttpRequest, evidence_id: str) -> HttpResponse:
    proof = queries.get_proof(insider(request), evidence_id)
    require(rules.works_in(request.actor, proof.measure.agency), WRITERS)
    to = measure_url(proof.measure)
    if request.method == "POST":
        acts.remove_proof(by=request.actor, proof=proof)
        return redirect(to)
    return render(request, "agency/remove_evidence.html", {"proof": proof, "back": to})


def add(request: HttpRequest, measure_id: str) -> HttpResponse:
    found = own_measure(request, measure_id)
    form = ProofForm(request.POST or None, request.FILES or None, actor=request.actor)

    def act() -> None:
        values = {name: form.cleaned_data[name] for name in ("kind", "title")}
        with receive(form.cleaned_data["file"], by=request.actor) as received:
            acts.file_proof(by=request.actor, measure=found, received=received, **values)

    title, crumbs = "Nachweis ablegen", measure_crumbs(found)
    return form_page(request, form, act, title=title, crumbs=crumbs, done="Abgelegt.", submit="Ablegen")
