"""Who may come in, and how a small form of this room is answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.forms import LotseForm
from lotse.organisations.actor import Actor
from lotse.partners import rules

CLOSED = "Partner sehen und pflegen Beratung, Fachleitung und Koordination."


def reader(request: HttpRequest) -> Actor:
    if not (request.actor and rules.looks(request.actor)):
        raise NotAllowed(CLOSED)
    return request.actor


def keeper(request: HttpRequest) -> Actor:
    if not (request.actor and rules.keeps(request.actor, request.actor.organisation_id)):
        raise NotAllowed(CLOSED)
    return request.actor


def colleague(request: HttpRequest) -> Actor:
    if not (request.actor and rules.sees_pool(request.actor)):
        raise NotAllowed("Das Fachwissen sehen nur Kolleg*innen des eigenen Hauses.")
    return request.actor


def form_page(
    request: HttpRequest, form: LotseForm, act: Callable[[], Any], *, title: str, back: str, done: str, **context: Any
) -> HttpResponse:
    """`to`: where it goes on when it went through; else back."""
    if request.method == "POST" and carried_out(form, act):
        messages.success(request, done)
        return redirect(context.pop("to", back))
    return render(request, "partners/form.html", {"form": form, "title": title, "back": back, **context})
