"""Internal review of files: rounds of a site, the checklist of one file, and the points that come back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions.review import confirm_round, draw_round, finish_review, settle_point
from lotse.casework.forms.review import ChecklistForm, DrawForm
from lotse.casework.models import Client, ReviewRound
from lotse.casework.queries import review as queries
from lotse.casework.queries.caseload import reviewers
from lotse.casework.views.shared import actor_of, file_view, form_page
from lotse.catalogues.own_lists import lists_of
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out, refusals_told
from lotse.core.htmx import render
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.queries import sites_led

LIST = "file_review_item"


def _guard(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not (rules.reads_files(actor) or actor.may(Permission.CONFIRM_FILE_ACCESS)):
        raise NotAllowed("Akten prüfen Beratung und Fachleitung.")
    return actor


def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds, how promptly things are written down, and for who leads a site: drawing the next one."""
    actor, today = _guard(request), timezone.localdate()
    sites = {site.public_id: site for site in sites_led(actor)}
    people = {person.public_id: person for person in reviewers(actor)} if sites else {}
    form = DrawForm(
        request.POST or None, actor=actor, sites=[(k, s.name) for k, s in sites.items()],
        people=[(k, str(p)) for k, p in people.items()],
        initial={"opens_until": today + timedelta(days=30), "reviewer": actor.ref},
    )  # fmt: skip

    def act() -> None:
        data = dict(form.cleaned_data)
        site, reviewer = sites[data.pop("site")], people[data.pop("reviewer")]
        draw_round(by=actor, site=site, reviewer=reviewer, quarter=today, **data)

    if request.method == "POST" and sites and carried_out(form, act):
        messages.success(request, "Gezogen. Die Zufallszahl ist gespeichert, die Ziehung lässt sich nachvollziehen.")
        return redirect("casework:review_rounds")
    context = {"form": form if sites else None, "rounds": queries.rounds(actor), "quarter": queries.quarter_of(today)}
    promptly = queries.timeliness(actor, queries.quarter_of(today))
    return render(request, "casework/review_rounds.html", {**context, "timeliness": promptly})


def one_round(request: HttpRequest, round_id: str) -> HttpResponse:
    """Files as numbers: who only confirms sees no name."""
    found = queries.get_round(_guard(request), round_id)
    if request.method == "POST":
        _confirm(request, found)
        return redirect("casework:review_round", found.public_id)
    context = {
        "round": found,
        "reviews": found.reviews.select_related("client").prefetch_related("points").order_by("client__number"),
        "may_confirm": rules.may_confirm_round(request.actor, found) and found.confirmed_at is None
        and found.reviewer_id != found.drawn_by_id,
        "may_review": found.reviewer_id == request.actor.person_id,
    }  # fmt: skip
    return render(request, "casework/review_round.html", context)


def _confirm(request: HttpRequest, found: ReviewRound) -> None:
    with refusals_told(request):
        confirm_round(by=request.actor, review_round=found)
        messages.success(request, "Bestätigt. Die gezogenen Akten sind jetzt offen.")


@file_view("Aktenprüfung", tab="overview")
def checklist(request: HttpRequest, client: Client, review_id: str) -> HttpResponse:
    review = queries.get_review(request.actor, client, review_id)
    entries = lists_of(client.organisation_id).get(LIST).offered_on(timezone.localdate())
    items = [(entry.key, entry.label) for entry in entries]
    due = timezone.localdate() + timedelta(days=14)
    form = ChecklistForm(request.POST or None, actor=request.actor, items=items, due=due)

    def act() -> None:
        finish_review(by=request.actor, review=review, **form.data_for_review())

    to = reverse("casework:review_round", args=[review.round.public_id])
    done = "Geprüft. Offene Punkte sind bei der zuständigen Person."
    return form_page(request, client, form, act, title="Akte prüfen", done=done, to=to)


def done_point(request: HttpRequest, point_id: str) -> HttpResponse:
    point = queries.get_point(actor_of(request), point_id)
    if request.method == "POST":
        with refusals_told(request):
            settle_point(by=request.actor, point=point)
            messages.success(request, "Erledigt.")
    return redirect("portal:home")
