from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lotse.network.views.shared import insider


def home(request: HttpRequest) -> HttpResponse:
    insider(request)
    return render(request, "network/home.html")
