"""The directory and the page of one partner."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.catalogues.own_lists import lists_of
from lotse.core.formflow import refusals_told
from lotse.core.paging import keyset
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.partners import rules
from lotse.partners.actions.partners import (  # fmt: skip
    confirm_partner,
    create_partner,
    end_partner,
    rank_partner,
    resume_partner,
    update_partner,
)
from lotse.partners.enums import CooperationKind, CooperationState, Priority
from lotse.partners.forms.partners import EndPartnerForm, PartnerFilter, PartnerForm, RankForm
from lotse.partners.models import Partner
from lotse.partners.panels import panels_of
from lotse.partners.queries.cooperation import cooperations_of, possible_people, providers_without_agreement
from lotse.partners.queries.gaps import own_priority
from lotse.partners.queries.opening import own_sites
from lotse.partners.queries.partners import (
    Wanted,
    check_months,
    edited_partner,
    get_partner,
    languages_spoken,
    listed,
    partner_list,
    ranked_programme,
    ranked_programmes,
    social_spaces,
    stale_partners,
    whole_partner,
)
from lotse.partners.queries.relations import relations_of
from lotse.partners.views.shared import form_page, keeper, reader

FIELDS = (
    "name", "category", "phone", "email", "address", "note", "social_space", "target", "languages",
)  # fmt: skip
WITHOUT = "ohne-vereinbarung"


def partners(request: HttpRequest) -> HttpResponse:
    """`?nur=ohne-vereinbarung`: providers of courses with whom nothing is agreed."""
    actor, only, today = reader(request), request.GET.get("nur", ""), timezone.localdate()
    form = _filter(request, actor)
    wanted = _wanted(form)
    lacking = providers_without_agreement(actor, today)
    rows = lacking if only == WITHOUT else partner_list(actor, wanted.text, wanted)
    context = {
        "page": keyset(listed(rows), request.GET.get("ab", ""), by="name_key"),
        "form": form,
        "address": urlencode([(name, value) for name, value in form.data.items() if value and name != "ab"]),
        "wanted": wanted,
        "only": only,
        "lacking": 0 if only else lacking.count(),
        "stale": stale_partners(actor, today).count(),
        "may_change": actor.may(Permission.MANAGE_PARTNERS),
    }
    return render(request, "partners/list.html", context)


def _filter(request: HttpRequest, actor: Actor) -> PartnerFilter:
    words = lists_of(actor.organisation_id)
    ranks = [
        (programme.name, [(f"{programme.code}:{one}", one.label) for one in Priority]) for programme in ranked_programmes(actor)
    ]  # fmt: skip
    spoken = sorted(((key, words.label("language", key)) for key in languages_spoken(actor)), key=lambda pair: pair[1])
    spaces = [(name, name) for name in social_spaces(actor)]
    return PartnerFilter(request.GET, actor=actor, ranks=ranks, spaces=spaces, languages=spoken)


def _wanted(form: PartnerFilter) -> Wanted:
    form.is_valid()
    said = form.cleaned_data
    form.show_unchecked()
    named = {
        "text": "q",
        "category": "art",
        "ranked": "vorrang",
        "space": "raum",
        "language": "sprache",
        "topic": "thema",
        "whose": "wer",
    }
    return Wanted(**{name: said.get(field, "") for name, field in named.items()})


def partner(request: HttpRequest, partner_id: str) -> HttpResponse:
    actor, today = reader(request), timezone.localdate()
    found = whole_partner(actor, partner_id)
    rows = [(row, row.state_on(today)) for row in cooperations_of(actor, found)]
    is_agreed = any(row.kind == CooperationKind.COURSE and state == CooperationState.IN_FORCE for row, state in rows)
    context = {
        "partner": found,
        "today": today,
        "rows": rows,
        "kinds": _kinds(found),
        "lacks_agreement": rules.lacks_agreement(found.categories, is_agreed),
        "is_stale": rules.is_stale(found, today, check_months(actor, today)),
        "people": [one for one in found.people.all() if one.valid_to is None or one.valid_to >= today],
        "former": [one for one in found.people.all() if one.valid_to and one.valid_to < today],
        "ranks": _ranks(actor, found),
        "relations": relations_of(actor, found, today),
        "panels": panels_of(actor, found),
        "may_change": rules.prepares(actor, found.organisation_id),
    }
    return render(request, "partners/partner.html", context)


def _kinds(partner: Partner) -> list[tuple[str, str]]:
    """What can be begun, the likeliest first."""
    is_provider = rules.COURSE_PROVIDER in partner.categories
    return sorted(CooperationKind.choices, key=lambda kind: (kind[0] == CooperationKind.COURSE) != is_provider)


def _ranks(actor: Actor, partner: Partner) -> list[tuple[Any, Priority | None, bool]]:
    """Programme, how much it needs this partner, and whether the house has said so itself."""
    found = []
    for programme in ranked_programmes(actor):
        own = own_priority(partner, programme.code)
        found.append((programme, rules.priority(partner.categories, programme.code, own), own is not None))
    return found


def edit(request: HttpRequest, partner_id: str = "") -> HttpResponse:
    """`?art=` and `?stelle=` fill in what is missing there (NW-12)."""
    actor = keeper(request)
    partner = edited_partner(actor, partner_id) if partner_id else None
    people = possible_people(actor, partner.keeper if partner else None)
    sites = {site.public_id: site for site in own_sites(actor)}
    form = PartnerForm(
        request.POST or None, actor=actor, initial=_stored(partner) if partner else _proposed(request, actor),
        people=[(key, str(person)) for key, person in people.items()], spaces=social_spaces(actor),
        sites=[(key, site.name) for key, site in sites.items()], is_new=partner is None,
    )  # fmt: skip

    def act() -> Partner:
        data = {**form.cleaned_data, "keeper": people.get(form.cleaned_data["keeper"])}
        if "sites" in data:
            data["sites"] = [sites[key] for key in data["sites"]]
        saved = update_partner(by=actor, partner=partner, **data) if partner else create_partner(by=actor, **data)
        kept.append(reverse("partners:detail", args=[saved.public_id]))
        return saved

    kept: list[str] = []
    back = reverse("partners:detail", args=[partner.public_id]) if partner else reverse("partners:list")
    title = partner.name if partner else "Neuer Partner"
    answer = form_page(request, form, act, title=title, back=back, done="Gespeichert.", partner=partner)
    return redirect(kept[0]) if kept else answer


def _stored(partner: Partner) -> dict[str, Any]:
    values = {name: getattr(partner, name) for name in FIELDS}
    values["further"] = [row.category for row in partner.further_categories.all()]
    values["sites"] = [site.public_id for site in partner.sites.all()]
    return {**values, "keeper": partner.keeper.public_id if partner.keeper else ""}


def _proposed(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    site = request.GET.get("stelle", "")
    return {"category": request.GET.get("art", ""), "sites": [site] if site else [], "keeper": actor.ref}


def confirm(request: HttpRequest, partner_id: str) -> HttpResponse:
    """One click: what stands here still holds."""
    actor = keeper(request)
    found = get_partner(actor, partner_id)
    if request.method == "POST":
        confirm_partner(by=actor, partner=found)
        messages.success(request, f"{found.name}: geprüft.")
    on_with = {"pruefen": "partners:to_check", "heute": "portal:home"}.get(request.POST.get("weiter", ""))
    return redirect(on_with) if on_with else redirect("partners:detail", found.public_id)


def end(request: HttpRequest, partner_id: str) -> HttpResponse:
    actor = keeper(request)
    found = get_partner(actor, partner_id)
    form = EndPartnerForm(request.POST or None, actor=actor, initial={"on": timezone.localdate()})
    back = reverse("partners:detail", args=[found.public_id])

    def act() -> None:
        end_partner(by=actor, partner=found, **form.cleaned_data)

    note = "Der Partner steht dann nicht mehr im Verzeichnis. Was in Akten steht, bleibt."
    return form_page(
        request, form, act, title="Zusammenarbeit beenden", back=back, done="Beendet.", partner=found, note=note
    )


def resume(request: HttpRequest, partner_id: str) -> HttpResponse:
    actor = keeper(request)
    found = get_partner(actor, partner_id)
    if request.method == "POST":
        with refusals_told(request):
            resume_partner(by=actor, partner=found)
    return redirect("partners:detail", found.public_id)


def rank(request: HttpRequest, partner_id: str, programme_code: str) -> HttpResponse:
    actor = keeper(request)
    found = whole_partner(actor, partner_id)
    programme = ranked_programme(actor, programme_code)
    own = next((row for row in found.own_priorities.all() if row.programme_id == programme.pk), None)
    by_kind = rules.priority(found.categories, programme.code, None)
    initial = {"priority": own.priority, "reason": own.reason} if own else {}
    form = RankForm(
        request.POST or None, actor=actor, initial=initial, by_kind=by_kind.label if by_kind else "nicht genannt"
    )

    def act() -> None:
        priority, reason = form.cleaned_data["priority"], form.cleaned_data["reason"]
        rank_partner(
            by=actor,
            partner=found,
            programme=programme,
            priority=Priority(priority) if priority else None,
            reason=reason,
        )

    back = reverse("partners:detail", args=[found.public_id])
    return form_page(
        request, form, act, title=f"Vorrang: {programme.name}", back=back, done="Gespeichert.", partner=found
    )
