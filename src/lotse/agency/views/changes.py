"""Changes of a released plan."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import changes as acts
from lotse.agency.enums import DocumentKind
from lotse.agency.forms.plan import ChangeForm, DecideForm, TellForm
from lotse.agency.models import PlanChange
from lotse.agency.queries.changes import get_change
from lotse.agency.views.shared import WRITERS, document_crumbs, document_url, insider, open_document
from lotse.core.errors import NotAllowed
from lotse.core.formpages import button, form_page
from lotse.core.forms import LotseForm


def new_change(request: HttpRequest, task_plan_id: str) -> HttpResponse:
    document = open_document(request, task_plan_id, DocumentKind.TASK_PLAN)
    if not rules.works_in(request.actor, document.agency):
        raise NotAllowed(WRITERS)
    tasks = {task.public_id: task for task in document.tasks.all()}
    initial = {"task": request.GET.get("aufgabe", "")}
    form = ChangeForm(request.POST or None, actor=request.actor, initial=initial, tasks=tasks)

    def act() -> None:
        acts.note_change(by=request.actor, document=document, **form.cleaned_data)

    lead = "Die Koordination entscheidet dann, ob die Änderung grundlegend ist."
    return form_page(request, form, act, title="Änderung festhalten", crumbs=document_crumbs(document), lead=lead)


def withdraw_change(request: HttpRequest, plan_change_id: str) -> HttpResponse:
    change = get_change(insider(request), plan_change_id)
    if not rules.works_in(request.actor, change.document.agency):
        raise NotAllowed(WRITERS)
    to = document_url(change.document)
    return button(request, lambda: acts.withdraw_change(by=request.actor, change=change), to, "Zurückgenommen.")


def decide_change(request: HttpRequest, plan_change_id: str) -> HttpResponse:
    change = get_change(insider(request), plan_change_id)
    if not rules.decides_change(request.actor, change):
        raise NotAllowed(acts.WHO_DECIDES)
    form = DecideForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.decide_change(by=request.actor, change=change, **form.cleaned_data)

    return _page(request, change, form, act, "Änderung einschätzen", "Entschieden.")


def tell_authority(request: HttpRequest, plan_change_id: str) -> HttpResponse:
    change = get_change(insider(request), plan_change_id)
    if not rules.tells_authority(request.actor, change):
        raise NotAllowed(acts.WHO_TELLS)
    form = TellForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.tell_authority(by=request.actor, change=change, **form.cleaned_data)

    return _page(request, change, form, act, "Bewilligungsbehörde informiert")


def _page(
    request: HttpRequest, change: PlanChange, form: LotseForm, act: Callable[[], None], title: str, done: str = "Gespeichert."
) -> HttpResponse:  # fmt: skip
    crumbs = document_crumbs(change.document)
    return form_page(request, form, act, title=title, crumbs=crumbs, lead=change.description, done=done)
