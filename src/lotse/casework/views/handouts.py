"""Papers to take home: of a file, and the information sheet of a site."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.casework import queries, rules
from lotse.casework.flyer import site_flyer
from lotse.casework.handouts import handout, site_sheet
from lotse.casework.models import Client
from lotse.casework.queries.calendar import coming_appointments
from lotse.casework.views.shared import actor_of, file_view, page
from lotse.catalogues.texts import client_languages, language_or_german
from lotse.core.errors import NotAllowed
from lotse.documents.answers import pdf_answer
from lotse.organisations.directory import site_languages, visible_site
from lotse.organisations.queries import sites_of


def material(request: HttpRequest) -> HttpResponse:
    sites = sites_of(actor_of(request))
    return render(request, "casework/material.html", {"sites": sites, "languages": client_languages()})


def site_pdf(request: HttpRequest, site_id: str) -> FileResponse:
    site = visible_site(actor_of(request), site_id)
    spoken = site_languages(site.organisation, timezone.localdate()).get(site.pk, [])
    language = language_or_german(request.GET.get("sprache", ""))
    return pdf_answer(site_sheet(site, spoken, language), f"infoblatt-{language}.pdf")


def flyer_pdf(request: HttpRequest, site_id: str) -> FileResponse:
    site = visible_site(actor_of(request), site_id)
    spoken = site_languages(site.organisation, timezone.localdate()).get(site.pk, [])
    language = language_or_german(request.GET.get("sprache", ""))
    return pdf_answer(site_flyer(site, spoken, language), f"faltblatt-{language}.pdf")


@file_view("Blätter zum Mitgeben", tab="overview")
def handouts(request: HttpRequest, client: Client) -> HttpResponse:
    context = {"languages": client_languages(), "plan": queries.plan_of(client)}
    return page(request, client, "casework/handouts.html", **context)


@file_view("Das Wichtigste als PDF", tab="overview")
def handout_pdf(request: HttpRequest, client: Client) -> FileResponse:
    if rules.is_restricted(client):
        raise NotAllowed("Die Akte ruht. Deshalb lässt sich dieses Blatt nicht drucken.")
    language = language_or_german(request.GET.get("sprache", ""))
    today = timezone.localdate()
    paper = handout(client, queries.plan_of(client), coming_appointments(client, today), today, language)
    return pdf_answer(paper, f"das-wichtigste-{client.number}.pdf")
