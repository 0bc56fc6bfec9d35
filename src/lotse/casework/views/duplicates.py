"""Which files may belong to one person, and what was decided about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from lotse.casework import queries
from lotse.casework.actions.pairs import decide_pair, take_back_decision
from lotse.casework.enums import PairKind
from lotse.casework.models import Client
from lotse.casework.queries.duplicates import KEYS, candidates, decisions
from lotse.casework.queries.merging import merge_report
from lotse.casework.views.shared import actor_of, file_view, require_reader
from lotse.core.formflow import refusals_told
from lotse.core.htmx import render
from lotse.core.paging import keyset, part_of

DONE = {
    PairKind.LINKED: "Verknüpft. Beide Akten zeigen aufeinander.",
    PairKind.DIFFERENT: "Gemerkt: keine Dublette.",
}


@require_reader
def duplicates(request: HttpRequest) -> HttpResponse:
    by = request.GET.get("nach", "")
    by = by if by in KEYS else "name"
    found = candidates(actor_of(request), by, request.GET.get("ab", ""))
    context = {"found": found, "by": by, "tab": by, "is_first": not request.GET.get("ab")}
    return render(request, "casework/duplicates.html", context)


@require_reader
def decided_pairs(request: HttpRequest) -> HttpResponse:
    kind = PairKind.LINKED if request.GET.get("art") == PairKind.LINKED else PairKind.DIFFERENT
    rows = keyset(decisions(actor_of(request), kind), request.GET.get("ab", ""), by="first_id")
    context = {"page": rows, "kind": kind, "kinds": PairKind, "tab": "decided"}
    return render(request, "casework/decided_pairs.html", context)


@require_reader
def merges(request: HttpRequest) -> HttpResponse:
    rows = part_of(list(merge_report(actor_of(request))), request.GET.get("ab", ""), size=25)
    return render(request, "casework/merges.html", {"page": rows, "tab": "merges"})


@file_view("Vergleich zweier Akten")
def decide(request: HttpRequest, client: Client, other_id: str) -> HttpResponse:
    """`kind` is what they are to each other; empty takes it back."""
    other = queries.get_client(request.actor, other_id)
    kind = request.POST.get("kind", "")
    if request.method == "POST":
        with refusals_told(request):
            messages.success(request, _decide(request, client, other, kind))
    return redirect(_back(request, client))


def _decide(request: HttpRequest, client: Client, other: Client, kind: str) -> str:
    if kind not in PairKind.values:
        take_back_decision(by=request.actor, client=client, other=other)
        return "Zurückgenommen."
    decide_pair(by=request.actor, client=client, other=other, kind=PairKind(kind))
    return DONE[PairKind(kind)]


def _back(request: HttpRequest, client: Client) -> str:
    back = request.POST.get("back", "")
    is_here = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_here and back.startswith("/") else client.get_absolute_url()
