"""The organisation's templates for letters: who looks after its texts looks after them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lotse.casework.actions.letters import save_template, switch_template
from lotse.casework.forms.letters import WORD, TemplateForm
from lotse.casework.gaps import NAMES
from lotse.casework.queries import letters as queries
from lotse.casework.views.shared import actor_of
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.htmx import render
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission


def _keeper(request: HttpRequest) -> Actor:
    if not actor_of(request).may(Permission.MANAGE_TEXTS):
        raise NotAllowed("Vorlagen pflegt, wer Texte und Listen pflegt.")
    return request.actor


def templates(request: HttpRequest) -> HttpResponse:
    return render(request, "casework/templates.html", {"rows": queries.templates(_keeper(request), only_active=False)})


def edit(request: HttpRequest, template_id: str = "") -> HttpResponse:
    actor = _keeper(request)
    template = queries.get_template(actor, template_id) if template_id else None
    initial = {"name": template.name} if template else {}
    form = TemplateForm(request.POST or None, request.FILES or None, actor=actor, initial=initial)

    def act() -> None:
        with receive(form.cleaned_data["file"], by=actor, types=WORD) as received:
            save_template(
                by=actor, template=template, name=form.cleaned_data["name"], gaps=form.gaps, received=received
            )

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Vorlage gespeichert.")
        return redirect("casework:templates")
    return render(request, "casework/template.html", {"form": form, "template": template, "names": NAMES})


def switch(request: HttpRequest, template_id: str) -> HttpResponse:
    actor = _keeper(request)
    template = queries.get_template(actor, template_id)
    if request.method == "POST":
        switch_template(by=actor, template=template, is_active=not template.is_active)
    return redirect("casework:templates")


def download(request: HttpRequest, template_id: str) -> HttpResponse:
    return file_answer(queries.get_template(_keeper(request), template_id).file)
