"""Released tables: the list, one snapshot with its tables, its files, and the steps of whoever leads the carrier."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lotse.auditlog.door import require
from lotse.casework.rules import reads_files, sees_capacity
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.formpages import form_page
from lotse.facts.rules import reads_targets
from lotse.insight import actions, queries, rules
from lotse.insight.asking import counting_actor
from lotse.insight.comparing import beside_year_before
from lotse.insight.forms_released import TablesForm, WithdrawForm
from lotse.insight.models import Snapshot
from lotse.insight.papers_released import FILES, answer
from lotse.insight.protecting import Audience
from lotse.surveys.scope import sees_rounds

EXACT, OUTSIDE = "genau", "aussen"


def tables(request: HttpRequest) -> HttpResponse:
    actor = counting_actor(request)
    context = {
        "waiting": queries.waiting(actor),
        "released": queries.released(actor),
        "withdrawn": queries.withdrawn(actor),
        "leads": rules.releases_tables(actor, actor.organisation_id),
        "reads_files": reads_files(actor),
        "sees_capacity": sees_capacity(actor),
        "sees_surveys": sees_rounds(actor),
        "has_strategy": reads_targets(actor),
        "keeps_map": rules.keeps_map(actor),
    }
    return render(request, "insight/released.html", context)


def new_tables(request: HttpRequest) -> HttpResponse:
    actor = counting_actor(request)
    require(rules.releases_tables(actor, actor.organisation_id), actions.NOT_YOURS)
    sites, made = queries.sites_to_release(actor), []
    form = TablesForm(request.POST or None, today=timezone.localdate(), sites=sites)

    def act() -> None:
        made.append(actions.prepare(by=actor, period=form.asked, site=form.place))

    if request.method == "POST" and carried_out(form, act):
        return redirect(_url(made[0]))
    return render(request, "insight/new_tables.html", {"form": form})


def snapshot(request: HttpRequest, tables_id: str) -> HttpResponse:
    found = queries.get_snapshot(counting_actor(request), tables_id)
    views = _views(request, found)
    chosen = request.GET.get("sicht", "")
    if chosen not in views:
        raise Http404
    tables = beside_year_before(found, views[chosen])
    context = {
        "snapshot": found,
        "tables": [table for table in tables if not table.is_empty],
        "empty": [table.title for table in tables if table.is_empty],
        "views": views,
        "view": chosen,
        "leads": rules.releases_tables(request.actor, found.organisation_id),
    }
    return render(request, "insight/snapshot.html", context)


def tables_paper(request: HttpRequest, tables_id: str, ending: str) -> HttpResponse:
    """A file leaves the house: it hides what readers outside do not see, whoever fetches it."""
    found = queries.get_snapshot(counting_actor(request), tables_id)
    if ending not in FILES:
        raise Http404
    return answer(found, ending)


@require_POST
def release(request: HttpRequest, tables_id: str) -> HttpResponse:
    found = _led(request, tables_id)
    with refusals_told(request):
        actions.release(by=request.actor, snapshot=found)
        messages.success(request, "Freigegeben.")
    return redirect(_url(found))


def withdraw(request: HttpRequest, tables_id: str) -> HttpResponse:
    found = _led(request, tables_id)
    form = WithdrawForm(request.POST or None)

    def act() -> None:
        actions.withdraw(by=request.actor, snapshot=found, **form.cleaned_data)

    note = "Danach sieht sie nur noch, wer den Träger leitet. Wer sie schon gedruckt hat, behält sie."
    return form_page(
        request,
        form,
        act,
        title="Tabellen zurückziehen",
        done="Zurückgezogen.",
        crumbs=[(str(found), _url(found))],
        note=note,
    )


def _led(request: HttpRequest, tables_id: str) -> Snapshot:
    found = queries.get_snapshot(counting_actor(request), tables_id)
    require(rules.releases_tables(request.actor, found.organisation_id), actions.NOT_YOURS)
    return found


def _url(found: Snapshot) -> str:
    return reverse("insight:snapshot", args=[found.public_id])


def _views(request: HttpRequest, found: Snapshot) -> dict[str, Audience | None]:
    """How the reader may look at it: as she sees it, as readers outside do, and exactly where she reads every file."""
    own = rules.audience_of(request.actor, found)
    views: dict[str, Audience | None] = {"": own}
    if own == Audience.INSIDE:
        views[OUTSIDE] = Audience.OUTSIDE
    if rules.sees_exact(request.actor, found):
        views[EXACT] = None
    return views
