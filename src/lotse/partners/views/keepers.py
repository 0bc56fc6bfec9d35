"""Who keeps the contact to whom, and handing it over."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.partners.actions.keepers import hand_over
from lotse.partners.forms.keepers import ALL, HandOverForm
from lotse.partners.queries.cooperation import possible_people
from lotse.partners.queries.keepers import Keeper, keepers, kept_by
from lotse.partners.views.shared import form_page, keeper

NOBODY_YET = "Partner ohne Zuständige*n"


def give(request: HttpRequest) -> HttpResponse:
    """First from whom, then what and to whom."""
    actor, giver = keeper(request), request.GET.get("von", "")
    found = keepers(actor)
    if giver:
        return _give(request, next((one for one in found if one.ref == giver), None))
    return render(request, "partners/keepers.html", {"keepers": found, "today": timezone.localdate()})


def _give(request: HttpRequest, giver: Keeper | None) -> HttpResponse:
    if giver is None:
        raise Http404
    actor = request.actor
    partners = {one.public_id: one for one in kept_by(actor, giver.person)}
    people = {key: one for key, one in possible_people(actor).items() if one != giver.person}
    form = HandOverForm(
        request.POST or None, actor=actor, people=[(key, str(one)) for key, one in people.items()],
        partners=[(key, one.name) for key, one in partners.items()], initial={"which": ALL},
    )  # fmt: skip

    def act() -> None:
        chosen = partners.values() if form.chosen is None else [partners[key] for key in form.chosen]
        hand_over(by=actor, given_by=giver.person, to=people[form.cleaned_data["to"]], partners=list(chosen))

    title = f"Partner von {giver.person} übergeben" if giver.person else NOBODY_YET
    note = ", ".join(one.name for one in partners.values()) if len(partners) == 1 else ""
    return form_page(
        request, form, act, title=title, back=reverse("partners:hand_over"), done="Übergeben.", submit="Übergeben",
        crumb="Partner übergeben", note=note,
    )  # fmt: skip
