"""Accounts of an organisation: who has one, who is invited, who is locked. No page here knows a password."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lotse.accounts import throttle
from lotse.accounts.actions.administration import lock_account, set_second_factor_duty, unlock_account
from lotse.accounts.actions.factors import confirm_factor_reset, drop_factor_reset
from lotse.accounts.actions.invitations import renew_invitation, withdraw_invitation
from lotse.accounts.actors import Invited
from lotse.accounts.forms import NewPasswordForm
from lotse.accounts.models import User
from lotse.accounts.queries import invitation_for
from lotse.core.formflow import carried_out, refusals_told
from lotse.organisations import accounts_queries as queries
from lotse.organisations.accounts_actions import ask_for_reset, invite_person, join
from lotse.organisations.forms_accounts import DutyForm, InvitationForm, ResetForm
from lotse.organisations.roles import ROLES
from lotse.organisations.second_factor import duties


def _administering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the administrator instead of asking who acts."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, queries.administrator(request.actor), *args, **kwargs)

    return guarded


def _tell(request: HttpRequest, act: Callable[[], Any], done: str) -> None:
    """A step that is one button: it worked, or why not."""
    with refusals_told(request):
        act()
        messages.success(request, done)


@_administering
def accounts(request: HttpRequest, by: Any) -> HttpResponse:
    locked = throttle.locked_keys()
    rows = [(user, throttle.account_key(user.email) in locked) for user in queries.accounts_of(by)]
    context = {"rows": rows, "invitations": queries.open_invitations(by), "resets": queries.open_resets(by)}
    return render(request, "organisations/accounts/list.html", context)


@_administering
def invite(request: HttpRequest, by: Any) -> HttpResponse:
    here = queries.administered_organisations(by)
    form = InvitationForm(request.POST or None, people=queries.people_without_account(by), organisations=here)
    if request.method == "POST" and carried_out(form, lambda: invite_person(by=by, **form.invited())):
        messages.success(request, "Die Einladung ist unterwegs.")
        return redirect("administration:list")
    return render(request, "organisations/accounts/invite.html", {"form": form})


@require_POST
@_administering
def renew(request: HttpRequest, by: Any, invitation_id: str) -> HttpResponse:
    invitation = queries.open_invitation(by, invitation_id)
    _tell(request, lambda: renew_invitation(by=by, invitation=invitation), "Ein neuer Link ist unterwegs.")
    return redirect("administration:list")


@require_POST
@_administering
def withdraw(request: HttpRequest, by: Any, invitation_id: str) -> HttpResponse:
    invitation = queries.open_invitation(by, invitation_id)
    _tell(request, lambda: withdraw_invitation(by=by, invitation=invitation), "Die Einladung ist zurückgezogen.")
    return redirect("administration:list")


@_administering
def account(request: HttpRequest, by: Any, user_id: str) -> HttpResponse:
    user = queries.account_for(by, user_id)
    is_throttled = throttle.account_key(user.email) in throttle.locked_keys()
    waiting = queries.open_resets(by).filter(user=user).first()
    context = {"account": user, "is_throttled": is_throttled, "waiting": waiting, "is_self": user.pk == by.user_id}
    return render(request, "organisations/accounts/detail.html", context)


@require_POST
@_administering
def lock(request: HttpRequest, by: Any, user_id: str) -> HttpResponse:
    user = queries.account_for(by, user_id)
    _tell(request, lambda: lock_account(by=by, user=user), "Das Konto ist gesperrt, alle Sitzungen sind beendet.")
    return redirect("administration:detail", user_id)


@require_POST
@_administering
def unlock(request: HttpRequest, by: Any, user_id: str) -> HttpResponse:
    user = queries.account_for(by, user_id)
    _tell(request, lambda: unlock_account(by=by, user=user), "Das Konto ist entsperrt.")
    return redirect("administration:detail", user_id)


@_administering
def request_reset(request: HttpRequest, by: Any, user_id: str) -> HttpResponse:
    user = queries.account_for(by, user_id)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and carried_out(form, lambda: ask_for_reset(by=by, user=user, **form.cleaned_data)):
        messages.success(request, "Beantragt. Wer bestätigen kann, bekommt eine E-Mail.")
        return redirect("administration:detail", user_id)
    return render(request, "organisations/accounts/reset.html", {"form": form, "account": user})


def resets(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, with the requests of others only."""
    by = queries.confirmer(request.actor)
    waiting = [(r, by.user_id not in (r.requested_by_id, r.user_id)) for r in queries.open_resets(by)]
    return render(request, "organisations/accounts/resets.html", {"waiting": waiting})


@require_POST
def decide_reset(request: HttpRequest, reset_id: str) -> HttpResponse:
    by = queries.confirmer(request.actor)
    reset = queries.open_reset(by, reset_id)
    if "drop" in request.POST:
        _tell(request, lambda: drop_factor_reset(by=by, reset=reset), "Verworfen.")
    else:
        _tell(request, lambda: confirm_factor_reset(by=by, reset=reset), "Der zweite Faktor ist zurückgesetzt.")
    return redirect("administration:resets")


@_administering
def second_factor(request: HttpRequest, by: Any) -> HttpResponse:
    """Which roles need a second factor in this organisation."""
    here = by.organisation_id
    if request.method == "POST":
        form = DutyForm(request.POST, roles=list(ROLES))
        if carried_out(
            form,
            lambda: set_second_factor_duty(
                by=by, organisation_id=here, role=form.cleaned_data["role"], required=form.required
            ),
        ):
            messages.success(request, "Gespeichert. Es gilt ab der nächsten Anmeldung.")
        return redirect("administration:second_factor")
    return render(request, "organisations/accounts/second_factor.html", {"duties": duties(here)})


@login_not_required
def accept(request: HttpRequest) -> HttpResponse:
    """Behind the link of an invitation. Whatever does not open looks the same."""
    token = request.POST.get("schluessel") or request.GET.get("schluessel", "")
    invitation = invitation_for(token)
    if invitation is None or request.user.is_authenticated:
        return render(request, "accounts/invitation_closed.html", status=404)
    owner = User(email=invitation.email, name=invitation.name)
    form = NewPasswordForm(request.POST if "password1" in request.POST else None, owner=owner)
    if request.method == "POST" and carried_out(
        form, lambda: join(by=Invited(invitation), password=form.cleaned_data["password1"])
    ):
        messages.success(request, "Ihr Konto ist eingerichtet. Bitte melden Sie sich an.")
        return redirect("account_login")
    return render(request, "accounts/invitation.html", {"form": form, "invitation": invitation, "token": token})
