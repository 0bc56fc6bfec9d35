"""The catalogues of a carrier: taken over, brought along, read in three columns, printed."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from lotse.core.formpages import button, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import pdf_answer, table_answer
from lotse.documents.archives import XLSX
from lotse.documents.wording import CSV
from lotse.quality import files, packaged, papers, rules
from lotse.quality.actions import frameworks as acts
from lotse.quality.content import Content
from lotse.quality.forms.frameworks import BringForm, LinkForm, ReferenceForm, TakeForm
from lotse.quality.models import Framework, ManualReference
from lotse.quality.queries import frameworks as queries
from lotse.quality.queries.content import content_of
from lotse.quality.queries.improvements import of_criterion as improvements_of
from lotse.quality.queries.living import living
from lotse.quality.queries.manual import chapters_of
from lotse.quality.views.shared import (
    criterion_crumbs,
    criterion_url,
    framework_crumbs,
    framework_url,
    insider,
    keeper,
    kept_criterion,
    must_keep,
    open_framework,
)

HOME = ("Qualität", "/qualitaet/")
ROWS = 100
ALL_TAKEN = "Alles, was mitgeliefert ist, haben Sie schon übernommen."
WRITERS = {
    "yaml": (files.as_yaml, "application/yaml"),
    "csv": (files.as_csv, CSV),
    "xlsx": (files.as_xlsx, XLSX),
}  # fmt: skip
ENDINGS = tuple(WRITERS)


def home(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    part = part_of(queries.frameworks(actor), request.GET.get("ab", ""))
    kept = queries.houses(actor)
    context = {
        "part": part, "latest": queries.latest_assessments(actor), "houses": kept, "oversees": rules.oversees(actor),
        "offered": queries.not_taken(kept, packaged.packaged()), "shows_houses": len({row.organisation_id for row in part.rows}) > 1,
    }  # fmt: skip
    return render(request, "quality/home.html", context)


def take(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    kept = queries.houses(actor)
    offered = queries.not_taken(kept, packaged.packaged())
    form = TakeForm(request.POST or None, actor=actor, packaged=offered, houses=kept)

    def act() -> str:
        return framework_url(acts.take_over(by=actor, **form.cleaned_data))

    return form_page(
        request, form, act, title="Katalog übernehmen", crumbs=[HOME], done="Übernommen.", submit="Übernehmen",
        note="" if offered else ALL_TAKEN,
    )  # fmt: skip


def bring(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    form = BringForm(request.POST or None, request.FILES or None, actor=actor, houses=queries.houses(actor))

    def act() -> str:
        given = form.cleaned_data
        return framework_url(acts.take_over(by=actor, organisation=given["organisation"], content=given["file"]))

    return form_page(
        request, form, act, title="Katalog einlesen", crumbs=[HOME], done="Eingelesen.", submit="Einlesen",
        template="quality/bring.html", endings=ENDINGS, columns=files.COLUMNS,
    )  # fmt: skip


def example(request: HttpRequest, form: str) -> HttpResponse:
    keeper(request)
    return _file(packaged.packaged()[packaged.EXAMPLE], form, "Beispiel Kriterienkatalog")


def export(request: HttpRequest, framework_id: str, form: str) -> HttpResponse:
    framework = open_framework(request, framework_id)
    return _file(content_of(framework), form, f"{framework.key}-{framework.version}")


def _file(content: Content, form: str, name: str) -> HttpResponse:
    write, media_type = WRITERS[form]
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.{form}")}
    return HttpResponse(write(content), content_type=media_type, headers=headers)


def catalogue(request: HttpRequest, framework_id: str) -> HttpResponse:
    framework = open_framework(request, framework_id)
    wanted = _wanted(request)
    rows, areas = queries.lines(framework), queries.areas(framework)
    part = part_of([line for line in rows if wanted.lets_through(line)], request.GET.get("ab", ""), size=ROWS)
    shown = [line.criterion for line in part.rows]
    context = {
        "framework": framework, "part": part, "sections": queries.sections(part.rows, areas), "wanted": wanted,
        "chapters": queries.chapters(areas), "total": len(rows), "without": sum(not line.reference for line in rows),
        "narrowed": _narrowed(wanted), "crumbs": [HOME], "endings": ENDINGS,
        "may_keep": rules.keeps_quality_of(request.actor, framework.organisation),
        "living": living(request.actor, framework, shown, timezone.localdate()),
    }  # fmt: skip
    return render(request, "quality/catalogue.html", context)


def _wanted(request: HttpRequest) -> queries.Wanted:
    given = request.GET
    return queries.Wanted(given.get("kapitel", ""), given.get("q", "").strip()[:100], given.get("nur") == "ohne")


def _narrowed(wanted: queries.Wanted) -> str:
    given = {"kapitel": wanted.chapter, "q": wanted.text, "nur": "ohne" if wanted.without else ""}
    return urlencode({name: value for name, value in given.items() if value})


def catalogue_pdf(request: HttpRequest, framework_id: str) -> HttpResponse:
    framework = open_framework(request, framework_id)
    return pdf_answer(papers.catalogue_paper(framework, _sections(framework)), f"{framework}.pdf")


def catalogue_xlsx(request: HttpRequest, framework_id: str) -> HttpResponse:
    framework = open_framework(request, framework_id)
    return table_answer("xlsx", papers.catalogue_sheet(framework, _sections(framework)), f"{framework}.xlsx")


def _sections(framework: Framework) -> list[queries.Section]:
    return queries.sections(queries.lines(framework), queries.areas(framework))


def criterion(request: HttpRequest, criterion_id: str) -> HttpResponse:
    found = queries.get_criterion(insider(request), criterion_id)
    rows, areas = queries.lines(found.framework), queries.areas(found.framework)
    may_keep = rules.keeps_quality_of(request.actor, found.organisation)
    context = {
        "line": next(line for line in rows if line.criterion.pk == found.pk), "may_keep": may_keep,
        "refers": next((area for area in areas if area.number == found.refers_to), None),
        "neighbours": queries.neighbours(request.actor, found), "crumbs": framework_crumbs(found.framework),
        "may_map": may_keep and bool(queries.other_frameworks(request.actor, found.framework)),
        "improvements": improvements_of(request.actor, found),
        "living": living(request.actor, found.framework, [found], timezone.localdate()), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "quality/criterion.html", context)


def reference(request: HttpRequest, criterion_id: str) -> HttpResponse:
    found = kept_criterion(request, criterion_id)
    row = found.references.first()
    form = ReferenceForm(
        request.POST or None, actor=request.actor, initial=_said(row), chapters=chapters_of(found.organisation)
    )

    def act() -> str | None:
        acts.set_reference(by=request.actor, criterion=found, **form.cleaned_data)
        following = queries.next_without_reference(found) if "more" in request.POST else None
        return reverse("quality:reference", args=[following.public_id]) if following else None

    return form_page(
        request, form, act, title=f"Fundstelle zu {found.code}", crumbs=framework_crumbs(found.framework),
        template="quality/reference.html", criterion=found,
    )  # fmt: skip


def _said(row: ManualReference | None) -> dict[str, object]:
    if row is None:
        return {"revision": 0}
    chapter = row.chapter.public_id if row.chapter else ""
    return {"text": row.text, "link": row.link, "revision": row.revision, "chapter": chapter}


def link(request: HttpRequest, criterion_id: str) -> HttpResponse:
    found = kept_criterion(request, criterion_id)
    others = queries.other_frameworks(request.actor, found.framework)
    chosen = next((one for one in others if one.public_id == request.GET.get("katalog")), next(iter(others), None))
    form = LinkForm(request.POST or None, actor=request.actor, criteria=queries.criteria_of(chosen) if chosen else [])

    def act() -> str:
        acts.link_criteria(by=request.actor, criterion=found, **form.cleaned_data)
        return criterion_url(found)

    return form_page(
        request, form, act, title=f"{found.code} zuordnen", crumbs=criterion_crumbs(found), done="Zugeordnet.",
        submit="Zuordnen", template="quality/link.html", criterion=found, others=others, chosen=chosen,
    )  # fmt: skip


def unlink(request: HttpRequest, criterion_link_id: str) -> HttpResponse:
    found = queries.get_link(insider(request), criterion_link_id)
    must_keep(request.actor, found.organisation)

    def act() -> None:
        acts.unlink_criteria(by=request.actor, link=found)

    return button(request, act, criterion_url(found.from_criterion), "Zuordnung gelöst.")
