"""A small page with one form, the shape of every step of a topic, a task or a release."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lotse.core.formflow import carried_out
from lotse.core.forms import LotseForm


def step_page(
    request: HttpRequest, form: LotseForm, act: Callable[[], Any], *, title: str, done: str, to: str, **context: Any
) -> HttpResponse:
    """`crumb`, `note` and `submit` are words for the page."""
    if request.method == "POST" and carried_out(form, act):
        messages.success(request, done)
        return redirect(to)
    return render(request, "network/step.html", {"form": form, "title": title, "back": to, **context})
