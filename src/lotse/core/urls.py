from django.urls import path

from lotse.core import views

app_name = "core"
urlpatterns = [
    path("entwurf/", views.keep_draft, name="draft"),
    path("entwurf/verwerfen/", views.discard_draft, name="discard_draft"),
    path("entwicklung/bausteine/", views.components, name="gallery"),
]
