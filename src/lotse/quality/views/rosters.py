"""A roster before it holds: shown, answered, decided, released."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import form_page
from lotse.quality import rules
from lotse.quality.actions import rosters as acts
from lotse.quality.forms.duty import AnswerForm, DecideForm, ReleaseForm, RosterForm, typed
from lotse.quality.models import Roster
from lotse.quality.queries import rosters as queries
from lotse.quality.views.shared import insider
from lotse.quality.views.shared_duty import duty_crumbs, must_plan, planner, plans, roster_crumbs


def roster_url(roster: Roster) -> str:
    return reverse("quality:roster", args=[roster.public_id])


def rosters(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    context = {"rosters": queries.rosters(actor), "plans": plans(actor), "crumbs": duty_crumbs()}
    return render(request, "quality/rosters.html", context)


def show_roster(request: HttpRequest) -> HttpResponse:
    actor, house = planner(request)
    form = RosterForm(request.POST or None, actor=actor, today=timezone.localdate())

    def act() -> str:
        return roster_url(acts.show_roster(by=actor, organisation=house, **form.cleaned_data))

    return form_page(
        request, form, act, title="Dienstplan zur Abstimmung zeigen", crumbs=roster_crumbs(), done="Gezeigt.",
        submit="Zeigen", lead="Wer darin eingeteilt ist, wird gefragt und bekommt eine E-Mail.",
    )  # fmt: skip


def roster(request: HttpRequest, roster_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_roster(actor, roster_id)
    answers = queries.answers(actor, found)
    asked, replied = queries.counted(found)
    context = {
        "roster": found, "answers": answers, "asked": asked, "replied": replied, "crumbs": roster_crumbs(),
        "plans": rules.plans_duty(actor, found.organisation),
        "mine": next((row for row in answers if row.person_id == actor.person_id), None),
        "duties": queries.duties_of(actor, found),
    }  # fmt: skip
    return render(request, "quality/roster.html", context)


def answer(request: HttpRequest, roster_answer_id: str) -> HttpResponse:
    found = queries.get_answer(insider(request), roster_answer_id)
    if not rules.may_answer_roster(request.actor, found):
        raise NotAllowed(acts.HERSELF)
    first = typed(found, "wish") | ({} if found.reply == "open" else typed(found, "reply"))
    form = AnswerForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> str:
        acts.answer_roster(by=request.actor, answer=found, **form.cleaned_data)
        return roster_url(found.roster)

    return form_page(
        request, form, act, title=str(found.roster), crumbs=_of_roster(found.roster), done="Danke für Ihre Antwort.",
        submit="Antworten", template="quality/answer_roster.html", duties=queries.duties_of(request.actor, found.roster),
    )  # fmt: skip


def decide(request: HttpRequest, roster_answer_id: str) -> HttpResponse:
    found = queries.get_answer(insider(request), roster_answer_id)
    must_plan(request.actor, found.organisation)
    form = DecideForm(request.POST or None, actor=request.actor, initial=typed(found, "wish_state", "decision"))

    def act() -> str:
        acts.decide_wish(by=request.actor, answer=found, **form.cleaned_data)
        return roster_url(found.roster)

    return form_page(
        request, form, act, title=f"Wunsch von {found.person}", crumbs=_of_roster(found.roster), lead=found.wish,
        done="Beantwortet.", submit="Antworten",
    )  # fmt: skip


def release(request: HttpRequest, roster_id: str) -> HttpResponse:
    found = queries.get_roster(insider(request), roster_id)
    must_plan(request.actor, found.organisation)
    asked, replied = rules.took_part(queries.answers(request.actor, found), request.actor)
    given = request.POST if request.method == "POST" else None
    form = ReleaseForm(given, actor=request.actor, asks=not replied)

    def act() -> str:
        acts.release_roster(by=request.actor, roster=found, **form.cleaned_data)
        return roster_url(found)

    return form_page(
        request, form, act, title="Dienstplan freigeben", crumbs=_of_roster(found), done="Freigegeben.",
        submit="Freigeben", lead=f"{found}. Geantwortet: {replied} von {asked}.",
    )  # fmt: skip


def _of_roster(found: Roster) -> list[tuple[str, str]]:
    return [*roster_crumbs(), (f"ab {found.first_on:%d.%m.%Y}", roster_url(found))]
