"""The report: its page, writing a chapter of it, the numbers behind it, and how its words came about."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lotse.agency import rules
from lotse.agency.actions.reports import draft_report, write_report
from lotse.agency.enums import DocumentKind, SectionKind
from lotse.agency.forms.reports import ReportForm, sections_of
from lotse.agency.models import AgencyDocument, ReportSection
from lotse.agency.plain_language import remarks
from lotse.agency.queries import report as queries
from lotse.agency.queries.hints import standing_hints
from lotse.agency.queries.places import place_of
from lotse.agency.queries.sections import get_section, text_versions
from lotse.agency.queries.way import remarks_on
from lotse.agency.views.papers import document_page
from lotse.agency.views.shared import document_crumbs, document_url, insider, open_document, own_document
from lotse.core import drafts
from lotse.core.formpages import button, form_page
from lotse.core.models import Draft

DRAFT = "report"


def report(request: HttpRequest, activity_report_id: str) -> HttpResponse:
    found = open_document(request, activity_report_id, DocumentKind.REPORT)
    this, last = queries.numbers_of_years(found)
    chapters, overview = queries.chapters(found), queries.overview(found)
    sections = [overview.section, *(c.section for c in chapters), *(t.section for c in chapters for t in c.measures)]
    context = {
        "chapters": chapters, "overview": overview, "numbers": this, "last_numbers": last, "last_year": found.funding_year - 1,
        "plan": queries.plan_of(found), "new_measures": queries.uncovered(found).count() if found.is_writable else 0,
        "is_drafted": any(sections), "hints": _hints(request, found, [s for s in sections if s]),
    }  # fmt: skip
    places = [place_of(section) for section in sections if section]
    return document_page(request, found, "agency/report.html", shown_places=places, **context)


def _hints(request: HttpRequest, document: AgencyDocument, sections: list[ReportSection]) -> dict[str, list[Any]]:
    """By place, for who can do something about it."""
    if not rules.may_write(request.actor, document):
        return {}
    found: dict[str, list[Any]] = {}
    for hint in standing_hints(document, [hint for one in sections for hint in remarks(one.text, place_of(one))]):
        found.setdefault(hint.place, []).append(hint)
    return found


def prepare(request: HttpRequest, activity_report_id: str) -> HttpResponse:
    found = own_document(request, activity_report_id, DocumentKind.REPORT)
    return button(request, lambda: draft_report(by=request.actor, document=found), document_url(found), "Vorbereitet.")


def write(request: HttpRequest, report_section_id: str) -> HttpResponse:
    """The chapter that a passage belongs to, on one page."""
    section = get_section(insider(request), report_section_id)
    document = own_document(request, section.document.public_id)
    chapter = _chapter_of(document, section)
    lead = chapter.lead if chapter else section
    draft = drafts.load(request.actor, DRAFT, lead.public_id)
    form = _form(request, chapter, lead, draft)

    def act() -> str:
        said = {"texts": form.texts, "results": form.results, "revision": form.cleaned_data["revision"]}
        write_report(by=request.actor, document=document, lead=lead.public_id, **said)
        return f"{document_url(document)}#{place_of(section)}"

    return form_page(
        request, form, act, title=chapter.title if chapter else section.title, crumbs=document_crumbs(document),
        template="agency/report_form.html", draft=draft, lead=lead, document=document,
        last_text=chapter.last_text if chapter else queries.overview(document).last_text,
        said=remarks_on(request.actor, document, form.sections),
    )  # fmt: skip


def _form(
    request: HttpRequest, chapter: queries.Chapter | None, lead: ReportSection, draft: Draft | None
) -> ReportForm:
    """Begins with what was typed and not saved."""
    asked = sections_of(chapter) if chapter else [(lead, "Was war wichtig in diesem Jahr?", "")]
    kept = {name: texts[-1] for name, texts in drafts.typed(draft).items()}
    initial, goals = {"revision": lead.revision, **kept}, chapter.goals if chapter else []
    return ReportForm(request.POST or None, actor=request.actor, sections=asked, goals=goals, initial=initial)


def _chapter_of(document: AgencyDocument, section: ReportSection) -> queries.Chapter | None:
    """None for the overview, which has no goals and no measures."""
    if section.kind == SectionKind.OVERVIEW:
        return None
    for chapter in queries.chapters(document):
        if section in (chapter.section, *(told.section for told in chapter.measures)):
            return chapter
    raise Http404


def words(request: HttpRequest, report_section_id: str) -> HttpResponse:
    section = get_section(insider(request), report_section_id)
    context = {"section": section, "crumbs": document_crumbs(section.document), "versions": text_versions(section)}
    return render(request, "agency/words.html", context)


def numbers(request: HttpRequest, activity_report_id: str) -> HttpResponse:
    """The measures that the numbers of a report count."""
    found = open_document(request, activity_report_id, DocumentKind.REPORT)
    rows = queries.with_proofs(queries.measures_held(found))
    context = {
        "document": found, "crumbs": document_crumbs(found), "measures": rows, "total": queries.numbers_of_years(found)[0],
        "page": reverse("agency:report", args=[found.public_id]),
    }  # fmt: skip
    return render(request, "agency/report_numbers.html", context)
