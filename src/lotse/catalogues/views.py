from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.catalogues import actions
from lotse.catalogues.forms import EntryForm, NewEntryForm, ReleaseForm
from lotse.catalogues.lines import EntryLine, entry_lines, get_change, get_entry, get_list, group_choices, list_lines
from lotse.catalogues.text_lines import get_text, language_lines, side_by_side
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.paging import part_of
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission


def _actor(request: HttpRequest) -> Actor:
    if not (request.actor and request.actor.may(Permission.MANAGE_TEXTS)):
        raise NotAllowed("Listen und Texte pflegen Fachleitung und Geschäftsführung.")
    return request.actor


def lists(request: HttpRequest) -> HttpResponse:
    lines = list_lines(_actor(request))
    open_ones = [line for line in lines if line.found.is_default]
    fixed = [line for line in lines if not line.found.is_default]
    return render(request, "catalogues/lists.html", {"open_ones": open_ones, "fixed": fixed})


def entries(request: HttpRequest, list_name: str) -> HttpResponse:
    actor = _actor(request)
    found, asked = get_list(actor, list_name), request.GET.get("q", "")
    part = part_of(entry_lines(actor, list_name, asked), request.GET.get("ab", ""))
    return render(request, "catalogues/list.html", {"list": found, "part": part, "text": asked})


def new_entry(request: HttpRequest, list_name: str) -> HttpResponse:
    actor = _actor(request)
    found = get_list(actor, list_name)
    form = NewEntryForm(request.POST or None, actor=actor, groups=group_choices(actor, found))
    if request.method == "POST" and carried_out(
        form, lambda: actions.add_entry(by=actor, name=list_name, **form.cleaned_data)
    ):
        messages.success(request, "Eintrag angelegt. Er steht ab jetzt zur Auswahl.")
        return redirect("catalogues:list", list_name)
    return render(request, "catalogues/entry.html", {"list": found, "form": form})


def entry(request: HttpRequest, list_name: str, entry_key: str) -> HttpResponse:
    actor = _actor(request)
    found, line = get_list(actor, list_name), get_entry(actor, list_name, entry_key)
    change = get_change(actor, list_name, entry_key)
    form = EntryForm(request.POST or None, actor=actor, line=line, order=change.order if change else None)
    if request.method == "POST" and carried_out(form, lambda: _wish(actor, list_name, line, form)):
        messages.success(request, "Gespeichert.")
        return redirect("catalogues:list", list_name)
    return render(request, "catalogues/entry.html", {"list": found, "line": line, "form": form})


def _wish(actor: Actor, list_name: str, line: EntryLine, form: EntryForm) -> None:
    """A wish for what is proposed anyway is none."""
    wish, change = form.wish(), get_change(actor, list_name, line.entry.key)
    if any(wish.values()):
        actions.change_entry(by=actor, name=list_name, key=line.entry.key, **wish)
    elif change:
        actions.reset_entry(by=actor, override=change)


def reset_entry(request: HttpRequest, list_name: str, entry_key: str) -> HttpResponse:
    actor = _actor(request)
    get_entry(actor, list_name, entry_key)
    change = get_change(actor, list_name, entry_key)
    if request.method == "POST" and change:
        actions.reset_entry(by=actor, override=change)
        messages.success(request, "Zurückgesetzt.")
    return redirect("catalogues:list", list_name)


def texts(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogues/texts.html", {"languages": language_lines(_actor(request))})


def client_text(request: HttpRequest, language: str, text_key: str) -> HttpResponse:
    actor = _actor(request)
    translation, line = get_text(actor, language, text_key)
    form = ReleaseForm(request.POST or None, actor=actor, initial={"reviewed_on": timezone.localdate()})
    if request.method == "POST" and carried_out(
        form, lambda: actions.release_text(by=actor, key=text_key, language=language, **form.cleaned_data)
    ):
        messages.success(request, "Freigegeben. Der Hinweis „Entwurf, nicht geprüft“ wird nicht mehr gedruckt.")
        return redirect("catalogues:text", language, text_key)
    context = {"translation": translation, "line": line, "form": form, "tables": side_by_side(translation, text_key)}
    return render(request, "catalogues/text.html", context)


def withdraw_text(request: HttpRequest, language: str, text_key: str) -> HttpResponse:
    actor = _actor(request)
    _translation, line = get_text(actor, language, text_key)
    if request.method == "POST" and line.release:
        actions.withdraw_release(by=actor, release=line.release)
        messages.success(request, "Freigabe zurückgenommen. Der Text ist wieder ein Entwurf.")
    return redirect("catalogues:text", language, text_key)
