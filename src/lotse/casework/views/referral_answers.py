"""Behind the link of a referral: a partner without an account gives the code, reads, answers. Looking changes nothing."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lotse.auditlog.recorder import record_read
from lotse.casework import rules
from lotse.casework.actions.referral_answers import (
    Addressee,
    accept_referral,
    ask_back,
    decline_referral,
    try_code,
)
from lotse.casework.enums import DeclineReason
from lotse.casework.forms.referrals import AnswerForm, CodeForm
from lotse.casework.models import Referral
from lotse.casework.queries.referrals import opened_referral, referral_behind
from lotse.casework.referral_content import stored_sections
from lotse.casework.states import REFERRAL_ENDS
from lotse.core.doorless import open_to_all
from lotse.core.formflow import carried_out
from lotse.correspondence.links import LinkInvalid

OPENED = "referrals_opened"  # in the session: referral → link and the moment when the code is asked again
READING_SECONDS = 30 * 60
WRONG = "Der Code stimmt nicht. Bitte prüfen Sie ihn oder rufen Sie die Beratungsstelle an."
LOCKED = "Der Code war fünfmal falsch. Der Link ist gesperrt. Bitte rufen Sie die Beratungsstelle an."


def behind_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to everybody with the link; whatever does not open looks the same."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except LinkInvalid as error:
            return render(request, "casework/referral_closed.html", {"reason": str(error)}, status=404)

    return open_to_all(opened)


@behind_link
def enter(request: HttpRequest) -> HttpResponse:
    """Shows nothing but the question for the code."""
    token = request.POST.get("t") or request.GET.get("t", "")
    referral = referral_behind(token)
    form = CodeForm(request.POST or None, initial={"t": token})
    if request.method == "POST" and form.is_valid():
        if try_code(by=Addressee.of(referral.partner), referral=referral, code=form.cleaned_data["code"]):
            _remember(request, referral)
            return redirect("casework:referral_answer", referral.public_id)
        form.add_error("code", LOCKED if _is_locked(token) else WRONG)
    return render(request, "casework/referral_link.html", {"form": form})


def _is_locked(token: str) -> bool:
    return rules.code_is_locked(referral_behind(token))


def _remember(request: HttpRequest, referral: Referral) -> None:
    opened = request.session.get(OPENED, {})
    opened[referral.public_id] = [referral.link.public_id, int(time.time()) + READING_SECONDS]
    request.session[OPENED] = opened
    request.session.cycle_key()


def _remembered(request: HttpRequest, referral_id: str) -> Referral:
    link_ref, until = request.session.get(OPENED, {}).get(referral_id, ("", 0))
    if time.time() > until:
        raise LinkInvalid
    return opened_referral(referral_id, link_ref)


@behind_link
def answer(request: HttpRequest, referral_id: str) -> HttpResponse:
    """What was chosen, and three ways to answer. Every look is logged before it is shown."""
    referral = _remembered(request, referral_id)
    by = Addressee.of(referral.partner)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if carried_out(form, lambda: _carry_out(by, referral, form.cleaned_data)):
            return _thanked(request, referral)
        referral = _remembered(request, referral_id)
    record_read(by=by, obj=referral, file=referral.client, what="Verweis")
    context = {
        "referral": referral,
        "sections": stored_sections(referral.content),
        "form": form,
        "is_answered": referral.state in REFERRAL_ENDS,
    }
    return render(request, "casework/referral_answer.html", context)


def _carry_out(by: Addressee, referral: Referral, given: dict[str, Any]) -> None:
    if given["answer"] == "accept":
        when, where = given["appointment_at"], given["place"]
        accept_referral(by=by, referral=referral, name=given["name"], appointment_at=when, place=where)
    elif given["answer"] == "decline":
        reason = DeclineReason(given["reason"])
        decline_referral(by=by, referral=referral, name=given["name"], reason=reason, note=given["note"])
    else:
        ask_back(by=by, referral=referral, name=given["name"], text=given["question"])


def _thanked(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Back to the page where it is still open; a declined one is gone."""
    try:
        opened_referral(referral.public_id, referral.link.public_id)
    except LinkInvalid:
        return render(request, "casework/referral_closed.html", {"is_thanks": True})
    return redirect("casework:referral_answer", referral.public_id)
