from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from lotse.casework import rules
from lotse.casework.actions.discrimination import record_discrimination
from lotse.casework.forms.discrimination import DiscriminationForm
from lotse.casework.models import Client
from lotse.casework.queries.discrimination import discrimination_of
from lotse.casework.views.cases import open_case_of, overview_url
from lotse.casework.views.shared import file_view, form_page
from lotse.casework.views.sheets import open_sheet


@file_view("Diskriminierung", tab="overview")
def discrimination(request: HttpRequest, client: Client) -> HttpResponse:
    """Only under the programme of anti-discrimination advice; elsewhere the page does not exist (AD-01)."""
    case = open_case_of(request, client)
    if not rules.is_about_discrimination(case.programme.code):
        raise Http404

    def read() -> dict[str, Any]:
        kept = discrimination_of(case)
        return DiscriminationForm.initial_from(kept) if kept else {}

    sheet = open_sheet(request, client, read, "discrimination")
    form = DiscriminationForm(request.POST or None, actor=request.actor, initial=sheet.initial)

    def act() -> None:
        record_discrimination(by=request.actor, case=case, **form.cleaned_data)

    title, to = "Diskriminierung", overview_url(client)
    return form_page(request, client, form, act, title=title, done="Gespeichert.", to=to, sheet=sheet)
