"""The guided list of intercultural opening, and the pool of what colleagues know."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.catalogues.own_lists import lists_of
from lotse.partners import rules
from lotse.partners.actions import opening as acts
from lotse.partners.forms.opening import ExpertiseForm, OpeningForm
from lotse.partners.queries import opening as queries
from lotse.partners.views.shared import colleague, form_page, keeper, reader


def sites(request: HttpRequest) -> HttpResponse:
    """The only site is opened at once; of several the first."""
    actor = reader(request)
    found = queries.own_sites(actor)
    if found:
        return redirect("partners:opening", found[0].public_id)
    return render(request, "partners/opening.html", {"sites": [], "site": None})


def opening(request: HttpRequest, site_id: str) -> HttpResponse:
    actor = reader(request)
    site = queries.get_site(actor, site_id)
    context = {
        "site": site,
        "sites": queries.own_sites(actor),
        "groups": queries.guided_list(actor, site),
        "may_change": rules.keeps(actor, actor.organisation_id),
    }
    return render(request, "partners/opening.html", context)


def note_opening(request: HttpRequest, site_id: str, item_key: str) -> HttpResponse:
    actor = keeper(request)
    site, label = queries.get_site(actor, site_id), queries.item_label(actor, item_key)
    if not label:
        raise Http404
    form = OpeningForm(request.POST or None, actor=actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.note_opening(by=actor, site=site, item=item_key, **form.cleaned_data)

    back = reverse("partners:opening", args=[site.public_id])
    return form_page(request, form, act, title=label, back=back, done="Festgehalten.", crumb=site.name)


def drop_opening(request: HttpRequest, entry_id: str) -> HttpResponse:
    actor = keeper(request)
    entry = queries.get_entry(actor, entry_id)
    if request.method == "POST":
        acts.drop_opening(by=actor, entry=entry)
        messages.success(request, "Gelöscht.")
    return redirect("partners:opening", entry.site.public_id)


def pool(request: HttpRequest) -> HttpResponse:
    """By field; my own fields beside it, so that what I offer is always in sight."""
    actor, field = colleague(request), request.GET.get("gebiet", "")
    fields = lists_of(actor.organisation_id).get(queries.FIELDS).choices
    mine = queries.my_expertise(actor)
    context = {
        "rows": queries.pool(actor, field),
        "fields": fields,
        "field": field,
        "mine": [(key, label, mine.get(key)) for key, label in fields],
        "today": timezone.localdate(),
        "looks": rules.looks(actor),
    }
    return render(request, "partners/pool.html", context)


def offer_expertise(request: HttpRequest, field_key: str) -> HttpResponse:
    actor = colleague(request)
    known = lists_of(actor.organisation_id).get(queries.FIELDS)
    if field_key not in known.entries:
        raise Http404
    mine = queries.my_expertise(actor).get(field_key)
    initial = {name: getattr(mine, name) for name in ("text", "languages", "valid_to")} if mine else {}
    form = ExpertiseForm(request.POST or None, actor=actor, initial=initial)

    def act() -> None:
        acts.offer_expertise(by=actor, field=field_key, **form.cleaned_data)

    note = "Freiwillig. Alle Kolleg*innen des Hauses sehen es. Sie können es jederzeit zurückziehen."
    back = reverse("partners:pool")
    return form_page(
        request, form, act, title=known.label(field_key), back=back, done="Danke.", note=note, crumb="Fachwissen"
    )


def withdraw_expertise(request: HttpRequest, expertise_id: str) -> HttpResponse:
    actor = colleague(request)
    mine = queries.get_my_expertise(actor, expertise_id)
    if request.method == "POST":
        acts.withdraw_expertise(by=actor, expertise=mine)
        messages.success(request, "Zurückgezogen.")
    return redirect("partners:pool")
