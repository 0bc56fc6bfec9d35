"""What the pages of the room have in common: who acts, on which catalogue or assessment, and where its pages stand."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb, form_page
from lotse.core.forms import LotseForm
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import rules
from lotse.quality.actions.shared import WHO_KEEPS
from lotse.quality.models import Criterion, Framework, Judgement, SelfAssessment
from lotse.quality.queries.assessments import get_assessment, get_judgement
from lotse.quality.queries.frameworks import get_criterion, get_framework

CLOSED = "Diesen Bereich sehen Mitarbeitende des Trägers."
KEEPERS = "Das machen Qualitätsmanagement, Fachleitung und Geschäftsführung."


def insider(request: HttpRequest) -> Actor:
    if not (request.actor and rules.enters(request.actor)):
        raise NotAllowed(CLOSED)
    return request.actor


def keeper(request: HttpRequest) -> Actor:
    actor = insider(request)
    if not rules.keeps(actor):
        raise NotAllowed(KEEPERS)
    return actor


def open_framework(request: HttpRequest, framework_id: str) -> Framework:
    return get_framework(insider(request), framework_id)


def kept_framework(request: HttpRequest, framework_id: str) -> Framework:
    framework = open_framework(request, framework_id)
    must_keep(request.actor, framework.organisation)
    return framework


def kept_criterion(request: HttpRequest, criterion_id: str) -> Criterion:
    criterion = get_criterion(insider(request), criterion_id)
    must_keep(request.actor, criterion.organisation)
    return criterion


def must_keep(actor: Actor, house: Organisation) -> None:
    if not rules.keeps_quality_of(actor, house):
        raise NotAllowed(WHO_KEEPS)


def open_assessment(request: HttpRequest, assessment_id: str) -> SelfAssessment:
    return get_assessment(insider(request), assessment_id)


def open_judgement(request: HttpRequest, judgement_id: str) -> Judgement:
    return get_judgement(insider(request), judgement_id)


def words_page(
    request: HttpRequest, form: LotseForm, act: Callable[[], str | None], *, key: str, ref: str,
    by: Actor | None = None, **page: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form of long words, kept while they are typed; without a `key` nothing is kept. `by`: who is no
    person at work."""
    actor = by or request.actor
    draft = drafts.load(actor, key, ref) if key and request.method != "POST" else None
    form.initial |= {name: texts[-1] for name, texts in drafts.typed(draft).items() if texts}
    with drafts.saved_by_action(actor, key, ref):
        return form_page(request, form, act, draft=draft, draft_key=key, ref=ref, **page)


def filters(
    asked: Mapping[str, str], labels: Mapping[str, tuple[str, Any]], counted: Mapping[str, int], beside: str
) -> list[dict[str, object]]:
    """What to choose in a list; `beside`: the word of the address that stays chosen with it."""
    return [
        {
            "label": label,
            "count": counted[key],
            "is_chosen": key == asked.get("nur", ""),
            "query": same_list(asked, beside, nur=key),
        }
        for key, (label, _lets) in labels.items()
    ]


def same_list(asked: Mapping[str, str], beside: str, **more: str) -> str:
    """The same list in an address."""
    given = {beside: asked.get(beside, ""), "nur": asked.get("nur", ""), **more}
    return urlencode({name: value for name, value in given.items() if value})


def framework_url(framework: Framework) -> str:
    return reverse("quality:framework", args=[framework.public_id])


def criterion_url(criterion: Criterion) -> str:
    return reverse("quality:criterion", args=[criterion.public_id])


def assessment_url(assessment: SelfAssessment) -> str:
    return reverse("quality:assessment", args=[assessment.public_id])


def framework_crumbs(framework: Framework) -> list[Crumb]:
    return [("Qualität", reverse("quality:home")), (framework.title, framework_url(framework))]


def criterion_crumbs(criterion: Criterion) -> list[Crumb]:
    return [*framework_crumbs(criterion.framework), (criterion.code, criterion_url(criterion))]


def assessment_crumbs(assessment: SelfAssessment) -> list[Crumb]:
    return [("Selbstbewertungen", reverse("quality:assessments")), (assessment.title, assessment_url(assessment))]
