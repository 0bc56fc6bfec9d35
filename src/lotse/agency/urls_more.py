"""Beside the chain: the first weeks, concepts, trainings, handbook."""

from django.urls import path

from lotse.agency.views import handbook, support

CONCEPT = "konzepte/<slug:concept_id>/"
TRAINING = "fortbildungen/<slug:training_id>/"
PAGE = "handbuch/<slug:handbook_page_id>/"
urlpatterns = [
    path("mehr/", support.more, name="more"),
    path("glossar/", support.glossary, name="glossary"),
    path("einarbeitung/", support.onboardings, name="onboardings"),
    path("einarbeitung/neu/", support.new_onboarding, name="new_onboarding"),
    path("einarbeitung/<slug:onboarding_id>/", support.onboarding, name="onboarding"),
    path("einarbeitung/schritt/<slug:onboarding_step_id>/", support.first_step, name="first_step"),
    path("konzepte/", support.concepts, name="concepts"),
    path("konzepte/neu/", support.new_concept, name="new_concept"),
    path(CONCEPT, support.concept, name="concept"),
    path(f"{CONCEPT}aendern/", support.edit_concept, name="edit_concept"),
    path(f"{CONCEPT}blatt.pdf", support.concept_pdf, name="concept_pdf"),
    path("fortbildungen/", support.trainings, name="trainings"),
    path("fortbildungen/neu/", support.new_training, name="new_training"),
    path(TRAINING, support.training, name="training"),
    path(f"{TRAINING}aendern/", support.edit_training, name="edit_training"),
    path(f"{TRAINING}absagen/", support.call_off_training, name="call_off_training"),
    path(f"{TRAINING}anmelden/", support.join_training, name="join_training"),
    path(f"{TRAINING}abmelden/", support.leave_training, name="leave_training"),
    path("beratung/", support.advice, name="advice"),
    path("beratung/neu/", support.new_advice, name="new_advice"),
    path("beratung/<slug:advice_request_id>/", support.answer_advice, name="answer_advice"),
    path("handbuch/", handbook.handbook, name="handbook"),
    path("handbuch/neu/", handbook.new_page, name="new_handbook_page"),
    path(PAGE, handbook.page, name="handbook_page"),
    path(f"{PAGE}aendern/", handbook.edit_page, name="edit_handbook_page"),
    path(f"{PAGE}fassungen/", handbook.versions, name="handbook_versions"),
    path(f"{PAGE}gelesen/", handbook.mark_read, name="mark_read"),
    path(f"{PAGE}vorschlag/", handbook.suggest, name="suggest"),
    path("handbuch/vorschlag/<slug:suggestion_id>/", handbook.answer_suggestion, name="answer_suggestion"),
]
PLACES = (("Handbuch und mehr", "agency:more"),)
