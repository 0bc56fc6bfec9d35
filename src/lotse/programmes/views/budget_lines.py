"""The financing plan on the page of a grant."""

from django.http import HttpRequest, HttpResponse

from lotse.core.formpages import button, form_page
from lotse.programmes.actions import budget_lines as acts
from lotse.programmes.forms.grants import LineForm, NewLineForm
from lotse.programmes.queries import grants as queries
from lotse.programmes.views.deadlines import insider
from lotse.programmes.views.grants import grant_crumbs, grant_url


def new_line(request: HttpRequest, grant_id: str) -> HttpResponse:
    found = queries.coordinated_grant(insider(request), grant_id)
    form = NewLineForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.add_line(by=request.actor, grant=found, **form.cleaned_data)

    return form_page(request, form, act, title="Neue Ausgabenart", crumbs=grant_crumbs(found))


def rename_line(request: HttpRequest, budget_line_id: str) -> HttpResponse:
    line = queries.coordinated_line(insider(request), budget_line_id)
    first = {"number": line.number, "name": line.name}
    form = LineForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.rename_line(by=request.actor, line=line, **form.cleaned_data)

    note = "Was auf dieser Ausgabenart geplant und gebucht ist, bleibt dort."
    return form_page(request, form, act, title=f"Umbenennen: {line}", crumbs=grant_crumbs(line.grant), note=note)


def remove_line(request: HttpRequest, budget_line_id: str) -> HttpResponse:
    line = queries.coordinated_line(insider(request), budget_line_id)
    to = grant_url(line.grant)
    return button(request, lambda: acts.remove_line(by=request.actor, line=line), to, f"Entfernt: {line}.")


def raise_line(request: HttpRequest, budget_line_id: str) -> HttpResponse:
    line = queries.coordinated_line(insider(request), budget_line_id)
    return button(request, lambda: acts.raise_line(by=request.actor, line=line), grant_url(line.grant))
