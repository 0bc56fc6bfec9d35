"""What the people on funded posts of her own house can, for who leads it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import form_page
from lotse.core.paging import keyset
from lotse.funding.actions.qualification import WHO_LEADS, Said, note_qualification
from lotse.funding.forms.qualification import QualificationForm
from lotse.funding.qualification_points import newest
from lotse.funding.queries import qualification as queries
from lotse.funding.views.shared import insider
from lotse.funding.views.staff import POSTS
from lotse.organisations.languages import language_choices


def qualification(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    if not queries.leads_house(actor):
        raise NotAllowed(WHO_LEADS)
    page = keyset(queries.staff(actor, timezone.localdate()), request.GET.get("ab", ""), by="name_key")
    context = {"page": page, "rows": queries.profiled(actor, page.rows), "profile": newest(), "crumbs": [POSTS]}
    return render(request, "funding/qualification.html", context | {"languages": dict(language_choices())})


def edit_qualification(request: HttpRequest, funded_person_id: str) -> HttpResponse:
    person = queries.get_person(insider(request), funded_person_id, timezone.localdate())
    [profiled] = queries.profiled(request.actor, [person])
    form = QualificationForm(request.POST or None, actor=request.actor, profiled=profiled)

    def act() -> None:
        answers = {key: Said(*said) for key, said in form.said().items()}
        note_qualification(by=request.actor, person=person, answers=answers)

    crumbs = [POSTS, ("Qualifikation", reverse("funding:qualification"))]
    return form_page(request, form, act, title=f"Qualifikation: {person}", crumbs=crumbs)
