"""Self-assessments: begun, judged, reviewed, closed; and how far the carriers of a district are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import button, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import table_answer
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.actions import assessments as acts
from lotse.quality.audit_papers import carriers_sheet
from lotse.quality.forms.assessments import BeginForm, JudgeForm
from lotse.quality.queries import assessments as queries
from lotse.quality.queries import carriers as of_carriers
from lotse.quality.queries.frameworks import frameworks
from lotse.quality.queries.trend import trend as trend_of
from lotse.quality.views.shared import (
    assessment_crumbs,
    assessment_url,
    filters,
    framework_crumbs,
    insider,
    keeper,
    kept_framework,
    open_assessment,
    open_judgement,
    same_list,
    words_page,
)

ROWS = 100
OVERVIEW = "Diese Übersicht ist für Koordination und Bezirk."


def assessments(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    rows = queries.assessments(actor)
    open_ones = {row.framework_id for row in rows if not row.is_closed}
    waiting = [
        row for row in frameworks(actor) if row.pk not in open_ones and rules.keeps_quality_of(actor, row.organisation)
    ]
    context = {
        "part": part_of(rows, request.GET.get("ab", "")), "waiting": waiting,
        "shows_houses": len({row.organisation_id for row in (*rows, *waiting)}) > 1,
    }  # fmt: skip
    return render(request, "quality/assessments.html", context)


def begin(request: HttpRequest, framework_id: str) -> HttpResponse:
    framework = kept_framework(request, framework_id)
    last = next(iter(queries.of_framework(request.actor, framework)), None)
    form = BeginForm(request.POST or None, actor=request.actor, last=last, today=timezone.localdate())

    def act() -> str:
        return assessment_url(acts.begin_assessment(by=request.actor, framework=framework, **form.values()))

    return form_page(
        request, form, act, title="Selbstbewertung beginnen", crumbs=framework_crumbs(framework), done="Begonnen.",
        submit="Beginnen",
    )  # fmt: skip


def assessment(request: HttpRequest, self_assessment_id: str) -> HttpResponse:
    found = open_assessment(request, self_assessment_id)
    page, asked = queries.page(request.actor, found), request.GET
    shown = page.chosen(asked.get("nur", ""), asked.get("kapitel", ""))
    part = part_of(shown, asked.get("ab", ""), size=ROWS)
    counted = page.counted()
    context = {
        "assessment": found, "page": page, "part": part, "sections": page.sections(part.rows), "counted": counted,
        "filters": filters(asked, queries.FILTERS, counted, "kapitel"), "chapter": asked.get("kapitel", ""), "only": asked.get("nur", ""),
        "narrowed": same_list(asked, "kapitel"), "is_whole": not (counted["offen"] or counted["pruefen"]),
        "reviewable": [row for row in shown if row.waits_for_review and row.is_reviewable],
    }  # fmt: skip
    return render(request, "quality/assessment.html", context)


def trend(request: HttpRequest, framework_id: str) -> HttpResponse:
    found = kept_framework(request, framework_id)
    return render(request, "quality/trend.html", {"framework": found, "trend": trend_of(found)})


def judge(request: HttpRequest, judgement_id: str) -> HttpResponse:
    found = open_judgement(request, judgement_id)
    form = JudgeForm(request.POST or None, actor=request.actor, judgement=found, parts=queries.parts_of(found))

    def act() -> str:
        acts.judge(by=request.actor, judgement=found, **form.values())
        following = queries.next_open(found) if "more" in request.POST else None
        here = f"{assessment_url(found.assessment)}#{found.public_id}"
        return reverse("quality:judge", args=[following.public_id]) if following else here

    return words_page(
        request, form, act, key="" if found.assessment.is_closed else "quality.judgement", ref=found.public_id,
        title=f"{found.criterion.code} bewerten", crumbs=assessment_crumbs(found.assessment),
        template="quality/judge.html", judgement=found, before=queries.before_of(found),
        may_review=rules.may_review(request.actor, found) and found.reviewed_by_id is None,
    )  # fmt: skip


def confirm(request: HttpRequest, judgement_id: str) -> HttpResponse:
    found = open_judgement(request, judgement_id)

    def act() -> None:
        acts.confirm_judgement(by=request.actor, judgement=found)

    return button(request, act, f"{_back(request, assessment_url(found.assessment))}#{found.public_id}")


def review(request: HttpRequest, judgement_id: str) -> HttpResponse:
    found = open_judgement(request, judgement_id)

    def act() -> None:
        acts.review(by=request.actor, assessment=found.assessment, judgements=[found])

    return button(request, act, f"{_back(request, assessment_url(found.assessment))}#{found.public_id}")


def review_shown(request: HttpRequest, self_assessment_id: str) -> HttpResponse:
    """Everything that the page shows and another has judged."""
    found = open_assessment(request, self_assessment_id)
    asked = request.POST
    shown = queries.page(request.actor, found).chosen(asked.get("nur", ""), asked.get("kapitel", ""))

    def act() -> None:
        acts.review(by=request.actor, assessment=found, judgements=[row.judgement for row in shown])

    return button(request, act, f"{assessment_url(found)}?{same_list(asked, 'kapitel')}", "Geprüft.")


def close(request: HttpRequest, self_assessment_id: str) -> HttpResponse:
    found = open_assessment(request, self_assessment_id)

    def act() -> None:
        acts.close_assessment(by=request.actor, assessment=found)

    return button(request, act, assessment_url(found), "Abgeschlossen.")


def _back(request: HttpRequest, otherwise: str) -> str:
    """The same page with what it was narrowed to."""
    narrowed = same_list(request.POST, "kapitel")
    return f"{otherwise}?{narrowed}" if narrowed else otherwise


def carriers(request: HttpRequest) -> HttpResponse:
    actor = _overseer(request)
    part = part_of(of_carriers.carriers(actor), request.GET.get("ab", ""))
    today = timezone.localdate()
    states, figures = of_carriers.states(actor, part.rows, today), of_carriers.improving(actor, today)
    return render(request, "quality/carriers.html", {"part": part, "states": states, "figures": figures})


def carriers_xlsx(request: HttpRequest) -> HttpResponse:
    actor = _overseer(request)
    states = of_carriers.states(actor, of_carriers.carriers(actor), timezone.localdate())
    return table_answer("xlsx", carriers_sheet(states), "Qualität, Stand der Träger.xlsx")


def _overseer(request: HttpRequest) -> Actor:
    actor = insider(request)
    if not rules.oversees(actor):
        raise NotAllowed(OVERVIEW)
    return actor
