"""Whether a certificate is valid: for everybody who holds the paper, without a login."""

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lotse.core.doorless import open_to_all
from lotse.correspondence.throttle import admit
from lotse.quality.queries.certification import by_token

TRIES = 100  # of one address in a quarter of an hour


@open_to_all
def check(request: HttpRequest, token: str) -> HttpResponse:
    if not admit("certificate", get_adapter().get_client_ip(request), TRIES):
        return render(request, "429.html", status=429)
    standing = by_token(token)
    if standing is None:
        raise Http404
    return render(request, "quality/certificate_check.html", {"standing": standing})
