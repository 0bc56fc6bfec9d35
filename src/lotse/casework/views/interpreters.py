from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.casework.forms.calendar import PeriodForm
from lotse.casework.queries import interpreters as queries
from lotse.casework.views.shared import actor_of, require_reader


@require_reader
def interpreters(request: HttpRequest) -> HttpResponse:
    """Hours by language in a period; `sprache` opens the appointments behind a sum."""
    actor, today = actor_of(request), timezone.localdate()
    asked = {"start": f"{today.year}-01-01", "end": f"{today}", **request.GET.dict()}
    form = PeriodForm(asked, actor=actor)
    context = {"form": form, "language": request.GET.get("sprache", "")[:20]}
    if form.is_valid():
        period = (form.cleaned_data["start"], form.cleaned_data["end"])
        context["rows"] = queries.hours_by_language(actor, *period)
        if context["language"]:
            context["appointments"] = queries.appointments_in(actor, *period, context["language"])
    return render(request, "casework/interpreters.html", context)
