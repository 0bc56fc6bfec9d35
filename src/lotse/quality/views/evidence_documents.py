"""Documents that prove criteria: listed by state, filed, renewed, put beside criteria, opened."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.auditlog.recorder import record_read
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import keyset
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import rules
from lotse.quality.actions import evidence_documents as acts
from lotse.quality.forms.evidence import AboutForm, LinkDocumentForm, NewDocumentForm, RenewForm, about
from lotse.quality.models import EvidenceDocument
from lotse.quality.queries import evidence_documents as queries
from lotse.quality.queries.frameworks import get_criterion, houses
from lotse.quality.views.shared import KEEPERS, insider, keeper, must_keep


def documents(request: HttpRequest) -> HttpResponse:
    actor, today, state = insider(request), timezone.localdate(), request.GET.get("stand", "")
    state = state if state in queries.STATES else ""
    page = keyset(queries.documents(actor, state, today), request.GET.get("ab", ""), by="title")
    numbers = queries.counted(actor, today)
    context = {
        "page": page, "today": today, "state": state, "may_file": rules.keeps(actor),
        "filters": [(key, label, numbers[key]) for key, label in queries.STATES.items()],
        "query": urlencode({"stand": state}) if state else "",
    }  # fmt: skip
    return render(request, "quality/evidence_documents.html", context)


def document(request: HttpRequest, evidence_document_id: str) -> HttpResponse:
    found = _open(request, evidence_document_id)
    context = {
        "document": found, "versions": queries.versions(found), "links": queries.links(found), "today": timezone.localdate(),
        "may_keep": rules.keeps_quality_of(request.actor, found.organisation), "may_renew": rules.renews(request.actor, found),
        "crumbs": [_home()],
    }  # fmt: skip
    return render(request, "quality/evidence_document.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """For a criterion, where one is named in the address."""
    actor, asked = keeper(request), request.GET.get("kriterium", "")
    criterion = get_criterion(actor, asked) if asked else None
    house = criterion.organisation if criterion else house_of(actor, request.GET.get("haus", ""))
    must_keep(actor, house)
    form = NewDocumentForm(request.POST or None, request.FILES or None, actor=actor, people=queries.owners(house))

    def act() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name not in ("file", "revision")}
        with receive(form.cleaned_data["file"], by=actor) as received:
            made = acts.file_document(by=actor, organisation=house, received=received, criterion=criterion, **given)
        return _url(made)

    lead = f"Belegt {criterion.code} {criterion.text}" if criterion else ""
    return form_page(
        request, form, act, title="Unterlage ablegen", crumbs=[_home()], done="Abgelegt.", submit="Ablegen", lead=lead
    )


def house_of(actor: Actor, asked: str) -> Organisation:
    """The one in the address, else the first that she keeps."""
    kept = houses(actor)
    house = kept.get(asked) or next(iter(kept.values()), None)
    if house is None:
        raise NotAllowed(KEEPERS)
    return house


def renew(request: HttpRequest, evidence_document_id: str) -> HttpResponse:
    found = _open(request, evidence_document_id)
    require(rules.renews(request.actor, found), acts.NOT_YOURS)
    first = {"revision": found.revision}
    form = RenewForm(request.POST or None, request.FILES or None, actor=request.actor, initial=first)

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        with receive(form.cleaned_data["file"], by=request.actor) as received:
            acts.renew_document(by=request.actor, document=found, received=received, **given)

    return form_page(
        request,
        form,
        act,
        title=f"„{found}“ erneuern",
        crumbs=_crumbs(found),
        done="Erneuert.",
        submit="Neue Fassung ablegen",
    )


def edit(request: HttpRequest, evidence_document_id: str) -> HttpResponse:
    found = _kept(request, evidence_document_id)
    people = queries.owners(found.organisation, found.owner)
    form = AboutForm(request.POST or None, actor=request.actor, people=people, initial=about(found))

    def act() -> None:
        acts.change_document(by=request.actor, document=found, **form.cleaned_data)

    return form_page(request, form, act, title="Unterlage ändern", crumbs=_crumbs(found))


def link(request: HttpRequest, evidence_document_id: str) -> HttpResponse:
    found = _kept(request, evidence_document_id)
    form = LinkDocumentForm(request.POST or None, actor=request.actor, criteria=queries.linkable(found))

    def act() -> None:
        acts.link_document(by=request.actor, document=found, **form.cleaned_data)

    return form_page(
        request, form, act, title=f"„{found}“ zuordnen", crumbs=_crumbs(found), done="Zugeordnet.", submit="Zuordnen"
    )


def unlink(request: HttpRequest, evidence_link_id: str) -> HttpResponse:
    found = queries.get_document_link(insider(request), evidence_link_id)
    must_keep(request.actor, found.document.organisation)

    def act() -> None:
        acts.unlink_document(by=request.actor, link=found)

    return button(request, act, _url(found.document), "Gelöst.")


def remove(request: HttpRequest, evidence_document_id: str) -> HttpResponse:
    found = _kept(request, evidence_document_id)

    def act() -> None:
        acts.remove_document(by=request.actor, document=found)

    return button(request, act, _home()[1], "Gelöscht.")


def file(request: HttpRequest, evidence_version_id: str) -> HttpResponse:
    """Written into the log before the file leaves."""
    found = queries.get_version(insider(request), evidence_version_id)
    record_read(by=request.actor, obj=found, what=f"{found} einer Nachweisunterlage", kind="downloaded")
    return file_answer(found.file)


def _open(request: HttpRequest, document_id: str) -> EvidenceDocument:
    return queries.get_document(insider(request), document_id)


def _kept(request: HttpRequest, document_id: str) -> EvidenceDocument:
    found = _open(request, document_id)
    must_keep(request.actor, found.organisation)
    return found


def _url(found: EvidenceDocument) -> str:
    return reverse("quality:evidence_document", args=[found.public_id])


def _home() -> Crumb:
    return "Nachweise", reverse("quality:evidence_documents")


def _crumbs(found: EvidenceDocument) -> list[Crumb]:
    return [_home(), (found.title, _url(found))]
