"""What the board does in its room: each member votes, the chair records what was decided (QM-09)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import form_page
from lotse.quality.actions import deciding as acts
from lotse.quality.forms import rooms as forms
from lotse.quality.queries import rooms as queries
from lotse.quality.queries.rooms import Seat
from lotse.quality.views.room_shared import BOARD, address, crumbs, framed, in_room

CHAIRS = "Die Entscheidung hält der Vorsitz des Beirats fest."


@in_room("Abstimmung", sides=BOARD)
def vote(request: HttpRequest, seat: Seat) -> HttpResponse:
    mine = queries.own_vote(seat)
    form = forms.VoteForm(request.POST or None, vote=mine)

    def act() -> str:
        acts.cast_vote(by=seat.actor, certification=seat.certification, **form.cleaned_data)
        return address(seat, "vote")

    return form_page(
        request, form, act, title="Abstimmung", crumbs=crumbs(seat), submit="Stimme ändern" if mine else "Abstimmen",
        done="Ihre Stimme ist gezählt.", template="guests/vote.html", mine=mine, standing=queries.standing(seat),
        decision=queries.decision_of(seat), certificate=queries.certificate_of(seat), **framed(request, seat),
    )  # fmt: skip


@in_room("Entscheidung", sides=BOARD)
def decide(request: HttpRequest, seat: Seat) -> HttpResponse:
    _chairs(seat)
    form = forms.DecisionForm(
        request.POST or None, outcomes=queries.possible_outcomes(seat), today=timezone.localdate()
    )

    def act() -> None:
        acts.decide(by=seat.actor, certification=seat.certification, **form.values())

    return form_page(
        request, form, act, title="Entscheidung festhalten", crumbs=crumbs(seat, ("Abstimmung", address(seat, "vote"))),
        submit="Festhalten", done="Die Entscheidung ist festgehalten.", **framed(request, seat),
    )  # fmt: skip


@in_room("Auflagen", sides=BOARD)
def conditions(request: HttpRequest, seat: Seat) -> HttpResponse:
    _chairs(seat)
    if queries.decision_of(seat) is None:
        raise Http404
    form = forms.ConditionsForm(request.POST or None, today=timezone.localdate())

    def act() -> None:
        acts.judge_conditions(by=seat.actor, certification=seat.certification, **form.cleaned_data)

    return form_page(
        request, form, act, title="Auflagen prüfen", crumbs=crumbs(seat, ("Abstimmung", address(seat, "vote"))),
        submit="Festhalten", **framed(request, seat),
    )  # fmt: skip


@in_room("Zertifikat", sides=BOARD)
def revoke(request: HttpRequest, seat: Seat) -> HttpResponse:
    _chairs(seat)
    certificate = queries.certificate_of(seat)
    if certificate is None:
        raise Http404
    form = forms.RevocationForm(request.POST or None, today=timezone.localdate())

    def act() -> None:
        acts.revoke(by=seat.actor, certificate=certificate, **form.cleaned_data)

    return form_page(
        request, form, act, title="Zertifikat entziehen", crumbs=crumbs(seat, ("Abstimmung", address(seat, "vote"))),
        lead=f"Die öffentliche Prüfseite zu {certificate} sagt es von diesem Tag an, ohne den Grund.",
        submit="Entziehen", done="Das Zertifikat ist entzogen.", **framed(request, seat),
    )  # fmt: skip


def _chairs(seat: Seat) -> None:
    if not seat.is_chair:
        raise NotAllowed(CHAIRS)
