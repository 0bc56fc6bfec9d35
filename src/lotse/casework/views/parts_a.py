from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from lotse.casework import queries, rules
from lotse.casework.actions.parts_a import answers_of, save_chapter
from lotse.casework.documents import answer_in_words
from lotse.casework.forms import ChapterForm
from lotse.casework.models import Client, PartA
from lotse.casework.part_a_template import CURRENT, TEMPLATES, Chapter, Template, completeness, shown_fields
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import file_view, form_page, page, with_draft


def _template_of(part_a: PartA | None) -> Template:
    return TEMPLATES[part_a.template_version] if part_a else CURRENT


def _chapters(client: Client, template: Template, answers: dict[str, Any]) -> list[tuple[Chapter, int, int]]:
    """Chapter, answered, asked; health only where its consent was given."""
    open_ones = [c for c in template.chapters if not c.is_health or rules.health_is_open(client)]
    return [(chapter, *completeness(chapter, answers)) for chapter in open_ones]


@file_view("Teil A", tab="part_a")
def part_a(request: HttpRequest, client: Client) -> HttpResponse:
    case = queries.current_case(client)
    found = queries.current_part_a(case) if case else None
    template, answers = _template_of(found), answers_of(found)
    organisation_id = client.organisation_id
    chapters = [
        (c, done, asked, _answered(c, answers, organisation_id))
        for c, done, asked in _chapters(client, template, answers)
    ]
    context = {"case": case, "part_a": found, "chapters": chapters, "is_open": rules.part_a_is_open(client)}
    return page(request, client, "casework/part_a.html", **context, assessments=case.assessments.all() if case else [])


def _answered(chapter: Chapter, answers: dict[str, Any], organisation_id: int) -> list[tuple[str, str]]:
    shown = [f for f in shown_fields(chapter, answers) if answers.get(f.key) not in (None, "", [])]
    return [(f.label, answer_in_words(f, answers[f.key], organisation_id)) for f in shown]


@file_view("Teil A", tab="part_a")
def chapter(request: HttpRequest, client: Client, chapter_key: str) -> HttpResponse:
    case = open_case_of(client)
    found = queries.current_part_a(case)
    template, answers = _template_of(found), answers_of(found)
    chosen = next((c for c in template.chapters if c.key == chapter_key), None)
    if chosen is None or (chosen.is_health and not rules.health_is_open(client)):
        raise Http404
    key = f"part_a.{chapter_key}"
    initial, draft = with_draft(
        request, key, client.public_id, {**answers, "revision": found.revision if found else None}
    )
    form = ChapterForm(request.POST or None, actor=request.actor, initial=initial, chapter=chosen)

    def act() -> None:
        data = {"given": form.answers(), "revision": form.cleaned_data["revision"]}
        save_chapter(by=request.actor, case=case, chapter_key=chapter_key, **data)

    context = {"chapters": _chapters(client, template, answers), "chapter": chosen, "draft": draft, "draft_key": key}
    to = f"/akte/{client.public_id}/teil-a/"
    template_name = "casework/chapter.html"
    return form_page(
        request,
        client,
        form,
        act,
        title=chosen.title,
        done="Kapitel gespeichert.",
        to=to,
        template=template_name,
        **context,
    )
