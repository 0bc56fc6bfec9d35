"""Moving house, and who is responsible afterwards (CL-25)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lotse.casework.actions.moves import keep_responsibility, record_move
from lotse.casework.forms.moves import MoveForm
from lotse.casework.models import Client
from lotse.casework.queries.responsibility import lives_now
from lotse.casework.views.shared import file_view, form_page
from lotse.core.formflow import refusals_told


@file_view("Umzug", tab="overview")
def move(request: HttpRequest, client: Client) -> HttpResponse:
    initial = {"since": timezone.localdate(), "address": client.address, **lives_now(client)}
    form = MoveForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        record_move(by=request.actor, client=client, **form.cleaned_data)

    return form_page(
        request, client, form, act, title="Umzug", done="Umzug festgehalten.", to=client.get_absolute_url()
    )


@file_view("Umzug", tab="overview")
def keep(request: HttpRequest, client: Client) -> HttpResponse:
    if request.method == "POST":
        with refusals_told(request):
            keep_responsibility(by=request.actor, client=client)
            messages.success(request, "Festgehalten: Sie bleiben zuständig.")
    return redirect("casework:overview", client.public_id)
