"""Living evidence of a criterion: what a figure showed, what stands behind it, who confirmed it, its threshold."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.recorder import record_read
from lotse.core.formpages import button, form_page
from lotse.core.paging import Page, keyset
from lotse.quality import rules
from lotse.quality.actions import evidence as acts
from lotse.quality.forms.evidence import ConfirmForm, ThresholdForm
from lotse.quality.models import Criterion
from lotse.quality.queries import living as queries
from lotse.quality.queries.behind import rows_behind
from lotse.quality.queries.frameworks import get_criterion
from lotse.quality.queries.history import history
from lotse.quality.views.shared import (
    criterion_crumbs,
    criterion_url,
    framework_url,
    insider,
    kept_criterion,
    kept_framework,
)

NONE_THERE: Page[Any] = Page([], "", is_first=True)


def sign(request: HttpRequest, proven_criterion_id: str, gauge_key: str) -> HttpResponse:
    criterion = get_criterion(insider(request), proven_criterion_id)
    found = _sign(request, criterion, gauge_key)
    may_keep = rules.keeps_quality_of(request.actor, criterion.organisation)
    shown = history(request.actor, criterion.organisation, found, request.GET)
    page = _behind(request, found, shown.chosen)
    context = {
        "criterion": criterion, "sign": found, "history": shown, "fact": found.gauge.wanted.fact, "crumbs": criterion_crumbs(criterion),
        "page": page, "lines": [found.gauge.wanted.fact.population.line(row) for row in page.rows], "may_keep": may_keep,
        "said": queries.confirmations(request.actor, criterion, gauge_key),
    }  # fmt: skip
    return render(request, "quality/evidence_sign.html", context)


def _sign(request: HttpRequest, criterion: Criterion, gauge_key: str) -> queries.Sign:
    found = queries.sign_of(request.actor, criterion, gauge_key, timezone.localdate())
    if found is None:
        raise Http404
    return found


def _behind(request: HttpRequest, found: queries.Sign, now: queries.Point | None) -> Page[Any]:
    """What she may read of the rows; a list of files is logged."""
    if now is None or now.reading is None:
        return NONE_THERE
    rows = rows_behind(request.actor, found, now, now.reading)
    page = keyset(rows, request.GET.get("ab", ""), by="id", keys_first=True)
    if page.rows and found.gauge.wanted.fact.population.holds_files:
        record_read(by=request.actor, obj=now.reading, what=f"Liste hinter „{found.gauge.title}“, {now.quarter.name}")
    return page


def confirm(request: HttpRequest, proven_criterion_id: str, gauge_key: str) -> HttpResponse:
    criterion = kept_criterion(request, proven_criterion_id)
    found = _sign(request, criterion, gauge_key)
    form = ConfirmForm(
        request.POST or None, actor=request.actor, initial={"value": found.current and found.current.value}
    )

    def act() -> str:
        acts.confirm_evidence(by=request.actor, criterion=criterion, gauge=gauge_key, **form.cleaned_data)
        return criterion_url(criterion)

    return form_page(
        request, form, act, title="Nachweis bestätigen", crumbs=_crumbs(criterion, found), done="Bestätigt.",
        submit="Bestätigen", template="quality/evidence_confirm.html", sign=found, criterion=criterion,
    )  # fmt: skip


def threshold(request: HttpRequest, proven_criterion_id: str, gauge_key: str) -> HttpResponse:
    criterion = kept_criterion(request, proven_criterion_id)
    found = _sign(request, criterion, gauge_key)
    gauge, first = found.gauge, {"threshold": found.threshold, "revision": found.target.revision if found.target else 0}
    label = f"{gauge.better.label.capitalize()} ({gauge.unit})"
    form = ThresholdForm(request.POST or None, actor=request.actor, initial=first, label=label)

    def act() -> None:
        acts.set_threshold(by=request.actor, organisation=criterion.organisation, gauge=gauge, **form.cleaned_data)

    return form_page(
        request, form, act, title="Schwelle festlegen", crumbs=_crumbs(criterion, found),
        lead=f"„{gauge.title}“, für alle Kriterien Ihres Trägers. Vorschlag: {gauge.better.label} {gauge.shown(gauge.threshold)}.",
    )  # fmt: skip


def _crumbs(criterion: Criterion, found: queries.Sign) -> list[tuple[str, str]]:
    here = reverse("quality:evidence_sign", args=[criterion.public_id, found.gauge.key])
    return [*criterion_crumbs(criterion), (found.gauge.title, here)]


def read(request: HttpRequest, framework_id: str) -> HttpResponse:
    """Read anew, in the queue."""
    framework = kept_framework(request, framework_id)

    def act() -> None:
        acts.ask_reading(by=request.actor, organisation=framework.organisation)

    return button(
        request, act, framework_url(framework), "Die Kennzahlen werden neu gelesen. Laden Sie die Seite gleich neu."
    )
