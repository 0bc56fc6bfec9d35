from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lotse.core.formpages import form_page
from lotse.core.paging import keyset
from lotse.organisations import directory
from lotse.organisations.actions.posts import change_post, create_post, end_share, fill_post
from lotse.organisations.forms import EndForm, PostForm, ShareForm, picked
from lotse.organisations.models import Organisation
from lotse.organisations.views.shared import actor_of, day_asked, page


def _url(organisation: Organisation) -> str:
    return reverse("organisations:posts", args=[organisation.public_id])


def posts(request: HttpRequest, organisation_id: str) -> HttpResponse:
    actor = actor_of(request)
    organisation = directory.organisation_inside(actor, organisation_id)
    day = day_asked(request)
    shown = keyset(directory.posts_of(actor, organisation, day), request.GET.get("ab", ""), by="title")
    return page(request, organisation, "organisations/posts.html", tab="posts", page=shown, day=day)


def new_post(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = directory.managed_organisation(actor_of(request), organisation_id)
    sites = directory.sites_of_organisation(organisation)
    form = PostForm(request.POST or None, actor=request.actor, sites=sites)

    def act() -> None:
        data = {**form.cleaned_data, "site": picked(sites, form.cleaned_data["site"])}
        create_post(by=request.actor, organisation=organisation, **data)

    title, to = "Neue Stelle", _url(organisation)
    return form_page(request, form, act, title=title, done="Angelegt.", crumbs=[(organisation.name, to)])


def edit_post(request: HttpRequest, post_id: str) -> HttpResponse:
    post = directory.get_post(actor_of(request), post_id)
    organisation = directory.managed_organisation(request.actor, post.organisation.public_id)
    sites = directory.sites_of_organisation(organisation)
    initial = {"title": post.title, "fte": post.fte, "site": post.site.public_id if post.site else ""}
    form = PostForm(request.POST or None, actor=request.actor, sites=sites, initial=initial)

    def act() -> None:
        data = {**form.cleaned_data, "site": picked(sites, form.cleaned_data["site"])}
        change_post(by=request.actor, post=post, **data)

    to = _url(organisation)
    return form_page(request, form, act, title=post.title, done="Gespeichert.", crumbs=[(organisation.name, to)])


def fill(request: HttpRequest, post_id: str) -> HttpResponse:
    post = directory.get_post(actor_of(request), post_id)
    organisation = directory.managed_organisation(request.actor, post.organisation.public_id)
    people = directory.managed_people(request.actor, timezone.localdate())
    held = directory.shares_of_people(people)
    initial = {"valid_from": timezone.localdate()}
    form = ShareForm(request.POST or None, actor=request.actor, post=post, people=people, held=held, initial=initial)

    def act() -> None:
        data = dict(form.cleaned_data)
        person, substitute = picked(people, data.pop("person")), picked(people, data.pop("substitute_for"))
        data |= {"substitute_for": substitute, "acknowledged": form.acknowledged}
        fill_post(by=request.actor, post=post, person=person, **data)

    to = _url(organisation)
    return form_page(request, form, act, title=f"{post.title} besetzen", done="Eingetragen.", crumbs=[(post.title, to)])


def finish_share(request: HttpRequest, share_id: str) -> HttpResponse:
    share = directory.get_share(actor_of(request), share_id)
    organisation = directory.managed_organisation(request.actor, share.post.organisation.public_id)
    form = EndForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        end_share(by=request.actor, share=share, on=form.cleaned_data["on"])

    title, to = f"Anteil von {share.person} beenden", _url(organisation)
    return form_page(request, form, act, title=title, done="Eingetragen.", crumbs=[(share.post.title, to)])
