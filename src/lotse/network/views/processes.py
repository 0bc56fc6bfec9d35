"""Optimierung: ways step by step, what a network rests on, and what was done for others."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import button, form_page
from lotse.core.typed import recent_year
from lotse.network import rules
from lotse.network.actions import processes as acts
from lotse.network.forms import processes as forms
from lotse.network.guides import Guide, guides
from lotse.network.queries import processes as queries
from lotse.network.views.shared import insider
from lotse.organisations.actor import Actor
from lotse.partners.queries import partner_list

LIST = ("Optimierung", "/netzwerk/optimierung/")
EVENTS = ("Für andere", "/netzwerk/zahlen/fuer-andere/")


def processes(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    ways = queries.ways(actor)
    context = {
        "ways": ways,
        "mine": {step.row.pk for way in ways if (step := way.next_step) and rules.works_on_step(actor, step.row)},
        "possible": queries.possible_ways(ways),
        "formats": queries.rated_formats(actor, today.year),
        "questions": len(queries.foundations().items),
        "year": today.year,
        "steers": rules.steers(actor, actor.organisation_id),
    }
    return render(request, "network/processes.html", context)


def _steering(request: HttpRequest, organisation_id: int | None = None) -> Actor:
    actor = insider(request)
    if not rules.steers(actor, organisation_id or actor.organisation_id):
        raise NotAllowed(acts.WHO_STEERS)
    return actor


def begin(request: HttpRequest, way_key: str) -> HttpResponse:
    actor, words = _steering(request), _guide(way_key)
    form = forms.BeginForm(
        request.POST or None, actor=actor, initial={"lead": actor.ref},
        people=queries.colleagues(actor), formats=_formats(actor),
    )  # fmt: skip

    def act() -> str:
        begun = acts.begin_process(by=actor, kind=words.key, **form.cleaned_data)
        return reverse("network:process", args=[begun.public_id])

    return form_page(
        request, form, act, title=words.title, crumbs=[LIST], lead=words.lead, submit="Beginnen", done="Begonnen."
    )


def _guide(way_key: str) -> Guide:
    words = guides().get(way_key)
    if words is None:
        raise Http404
    return words


def _formats(actor: Actor) -> dict[str, Any]:
    return {format.public_id: format for format, _answered in queries.rated_formats(actor, timezone.localdate().year)}


def process(request: HttpRequest, process_id: str) -> HttpResponse:
    actor = insider(request)
    way = queries.get_way(actor, process_id)
    may_end = rules.steers(actor, way.process.organisation_id) and way.process.ended_on is None
    mine = {step.row.pk for step in way.steps if rules.works_on_step(actor, step.row)}
    context = {"way": way, "process": way.process, "may_end": may_end, "mine": mine, "today": timezone.localdate()}
    return render(request, "network/process.html", context)


def step(request: HttpRequest, process_step_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_step(actor, process_step_id)
    if not rules.works_on_step(actor, found.row):
        raise NotAllowed(acts.WHO_STEERS)
    form = forms.StepForm(
        request.POST or None, actor=actor, initial=forms.StepForm.stored(found.row),
        people=queries.colleagues(actor, found.row.responsible), meetings=queries.near_meetings(actor, found.row.meeting),
    )  # fmt: skip

    def act() -> None:
        acts.keep_step(by=actor, step=found.row, **form.cleaned_data)

    way = ("Schritte", reverse("network:process", args=[found.row.process.public_id]))
    return form_page(request, form, act, title=found.item.title, crumbs=[LIST, way], lead=found.item.hint)


def end(request: HttpRequest, process_id: str) -> HttpResponse:
    actor = _steering(request)
    way = queries.get_way(actor, process_id)
    form = forms.EndProcessForm(request.POST or None, actor=actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.end_process(by=actor, process=way.process, **form.cleaned_data)

    back = (way.guide.title, reverse("network:process", args=[process_id]))
    return form_page(request, form, act, title="Abschließen", crumbs=[LIST, back], submit="Abschließen")


def foundations(request: HttpRequest, rated_format_id: str) -> HttpResponse:
    actor = insider(request)
    format, today = queries.get_format(actor, rated_format_id), timezone.localdate()
    year = recent_year(request.GET, today)
    shown = queries.foundations_of(actor, format, year)
    context = {"shown": shown, "format": format, "year": year, "this_year": today.year}
    may_rate = rules.steers(actor, format.organisation_id)
    return render(request, "network/foundations.html", {**context, "may_rate": may_rate})


def rate(request: HttpRequest, rated_format_id: str, question_key: str) -> HttpResponse:
    """One question; then the next that is open."""
    actor = insider(request)
    format, year = queries.get_format(actor, rated_format_id), recent_year(request.GET, timezone.localdate())
    if not rules.steers(actor, format.organisation_id):
        raise NotAllowed(acts.WHO_STEERS)
    row = queries.foundations_of(actor, format, year).by_key.get(question_key)
    if row is None:
        raise Http404
    now = row.rating
    initial = {"met": now.met, "sentence": now.sentence, "revision": now.revision} if now else {}
    form = forms.PreconditionForm(request.POST or None, actor=actor, initial=initial)

    def act() -> str:
        acts.rate_precondition(by=actor, format=format, key=question_key, year=year, **form.cleaned_data)
        item = queries.foundations_of(actor, format, year).next_item if now is None else None
        where = reverse("network:rate", args=[rated_format_id, item.key]) if item else page
        return f"{where}?jahr={year}"

    page = reverse("network:foundations", args=[rated_format_id])
    return form_page(
        request, form, act, title=f"{row.item.title} {year}", crumbs=[LIST, (format.name, f"{page}?jahr={year}")],
        lead=row.item.hint, before=row.before, template="network/rating_form.html", submit="Speichern und weiter" if now is None else "Speichern",
    )  # fmt: skip


def outreach(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    year = recent_year(request.GET, today)
    may_enter = not actor.permissions.isdisjoint(acts.ENTERS)
    context = {"rows": queries.outreach_list(actor, year), "year": year, "this_year": today.year}
    return render(
        request, "network/outreach.html", {**context, "may_enter": may_enter, "counts": rules.counts_network(actor)}
    )


def _outreach_form(request: HttpRequest, actor: Actor, initial: dict[str, Any]) -> forms.OutreachForm:
    if actor.permissions.isdisjoint(acts.ENTERS):
        raise NotAllowed("Das trägt ein, wer berät, Partner pflegt oder das Netzwerk organisiert.")
    partners = {partner.public_id: partner for partner in partner_list(actor)}
    return forms.OutreachForm(request.POST or None, actor=actor, initial=initial, partners=partners)


def new_outreach(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    form = _outreach_form(request, actor, {"on": timezone.localdate()})

    def act() -> None:
        acts.enter_outreach(by=actor, **form.cleaned_data)

    return form_page(request, form, act, title="Veranstaltung eintragen", crumbs=[EVENTS])


def edit_outreach(request: HttpRequest, outreach_id: str) -> HttpResponse:
    actor = insider(request)
    row = queries.get_outreach(actor, outreach_id)
    kept = {name: getattr(row, name) for name in ("kind", "on", "title", "reached")}
    form = _outreach_form(request, actor, {**kept, "partner": row.partner and row.partner.public_id})

    def act() -> None:
        acts.change_outreach(by=actor, outreach=row, **form.cleaned_data)

    return form_page(request, form, act, title="Veranstaltung ändern", crumbs=[EVENTS])


def remove_outreach(request: HttpRequest, outreach_id: str) -> HttpResponse:
    actor = insider(request)
    row = queries.get_outreach(actor, outreach_id)
    return button(request, lambda: acts.remove_outreach(by=actor, outreach=row), EVENTS[1], "Gelöscht.")
