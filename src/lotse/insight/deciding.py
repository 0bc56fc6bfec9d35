"""What a house decides about its figures: values that they need, and how it rates a year."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.core.formflow import carried_out
from lotse.core.typed import recent_year
from lotse.facts.actions import rate, set_value
from lotse.facts.ratings import STEPS, ratings_of
from lotse.facts.rights import decides_figures
from lotse.facts.values import InForce, in_force
from lotse.insight.asking import counting_actor
from lotse.insight.forms import RatingForm, ValueForm


def values(request: HttpRequest) -> HttpResponse:
    """Every value as it holds today; who leads opens one and changes it."""
    actor = counting_actor(request)
    rows = in_force(actor, timezone.localdate())
    return render(request, "insight/values.html", {"rows": rows, "may_decide": decides_figures(actor)})


def value(request: HttpRequest, value_key: str) -> HttpResponse:
    actor = counting_actor(request)
    row = _setting(in_force(actor, timezone.localdate()), value_key)
    initial = {"value": row.value, "valid_from": timezone.localdate()}
    form = ValueForm(request.POST or None, actor=actor, initial=initial, setting=row.setting)
    if request.method == "POST" and carried_out(form, lambda: set_value(by=actor, key=value_key, **form.cleaned_data)):
        messages.success(request, "Gespeichert.")
        return redirect("insight:values")
    context = {"form": form, "row": row, "may_decide": decides_figures(actor)}
    return render(request, "insight/value.html", context)


def _setting(rows: list[InForce], key: str) -> InForce:
    found = next((row for row in rows if row.setting.key == key), None)
    if found is None:
        raise Http404
    return found


def network(request: HttpRequest) -> HttpResponse:
    actor, year = counting_actor(request), recent_year(request.GET, timezone.localdate())
    context = {"rows": ratings_of(actor, year), "year": year, "this_year": timezone.localdate().year, "steps": STEPS}
    return render(request, "insight/network.html", {**context, "may_decide": decides_figures(actor)})


def rating(request: HttpRequest, indicator_key: str) -> HttpResponse:
    actor, year = counting_actor(request), recent_year(request.GET, timezone.localdate())
    row = next((row for row in ratings_of(actor, year) if row.indicator.key == indicator_key), None)
    if row is None:
        raise Http404
    form = RatingForm(request.POST or None, actor=actor, initial=RatingForm.initial_from(row.rating))
    given = {"by": actor, "indicator": indicator_key, "year": year, "today": timezone.localdate()}
    if request.method == "POST" and carried_out(form, lambda: rate(**given, **form.typed())):
        messages.success(request, "Gespeichert.")
        return redirect(f"/auswertung/netzwerk/?jahr={year}")
    context = {"form": form, "row": row, "year": year, "may_decide": decides_figures(actor)}
    return render(request, "insight/rating.html", context)
