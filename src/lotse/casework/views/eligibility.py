"""Which programme fits: the suggestion first, then the choice; kept as dated advice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions.eligibility import keep_advice
from lotse.casework.capacity import free_places
from lotse.casework.forms.eligibility import AS_SUGGESTED, OPEN, EligibilityForm
from lotse.casework.models import Client, CounsellingCase
from lotse.casework.queries import eligibility as asked
from lotse.casework.views.shared import file_view, form_page, page
from lotse.casework.views.sheets import open_sheet
from lotse.organisations.actor import Actor
from lotse.programmes.eligibility.advice import YES, Advice, Finding, advise
from lotse.programmes.eligibility.known import Known
from lotse.programmes.models import Programme

Programmes = dict[str, Programme]


@file_view("Programm", tab="overview")
def eligibility(request: HttpRequest, client: Client) -> HttpResponse:
    case, programmes = queries.current_case(client), asked.counselling_programmes()
    known = _known(request.actor, client, case)
    start = {"chosen": AS_SUGGESTED, **{name: getattr(known, name) for name in EligibilityForm.ANSWERS}}
    sheet = open_sheet(request, client, lambda: start, "eligibility")
    form = EligibilityForm(request.POST or None, actor=request.actor, initial=sheet.initial, programmes=programmes)
    advice = advise(form.added_to(known), timezone.localdate(), programmes)
    form.offer(advice.suggested.programme if advice.suggested else "")

    def act() -> None:
        _keep(request, client, form, advice, programmes)

    to = reverse(f"casework:{'overview' if case else 'first_contact'}", args=[client.public_id])
    sure = advice.suggested is not None and advice.suggested.answer == YES
    context: dict[str, Any] = {"asks": form.is_only_a_check or not sure, "past": asked.advices_of(client)}
    context |= {"template": "casework/eligibility.html", **_shown(advice.suggested, advice.others, programmes)}
    title, done = "Welches Programm?", "Ergebnis festgehalten."
    return form_page(request, client, form, act, title=title, done=done, to=to, sheet=sheet, **context)


def _known(actor: Actor, client: Client, case: CounsellingCase | None) -> Known:
    """What was said on the case about free capacity counts; else it is computed."""
    today = timezone.localdate()
    room = None if case and case.has_free_capacity is not None else free_places(actor, client.site_id, today)
    return asked.known_of(actor, client, case, today, has_room=None if room is None else room > 0)


def _keep(request: HttpRequest, client: Client, form: EligibilityForm, advice: Advice, programmes: Programmes) -> None:
    suggested = programmes[advice.suggested.programme] if advice.suggested else None
    choices = {**programmes, AS_SUGGESTED: suggested, OPEN: None}
    chosen, reason = choices[form.cleaned_data["chosen"]], form.cleaned_data["reason"]
    keep_advice(by=request.actor, client=client, advice=advice, suggested=suggested, chosen=chosen, reason=reason)


def _shown(suggested: Finding | None, others: list[Finding], programmes: Programmes) -> dict[str, Any]:
    """Findings beside the programme's name of today."""
    named = [(finding, programmes[finding.programme].name) for finding in others]
    first = (suggested, programmes[suggested.programme].name) if suggested else None
    return {"suggested": first, "others": named}


@file_view("Programm", tab="overview")
def advice(request: HttpRequest, client: Client, advice_id: str) -> HttpResponse:
    """As it was read that day."""
    found = asked.get_advice(request.actor, client, advice_id)
    return page(request, client, "casework/advice.html", advice=found, findings=asked.named_findings(found))
