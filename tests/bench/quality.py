"""The criteria of a carrier with everything that proves them, over all its files: what is kept, and what a night reads."""

import time
from datetime import timedelta

from django.urls import reverse

from lotse.organisations.actor import SystemActor
from lotse.organisations.models import Organisation
from lotse.quality.actions.assessments import begin_assessment
from lotse.quality.actions.evidence import confirm_evidence, read_evidence
from lotse.quality.actions.frameworks import take_over
from lotse.quality.models import Criterion, SelfAssessment
from lotse.quality.packaged import EXAMPLE, packaged
from lotse.quality.quarters import quarters
from lotse.quality.queries.living import living


def add_evidence(report, by, today):
    """A catalogue with all figures read, each that speaks for its criterion confirmed, and a self-assessment begun."""
    house = Organisation.objects.get(pk=by.organisation_id)
    framework = take_over(by=by, organisation=house, content=packaged()[EXAMPLE])
    for label in ("evidence, first night", "evidence, every night"):
        begin = time.perf_counter()
        read_evidence(by=SystemActor("Messung", organisation_id=house.pk), organisation=house)
        report.line(f"{label}, {len(quarters(today))} quarters", f"{(time.perf_counter() - begin) * 1000:8.1f}")
    criteria = list(Criterion.objects.filter(framework=framework).select_related("framework", "organisation"))
    found = living(by, framework, criteria, today)
    for one in criteria:
        for sign in found.of(one).signs:
            if sign.speaks:
                confirm_evidence(by=by, criterion=one, gauge=sign.gauge.key, value=sign.current.value)
    year = {"begins_on": today - timedelta(days=365), "ends_on": today}
    begin_assessment(by=by, framework=framework, title="Selbstbewertung Beispiel", **year)
    return framework


def measure_evidence(pages, framework):
    one = Criterion.objects.get(framework=framework, slug="mi-4-b")
    pages.page(
        "catalogue with living evidence", reverse("quality:framework", args=[framework.public_id]), who="fachleitung"
    )
    pages.page("one criterion", reverse("quality:criterion", args=[one.public_id]), who="fachleitung")
    behind = reverse("quality:evidence_sign", args=[one.public_id, "entered"])
    pages.page("rows behind a figure of quality", behind, who="fachleitung")
    begun = SelfAssessment.objects.get(framework=framework)
    pages.page("self-assessment", reverse("quality:assessment", args=[begun.public_id]), who="fachleitung")
    pages.page("list of evidence", reverse("quality:evidence_documents"), who="fachleitung")
