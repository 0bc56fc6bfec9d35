"""The table of who is responsible where; read by everybody in the house, laid down by who leads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions.responsibility import NOT_YOURS, end_rule, set_rule
from lotse.casework.forms.responsibility import ELSEWHERE, ResponsibilityForm
from lotse.casework.queries import responsibility as queries
from lotse.casework.responsibility_example import SINGEN, SOURCE
from lotse.casework.views.shared import actor_of
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.htmx import render
from lotse.programmes.queries.programmes import programme_list


def table(request: HttpRequest) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    sites = queries.own_sites(actor)
    programmes = {p.public_id: p for p in programme_list() if p.is_counselling}
    form = ResponsibilityForm(
        request.POST or None, actor=actor, sites=[(key, site.name) for key, site in sites.items()],
        programmes=[(key, p.name) for key, p in programmes.items()], initial={"valid_from": today, **_asked(request)},
    )  # fmt: skip

    def act() -> None:
        data: dict[str, Any] = dict(form.cleaned_data)
        data |= {"site": sites.get(data["site"]), "programme": programmes.get(data["programme"])}
        set_rule(by=actor, **data)

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Regel gespeichert.")
        return redirect("casework:responsibility")
    shown = {"rows": queries.responsibility_rules(actor, today), "examples": SINGEN, "source": SOURCE, "today": today}
    may_set = {"may_set": rules.sets_responsibility(actor), "form": form}
    return render(request, "casework/responsibility.html", {**shown, **may_set})


def _asked(request: HttpRequest) -> dict[str, str]:
    """The example that was chosen, to be changed and saved as an own rule."""
    chosen = next((row for row in SINGEN if row.accommodation == request.GET.get("beispiel")), None)
    return {**vars(chosen), "site": ELSEWHERE} if chosen else {}


def end(request: HttpRequest, rule_id: str) -> HttpResponse:
    actor = actor_of(request)
    if not rules.sets_responsibility(actor):
        raise NotAllowed(NOT_YOURS)
    rule = queries.get_rule(actor, rule_id)
    if request.method == "POST":
        with refusals_told(request):
            end_rule(by=actor, rule=rule, on=timezone.localdate())
            messages.success(request, "Die Regel gilt nur noch heute.")
    return redirect("casework:responsibility")
