"""What counselling has brought about: one sheet, prefilled with what the file already tells."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lotse.casework import queries, rules
from lotse.casework.actions.outcomes import record_outcomes
from lotse.casework.forms.outcomes import OutcomeForm
from lotse.casework.models import Client, CounsellingCase
from lotse.casework.outcome_template import answers_in_words, items_for
from lotse.casework.queries.outcomes import filled_in, known_events, newest_sheet
from lotse.casework.views.cases import open_case_of
from lotse.casework.views.shared import file_view, form_page, page
from lotse.casework.views.sheets import open_sheet

TEMPLATE = "casework/outcomes.html"


@file_view("Wirkung", tab="outcomes")
def outcomes(request: HttpRequest, client: Client) -> HttpResponse:
    case = queries.current_case(client)
    is_open = case is not None and case.is_open and rules.plan_is_open(client) and rules.can_counsel(request.actor)
    if case and (is_open or request.method == "POST"):
        return _sheet(request, client, open_case_of(request, client))
    last = newest_sheet(case) if case else None
    said = list(answers_in_words(last.template_version, last.answers)) if last else []
    return page(request, client, TEMPLATE, case=case, said=said, said_on=last.recorded_on if last else None)


def _sheet(request: HttpRequest, client: Client, case: CounsellingCase) -> HttpResponse:
    items, known = items_for(case.programme.code), known_events(case)

    def read() -> dict[str, Any]:
        return filled_in(case, items, known, timezone.localdate())

    sheet = open_sheet(request, client, read, "outcomes")
    form = OutcomeForm(request.POST or None, actor=request.actor, initial=sheet.initial, items=items, known=known)

    def act() -> None:
        typed = form.cleaned_data
        record_outcomes(
            by=request.actor, case=case, on=typed["on"], given=form.answers(), revision=typed.get("revision")
        )

    days = [row.recorded_on for row in case.outcome_sheets.all()]
    to = f"{client.get_absolute_url()}wirkung/"
    return form_page(
        request, client, form, act, title="Wirkung", done="Gespeichert.", to=to, template=TEMPLATE, sheet=sheet, case=case, days=days
    )  # fmt: skip
