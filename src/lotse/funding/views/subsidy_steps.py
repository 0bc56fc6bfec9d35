"""What becomes of a request for money: sent, decided, withdrawn, used and proven."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lotse.core.formpages import button, form_page
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.funding.actions import subsidies as acts
from lotse.funding.forms.subsidies import DecisionForm, OnDayForm, UseForm
from lotse.funding.queries import subsidies as queries
from lotse.funding.views.shared import insider
from lotse.funding.views.subsidies import crumbs, opened, to


def send(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    form = OnDayForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.send_subsidy(by=request.actor, subsidy=row, on=form.cleaned_data["on"])

    lead = "Danach bleibt der Antrag, wie er ist. Wer auf den Stellen arbeitet, wird so festgehalten wie heute."
    return form_page(request, form, act, title="Antrag gestellt", crumbs=crumbs(row), lead=lead, submit="Eintragen")


def decide(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    first = {"on": timezone.localdate(), "awarded": row.requested}
    form = DecisionForm(request.POST or None, request.FILES or None, actor=request.actor, initial=first)

    def act() -> None:
        values = dict(form.cleaned_data)
        if upload := values.pop("file"):
            with receive(upload, by=request.actor) as received:
                acts.decide_subsidy(by=request.actor, subsidy=row, received=received, **values)
        else:
            acts.decide_subsidy(by=request.actor, subsidy=row, **values)

    return form_page(request, form, act, title="Entscheidung eintragen", crumbs=crumbs(row), done="Eingetragen.")


def notice(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    if row.notice is None:
        raise Http404
    return file_answer(row.notice)


def withdraw(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    return button(request, lambda: acts.withdraw_subsidy(by=request.actor, subsidy=row), to(row), "Zurückgezogen.")


def prove(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    form = OnDayForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.note_proof(by=request.actor, subsidy=row, on=form.cleaned_data["on"])

    return form_page(request, form, act, title="Verwendungsnachweis abgegeben", crumbs=crumbs(row), submit="Eintragen")


def use(request: HttpRequest, subsidy_id: str) -> HttpResponse:
    row = opened(request, subsidy_id)
    entries = queries.entries_to_offer(row)
    form = UseForm(request.POST or None, actor=request.actor, entries=entries)

    def act() -> None:
        acts.note_use(by=request.actor, subsidy=row, entry=form.cleaned_data["entry"])

    lead = "" if entries else "In diesen Jahren ist nichts gebucht, was noch zu keinem Zuschuss gehört."
    return form_page(request, form, act, title="Buchung zuordnen", crumbs=crumbs(row), lead=lead)


def remove_use(request: HttpRequest, subsidy_id: str, subsidy_use_id: str) -> HttpResponse:
    row = queries.get_use(insider(request), subsidy_id, subsidy_use_id)
    return button(request, lambda: acts.remove_use(by=request.actor, use=row), to(row.subsidy), "Gelöst.")
