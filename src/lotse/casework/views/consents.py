from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone

from lotse.casework import queries
from lotse.casework.actions.consents import record_decisions, request_consents, withdraw
from lotse.casework.documents import CONSENT_TEXTS, JOINT_TEXTS, consent_paper
from lotse.casework.enums import Act, ConsentState
from lotse.casework.forms import ConsentDecisionForm, WithdrawalForm
from lotse.casework.models import Client
from lotse.casework.queries.custody import owed_to
from lotse.casework.queries.withdrawal import what_would_end
from lotse.casework.views.shared import file_view, form_page
from lotse.catalogues.texts import client_languages, language_or_german, text
from lotse.documents.answers import pdf_answer
from lotse.organisations.actor import Actor


@file_view("Einwilligungen", tab="consents")
def consents(request: HttpRequest, client: Client) -> HttpResponse:
    initial = {"decided_on": timezone.localdate(), "language": "de", "given": "yes"}
    form = ConsentDecisionForm(request.POST or None, actor=request.actor, initial=initial)
    return form_page(
        request,
        client,
        form,
        lambda: _record_decisions(request.actor, client, form),
        title="Einwilligungen",
        done="Festgehalten.",
        to=f"/akte/{client.public_id}/einwilligungen/",
        template="casework/consents.html",
        rows=client.consents.select_related("recipient"),
        languages=client_languages(),
        given=ConsentState.GIVEN,
    )


def _record_decisions(actor: Actor, client: Client, form: ConsentDecisionForm) -> None:
    """Each ticked act becomes a row of its own, all or none."""
    data = dict(form.cleaned_data)
    acts, answer = data.pop("acts"), data.pop("given")
    wordings = {Act(key): text(key, data["language"]).version for key in acts}
    if answer == "asked":
        asked_on = data.pop("decided_on")
        request_consents(by=actor, client=client, wordings=wordings, requested_on=asked_on, **data)
    else:
        record_decisions(by=actor, client=client, wordings=wordings, given=answer == "yes", **data)


@file_view("Einwilligungen", tab="consents")
def withdraw_consent(request: HttpRequest, client: Client, consent_id: str) -> HttpResponse:
    consent = queries.get_consent(request.actor, consent_id)
    form = WithdrawalForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        data = form.cleaned_data
        withdraw(by=request.actor, consent=consent, on=data["on"], state=ConsentState(data["state"]))

    title = f"Ende der Einwilligung: {consent.get_act_display()}"
    return form_page(
        request,
        client,
        form,
        act,
        title=title,
        done="Festgehalten.",
        to=f"/akte/{client.public_id}/einwilligungen/",
        template="casework/withdrawal.html",
        ending=what_would_end(client, consent),
        owed=owed_to(client),
    )


@file_view("Einwilligungstexte", tab="consents")
def consent_pdf(request: HttpRequest, client: Client) -> FileResponse:
    """`?nur=joint_counselling`: that one consent alone."""
    keys = JOINT_TEXTS if request.GET.get("nur") == Act.JOINT else CONSENT_TEXTS
    paper = consent_paper(client, language_or_german(request.GET.get("sprache", "")), keys)
    return pdf_answer(paper, f"einwilligung-{client.number}.pdf")
