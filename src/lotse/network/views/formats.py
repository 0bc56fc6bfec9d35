"""Formats: how often each met, who belongs to it, what was agreed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.core.formflow import refusals_told
from lotse.core.formpages import form_page
from lotse.network import rules
from lotse.network.actions import charters, formats
from lotse.network.forms import formats as forms
from lotse.network.models import NetworkFormat
from lotse.network.packaged import kind
from lotse.network.queries import formats as queries
from lotse.network.queries.agenda import templates
from lotse.network.queries.meetings import with_my_place
from lotse.network.queries.people import house
from lotse.network.queries.rhythm import standings
from lotse.network.views.shared import arranger, format_crumbs, format_url, insider, open_format, own_format
from lotse.organisations.actor import Actor

FIELDS = (
    "name", "level", "at_least", "per", "lasts", "agenda_key", "place", "video_link", "invite_days", "has_inner_part",
    "needs_mandate", "needs_speaker", "rotates", "begun_on", "revision",
)  # fmt: skip
LISTED = 24


def formats_page(request: HttpRequest) -> HttpResponse:
    """`?beendet`: those that are over."""
    actor, ended = insider(request), "beendet" in request.GET
    rows = queries.format_list(actor, ended=ended)
    known = standings(rows, timezone.localdate())
    context = {
        "rows": [(row, known[row.pk], kind(row.kind)) for row in rows],
        "ended": ended,
        "may_begin": rules.may_arrange(actor),
        "house": actor.organisation_id,
    }
    return render(request, "network/formats.html", context)


def format_page(request: HttpRequest, format_id: str) -> HttpResponse:
    found, actor, now = open_format(request, format_id), request.actor, timezone.now()
    members = queries.members_of(actor, found)
    charters_known = queries.charters_of(actor, found)
    meetings = queries.meetings_of(actor, found).select_related("format")
    context = {
        "format": found,
        "kind": kind(found.kind),
        "standing": standings([found], timezone.localdate())[found.pk],
        "members": members,
        "mandates": queries.with_mandate(actor, found),
        "lacks_speaker": found.needs_speaker and not any(member.function == "speaker" for member in members),
        "charter": next((row for row in charters_known if row.agreed_on), None),
        "draft": next((row for row in charters_known if not row.agreed_on), None),
        "coming": with_my_place(actor, meetings.filter(ends_at__gte=now).order_by("starts_at", "id"))[:LISTED],
        "past": with_my_place(actor, meetings.filter(ends_at__lt=now).order_by("-starts_at", "-id"))[:LISTED],
        "organises": rules.arranges(actor, found),
    }
    return render(request, "network/format.html", context)


def new_format(request: HttpRequest) -> HttpResponse:
    """First which kind, then the rest prefilled by it."""
    actor, key = arranger(request), request.GET.get("art", "")
    offered = queries.kinds_for(actor)
    if not key:
        return render(request, "network/kinds.html", {"kinds": offered.values()})
    if key not in offered:
        raise Http404
    form = _format_form(request, None, {**forms.start_of(key), "begun_on": timezone.localdate()})

    def act() -> str:
        data = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        return format_url(formats.begin_format(by=actor, kind=key, **data))

    crumbs = [("Formate", reverse("network:formats"))]
    more = {"kind": offered[key], "template": "network/format_form.html"}
    return form_page(request, form, act, title=offered[key].name, crumbs=crumbs, done="Angelegt.", **more)


def _format_form(request: HttpRequest, found: NetworkFormat | None, initial: dict) -> forms.FormatForm:
    actor = request.actor
    chosen = {"templates": templates(actor, found), "targets": queries.possible_targets(actor, found)}
    return forms.FormatForm(request.POST or None, actor=actor, initial=initial, is_team=_is_team(actor), **chosen)


def _is_team(actor: Actor) -> bool:
    """She leads a team and organises nothing else."""
    return not rules.organises(actor, actor.organisation_id)


def edit_format(request: HttpRequest, format_id: str) -> HttpResponse:
    found = own_format(request, format_id)
    initial = {name: getattr(found, name) for name in FIELDS}
    initial["reports_to"] = found.reports_to.public_id if found.reports_to else ""
    form = _format_form(request, found, initial)

    def act() -> None:
        formats.change_format(by=request.actor, format=found, **form.cleaned_data)

    more = {"kind": kind(found.kind), "template": "network/format_form.html"}
    return form_page(request, form, act, title="Format ändern", crumbs=format_crumbs(found), **more)


def end_format(request: HttpRequest, format_id: str) -> HttpResponse:
    found = own_format(request, format_id)
    form = forms.FormatEndForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        formats.end_format(by=request.actor, format=found, on=form.cleaned_data["on"])

    return form_page(
        request,
        form,
        act,
        title="Format beenden",
        crumbs=format_crumbs(found),
        done="Beendet.",
        submit="Beenden",
    )


def new_member(request: HttpRequest, format_id: str) -> HttpResponse:
    found, actor = own_format(request, format_id), request.actor
    form = forms.MemberForm(
        request.POST or None, actor=actor, people=house(actor), format=found, is_new=True, is_team=_is_team(actor)
    )

    def act() -> None:
        formats.add_member(by=actor, format=found, **form.cleaned_data)

    return form_page(request, form, act, title="Mitglied aufnehmen", crumbs=format_crumbs(found), done="Aufgenommen.")


def edit_member(request: HttpRequest, format_id: str, network_member_id: str) -> HttpResponse:
    found, actor = own_format(request, format_id), request.actor
    member = queries.get_member(actor, found, network_member_id)
    initial = {name: getattr(member, name) for name in ("name", "email", "institution", "function", "in_inner_part")}
    form = forms.MemberForm(
        request.POST or None,
        actor=actor,
        people=[],
        format=found,
        is_new=False,
        is_team=_is_team(actor),
        initial=initial,
    )

    def act() -> None:
        formats.change_member(by=actor, member=member, **form.cleaned_data)

    more = {"member": member, "template": "network/member_form.html"}
    return form_page(request, form, act, title=member.name, crumbs=format_crumbs(found), **more)


def end_member(request: HttpRequest, format_id: str, network_member_id: str) -> HttpResponse:
    found = own_format(request, format_id)
    member = queries.get_member(request.actor, found, network_member_id)
    if request.method == "POST":
        with refusals_told(request):
            formats.end_member(by=request.actor, member=member, on=timezone.localdate())
            messages.success(request, f"{member.name} gehört ab morgen nicht mehr dazu.")
    return redirect(format_url(found))


def charter(request: HttpRequest, format_id: str) -> HttpResponse:
    found, actor = own_format(request, format_id), request.actor
    known = queries.charters_of(actor, found)
    former = next(iter(known), None)
    initial = (
        {name: getattr(former, name) for name in ("participants", "goals", "rhythm", "organising")}
        if former
        else _start(found)
    )
    form = forms.CharterForm(request.POST or None, actor=actor, initial=initial)

    def act() -> None:
        charters.write_charter(by=actor, format=found, **form.cleaned_data)

    note = "Was vereinbart ist, bleibt stehen. Sie schreiben eine neue Fassung." if former and former.agreed_on else ""
    return form_page(request, form, act, title="Vereinbarung", crumbs=format_crumbs(found), note=note)


def _start(format: NetworkFormat) -> dict[str, str]:
    """What is known already need not be typed."""
    known = kind(format.kind)
    often = f"Mindestens {format.at_least} Treffen {format.get_per_display()}." if format.at_least else ""
    return {"participants": "\n".join(known.composition), "rhythm": often, "organising": format.organisation.name}


def share_charter(request: HttpRequest, format_id: str, charter_id: str) -> HttpResponse:
    found = own_format(request, format_id)
    shared = queries.get_charter(request.actor, found, charter_id)
    if request.method == "POST":
        with refusals_told(request):
            sent = charters.share_charter(by=request.actor, charter=shared)
            _say_sent(request, [one.name for one in sent if one.email], [one.name for one in sent if not one.email])
    return redirect(format_url(found))


def _say_sent(request: HttpRequest, reached: list[str], unreached: list[str]) -> None:
    messages.success(request, f"Verschickt an {len(reached)}.")
    if unreached:
        messages.warning(request, f"Ohne E-Mail-Adresse: {', '.join(unreached)}. Bitte geben Sie es ihnen anders.")
