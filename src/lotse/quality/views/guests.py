"""The house invites guests into a procedure, lets them go, and sees what they have looked at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lotse.auditlog.queries import asked, history_page
from lotse.core.formpages import Crumb, button, form_page
from lotse.quality.actions import guests as acts
from lotse.quality.actions.certification import end_participation
from lotse.quality.forms.guests import GuestForm
from lotse.quality.models import Certification, GuestAccess
from lotse.quality.queries import guests as queries
from lotse.quality.queries.packages import get_participant
from lotse.quality.views.shared import keeper, must_keep

DONE = "Eingetragen. Eine Einladung ist unterwegs, wenn eine Adresse angegeben ist."


def kept(request: HttpRequest, certification_id: str) -> Certification:
    found = queries.get_certification(keeper(request), certification_id)
    must_keep(request.actor, found.organisation)
    return found


def guests(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = kept(request, certification_id)
    context = {
        "certification": found, "guests": queries.guests_of(request.actor, found), "crumbs": crumbs(found)[:-1],
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "quality/guests.html", context)


def crumbs(certification: Certification) -> list[Crumb]:
    return [
        ("Zertifikat", reverse("quality:certifications")),
        (str(certification), reverse("quality:certification", args=[certification.public_id])),
        ("Gäste", guests_url(certification)),
    ]


def guests_url(certification: Certification) -> str:
    return reverse("quality:guests", args=[certification.public_id])


def invite(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = kept(request, certification_id)
    form = GuestForm(request.POST or None, actor=request.actor, today=timezone.localdate())

    def act() -> None:
        given = form.values()
        (acts.invite_guest if "email" in given else acts.seat_guest)(by=request.actor, certification=found, **given)

    return form_page(request, form, act, title="Gast einladen", crumbs=crumbs(found), submit="Eintragen", done=DONE)


def renew(request: HttpRequest, guest_access_id: str) -> HttpResponse:
    access = _guest(request, guest_access_id)

    def act() -> None:
        acts.renew_guest_link(by=request.actor, access=access)

    return button(request, act, guests_url(access.certification), "Ein neuer Link ist unterwegs.")


def revoke(request: HttpRequest, guest_access_id: str) -> HttpResponse:
    access = _guest(request, guest_access_id)

    def act() -> None:
        acts.revoke_guest(by=request.actor, access=access)

    done = "Der Zugang ist entzogen; offene Sitzungen sind beendet."
    return button(request, act, guests_url(access.certification), done)


@require_POST
def end(request: HttpRequest, certification_id: str, participant_id: str) -> HttpResponse:
    """Of a seat without an account; a guest's ends with her access."""
    found = kept(request, certification_id)
    seat = get_participant(request.actor, found, participant_id)

    def act() -> None:
        end_participation(by=request.actor, participant=seat, on=timezone.localdate())

    return button(request, act, guests_url(found), "Die Beteiligung endet heute.")


def _guest(request: HttpRequest, guest_access_id: str) -> GuestAccess:
    return queries.get_guest(keeper(request), guest_access_id)


def looks(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = kept(request, certification_id)
    _only, after = asked(request.GET)
    page = history_page(queries.looks(request.actor, found, after))
    context = {"certification": found, "history": page, "crumbs": crumbs(found)}
    return render(request, "quality/guest_looks.html", context)
