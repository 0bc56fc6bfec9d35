"""The steps of a proof of use, one address each: a button where nothing is asked, else a short form."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import button, form_page
from lotse.core.forms import LotseForm
from lotse.documents.intake import receive
from lotse.funding import rules
from lotse.funding.actions import proofs as acts
from lotse.funding.actions import proofs_sent as sent
from lotse.funding.actions.shared import WHO_KEEPS
from lotse.funding.enums import ProofWay
from lotse.funding.forms import proofs as forms
from lotse.funding.models import UseProof
from lotse.funding.queries import proofs as queries
from lotse.funding.queries.proof_content import number_of, sheet_for
from lotse.funding.queries.proof_gaps import to_explain
from lotse.funding.views.proofs import open_proof, proof_crumbs, proof_url
from lotse.funding.views.shared import grant_crumbs, insider
from lotse.organisations.models import Organisation
from lotse.programmes.rules import coordinates


def _own(request: HttpRequest, house: Organisation) -> None:
    if not rules.keeps_funds_of(request.actor, house):
        raise NotAllowed(WHO_KEEPS)


def _coordinated(request: HttpRequest, proof_id: str) -> UseProof:
    found = open_proof(request, proof_id)
    if not coordinates(request.actor, found.grant.organisation):
        raise NotAllowed(acts.WHO_CHECKS)
    return found


def _form(
    request: HttpRequest, proof: UseProof, form: LotseForm, act: Callable[[], Any], title: str, **more: Any
) -> HttpResponse:
    return form_page(request, form, act, title=title, crumbs=proof_crumbs(proof), **more)


def notes(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = open_proof(request, use_proof_id)
    _own(request, found.organisation)
    sheet = sheet_for(found)
    asked = [(place, words, sheet.note(place)) for place, words in to_explain(sheet)]
    first = {"revision": found.revision}
    form = forms.NotesForm(request.POST or None, actor=request.actor, asked=asked, initial=first)

    def act() -> None:
        acts.explain(by=request.actor, proof=found, texts=form.texts, revision=form.cleaned_data["revision"])

    note = "" if asked else "Zurzeit ist nichts zu erläutern."
    return _form(request, found, form, act, "Erläuterungen", note=note)


def hand_in(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = open_proof(request, use_proof_id)
    done = "Eingereicht. Der Bezirk prüft jetzt."
    return button(request, lambda: acts.hand_in(by=request.actor, proof=found), proof_url(found), done)


def give_back(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = _coordinated(request, use_proof_id)
    form = forms.GiveBackForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.give_back(by=request.actor, proof=found, note=form.cleaned_data["note"])

    return _form(request, found, form, act, "Zurückgeben", done="Zurückgegeben.", submit="Zurückgeben")


def check(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = _coordinated(request, use_proof_id)
    return button(request, lambda: acts.check(by=request.actor, proof=found), proof_url(found), "Geprüft und abgelegt.")


def release(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = _coordinated(request, use_proof_id)
    return button(request, lambda: acts.release(by=request.actor, proof=found), proof_url(found), "Freigegeben.")


def transmit(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = _coordinated(request, use_proof_id)
    first = {"on": timezone.localdate(), "channel": ProofWay.PLATFORM}
    form = forms.TransmitProofForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        sent.transmit(by=request.actor, proof=found, **form.cleaned_data)

    return _form(request, found, form, act, "Übermittelt", done="Eingetragen.")


def accept(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = _coordinated(request, use_proof_id)
    form = forms.AcceptProofForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        sent.accept(by=request.actor, proof=found, **form.cleaned_data)

    return _form(request, found, form, act, "Angenommen", done="Eingetragen.")


def correct(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = _coordinated(request, use_proof_id)
    form = forms.CorrectProofForm(request.POST or None, actor=request.actor)

    def act() -> str:
        return proof_url(sent.correct(by=request.actor, proof=found, **form.cleaned_data))

    lead = "Die jetzige Fassung bleibt, wie sie ist. Die neue steht daneben."
    return _form(request, found, form, act, "Neue Fassung", lead=lead, done="Eine neue Fassung ist begonnen.")


def remark(request: HttpRequest, use_proof_id: str) -> HttpResponse:
    found = _coordinated(request, use_proof_id)
    first = {"place": request.GET.get("stelle", "")[:20]}
    form = forms.RemarkForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> str:
        made = sent.remark(by=request.actor, proof=found, **form.cleaned_data)
        return f"{proof_url(found)}#anmerkung-{made.public_id}"

    return _form(request, found, form, act, "Anmerkung", done="Angemerkt. Der Träger liest es, wenn Sie zurückgeben.")


def resolve(request: HttpRequest, proof_remark_id: str) -> HttpResponse:
    found = queries.get_remark(insider(request), proof_remark_id)
    to = f"{proof_url(found.proof)}#{found.place or 'anmerkungen'}"
    return button(request, lambda: sent.resolve_remark(by=request.actor, remark=found), to)


def withdraw(request: HttpRequest, proof_remark_id: str) -> HttpResponse:
    found = queries.get_remark(insider(request), proof_remark_id)
    _coordinated(request, found.proof.public_id)
    return button(request, lambda: sent.withdraw_remark(by=request.actor, remark=found), proof_url(found.proof))


def complete_entry(request: HttpRequest, receipt_id: str) -> HttpResponse:
    entry = queries.get_entry(insider(request), receipt_id)
    form = forms.CompleteForm(
        request.POST or None, request.FILES or None, actor=request.actor, lacks_number=not number_of(entry),
        lacks_file=entry.file is None,
    )  # fmt: skip

    def act() -> None:
        number, upload = form.cleaned_data.get("number", ""), form.cleaned_data.get("file")
        if not upload:
            sent.complete_entry(by=request.actor, entry=entry, number=number)
            return
        with receive(upload, by=request.actor) as received:
            sent.complete_entry(by=request.actor, entry=entry, number=number, received=received)

    lead = f"{entry.on:%d.%m.%Y}, {entry.payee}: {entry.reason}"
    return form_page(request, form, act, title="Beleg nachtragen", crumbs=_back_to(entry), lead=lead)


def _back_to(entry) -> list:
    """To the proof of its year, where the carrier has begun one."""
    proof = queries.proof_of(entry)
    return proof_crumbs(proof) if proof else grant_crumbs(entry.grant)
