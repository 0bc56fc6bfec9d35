"""The pages about keys: our own, and those of the others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lotse.core.formflow import refusals_told
from lotse.core.formpages import form_page
from lotse.wayup import queries, rules
from lotse.wayup.actions import keys as actions
from lotse.wayup.forms import KeyForm
from lotse.wayup.views import reporting


def keys(request: HttpRequest) -> HttpResponse:
    actor = reporting(request)
    own = queries.keys_of(actor.organisation_id)
    return render(request, "wayup/keys.html", {"own": own, "others": list(queries.installations(actor))})


def make(request: HttpRequest) -> HttpResponse:
    actor = reporting(request)
    if request.method == "POST":
        with refusals_told(request):
            actions.make_keys(by=actor)
            messages.success(request, "Der Schlüssel ist erzeugt.")
    return redirect("wayup:keys")


def register(request: HttpRequest) -> HttpResponse:
    actor, form = reporting(request), KeyForm(request.POST or None)

    def act() -> None:
        actions.register(by=actor, **form.cleaned_data)

    to, done = reverse("wayup:keys"), "Eingetragen. Jetzt vergleicht eine zweite Person das Prüfzeichen am Telefon."
    return form_page(request, form, act, title="Schlüssel eintragen", done=done, crumbs=[("Schlüssel", to)])


def installation(request: HttpRequest, installation_id: str) -> HttpResponse:
    actor = reporting(request)
    found = queries.get_installation(actor, installation_id)
    if request.method == "POST":
        confirms = request.POST.get("verb") == "confirm"
        verb, said = (actions.confirm, "Bestätigt.") if confirms else (actions.end, "Gesperrt.")
        with refusals_told(request):
            verb(by=actor, installation=found)
            messages.success(request, said)
        return redirect("wayup:installation", installation_id)
    context = {"installation": found, "may_confirm": rules.may_confirm(actor, found)}
    return render(request, "wayup/installation.html", context)
