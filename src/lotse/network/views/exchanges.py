"""An exchange of data: its page, and the steps of it."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.forms import LotseForm
from lotse.core.typed import whole
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.network import rules
from lotse.network.actions import exchanges as acts
from lotse.network.forms import alignment as forms
from lotse.network.models import ExchangeProcess
from lotse.network.queries import alignment as queries
from lotse.network.views.alignment import crumbs_of, led
from lotse.network.views.shared import insider

STORED = ("direction", "purpose", "categories", "legal_basis", "conditions", "valid_from", "valid_to", "revision")


def exchange(request: HttpRequest, exchange_id: str) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    found = queries.get_exchange(actor, exchange_id)
    is_open = found.activated_on is None
    leads, is_officer = (
        rules.leads_alignment(actor, found.alignment),
        rules.looks_after_data(actor, found.organisation_id),
    )
    context = {
        "exchange": found,
        "shown": queries.Shown(found, found.state_on(today)),
        "crumbs": crumbs_of(found.alignment),
        "next_version": getattr(found, "replaced_by", None),
        "leads": leads,
        "is_open": is_open,
        "may_say_yes": is_open and found.own_yes_on is None and rules.says_yes(actor, found),
        "may_end": not is_open and found.ended_on is None and (leads or is_officer),
    }
    return render(request, "network/exchange.html", context)


def to_exchange(found: ExchangeProcess) -> str:
    return reverse("network:exchange", args=[found.public_id])


def _crumbs(found: ExchangeProcess) -> list[Crumb]:
    return [*crumbs_of(found.alignment), (found.purpose, to_exchange(found))]


def new_exchange(request: HttpRequest, alignment_id: str) -> HttpResponse:
    within = queries.get_alignment(insider(request), alignment_id)
    actor, crumbs = led(request, within)
    parties = queries.parties_of(actor, within)
    first = {"valid_from": timezone.localdate(), "party": next(iter(parties), "") if len(parties) == 1 else ""}
    form = forms.ExchangeForm(request.POST or None, actor=actor, initial=first, parties=parties)

    def act() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        return to_exchange(acts.draft_exchange(by=actor, alignment=within, **given))

    title, done = "Datenaustausch vorbereiten", "Vorbereitet. Jetzt fehlt das Ja beider Datenschutzbeauftragten."
    return form_page(request, form, act, title=title, crumbs=crumbs, done=done)


def edit_exchange(request: HttpRequest, exchange_id: str) -> HttpResponse:
    found = queries.get_exchange(insider(request), exchange_id)
    actor, _back = led(request, found.alignment)
    kept = {**{name: getattr(found, name) for name in STORED}, "party": found.party.public_id}
    parties = queries.parties_of(actor, found.alignment)
    form = forms.ExchangeForm(request.POST or None, actor=actor, initial=kept, parties=parties)

    def act() -> None:
        acts.change_exchange(by=actor, exchange=found, **form.cleaned_data)

    is_agreed = found.own_yes_on or found.other_yes_on
    lead = "Wenn Sie etwas ändern, werden beide Seiten noch einmal gefragt." if is_agreed else ""
    return form_page(request, form, act, title="Datenaustausch ändern", crumbs=_crumbs(found), lead=lead)


def agree(request: HttpRequest, exchange_id: str) -> HttpResponse:
    """To the words that she has before her."""
    actor = insider(request)
    found = queries.get_exchange(actor, exchange_id)
    if not rules.looks_after_data(actor, found.organisation_id):
        raise NotAllowed(acts.WHO_SAYS_YES)
    revision = whole(request.POST.get("revision", ""))

    def act() -> None:
        acts.agree_to_exchange(by=actor, exchange=found, revision=revision)

    return button(request, act, to_exchange(found), "Ihr Ja ist festgehalten.")


def _step(
    request: HttpRequest, found: ExchangeProcess, form: LotseForm, verb: Callable[..., Any], title: str, **more: Any
) -> HttpResponse:
    def act() -> None:
        verb(by=request.actor, exchange=found, **form.cleaned_data)

    return form_page(request, form, act, title=title, crumbs=_crumbs(found), done="Festgehalten.", **more)


def object_to(request: HttpRequest, exchange_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_exchange(actor, exchange_id)
    if not rules.looks_after_data(actor, found.organisation_id):
        raise NotAllowed(acts.WHO_SAYS_YES)
    form = forms.ObjectionForm(request.POST or None, actor=actor)
    return _step(request, found, form, acts.object_to_exchange, "Noch kein Ja")


def other_yes(request: HttpRequest, exchange_id: str) -> HttpResponse:
    found = queries.get_exchange(insider(request), exchange_id)
    actor, _back = led(request, found.alignment)
    initial = {"officer": found.party.officer, "on": timezone.localdate()}
    form = forms.OtherYesForm(request.POST or None, request.FILES or None, actor=actor, initial=initial)

    def verb(*, file: Any, **data: Any) -> None:
        with receive(file, by=actor) as received:
            acts.record_other_yes(received=received, **data)

    return _step(request, found, form, verb, f"Ja von {found.party}")


def scan(request: HttpRequest, exchange_id: str) -> FileResponse:
    found = queries.get_exchange(insider(request), exchange_id)
    if found.scan is None:
        raise Http404
    return file_answer(found.scan)


def renew(request: HttpRequest, exchange_id: str) -> HttpResponse:
    found = queries.get_exchange(insider(request), exchange_id)
    actor, _back = led(request, found.alignment)
    made: list[ExchangeProcess] = [found]

    def act() -> None:
        made.append(acts.renew_exchange(by=actor, exchange=found))

    answer = button(request, act, to_exchange(found), "Neue Fassung begonnen.")
    answer["Location"] = to_exchange(made[-1])
    return answer


def drop(request: HttpRequest, exchange_id: str) -> HttpResponse:
    found = queries.get_exchange(insider(request), exchange_id)
    actor, back = led(request, found.alignment)
    return button(request, lambda: acts.drop_exchange(by=actor, exchange=found), back[-1][1], "Entwurf verworfen.")


def end(request: HttpRequest, exchange_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_exchange(actor, exchange_id)
    if not (rules.leads_alignment(actor, found.alignment) or rules.looks_after_data(actor, found.organisation_id)):
        raise NotAllowed(acts.WHO_SAYS_YES)
    form = forms.EndExchangeForm(request.POST or None, actor=actor)
    return _step(request, found, form, acts.end_exchange, "Austausch beenden", submit="Beenden")
