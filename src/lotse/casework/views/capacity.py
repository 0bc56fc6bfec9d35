from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions.capacity import set_caseload_guide
from lotse.casework.capacity import capacity, guide_for
from lotse.casework.forms.capacity import CaseloadForm
from lotse.casework.views.shared import actor_of
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.htmx import render


def capacity_page(request: HttpRequest) -> HttpResponse:
    """How many cases the sites carry and how many more fit. No client is named."""
    actor, today = actor_of(request), timezone.localdate()
    if not rules.sees_capacity(actor):
        raise NotAllowed("Diese Seite gehört zur Beratung und zu ihrer Leitung.")
    guide = guide_for(actor, today)
    start = {"cases_per_fte": guide.cases, "valid_from": today}
    form = CaseloadForm(request.POST or None, actor=actor, initial=start)
    if request.method == "POST" and carried_out(form, lambda: set_caseload_guide(by=actor, **form.cleaned_data)):
        messages.success(request, "Richtwert gespeichert.")
        return redirect("casework:capacity")
    context = {"sites": capacity(actor, today), "guide": guide, "form": form, "may_set": rules.sets_caseload(actor)}
    return render(request, "casework/capacity.html", context)
