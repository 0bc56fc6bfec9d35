"""How a case goes on: kind of counselling, phase, target group, longer duration."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions import cases
from lotse.casework.capacity import free_places
from lotse.casework.enums import Tier
from lotse.casework.forms import ExtendForm, PhaseForm, TargetGroupForm, TierForm
from lotse.casework.models import Client
from lotse.casework.views.cases import open_case_of, overview_url
from lotse.casework.views.shared import file_view, form_page
from lotse.casework.views.sheets import Sheet, open_sheet
from lotse.catalogues.loader import catalogue
from lotse.catalogues.queries import for_organisation
from lotse.organisations.actor import Actor

GROUP = ("target_group", "in_crisis", "crisis_note", "has_free_capacity", "has_course_duty", "revision")


def _sheet(request: HttpRequest, client: Client, names: Iterable[str], key: str = "", **more: Any) -> Sheet:
    """The columns of the open case as the form shows them."""

    def read() -> dict[str, Any]:
        case = open_case_of(request, client)
        return {**more, **{name: getattr(case, name) for name in names}}

    return open_sheet(request, client, read, key)


@file_view("Art der Beratung", tab="overview")
def change_tier(request: HttpRequest, client: Client) -> HttpResponse:
    """Suggested, never forced (CL-06)."""
    case = open_case_of(request, client)
    sheet = _sheet(request, client, ("tier", "revision"), since=timezone.localdate())
    form = TierForm(request.POST or None, actor=request.actor, initial=sheet.initial, case=case)

    def act() -> None:
        data = {**form.cleaned_data, "tier": Tier(form.cleaned_data["tier"])}
        cases.set_tier(by=request.actor, case=case, warnings=form.acknowledged, **data)

    context: dict[str, Any] = {
        "notice": queries.tier_suggestion(case),
        "guide": for_organisation("tier_guide", request.actor.organisation_id).offered_on(timezone.localdate()),
        "past": [(c.since, c.get_tier_display(), c.note) for c in case.tier_changes.all()],
    }
    return _save(request, client, form, act, "Art der Beratung", sheet, **context)


def _save(
    request: HttpRequest, client: Client, form: Any, act: Callable[[], Any], title: str, sheet: Sheet, **context: Any
) -> HttpResponse:
    to = overview_url(client)
    return form_page(request, client, form, act, title=title, done="Gespeichert.", to=to, sheet=sheet, **context)


@file_view("Phase", tab="overview")
def phase(request: HttpRequest, client: Client) -> HttpResponse:
    sheet = _sheet(request, client, ("phase", "revision"))
    form = PhaseForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        cases.set_phase(by=request.actor, case=open_case_of(request, client), **form.cleaned_data)

    guide = [e for e in catalogue("cm_phase").entries.values() if e.hint]
    return _save(request, client, form, act, "Phase der Fallsteuerung", sheet, phases=guide)


@file_view("Zielgruppe", tab="overview")
def target_group(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(request, client)
    sheet = _sheet(request, client, GROUP, "target_group")
    form = TargetGroupForm(request.POST or None, actor=request.actor, initial=sheet.initial, case=case)

    def act() -> None:
        cases.set_target_group(by=request.actor, case=case, warnings=form.acknowledged, **form.cleaned_data)

    return _save(request, client, form, act, "Zielgruppe", sheet, notice=_room(request.actor, client))


def _room(actor: Actor, client: Client) -> str:
    """What helps to answer whether there is free capacity; empty where nobody knows."""
    room = free_places(actor, client.site_id, timezone.localdate())
    if room is None:
        return ""
    return (
        f"An der Beratungsstelle ist rechnerisch noch Platz für mindestens {room} Fälle."
        if room > 0
        else "Die Beratungsstelle ist rechnerisch voll."
    )


@file_view("Verlängerung", tab="overview")
def extend(request: HttpRequest, client: Client) -> HttpResponse:
    case = open_case_of(request, client)

    def read() -> dict[str, Any]:
        fresh = open_case_of(request, client)
        return {"until": fresh.extended_until, "reason": fresh.extension_reason, "revision": fresh.revision}

    sheet = open_sheet(request, client, read, "extend")
    form = ExtendForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        cases.extend(by=request.actor, case=case, **form.cleaned_data)

    return _save(request, client, form, act, "Beratung verlängern", sheet)
