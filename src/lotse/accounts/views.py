"""One's own account. What somebody else may do with it stands in organisations."""

from allauth.account.views import INTERNAL_RESET_SESSION_KEY
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.recovery_codes.internal.flows import view_recovery_codes
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lotse.accounts.actions.sessions import end_other_sessions, rename
from lotse.accounts.actors import Oneself
from lotse.accounts.adapter import SIGN_IN
from lotse.accounts.forms import NameForm
from lotse.accounts.queries import codes_not_seen, factors_of, last_sign_ins, open_sessions
from lotse.core.formflow import carried_out


def security(request: HttpRequest) -> HttpResponse:
    """Name, password, second factor, sessions, last logins."""
    user = request.user
    form = NameForm(request.POST or None, initial={"name": user.name or getattr(request.actor, "label", "")})
    if request.method == "POST" and carried_out(form, lambda: rename(by=_oneself(request), **form.cleaned_data)):
        messages.success(request, "Gespeichert.")
        return redirect("accounts:security")
    context = {
        "form": form,
        "factors": factors_of(user),
        "sessions": open_sessions(user),
        "current_ref": request.session.get(SIGN_IN, ""),
        "sign_ins": last_sign_ins(user),
    }
    return render(request, "accounts/security.html", context)


def to_security(request: HttpRequest) -> HttpResponse:
    return redirect("accounts:security")


def recovery_codes(request: HttpRequest) -> HttpResponse:
    """allauth remembers that codes were looked at; since GET never writes, the first look is a POST."""
    if request.method == "POST":
        view_recovery_codes(request)
        return redirect("mfa_view_recovery_codes")
    if codes_not_seen(request.user):
        return render(request, "accounts/show_codes.html")
    return codes.view_recovery_codes(request)


def download_codes(request: HttpRequest) -> HttpResponse:
    if codes_not_seen(request.user):
        return redirect("mfa_view_recovery_codes")
    return codes.download_recovery_codes(request)


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    user = end_other_sessions(by=_oneself(request), sign_in_ref=request.session.get(SIGN_IN, ""))
    update_session_auth_hash(request, user)
    messages.success(request, "Alle anderen Sitzungen sind beendet.")
    return redirect("accounts:security")


INTERNAL_RESET_URL_KEY = "set-password"


def _oneself(request: HttpRequest) -> Oneself:
    actor = getattr(request, "actor", None)
    return Oneself(request.user, actor.organisation_id if actor else None)


def closed(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Pages of allauth that this house does not use: nobody signs up or adds an address by herself."""
    raise Http404


@login_not_required
def new_password(request: HttpRequest) -> HttpResponse:
    """The link of the mail carries its key in the query, which no log keeps; from here on the session carries it."""
    if request.user.is_authenticated:
        return redirect("account_change_password")
    uid, _, key = request.GET.get("schluessel", "").partition("-")
    if not uid.isalnum() or not uid.isascii():
        return redirect("account_reset_password")
    request.session[INTERNAL_RESET_SESSION_KEY] = key
    return redirect("account_reset_password_from_key", uidb36=uid, key=INTERNAL_RESET_URL_KEY)


@login_not_required
def openid_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The way back from the organisation's login. It arrives as GET, and GET never writes: the page posts on."""
    if request.method == "POST":
        return openid.callback(request, provider_id)
    return render(request, "accounts/openid_return.html", {"target": request.get_full_path()})
