"""Datenaustausch: an alignment with its four steps, on one page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.forms import LotseForm
from lotse.network import rules
from lotse.network.actions import alignment as acts
from lotse.network.forms import alignment as forms
from lotse.network.models import Alignment
from lotse.network.queries import alignment as queries
from lotse.network.queries.processes import colleagues, rated_formats
from lotse.network.views.shared import insider
from lotse.organisations.actor import Actor
from lotse.partners.queries import partner_list

LIST = ("Datenaustausch", "/netzwerk/datenaustausch/")


def alignments(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    context = {
        "rows": queries.alignments(actor),
        "in_force": queries.exchanges_in_force(actor, today),
        "may_begin": _may_begin(actor),
        "today": today,
    }
    return render(request, "network/alignments.html", context)


def _may_begin(actor: Actor) -> bool:
    return rules.steers(actor, actor.organisation_id) or rules.looks_after_data(actor, actor.organisation_id)


def _form(request: HttpRequest, actor: Actor, initial: dict[str, Any], **more: Any) -> forms.AlignmentForm:
    formats = {format.public_id: format for format, _n in rated_formats(actor, timezone.localdate().year)}
    return forms.AlignmentForm(
        request.POST or None, actor=actor, initial=initial, people=colleagues(actor, **more), formats=formats
    )


def new_alignment(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    if not _may_begin(actor):
        raise NotAllowed(acts.WHO_LEADS)
    form = _form(request, actor, {"contact": actor.ref})

    def act() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        return _to(acts.begin_alignment(by=actor, **given))

    return form_page(request, form, act, title="Neue Abstimmung", crumbs=[LIST], submit="Beginnen", done="Begonnen.")


def _to(found: Alignment) -> str:
    return reverse("network:alignment", args=[found.public_id])


def alignment(request: HttpRequest, alignment_id: str) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    whole = queries.whole_alignment(actor, alignment_id, today)
    leads = rules.leads_alignment(actor, whole.alignment) and whole.alignment.ended_on is None
    context = {"whole": whole, "alignment": whole.alignment, "leads": leads, "today": today, "actor": actor}
    return render(request, "network/alignment.html", context)


def led(request: HttpRequest, found: Alignment) -> tuple[Actor, list[Crumb]]:
    """Who leads it, and the way back to it."""
    if not rules.leads_alignment(request.actor, found):
        raise NotAllowed(acts.WHO_LEADS)
    return request.actor, crumbs_of(found)


def crumbs_of(found: Alignment) -> list[Crumb]:
    return [LIST, (found.title, _to(found))]


def edit_alignment(request: HttpRequest, alignment_id: str) -> HttpResponse:
    found = queries.get_alignment(insider(request), alignment_id)
    actor, crumbs = led(request, found)
    kept = {name: getattr(found, name) for name in ("title", "clear_by", "done_by", "revision")}
    rows = {"contact": found.contact.public_id, "format": found.format and found.format.public_id}
    form = _form(request, actor, {**kept, **rows}, kept=found.contact)

    def act() -> None:
        acts.change_alignment(by=actor, alignment=found, **form.cleaned_data)

    return form_page(request, form, act, title="Abstimmung ändern", crumbs=crumbs)


def end_alignment(request: HttpRequest, alignment_id: str) -> HttpResponse:
    form = forms.EndAlignmentForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})
    lead = "Was in Kraft ist, gilt weiter."
    return _step(request, alignment_id, form, acts.end_alignment, "Abschließen", lead=lead, submit="Abschließen")


def _step(
    request: HttpRequest, alignment_id: str, form: LotseForm, verb: Callable[..., Any], title: str, **more: Any
) -> HttpResponse:
    found = queries.get_alignment(insider(request), alignment_id)
    actor, crumbs = led(request, found)

    def act() -> None:
        verb(by=actor, alignment=found, **form.cleaned_data)

    return form_page(request, form, act, title=title, crumbs=crumbs, **more)


def new_party(request: HttpRequest, alignment_id: str) -> HttpResponse:
    actor = insider(request)
    partners = {partner.public_id: partner for partner in partner_list(actor)}
    form = forms.PartyForm(request.POST or None, actor=actor, partners=partners)
    return _step(request, alignment_id, form, acts.add_party, "Einrichtung hinzufügen", submit="Hinzufügen")


def new_example(request: HttpRequest, alignment_id: str) -> HttpResponse:
    """By whoever works here; names of clients are named back to her."""
    actor = insider(request)
    found = queries.get_alignment(actor, alignment_id)
    form = forms.ExampleForm(request.POST or None, actor=actor)

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in form.looked_through}
        acts.tell_example(by=actor, alignment=found, warnings=form.acknowledged, **given)

    return form_page(request, form, act, title="Praxisbeispiel", crumbs=crumbs_of(found))


def edit_example(request: HttpRequest, example_id: str) -> HttpResponse:
    """By who told it; names of clients are named back to her again."""
    actor = insider(request)
    found = queries.get_example(actor, example_id)
    if found.written_by_id != actor.person_id:
        raise NotAllowed(acts.WHO_TOLD)
    kept = {name: getattr(found, name) for name in (*forms.ExampleForm.looked_through, "revision")}
    form = forms.ExampleForm(request.POST or None, actor=actor, initial=kept)

    def act() -> None:
        acts.change_example(by=actor, example=found, warnings=form.acknowledged, **form.cleaned_data)

    return form_page(request, form, act, title="Praxisbeispiel ändern", crumbs=crumbs_of(found.alignment))


def remove_example(request: HttpRequest, example_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_example(actor, example_id)
    return button(request, lambda: acts.remove_example(by=actor, example=found), _to(found.alignment), "Gelöscht.")


def new_statement(request: HttpRequest, alignment_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_alignment(actor, alignment_id)
    form = forms.StatementForm(request.POST or None, actor=actor, parties=queries.parties_of(actor, found))

    def verb(*, revision: int | None, **given: Any) -> None:
        acts.state_rule(**given)

    return _step(request, alignment_id, form, verb, "Regel festhalten")


def edit_statement(request: HttpRequest, statement_id: str) -> HttpResponse:
    found = queries.get_statement(insider(request), statement_id)
    actor, crumbs = led(request, found.alignment)
    kept = {name: getattr(found, name) for name in ("subject", "text", "aligned", "revision")}
    initial = {**kept, "party": found.party and found.party.public_id}
    parties = queries.parties_of(actor, found.alignment)
    form = forms.StatementForm(request.POST or None, actor=actor, initial=initial, parties=parties)

    def act() -> None:
        acts.change_rule(by=actor, statement=found, **form.cleaned_data)

    return form_page(request, form, act, title="Regel festhalten", crumbs=crumbs)
