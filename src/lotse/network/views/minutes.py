"""After a meeting: closed, the minutes looked at, printed, sent to all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lotse.core.formflow import refusals_told
from lotse.documents.answers import pdf_answer
from lotse.network import rules
from lotse.network.actions import closing
from lotse.network.papers import minutes_paper
from lotse.network.queries.minutes import minutes_of, sent_to
from lotse.network.views.shared import led_meeting, meeting_url, open_meeting


def minutes(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = open_meeting(request, meeting_id)
    context = {
        "meeting": found,
        "minutes": minutes_of(found),
        "leads": rules.leads(request.actor, found),
        "sent": sent_to(request.actor, found) if found.minutes_sent_at else [],
    }
    return render(request, "network/minutes.html", context)


def minutes_pdf(request: HttpRequest, meeting_id: str) -> HttpResponse:
    return pdf_answer(minutes_paper(minutes_of(open_meeting(request, meeting_id))), "protokoll.pdf")


def close(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = led_meeting(request, meeting_id)
    if request.method != "POST":
        return redirect(meeting_url(found))
    with refusals_told(request):
        closing.close_meeting(by=request.actor, meeting=found)
        messages.success(request, "Abgeschlossen. Bitte sehen Sie das Protokoll noch einmal durch.")
        return redirect("network:minutes", found.public_id)
    return redirect("network:session", found.public_id)


def send(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = led_meeting(request, meeting_id)
    if request.method == "POST":
        with refusals_told(request):
            sent = closing.send_minutes(by=request.actor, meeting=found)
            messages.success(request, f"Das Protokoll geht an {sum(1 for one in sent if one.email)} Adressen.")
    return redirect("network:minutes", found.public_id)
