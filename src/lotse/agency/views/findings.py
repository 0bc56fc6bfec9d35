"""Data and needs of an analysis, one by one, several at once, and which follows from which."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lotse.agency import rules
from lotse.agency.actions import findings as acts
from lotse.agency.enums import DocumentKind
from lotse.agency.forms.analysis import DataForm, DataItemForm, LinkForm, NeedForm
from lotse.agency.models import AgencyDocument, DataItem, Need
from lotse.agency.queries import analysis as queries
from lotse.agency.views.shared import WRITERS, agency_url, document_url, insider, own_document
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.forms import LotseForm

KIND = DocumentKind.ANALYSIS


def crumbs_to(document: AgencyDocument, anchor: str) -> list[Crumb]:
    """Back to the place on the page that this was about."""
    return [(str(document.agency), agency_url(document.agency)), (str(document), f"{document_url(document)}#{anchor}")]


def add_data(request: HttpRequest, analysis_id: str) -> HttpResponse:
    """Stays on the page as long as she has more; topic, source, place and day stand there from the last one."""
    found = own_document(request, analysis_id, KIND)
    form = DataForm(request.POST or None, actor=request.actor, initial=_like_last(found), needs=_needs(found))
    here = reverse("agency:add_data", args=[found.public_id])

    def act() -> str | None:
        acts.add_data(by=request.actor, document=found, rows=form.rows, needs=form.cleaned_data.get("needs", []))
        return here if "more" in request.POST else None

    recent = found.data_items.order_by("-id")[:4]
    title, template = "Daten eingeben", "agency/data_form.html"
    return form_page(
        request, form, act, title=title, crumbs=crumbs_to(found, "daten"), template=template, recent=recent
    )


def _like_last(document: AgencyDocument) -> dict[str, Any]:
    last = document.data_items.order_by("-id").first()
    return {name: getattr(last, name) for name in ("topic", "source", "area", "as_of")} if last else {}


def _needs(document: AgencyDocument) -> list[Need]:
    return list(document.needs.all())


def _own(request: HttpRequest, row: Any) -> Any:
    if not rules.may_write(request.actor, row.document):
        raise NotAllowed(WRITERS)
    return row


def _own_item(request: HttpRequest, data_item_id: str) -> DataItem:
    return _own(request, queries.get_data_item(insider(request), data_item_id))


def _own_need(request: HttpRequest, need_id: str) -> Need:
    return _own(request, queries.get_need(insider(request), need_id))


def data_item(request: HttpRequest, data_item_id: str) -> HttpResponse:
    found = _own_item(request, data_item_id)
    names = ("label", "value", "unit", "area", "as_of", "topic", "source", "revision")
    said = {**{n: getattr(found, n) for n in names}, "needs": [need.public_id for need in found.needs.all()]}
    form = DataItemForm(request.POST or None, actor=request.actor, initial=said, needs=_needs(found.document))

    def act() -> None:
        acts.change_data_item(by=request.actor, item=found, **{"needs": [], **form.cleaned_data})

    return _change_page(request, found, form, act, title="Angabe ändern", place="daten", remove="remove_data_item")


def _change_page(
    request: HttpRequest, found: Any, form: LotseForm, act: Callable[[], None], *, title: str, place: str, remove: str
) -> HttpResponse:
    """With a way to take it out again."""
    return form_page(
        request, form, act, title=title, crumbs=crumbs_to(found.document, place), template="agency/finding_form.html",
        remove=reverse(f"agency:{remove}", args=[found.public_id]),
    )  # fmt: skip


def remove_data_item(request: HttpRequest, data_item_id: str) -> HttpResponse:
    found = _own_item(request, data_item_id)
    to = f"{document_url(found.document)}#daten"
    return button(request, lambda: acts.remove_data_item(by=request.actor, item=found), to, "Entfernt.")


def add_need(request: HttpRequest, analysis_id: str) -> HttpResponse:
    """What no need follows from yet stands first."""
    found = own_document(request, analysis_id, KIND)
    items = [*queries.unlinked_data(found), *queries.data_items(found).exclude(needs=None).distinct()]
    form = NeedForm(request.POST or None, actor=request.actor, data_items=items)

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        acts.add_need(by=request.actor, document=found, **given)

    return form_page(request, form, act, title="Bedarf aufnehmen", crumbs=crumbs_to(found, "bedarfe"))


def need(request: HttpRequest, need_id: str) -> HttpResponse:
    found = _own_need(request, need_id)
    items = list(queries.data_items(found.document))
    said = {name: getattr(found, name) for name in ("text", "field", "revision")}
    said |= {"data_items": [item.public_id for item in found.data_items.all()]}
    form = NeedForm(request.POST or None, actor=request.actor, initial=said, data_items=items)

    def act() -> None:
        acts.change_need(by=request.actor, need=found, **{"data_items": [], **form.cleaned_data})

    return _change_page(request, found, form, act, title="Bedarf ändern", place="bedarfe", remove="remove_need")


def remove_need(request: HttpRequest, need_id: str) -> HttpResponse:
    found = _own_need(request, need_id)
    to = f"{document_url(found.document)}#bedarfe"
    return button(request, lambda: acts.remove_need(by=request.actor, need=found), to, "Entfernt.")


def link_data(request: HttpRequest, analysis_id: str) -> HttpResponse:
    """What has no link yet; everything with `alle`."""
    found = own_document(request, analysis_id, KIND)
    unlinked, lonely = list(queries.unlinked_data(found)), list(queries.needs_without_data(found))
    is_all = "alle" in request.GET
    items = unlinked if unlinked and not is_all else list(queries.data_items(found))
    wants = lonely if lonely and not unlinked and not is_all else _needs(found)
    form = LinkForm(request.POST or None, actor=request.actor, data_items=items, needs=wants)

    def act() -> str | None:
        acts.link_data(by=request.actor, document=found, **form.cleaned_data)
        rest = queries.unlinked_data(found).exists() or queries.needs_without_data(found).exists()
        return reverse("agency:link_data", args=[found.public_id]) if rest else None

    left = {"unlinked": len(unlinked), "lonely": len(lonely), "is_all": is_all, "nothing": not (items and wants)}
    return form_page(
        request, form, act, title="Daten und Bedarfe verbinden", crumbs=crumbs_to(found, "bedarfe"), done="Verbunden.",
        template="agency/link_form.html", submit="Verbinden", found=found, **left,
    )  # fmt: skip


def check_taken_over(request: HttpRequest, analysis_id: str) -> HttpResponse:
    found = own_document(request, analysis_id, KIND)
    items = list(queries.data_items(found).filter(to_check=True))
    wants = list(found.needs.filter(to_check=True))
    form = LinkForm(request.POST or None, actor=request.actor, data_items=items, needs=wants)

    def act() -> None:
        acts.confirm_taken_over(by=request.actor, document=found, **form.cleaned_data)

    lead = "Kreuzen Sie an, was weiter gilt. Anderes ändern oder entfernen Sie in der Analyse."
    return form_page(
        request, form, act, title="Übernommenes prüfen", crumbs=crumbs_to(found, "daten"), lead=lead, done="Geprüft.",
        submit="Gilt weiter", template="agency/check_form.html", nothing=not (items or wants),
    )  # fmt: skip
