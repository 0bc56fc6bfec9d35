from django.urls import path

from lotse.surveys import views

app_name = "surveys"
ONE = "<slug:asked_id>/"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("neu/", views.new, name="new"),
    path("texte/<slug:survey_key>/<slug:language>/", views.words, name="words"),
    path("texte/", views.texts, name="texts"),
    path(ONE, views.detail, name="round"),
    path(ONE + "nachher/", views.later, name="later"),
    path(ONE + "zettel/", views.codes, name="codes"),
    path(ONE + "bogen.pdf", views.sheet_pdf, name="sheet_pdf"),
    path(ONE + "papier/", views.paper, name="paper"),
    path(ONE + "beenden/", views.close, name="close"),
]
