from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from lotse.casework import queries, rules
from lotse.casework.actions.parts_a import answers_of, revise_part_a, save_chapter
from lotse.casework.documents import answer_in_words
from lotse.casework.forms import ChapterForm
from lotse.casework.models import Client, PartA
from lotse.casework.part_a_template import CURRENT, TEMPLATES, Chapter, Template, completeness, shown_fields
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import asked_version, file_view, form_page, page
from lotse.casework.views.sheets import open_sheet
from lotse.core.formflow import refusals_told


def _template_of(part_a: PartA | None) -> Template:
    return TEMPLATES[part_a.template_version] if part_a else CURRENT


def _chapters(client: Client, template: Template, answers: dict[str, Any]) -> list[tuple[Chapter, int, int]]:
    """Chapter, answered, asked; health only where its consent was given."""
    open_ones = [c for c in template.chapters if not c.is_health or rules.health_is_open(client)]
    return [(chapter, *completeness(chapter, answers)) for chapter in open_ones]


@file_view("Teil A", tab="part_a")
def part_a(request: HttpRequest, client: Client) -> HttpResponse:
    case, version = queries.current_case(client), asked_version(request)
    found = queries.current_part_a(case, version) if case else None
    if version and found is None:
        raise Http404
    template, answers = _template_of(found), answers_of(found)
    organisation_id = client.organisation_id
    chapters = [
        (c, done, asked, _answered(c, answers, organisation_id))
        for c, done, asked in _chapters(client, template, answers)
    ]
    context = {"case": case, "part_a": found, "chapters": chapters, "is_open": rules.part_a_is_open(client)}
    context |= {"is_earlier": bool(version), "earlier": range(1, found.version) if found and not version else []}
    return page(request, client, "casework/part_a.html", **context, assessments=case.assessments.all() if case else [])


def _answered(chapter: Chapter, answers: dict[str, Any], organisation_id: int) -> list[tuple[str, str]]:
    shown = [f for f in shown_fields(chapter, answers) if answers.get(f.key) not in (None, "", [])]
    return [(f.label, answer_in_words(f, answers[f.key], organisation_id)) for f in shown]


@file_view("Teil A", tab="part_a")
def chapter(request: HttpRequest, client: Client, chapter_key: str) -> HttpResponse:
    case = open_case_of(request, client)
    found = queries.current_part_a(case)
    template = _template_of(found)
    chosen = next((c for c in template.chapters if c.key == chapter_key), None)
    if chosen is None or (chosen.is_health and not rules.health_is_open(client)):
        raise Http404

    def read() -> dict[str, Any]:
        fresh = queries.current_part_a(case)
        asked = dict.fromkeys(field.key for field in chosen.fields)
        return {**asked, **answers_of(fresh), "revision": fresh.revision if fresh else None}

    sheet = open_sheet(request, client, read, f"part_a.{chapter_key}")
    form = ChapterForm(request.POST or None, actor=request.actor, initial=sheet.initial, chapter=chosen)

    def act() -> None:
        data = {"given": form.answers(), "revision": form.cleaned_data["revision"], "warnings": form.acknowledged}
        save_chapter(by=request.actor, case=case, chapter_key=chapter_key, **data)

    context: dict[str, Any] = {"chapters": _chapters(client, template, sheet.saved), "chapter": chosen}
    return form_page(
        request,
        client,
        form,
        act,
        title=chosen.title,
        done="Kapitel gespeichert.",
        to=f"/akte/{client.public_id}/teil-a/",
        template="casework/chapter.html",
        sheet=sheet,
        **context,
    )


@file_view("Teil A", tab="part_a")
def revise(request: HttpRequest, client: Client) -> HttpResponse:
    """A new version, prefilled; the old one stays."""
    if request.method == "POST":
        with refusals_told(request):
            revise_part_a(by=request.actor, case=open_case_of(request, client))
            messages.success(request, "Neue Fassung begonnen, mit allen bisherigen Angaben.")
    return redirect("casework:part_a", client.public_id)
