from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lotse.auditlog.door import require
from lotse.core.formflow import carried_out, refusals_told
from lotse.correspondence import queries
from lotse.correspondence.actions import send_test, try_again
from lotse.correspondence.enums import MailState
from lotse.correspondence.forms import TestMailForm
from lotse.correspondence.letters import LETTERS
from lotse.organisations.enums import Permission


def _require_administration(request: HttpRequest) -> None:
    allowed = bool(request.actor) and request.actor.may(Permission.MANAGE_ACCOUNTS)
    require(allowed, "Den Postausgang sieht, wer die Technik betreut.")


def mail_log(request: HttpRequest) -> HttpResponse:
    _require_administration(request)
    form = TestMailForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and carried_out(form, lambda: send_test(by=request.actor, to=form.cleaned_data["to"])):
        messages.success(request, "Probenachricht auf dem Weg.")
        return redirect("correspondence:mail_log")
    state = request.GET.get("stand", "")
    page = queries.mail_page(request.actor, state, request.GET.get("ab", ""))
    context = {"form": form, "page": page, "state": state, "states": MailState.choices, "letters": LETTERS}
    return render(request, "correspondence/mail_log.html", context)


def retry(request: HttpRequest, mail_id: str) -> HttpResponse:
    _require_administration(request)
    mail = queries.get_mail(request.actor, mail_id)
    if request.method == "POST":
        with refusals_told(request):
            try_again(by=request.actor, mail=mail)
    return redirect("correspondence:mail_log")
