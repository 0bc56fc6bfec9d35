"""Grants: what they are, whom they pay for, and their deadlines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, button, form_page
from lotse.organisations.enums import OrganisationKind
from lotse.programmes import rules
from lotse.programmes.actions import grants as acts
from lotse.programmes.actions import rules as rule_acts
from lotse.programmes.actions.due import follow_rules
from lotse.programmes.forms.deadlines import EndRuleForm, RuleForm
from lotse.programmes.forms.grants import AgenciesForm, GrantForm, NewGrantForm
from lotse.programmes.models import Grant
from lotse.programmes.profiles import profiles
from lotse.programmes.queries import grants as queries
from lotse.programmes.queries.due import deviations
from lotse.programmes.views.deadlines import insider


def grants(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    context = {"grants": queries.grants(actor), "may_begin": bool(actor.released_paths)}
    return render(request, "deadlines/grants.html", context)


def grant_url(grant: Grant) -> str:
    return reverse("deadlines:grant", args=[grant.public_id])


def grant_crumbs(grant: Grant) -> list[Crumb]:
    return [("Zuwendungen", reverse("deadlines:grants")), (grant.name, grant_url(grant))]


def grant(request: HttpRequest, grant_id: str) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    found = queries.get_grant(actor, grant_id)
    current, before = queries.rules_of(found, today)
    coordinates = rules.coordinates(actor, found.organisation)
    context = {
        "grant": found,
        "current": current,
        "before": before,
        "members": queries.agencies_of(actor, found),
        "coordinates": coordinates,
        "deviations": deviations(found, today) if coordinates else [],
        "today": today,
        "lines": found.lines.all(),
        "used_lines": queries.used_lines(found) if coordinates else (),
        "profile": profiles().get(found.profile),
    }
    return render(request, "deadlines/grant.html", context)


def _organisations() -> dict[str, dict]:
    return {
        "funders": queries.of_kind(OrganisationKind.MINISTRY),
        "authorities": queries.of_kind(OrganisationKind.GRANTING_AUTHORITY),
    }


def new_grant(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    if not actor.released_paths:
        raise NotAllowed(queries.WHO_COORDINATES)
    receivers, programmes = queries.receivers(actor), queries.funded_programmes()
    agencies = queries.agencies_to_fund(actor, None, today)
    first = {
        **NewGrantForm.next_after(queries.last_grant(actor), today), "agencies": list(agencies),
        "organisation": next(iter(receivers), ""),
    }  # fmt: skip
    form = NewGrantForm(
        request.POST or None, actor=actor, initial=first, receivers=receivers, programmes=programmes, agencies=agencies,
        **_organisations(),
    )  # fmt: skip

    def act() -> str:
        return grant_url(acts.begin_grant(by=actor, **form.cleaned_data))

    crumbs = [("Zuwendungen", reverse("deadlines:grants"))]
    return form_page(request, form, act, title="Neue Zuwendung", crumbs=crumbs, done="Angelegt, mit ihren Fristen.")


def edit_grant(request: HttpRequest, grant_id: str) -> HttpResponse:
    found = queries.coordinated_grant(insider(request), grant_id)
    form = GrantForm(request.POST or None, actor=request.actor, initial=GrantForm.first(found), **_organisations())

    def act() -> None:
        acts.change_grant(by=request.actor, grant=found, **form.cleaned_data)

    return form_page(request, form, act, title="Zuwendung ändern", crumbs=grant_crumbs(found))


def add_agencies(request: HttpRequest, grant_id: str) -> HttpResponse:
    found = queries.coordinated_grant(insider(request), grant_id)
    offered = queries.agencies_to_fund(request.actor, found, timezone.localdate())
    form = AgenciesForm(request.POST or None, actor=request.actor, agencies=offered)

    def act() -> None:
        acts.add_agencies(by=request.actor, grant=found, **form.cleaned_data)

    lead = "" if offered else "Alle Integrationsagenturen gehören schon dazu."
    return form_page(request, form, act, title="Agenturen aufnehmen", crumbs=grant_crumbs(found), lead=lead)


def remove_agency(request: HttpRequest, grant_agency_id: str) -> HttpResponse:
    insider(request)
    member = queries.coordinated_member(request.actor, grant_agency_id)
    to = grant_url(member.grant)
    done = "Herausgenommen. Was schon fällig ist, bleibt stehen."
    return button(request, lambda: acts.remove_agency(by=request.actor, grant_agency=member), to, done)


def follow(request: HttpRequest, grant_id: str) -> HttpResponse:
    found = queries.coordinated_grant(insider(request), grant_id)
    done = "Angepasst. Alle Betroffenen bekommen eine Nachricht."
    return button(request, lambda: follow_rules(by=request.actor, grant=found), grant_url(found), done)


def new_rule(request: HttpRequest, grant_id: str) -> HttpResponse:
    found = queries.coordinated_grant(insider(request), grant_id)
    form = RuleForm(request.POST or None, actor=request.actor, initial=RuleForm.first(None, timezone.localdate()))

    def act() -> None:
        rule_acts.add_rule(by=request.actor, grant=found, **form.columns)

    return form_page(request, form, act, title="Neue Fristregel", crumbs=grant_crumbs(found), done="Angelegt.")


def change_rule(request: HttpRequest, deadline_rule_id: str) -> HttpResponse:
    rule = queries.coordinated_rule(insider(request), deadline_rule_id)
    first = RuleForm.first(rule, timezone.localdate())
    form = RuleForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        rule_acts.change_rule(by=request.actor, rule=rule, **form.columns)

    note = "Die bisherige Regel bleibt für die Zeit davor stehen. Offene Fristen ändern Sie danach mit einem Klick."
    return form_page(request, form, act, title=f"Frist ändern: {rule.name}", crumbs=grant_crumbs(rule.grant), note=note)


def end_rule(request: HttpRequest, deadline_rule_id: str) -> HttpResponse:
    rule = queries.coordinated_rule(insider(request), deadline_rule_id)
    form = EndRuleForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        rule_acts.end_rule(by=request.actor, rule=rule, **form.cleaned_data)

    return form_page(request, form, act, title=f"Frist beenden: {rule.name}", crumbs=grant_crumbs(rule.grant))
