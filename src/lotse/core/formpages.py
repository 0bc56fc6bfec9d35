"""A page with one form and one act, and a step that is one button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lotse.core.formflow import carried_out, refusals_told
from lotse.core.forms import LotseForm

Crumb = tuple[str, str]


def form_page(
    request: HttpRequest, form: LotseForm, act: Callable[[], str | None], *, title: str, crumbs: list[Crumb],
    done: str = "Gespeichert.", template: str = "core/form.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """After the act it goes on to the address that `act` returns, else back to where the last crumb leads."""
    back = crumbs[-1][1]
    went: list[str | None] = []
    if request.method == "POST" and carried_out(form, lambda: went.append(act())):
        messages.success(request, done)
        return redirect(went[0] or back)
    return render(request, template, {"form": form, "title": title, "crumbs": crumbs, "back": back, **context})


def button(request: HttpRequest, act: Callable[[], Any], to: str, done: str = "") -> HttpResponse:
    if request.method == "POST":
        with refusals_told(request):
            act()
            if done:
                messages.success(request, done)
    return redirect(to)
