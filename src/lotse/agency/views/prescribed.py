"""Vorlagen und Logos: kept by who releases the documents of the agencies below."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.agency.forms.prescribed import PICTURES, WORD, FormTemplateForm, LogoForm, ValidityForm
from lotse.agency.prescribed_papers import paper
from lotse.agency.queries import prescribed as queries
from lotse.agency.queries.controlling import question_sets
from lotse.agency.views.shared import insider
from lotse.core.errors import NotAllowed
from lotse.core.formpages import button, form_page
from lotse.documents import template_actions as acts
from lotse.documents import templates
from lotse.documents.answers import attached, file_answer, pdf_answer
from lotse.documents.archives import DOCX
from lotse.documents.intake import receive
from lotse.documents.models import FormTemplate, Logo
from lotse.documents.templates import Current, Purpose
from lotse.organisations.actor import Actor

LIST = ("Vorlagen und Logos", "/agentur/vorlagen/")
MISSING = "Gespeichert. Im Formular fehlen Platzhalter: {}. Was dort stehen müsste, wird nicht gedruckt."


def keeper(request: HttpRequest) -> Actor:
    actor = insider(request)
    if not actor.released_paths:
        raise NotAllowed(templates.KEPT_BY)
    return actor


def shelves(request: HttpRequest) -> HttpResponse:
    actor, today = keeper(request), timezone.localdate()
    forms, logos = queries.form_shelves(actor, today), queries.logo_shelves(actor, today)
    has_none = not any(shelf.rows for shelf in forms)
    context = {"forms": forms, "logos": logos, "has_none": has_none, "question_sets": question_sets(actor)}
    return render(request, "agency/prescribed.html", context)


def new_form(request: HttpRequest, form_purpose: str) -> HttpResponse:
    actor, purpose = keeper(request), _purpose(form_purpose)
    form = FormTemplateForm(
        request.POST or None, request.FILES or None, actor=actor, purpose=purpose,
        keepers=queries.possible_keepers(actor), initial=_from_today(),
    )  # fmt: skip

    def act() -> None:
        _save_form(actor, form, purpose)
        if form.missing:
            messages.warning(request, MISSING.format(", ".join(form.missing)))

    return form_page(
        request, form, act, title=f"Vorlage für {purpose.name}", crumbs=[LIST], template="agency/prescribed_form.html",
        purpose=purpose,
    )  # fmt: skip


def _save_form(actor: Actor, form: FormTemplateForm, purpose: Purpose) -> None:
    values = {**form.cleaned_data, "purpose": purpose.key, "missing": form.missing}
    upload = values.pop("file")
    if upload is None:
        acts.save_template(by=actor, **values)
        return
    with receive(upload, by=actor, types=WORD) as received:
        acts.save_template(by=actor, received=received, **values)


def new_logo(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    initial = {**_from_today(), "slot": request.GET.get("fuer", "")}
    keepers = queries.possible_keepers(actor)
    form = LogoForm(request.POST or None, request.FILES or None, actor=actor, keepers=keepers, initial=initial)

    def act() -> None:
        values = {**form.cleaned_data}
        with receive(values.pop("file"), by=actor, types=PICTURES) as received:
            acts.save_logo(by=actor, received=received, **values)

    return form_page(request, form, act, title="Neues Logo", crumbs=[LIST])


def form_validity(request: HttpRequest, form_template_id: str) -> HttpResponse:
    row = queries.get_form(keeper(request), form_template_id)
    return _validity(request, row, f"{templates.PURPOSES[row.purpose].name}, {row}")


def logo_validity(request: HttpRequest, logo_id: str) -> HttpResponse:
    row = queries.get_logo(keeper(request), logo_id)
    return _validity(request, row, f"{row}: {row.alt}")


def _validity(request: HttpRequest, row: FormTemplate | Logo, what: str) -> HttpResponse:
    initial = {"valid_from": row.valid_from, "valid_to": row.valid_to}
    form = ValidityForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        acts.set_validity(by=request.actor, row=row, **form.cleaned_data)

    return form_page(request, form, act, title="Gültigkeit", crumbs=[LIST], lead=what[0].upper() + what[1:])


def examples(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)

    def act() -> None:
        first = next(iter(queries.possible_keepers(actor).values()))
        purposes = [templates.PURPOSES[key] for key in queries.OWN_PURPOSES]
        acts.adopt_examples(by=actor, organisation=first, purposes=purposes, day=timezone.localdate())

    return button(request, act, reverse("agency:forms"), "Drei Beispiele sind angelegt.")


def example(request: HttpRequest, form_purpose: str) -> HttpResponseBase:
    keeper(request)
    purpose = _purpose(form_purpose)
    return attached(templates.example(purpose), f"Beispiel {purpose.key}.docx", DOCX)


def preview(request: HttpRequest, form_template_id: str) -> HttpResponseBase:
    """With invented contents: the filled form, or the paper of the house."""
    row = queries.get_form(keeper(request), form_template_id)
    values = templates.PURPOSES[row.purpose].sample()
    if row.file:
        return attached(templates.fill(row, values), f"Vorschau {row.purpose}.docx", DOCX)
    today = timezone.localdate()
    current = Current(row, "", templates.logos(row.organisation, today))
    printed = replace(paper(queries.sample_document(row, today), values, current), watermark=templates.EXAMPLE)
    return pdf_answer(printed, f"Vorschau {row.purpose}.pdf")


def form_file(request: HttpRequest, form_template_id: str) -> HttpResponse:
    row = queries.get_form(keeper(request), form_template_id)
    if row.file is None:
        raise Http404
    return file_answer(row.file)


def logo_image(request: HttpRequest, logo_id: str) -> HttpResponse:
    return file_answer(queries.get_logo(keeper(request), logo_id).image)


def _purpose(key: str) -> Purpose:
    purpose = queries.purpose_named(key)
    if purpose is None:
        raise Http404
    return purpose


def _from_today() -> dict[str, object]:
    return {"valid_from": timezone.localdate()}
