"""Documents of the carrier: the list, one document for its readers and its keepers, who has read it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import table_answer
from lotse.organisations.actor import Actor
from lotse.quality import governed_papers, rules
from lotse.quality.actions import governed as acts
from lotse.quality.forms.governed import DocumentForm
from lotse.quality.models import GovernedDocument, GovernedVersion
from lotse.quality.queries import governed as queries
from lotse.quality.queries.frameworks import houses
from lotse.quality.queries.houses import house_asked, staff
from lotse.quality.views.shared import insider, keeper, must_keep, same_list

LIST = ("Unterlagen", "/qualitaet/unterlagen/")
NO_ROWS = "Wer gelesen hat, sieht, wer die Qualität des Trägers sichert."


def document_url(document: GovernedDocument) -> str:
    return reverse("quality:document", args=[document.public_id])


def document_crumbs(document: GovernedDocument) -> list[Crumb]:
    return [LIST, (str(document), document_url(document))]


def documents(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    only, text = request.GET.get("nur", ""), request.GET.get("q", "").strip()[:100]
    rows = queries.documents(actor)
    part = part_of(queries.chosen(rows, only, text), request.GET.get("ab", ""), size=100)
    filters = [(key, label, sum(map(lets, rows))) for key, (label, lets) in queries.FILTERS.items()]
    context = {
        "part": part, "sections": queries.by_kind(part.rows), "filters": filters, "only": only, "text": text,
        "total": len(rows), "may_keep": bool(houses(actor)), "shows_houses": len({r.document.organisation_id for r in rows}) > 1,
        "actor": actor, "query": same_list(request.GET, "q"),
    }  # fmt: skip
    return render(request, "quality/documents.html", context)


def document(request: HttpRequest, governed_document_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_document(actor, governed_document_id)
    version = queries.holding_version(found)
    context = {
        "document": found, "version": version, "crumbs": [LIST], "today": timezone.localdate(),
        "is_overdue": bool(version) and rules.is_overdue(version.review_on, timezone.localdate()),
        "may_read": bool(version) and queries.is_to_acknowledge(actor, version),
        "acknowledged": queries.acknowledged_by(actor, version) if version else None,
        **_for_writers(actor, found, version),
    }  # fmt: skip
    return render(request, "quality/document.html", context)


def _for_writers(actor: Actor, found: GovernedDocument, version: GovernedVersion | None) -> dict[str, object]:
    if not rules.writes(actor, found):
        return {}
    known = queries.versions(found)
    shown: dict[str, object] = {
        "may_write": True, "versions": known, "opened": next((one for one in known if one.is_open), None),
        "reviews": queries.reviews(found),
    }  # fmt: skip
    if rules.keeps_quality_of(actor, found.organisation):
        readers = queries.readers(version) if version else []
        missing = [row.person for row in readers if row.acknowledgement is None]
        shown |= {"may_keep": True, "readers": readers, "missing": missing, "shown_missing": queries.SHOWN_MISSING}
    return shown


def new_document(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    house = house_asked(actor, request.GET.get("traeger", ""))
    must_keep(actor, house)
    form = DocumentForm(
        request.POST or None, actor=actor, people=staff(house), agencies=queries.agencies(house)
    )  # fmt: skip

    def act() -> str:
        values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        made = acts.enter_document(by=actor, organisation=house, **values)
        return reverse("quality:new_version", args=[made.public_id])

    return form_page(
        request, form, act, title="Neues Dokument", crumbs=[LIST], template="quality/of_house.html", house=house,
        houses=houses(actor), submit="Weiter", done="Angelegt. Jetzt fehlt die erste Fassung.",
    )  # fmt: skip


def edit_document(request: HttpRequest, governed_document_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_document(actor, governed_document_id)
    must_keep(actor, found.organisation)
    form = DocumentForm(
        request.POST or None, actor=actor, document=found, people=_people(found),
        agencies=queries.agencies(found.organisation),
    )  # fmt: skip

    def act() -> None:
        acts.change_document(by=actor, document=found, **{"unit": None, **form.cleaned_data})

    return form_page(request, form, act, title=f"{found.title} ändern", crumbs=document_crumbs(found))


def _people(found: GovernedDocument) -> dict[str, object]:
    """Who owns it stays to be chosen, though she has left."""
    return {**staff(found.organisation), found.owner.public_id: found.owner}


def acknowledge(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = queries.get_version(insider(request), governed_version_id)

    def act() -> None:
        acts.acknowledge(by=request.actor, version=found)

    return button(request, act, document_url(found.document), "Danke, das ist vermerkt.")


def readers(request: HttpRequest, governed_version_id: str) -> HttpResponse:
    found = _kept_version(request, governed_version_id)
    rows = queries.readers(found)
    context = {
        "version": found, "part": part_of(rows, request.GET.get("ab", ""), size=100), "crumbs": document_crumbs(found.document),
        "confirmed": sum(row.acknowledgement is not None for row in rows),
    }  # fmt: skip
    return render(request, "quality/readers.html", context)


def readers_xlsx(request: HttpRequest, governed_version_id: str) -> HttpResponseBase:
    found = _kept_version(request, governed_version_id)
    sheet = governed_papers.readers_sheet(found, queries.readers(found))
    return table_answer("xlsx", sheet, f"Gelesen {found.document} {found}.xlsx")


def _kept_version(request: HttpRequest, governed_version_id: str) -> GovernedVersion:
    found = queries.get_version(insider(request), governed_version_id)
    if not rules.keeps_quality_of(request.actor, found.organisation):
        raise NotAllowed(NO_ROWS)
    return found
