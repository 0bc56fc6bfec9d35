"""All sheets of the statistics on one page: the first table at once, then sheet after sheet, each by its own request.

Without script each step is a link, and a page that is loaded anew shows what the steps have put together.
"""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lotse.core.htmx import render
from lotse.facts.registry import bundle_of
from lotse.facts.results import Result, evaluate
from lotse.insight.asking import Asked, asked


@dataclass(frozen=True)
class Sheet:
    key: str
    title: str
    number: int
    asked: Asked
    results: tuple[Result, ...] = ()

    def counted(self) -> "Sheet":
        return replace(self, results=tuple(evaluate(self.asked.facts, self.asked.question, self.asked.places)))

    def begun(self) -> tuple[Result, ...]:
        """Its first table, with what is protected together with it."""
        first, *_others = self.asked.facts
        results = evaluate(bundle_of(first), self.asked.question, self.asked.places)
        return tuple(result for result in results if result.fact is first)


def sheets(request: HttpRequest) -> HttpResponse:
    found = asked(request)
    if found.question is None:
        return redirect(f"{reverse('insight:statistics')}?{request.GET.urlencode()}")
    every = _sheets(found)
    done = _wanted(request, len(every))
    shown = every[done - 1 : done] if request.headers.get("HX-Request") == "true" else every[:done]
    context = {
        "asked": found,
        "sheets": [sheet.counted() for sheet in shown],
        "begun": () if done else every[0].begun(),
        "waiting": every[done:],
        "done": done,
        "number": len(every),
    }
    return render(request, "insight/sheets.html", context, fragment="insight/_sheets.html")


def _sheets(found: Asked) -> list[Sheet]:
    choices = enumerate(found.form.fields["sheet"].choices, start=1)
    return [Sheet(key, title, number, replace(found, sheet=key)) for number, (key, title) in choices]


def _wanted(request: HttpRequest, number: int) -> int:
    """How many sheets are counted; what nobody can have meant is none."""
    wanted = request.GET.get("blatt", "")
    return int(wanted) if wanted in {f"{n}" for n in range(1, number + 1)} else 0
