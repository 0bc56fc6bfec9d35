"""From the single case to the system: what several people ran into becomes a topic of a forum (model.md §7.4)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.casework.patterns import SPANS, Pattern, patterns
from lotse.core.formpages import form_page
from lotse.network.actions.topics import NOT_MEMBER, raise_topic
from lotse.network.forms.topics import TopicForm
from lotse.network.queries.topics import forums
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

WISH = "Bitte mit {where} klären, was sich daran ändern lässt."


def _counselling(request: HttpRequest) -> Actor:
    actor = request.actor
    require(bool(actor) and actor.may(Permission.COUNSEL), "Muster sehen, die beraten.")
    return actor


def _span(request: HttpRequest) -> str:
    asked = request.GET.get("wochen", "")
    return asked if asked in SPANS else next(iter(SPANS))


def found_patterns(request: HttpRequest) -> HttpResponse:
    actor, span = _counselling(request), _span(request)
    context = {
        "patterns": patterns(actor, span, timezone.localdate()),
        "spans": [(key, words) for key, (words, _length) in SPANS.items()],
        "span": span,
        "may_raise": forums(actor).exists(),
    }
    return render(request, "portal/patterns.html", context)


def report_pattern(request: HttpRequest, pattern_key: str) -> HttpResponse:
    """Asked anew: the address names what she wants, never how many it was."""
    actor, span = _counselling(request), _span(request)
    pattern = next((p for p in patterns(actor, span, timezone.localdate()) if p.key == pattern_key), None)
    if pattern is None:
        raise Http404
    open_to_her = {forum.public_id: forum for forum in forums(actor)}
    require(bool(open_to_her), NOT_MEMBER)
    choices = [(key, forum.name) for key, forum in open_to_her.items()]
    form = TopicForm(request.POST or None, actor=actor, forums=choices, initial=_prefilled(pattern))

    def act() -> str:
        forum = open_to_her[form.cleaned_data["format"]]
        raise_topic(by=actor, format=forum, basis=_basis(pattern, span), **form.words)
        return reverse("network:topics")

    crumbs = [("Muster", reverse("portal:patterns"))]
    done = "Eingebracht. Nach außen geht es erst, wenn das Forum es freigibt."
    return form_page(request, form, act, title="Muster melden", crumbs=crumbs, done=done, submit="Einbringen")


def _prefilled(pattern: Pattern) -> dict[str, str]:
    title = f"{pattern.where}: {pattern.outcome}"
    return {"title": title[:160], "text": pattern.sentence, "wish": WISH.format(where=pattern.where)}


def _basis(pattern: Pattern, span: str) -> dict[str, Any]:
    today, (_words, length) = timezone.localdate(), SPANS[span]
    days = {"from": f"{today - length}", "to": f"{today}"}
    return {"figure": "casework.patterns", "persons_at_least": pattern.persons_at_least, **days}
