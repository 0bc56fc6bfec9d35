"""The audits of a year, and one audit from its plan to its end."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import button, form_page
from lotse.core.typed import asked_year
from lotse.documents.answers import pdf_answer, table_answer
from lotse.quality import audit_papers, rules_audits
from lotse.quality.actions import audits as acts
from lotse.quality.forms.audits import AuditForm, DrawForm, HoldForm, PointForm
from lotse.quality.models import Framework
from lotse.quality.packaged_audits import audit_guide
from lotse.quality.queries import audits as queries
from lotse.quality.queries.frameworks import frameworks, houses
from lotse.quality.queries.houses import usual_house
from lotse.quality.queries.improvements import people_at
from lotse.quality.queries.officers import without_officer
from lotse.quality.rules import keeps
from lotse.quality.views.audits_shared import audit_url, crumbs, held_by, kept_audit, open_audit
from lotse.quality.views.shared import insider, keeper, must_keep

NO_CATALOGUE = "ohne"


def audits(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    years = queries.years(actor, today)
    year = asked_year(request.GET, years, today.year)
    context = {
        "rows": queries.of_year(actor, year), "year": year, "years": years, "keeps": keeps(actor),
        "left": queries.left_over(actor, year) if year == today.year else [], "gaps": queries.gaps(actor, today),
        "gap_years": audit_guide().gap_years, "missing": without_officer(actor, today), "houses": houses(actor),
    }  # fmt: skip
    return render(request, "quality/audits.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """The catalogue is chosen by the address; without one it is about something else."""
    actor = keeper(request)
    owned = houses(actor)
    known = [row for row in frameworks(actor) if row.organisation.public_id in owned]
    chosen = _chosen(known, request.GET.get("katalog", ""))
    house = chosen.organisation if chosen else usual_house(actor, owned)
    form = AuditForm(
        request.POST or None, actor=actor, people=people_at(house), chapters=_chapters(chosen),
        houses=None if chosen else owned,
    )  # fmt: skip

    def act() -> str:
        where = form.cleaned_data.get("organisation", house)
        return audit_url(acts.plan_audit(by=actor, organisation=where, framework=chosen, **form.values()))

    return form_page(
        request, form, act, title="Audit planen", crumbs=crumbs(), template="quality/audit_form.html", known=known,
        chosen=chosen, shows_houses=len(owned) > 1, done="Geplant.", submit="Planen",
    )  # fmt: skip


def _chosen(known: list[Framework], asked: str) -> Framework | None:
    """The first, unless another is asked for or none."""
    if asked == NO_CATALOGUE:
        return None
    return next((row for row in known if row.public_id == asked), next(iter(known), None))


def _chapters(framework: Framework | None) -> dict:
    return queries.chapter_choices(framework) if framework else {}


def audit(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = open_audit(request, audit_id)
    page = queries.page(request.actor, found)
    context = {"audit": found, "page": page, "grades": queries.by_grade(page.findings), "today": timezone.localdate()}
    return render(request, "quality/audit.html", context)


def edit(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = kept_audit(request, audit_id)
    listed = people_at(found.organisation, found.auditor)
    form = AuditForm(
        request.POST or None, actor=request.actor, people=listed, chapters=_chapters(found.framework), audit=found
    )

    def act() -> None:
        given = {**form.values(), "revision": form.cleaned_data["revision"]}
        acts.change_audit(by=request.actor, audit=found, framework=found.framework, **given)

    return form_page(request, form, act, title="Audit ändern", crumbs=crumbs(found))


def call_off(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = kept_audit(request, audit_id)
    return button(request, lambda: acts.call_off(by=request.actor, audit=found), audit_url(found), "Abgesagt.")


def new_point(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = kept_audit(request, audit_id)
    form = PointForm(request.POST or None, actor=request.actor, people=people_at(found.organisation))

    def act() -> None:
        acts.set_point(by=request.actor, audit=found, **form.cleaned_data)

    return form_page(request, form, act, title="Was ist vorzubereiten?", crumbs=crumbs(found))


def point(request: HttpRequest, audit_point_id: str) -> HttpResponse:
    """Who keeps the quality changes it."""
    found = queries.get_point(insider(request), audit_point_id)
    must_keep(request.actor, found.organisation)
    listed = people_at(found.organisation, found.owner)
    who = next((key for key, one in listed.items() if one == found.owner), "")
    first = {"text": found.text, "due_on": found.due_on, "owner": who, "revision": found.revision}
    form = PointForm(request.POST or None, actor=request.actor, people=listed, initial=first)

    def act() -> None:
        acts.set_point(by=request.actor, audit=found.audit, item=found, **form.cleaned_data)

    return form_page(request, form, act, title="Vorbereitung ändern", crumbs=crumbs(found.audit))


def my_point(request: HttpRequest, audit_point_id: str) -> HttpResponse:
    """For who has it to do: what, until when, and a button."""
    found = queries.get_point(insider(request), audit_point_id)
    context = {"point": found, "may_finish": rules_audits.may_finish(request.actor, found) and not found.done_on}
    return render(request, "quality/audit_point.html", context)


def finish_point(request: HttpRequest, audit_point_id: str) -> HttpResponse:
    found = queries.get_point(insider(request), audit_point_id)
    to = reverse("quality:audit_point", args=[found.public_id])
    if keeps(request.actor):
        to = f"{audit_url(found.audit)}#vorbereitung"
    return button(request, lambda: acts.finish_point(by=request.actor, item=found), to, "Erledigt.")


def draw(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = kept_audit(request, audit_id)
    form = DrawForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.draw_checklist(by=request.actor, audit=found, **form.cleaned_data)

    return form_page(
        request, form, act, title="Checkliste ziehen", crumbs=crumbs(found), submit="Ziehen", done="Gezogen.",
        template="quality/audit_draw.html",
    )  # fmt: skip


def prepare(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = kept_audit(request, audit_id)
    return button(request, lambda: acts.prepare_audit(by=request.actor, audit=found), audit_url(found), "Vorbereitet.")


def hold(request: HttpRequest, audit_id: str) -> HttpResponse:
    found, today = held_by(request, open_audit(request, audit_id)), timezone.localdate()
    due = today + timedelta(weeks=audit_guide().statement_weeks)
    first = {
        "held_on": min(found.planned_on, today),
        "answer_due_on": due,
        "report": found.report,
        "revision": found.revision,
    }
    form = HoldForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        acts.hold_audit(by=request.actor, audit=found, **form.cleaned_data)

    return form_page(request, form, act, title="Audit durchgeführt", crumbs=crumbs(found))


def close(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = kept_audit(request, audit_id)
    return button(request, lambda: acts.close_audit(by=request.actor, audit=found), audit_url(found), "Abgeschlossen.")


def report_pdf(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = open_audit(request, audit_id)
    return pdf_answer(audit_papers.report(queries.page(request.actor, found)), f"Bericht {found.title}.pdf")


def findings_xlsx(request: HttpRequest, audit_id: str) -> HttpResponse:
    found = open_audit(request, audit_id)
    sheet = audit_papers.findings_sheet(found, queries.findings(found))
    return table_answer("xlsx", sheet, f"Feststellungen {found.title}.xlsx")
