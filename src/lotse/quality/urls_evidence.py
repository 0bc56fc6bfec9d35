from django.urls import path

from lotse.quality.views import evidence, evidence_documents

ONE = "nachweise/<str:evidence_document_id>/"
SIGN = "kriterium/<str:proven_criterion_id>/nachweis/<slug:gauge_key>/"
EVIDENCE = [
    path(SIGN, evidence.sign, name="evidence_sign"),
    path(f"{SIGN}bestaetigen/", evidence.confirm, name="evidence_confirm"),
    path(f"{SIGN}schwelle/", evidence.threshold, name="evidence_threshold"),
    path("katalog/<str:framework_id>/neu-lesen/", evidence.read, name="evidence_read"),
    path("nachweise/", evidence_documents.documents, name="evidence_documents"),
    path("nachweise/neu/", evidence_documents.new, name="evidence_new"),
    path("nachweise/datei/<str:evidence_version_id>/", evidence_documents.file, name="evidence_file"),
    path("nachweise/zuordnung/<str:evidence_link_id>/loesen/", evidence_documents.unlink, name="evidence_unlink"),
    path(ONE, evidence_documents.document, name="evidence_document"),
    path(f"{ONE}erneuern/", evidence_documents.renew, name="evidence_renew"),
    path(f"{ONE}aendern/", evidence_documents.edit, name="evidence_edit"),
    path(f"{ONE}zuordnen/", evidence_documents.link, name="evidence_link"),
    path(f"{ONE}loeschen/", evidence_documents.remove, name="evidence_remove"),
]
