"""Topics: the list of all that she sees, one with its way, and its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formflow import refusals_told
from lotse.core.formpages import form_page
from lotse.core.forms import LotseForm
from lotse.core.typed import whole
from lotse.network import rules
from lotse.network.actions import topics as acts
from lotse.network.enums import TopicState
from lotse.network.forms import topics as forms
from lotse.network.models import Topic
from lotse.network.queries import topics as queries
from lotse.network.views.shared import insider
from lotse.organisations.enums import Permission


def topics(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    wanted = request.GET.get("stand", "")
    rows = queries.listed(actor, wanted, today)
    context = {
        "rows": [(topic, queries.waits_days(topic, today), queries.is_late(topic, today)) for topic in rows],
        "filters": queries.FILTERS,
        "wanted": wanted if wanted in dict(queries.FILTERS) else "",
        "may_raise": queries.forums(actor).exists(),
        "may_counsel": actor.may(Permission.COUNSEL),
    }
    return render(request, "network/topics.html", context)


def new(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    forums = {forum.public_id: forum for forum in queries.forums(actor)}
    require(bool(forums), acts.NOT_MEMBER)
    choices = [(key, forum.name) for key, forum in forums.items()]
    form = forms.TopicForm(request.POST or None, actor=actor, forums=choices)

    def act() -> None:
        acts.raise_topic(by=actor, format=forums[form.cleaned_data["format"]], **form.words)

    done = "Eingebracht. Nach außen geht es erst, wenn das Forum es freigibt."
    crumbs = [("Themen", reverse("network:topics"))]
    return form_page(request, form, act, title="Thema einbringen", crumbs=crumbs, done=done, submit="Einbringen")


def _topic(request: HttpRequest, topic_id: str) -> Topic:
    return queries.get_topic(insider(request), topic_id)


def _to(topic: Topic) -> str:
    return reverse("network:topic", args=[topic.public_id])


def topic(request: HttpRequest, topic_id: str) -> HttpResponse:
    found, today = _topic(request, topic_id), timezone.localdate()
    actor, state = request.actor, found.state
    is_inside, works = queries.inside(actor, found), found.released_on is not None and acts.works_on(actor, found)
    context = {
        "topic": found,
        "way": queries.way_of(found),
        "days": queries.waits_days(found, today),
        "is_late": queries.is_late(found, today),
        "is_mine": found.raised_by_id == actor.person_id,
        "is_inside": is_inside,
        "may_let_out": state == TopicState.RAISED and rules.may_let_out(actor, found, is_inside),
        "may_place": state == TopicState.RELEASED and (works or is_inside),
        "works": works,
    }
    return render(request, "network/topic.html", context)


def change(request: HttpRequest, topic_id: str) -> HttpResponse:
    found = _topic(request, topic_id)
    first = {name: getattr(found, name) for name in ("title", "text", "wish", "revision")}
    form = forms.TopicForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        revision = form.cleaned_data["revision"] or 0
        acts.change_topic(by=request.actor, topic=found, revision=revision, **form.words)

    return form_page(request, form, act, title="Thema ändern", crumbs=[("Thema", _to(found))])


def let_out(request: HttpRequest, topic_id: str) -> HttpResponse:
    """`revision` says which words she has read."""
    found = _topic(request, topic_id)
    if request.method == "POST":
        read = whole(request.POST.get("revision", "")) or 0
        with refusals_told(request):
            acts.release_topic(by=request.actor, topic=found, revision=read)
            messages.success(request, "Freigegeben.")
    return redirect(_to(found))


def place(request: HttpRequest, topic_id: str) -> HttpResponse:
    found = _topic(request, topic_id)
    if request.method == "POST":
        with refusals_told(request):
            item = acts.put_on_agenda(by=request.actor, topic=found)
            messages.success(request, f"Steht auf der Tagesordnung: {item.meeting}.")
    return redirect(_to(found))


def _step(
    request: HttpRequest, found: Topic, kind: type[LotseForm], verb: Callable[..., Any], title: str, **words: str
) -> HttpResponse:
    form = kind(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        verb(by=request.actor, topic=found, **form.cleaned_data)

    return form_page(request, form, act, title=title, done="Festgehalten.", crumbs=[("Thema", _to(found))], **words)


def _of_round(request: HttpRequest, topic_id: str) -> Topic:
    found = _topic(request, topic_id)
    require(acts.works_on(request.actor, found), acts.NOT_ROUND)
    return found


def discuss(request: HttpRequest, topic_id: str) -> HttpResponse:
    return _step(request, _of_round(request, topic_id), forms.NoteForm, acts.discuss_topic, "Besprochen")


def answer(request: HttpRequest, topic_id: str) -> HttpResponse:
    found, note = _of_round(request, topic_id), "Das lesen alle, die das Thema sehen."
    return _step(request, found, forms.AnswerForm, acts.answer_topic, "Rückmeldung geben", lead=note)


def pass_on(request: HttpRequest, topic_id: str) -> HttpResponse:
    return _step(
        request, _of_round(request, topic_id), forms.PoliticsForm, acts.pass_to_politics, "An die Politik geben"
    )


def close(request: HttpRequest, topic_id: str) -> HttpResponse:
    found = _topic(request, topic_id)
    require(found.raised_by_id == request.actor.person_id or queries.inside(request.actor, found), acts.NOT_INSIDE)
    return _step(request, found, forms.CloseForm, acts.close_topic, "Thema abschließen")
