"""Prescribed forms and logos, and the papers made with them."""

from django.urls import path

from lotse.agency.views import exports, prescribed

urlpatterns = [
    path("vorlagen/", prescribed.shelves, name="forms"),
    path("vorlagen/beispiele/", prescribed.examples, name="form_examples"),
    path("vorlagen/neu/<slug:form_purpose>/", prescribed.new_form, name="new_form"),
    path("vorlagen/neu/<slug:form_purpose>/beispiel.docx", prescribed.example, name="form_example"),
    path("vorlagen/logo/", prescribed.new_logo, name="new_logo"),
    path("vorlagen/logo/<slug:logo_id>/", prescribed.logo_validity, name="logo_validity"),
    path("vorlagen/logo/<slug:logo_id>/bild", prescribed.logo_image, name="logo_image"),
    path("vorlagen/<slug:form_template_id>/", prescribed.form_validity, name="form_validity"),
    path("vorlagen/<slug:form_template_id>/vorschau/", prescribed.preview, name="form_preview"),
    path("vorlagen/<slug:form_template_id>/datei.docx", prescribed.form_file, name="form_file"),
    path("papier/<slug:agency_document_id>/pdf/", exports.pdf, name="document_pdf"),
    path("papier/<slug:agency_document_id>/word/", exports.word, name="document_word"),
    path("papier/<slug:agency_document_id>/vorlage/", exports.take_form, name="take_form"),
]
PLACES = (("Vorlagen", "agency:forms"),)
