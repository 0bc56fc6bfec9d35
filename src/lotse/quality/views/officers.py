"""Who answers for quality management at a carrier, and her exchange with others."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formpages import form_page
from lotse.core.paging import keyset
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.organisations.models import Organisation
from lotse.quality.actions import officers as acts
from lotse.quality.forms.officers import ExchangeForm, OfficerForm
from lotse.quality.queries import officers as queries
from lotse.quality.queries.frameworks import houses
from lotse.quality.queries.houses import usual_house
from lotse.quality.queries.improvements import people_at
from lotse.quality.rules import keeps
from lotse.quality.views.shared import insider, keeper, must_keep


def officers(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    current, former = queries.now_and_before(actor, today)
    context = {
        "current": current, "former": former, "missing": queries.without_officer(actor, today),
        "exchanges_with": queries.exchange_houses(actor), "unopened": queries.without_role(current, today) if keeps(actor) else (),
        "houses": houses(actor), "exchanges": keyset(queries.exchanges(actor), request.GET.get("ab", ""), by="-on"),
    }  # fmt: skip
    return render(request, "quality/officers.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [("QM-Beauftragte", reverse("quality:officers"))]


def new(request: HttpRequest) -> HttpResponse:
    """At the carrier that the address names, else the first of hers."""
    actor = keeper(request)
    house = _house(request)
    form = OfficerForm(
        request.POST or None, request.FILES or None, actor=actor, people=people_at(house),
        initial={"appointed_on": timezone.localdate()},
    )  # fmt: skip

    def act() -> None:
        _keep(form, acts.appoint, organisation=house)

    return form_page(
        request, form, act, title="QM-Beauftragte*n bestellen", crumbs=_crumbs(), lead=house.name, submit="Bestellen",
        done="Bestellt.",
    )  # fmt: skip


def _house(request: HttpRequest) -> Organisation:
    known = houses(request.actor)
    asked = request.GET.get("traeger", "")
    if asked and asked not in known:
        raise Http404
    return known[asked] if asked else usual_house(request.actor, known)


def _keep(form: OfficerForm, act, **of) -> None:  # type: ignore[no-untyped-def]
    values = {"by": form.actor, **of, **form.cleaned_data}
    upload = values.pop("file")
    if "organisation" in of:
        values.pop("revision")
    if not upload:
        act(**values)
        return
    with receive(upload, by=form.actor) as received:
        act(received=received, **values)


def edit(request: HttpRequest, qm_officer_id: str) -> HttpResponse:
    found = queries.get_officer(insider(request), qm_officer_id)
    must_keep(request.actor, found.organisation)
    first = {name: getattr(found, name) for name in ("is_deputy", "appointed_on", "until", "revision")}
    form = OfficerForm(request.POST or None, request.FILES or None, actor=request.actor, initial=first)

    def act() -> None:
        _keep(form, acts.change_officer, officer=found)

    return form_page(
        request,
        form,
        act,
        title=f"Bestellung von {found}",
        crumbs=_crumbs(),
        lead="Sie endet an dem Tag, den Sie angeben, und bleibt hier stehen.",
    )


def letter(request: HttpRequest, qm_officer_id: str) -> HttpResponse:
    found = queries.get_officer(insider(request), qm_officer_id)
    must_keep(request.actor, found.organisation)
    if found.letter is None:
        raise Http404
    return file_answer(found.letter)


def new_exchange(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    known = queries.exchange_houses(actor)
    require(bool(known), acts.WHO_EXCHANGES)
    form = ExchangeForm(request.POST or None, actor=actor, houses=known)

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        acts.keep_exchange(by=actor, **given)

    return form_page(request, form, act, title="Austausch festhalten", crumbs=_crumbs())


def exchange(request: HttpRequest, qm_exchange_id: str) -> HttpResponse:
    found = queries.get_exchange(insider(request), qm_exchange_id)
    names = ("on", "with_whom", "participants", "topics", "results", "revision")
    form = ExchangeForm(
        request.POST or None, actor=request.actor, initial={name: getattr(found, name) for name in names}
    )

    def act() -> None:
        acts.keep_exchange(by=request.actor, organisation=found.organisation, exchange=found, **form.cleaned_data)

    return form_page(request, form, act, title=f"Austausch: {found.with_whom}", crumbs=_crumbs())
