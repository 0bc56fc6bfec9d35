from django.urls import path

from lotse.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("rollen/", views.roles, name="roles"),
    path("<slug:organisation_id>/", views.detail, name="detail"),
]
