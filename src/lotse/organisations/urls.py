from django.urls import path

from lotse.organisations.views import grants, people, posts, units

app_name = "organisations"
ONE = "<slug:organisation_id>/"
PERSON = "menschen/<slug:person_id>/"
urlpatterns = [
    path("", units.tree, name="tree"),
    path("rollen/", units.roles, name="roles"),
    path(PERSON, people.person, name="person"),
    path(PERSON + "bearbeiten/", people.edit_person, name="edit_person"),
    path(PERSON + "ausscheiden/", people.leave_person, name="leave"),
    path(PERSON + "vertretung/", grants.arrange, name="arrange_deputy"),
    path("vertretungen/<slug:deputy_id>/ende/", grants.finish_deputy, name="end_deputy"),
    path("rollen/<slug:role_id>/ende/", grants.finish_role, name="end_role"),
    path("stellen/<slug:post_id>/", posts.edit_post, name="edit_post"),
    path("stellen/<slug:post_id>/besetzen/", posts.fill, name="fill_post"),
    path("anteile/<slug:share_id>/ende/", posts.finish_share, name="end_share"),
    path(ONE, units.detail, name="detail"),
    path(ONE + "neu/", units.found, name="found"),
    path(ONE + "bearbeiten/", units.edit, name="edit"),
    path(ONE + "verschieben/", units.move, name="move"),
    path(ONE + "name/", units.rename, name="rename"),
    path(ONE + "beratungsstelle/", units.new_site, name="new_site"),
    path(ONE + "beratungsstelle/<slug:site_id>/", units.edit_site, name="edit_site"),
    path(ONE + "menschen/", people.people, name="people"),
    path(ONE + "menschen/neu/", people.new_person, name="new_person"),
    path(ONE + "stellen/", posts.posts, name="posts"),
    path(ONE + "stellen/neu/", posts.new_post, name="new_post"),
    path(ONE + "wer/", grants.who, name="who"),
    path(ONE + "wer/erteilen/", grants.grant, name="grant"),
    path(ONE + "vertretungen/", grants.deputies, name="deputies"),
]
