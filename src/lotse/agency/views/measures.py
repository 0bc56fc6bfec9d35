"""The everyday entry, the list of a year, and the page of one measure."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import measures as acts
from lotse.agency.actions.proofs import file_proof
from lotse.agency.enums import MeasureState
from lotse.agency.forms.measures import CallOffForm, MeasureForm
from lotse.agency.models import Measure
from lotse.agency.queries import measures as queries
from lotse.agency.queries import proofs
from lotse.agency.queries.agencies import agencies, own_agencies
from lotse.agency.queries.figures import of_agency
from lotse.agency.queries.volunteers import overdue
from lotse.agency.views.entry import DRAFT, entry_of, form_for
from lotse.agency.views.shared import WRITERS, insider
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.formpages import Crumb, form_page
from lotse.core.typed import asked_year
from lotse.documents.intake import receive
from lotse.facts.models import YEARS
from lotse.organisations.actor import Actor
from lotse.organisations.enums import ActionField

LACKS = (("entry", "noch nachzutragen"), ("task", "ohne Aufgabe"), ("proof", "ohne Nachweis"))
SHOWN = ("held", "participants", "volunteer_hours", "proven")
KEPT = "{title} ist eingetragen."


def open_measure(request: HttpRequest, measure_id: str) -> Measure:
    return queries.get_measure(insider(request), measure_id)


def own_measure(request: HttpRequest, measure_id: str) -> Measure:
    found = open_measure(request, measure_id)
    if not rules.works_in(request.actor, found.agency):
        raise NotAllowed(WRITERS)
    return found


def measure_url(measure: Measure) -> str:
    return reverse("agency:measure", args=[measure.public_id])


def measure_crumbs(measure: Measure) -> list[Crumb]:
    return [("Maßnahmen", reverse("agency:measures")), (measure.title, measure_url(measure))]


def asked_again(request: HttpRequest) -> str:
    """What was asked for, so that the next page keeps it."""
    asked = request.GET.copy()
    asked.pop("ab", None)
    return asked.urlencode()


def measures(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    names = {"agency": "agentur", "task": "aufgabe", "field": "feld", "lacks": "fehlt"}
    narrowed = {name: request.GET.get(word, "") for name, word in names.items()}
    wanted = queries.Wanted(year=asked_year(request.GET, YEARS, today.year), **narrowed)
    part = queries.page_of(queries.listed(actor, wanted, today), request.GET.get("ab", ""))
    context = {"part": part, "wanted": wanted, "today": today, "narrowed": asked_again(request), "lacks": LACKS}
    return render(request, "agency/measures.html", {**context, **_around_list(actor, wanted, today)})


def _around_list(actor: Actor, wanted: queries.Wanted, today: date) -> dict[str, Any]:
    """Figures where it is about one agency, and what can be narrowed to."""
    seen = list(agencies(actor))
    one = next((agency for agency in seen if agency.public_id == wanted.agency or len(seen) == 1), None)
    return {
        "figures": of_agency(actor, one, wanted.year, SHOWN) if one else None,
        "years": queries.years_of(actor, today), "tasks": queries.tasks_for(actor, seen, [wanted.year]),
        "agencies": seen if len(seen) > 1 else [], "fields": ActionField.choices,
        "overdue": overdue(actor, today), "may_write": bool(own_agencies(actor)),
    }  # fmt: skip


def measure(request: HttpRequest, measure_id: str) -> HttpResponse:
    found = open_measure(request, measure_id)
    chain = chain_of(found)
    context = {
        "measure": found, "may_write": rules.works_in(request.actor, found.agency), "today": timezone.localdate(),
        "is_to_enter": found.state == MeasureState.PLANNED and found.on < timezone.localdate(),
        "chain": chain, "is_told": any(text for _label, text in chain), **proofs.around(found),
    }  # fmt: skip
    return render(request, "agency/measure.html", context)


def chain_of(measure: Measure) -> list[tuple[str, str]]:
    """From what was needed to what shall be different: the pattern of model.md §8.1."""
    return [
        ("Anlass", measure.occasion),
        ("Mitgewirkt haben", measure.actors),
        ("Ändern soll sich", measure.expected_change),
        ("Ergebnis", measure.result),
    ]


def new(request: HttpRequest) -> HttpResponse:
    if not own_agencies(insider(request)):
        raise NotAllowed(WRITERS)
    copied = request.GET.get("wie", "")
    return _entry(request, copied=queries.get_measure(request.actor, copied) if copied else None)


def edit(request: HttpRequest, measure_id: str) -> HttpResponse:
    return _entry(request, of=own_measure(request, measure_id))


def _entry(request: HttpRequest, *, of: Measure | None = None, copied: Measure | None = None) -> HttpResponse:
    form, draft, ref = *form_for(request, of or copied, is_new=of is None), of.public_id if of else ""
    kept: list[Measure] = []
    if request.method == "POST":
        with drafts.saved_by_action(request.actor, DRAFT, ref):
            if carried_out(form, lambda: kept.append(_keep(request, form, of))):
                messages.success(request, KEPT.format(title=kept[0].title))
                return redirect("agency:new_measure" if "next" in request.POST else measure_url(kept[0]))
    back = measure_url(of) if of else reverse("agency:measures")
    context = {"form": form, "draft": draft, "draft_key": DRAFT, "ref": ref, "of": of, "back": back}
    return render(request, "agency/measure_form.html", context)


def _keep(request: HttpRequest, form: MeasureForm, of: Measure | None) -> Measure:
    """The measure first: what goes wrong with a file afterwards has lost nothing."""
    entry, by = entry_of(request.actor, form), request.actor
    if of:
        made = acts.change_measure(by=by, measure=of, entry=entry, revision=form.cleaned_data["revision"])
    else:
        made = acts.enter_measure(by=by, agency=form.chosen_agency(), entry=entry)
    for upload in form.cleaned_data["files"]:
        with receive(upload, by=by) as received:
            file_proof(by=by, measure=made, received=received, kind=form.cleaned_data["files_kind"])
    return made


def call_off(request: HttpRequest, measure_id: str) -> HttpResponse:
    found = own_measure(request, measure_id)
    form = CallOffForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.call_off_measure(by=request.actor, measure=found, **form.cleaned_data)

    title, done = "Fällt aus", "Als ausgefallen eingetragen."
    return form_page(request, form, act, title=title, crumbs=measure_crumbs(found), done=done, submit="Fällt aus")
