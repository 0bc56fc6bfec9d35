from django.urls import path

from lotse.surveys import public_views

app_name = "answering"
urlpatterns = [
    path("", public_views.answer, name="answer"),
    path("danke/", public_views.thanks, name="thanks"),
]
