from django.urls import path

from lotse.quality.views import certification, checklist

ONE = "zertifizierung/<str:certification_id>/"
CERTIFICATION = [
    path("zertifizierung/", certification.certifications, name="certifications"),
    path("zertifizierung/beginnen/", certification.register, name="register"),
    path("zertifizierung/antwort/<str:checklist_item_id>/", checklist.answer, name="answer"),
    path("zertifizierung/antwort/<str:checklist_item_id>/gilt-weiter/", checklist.confirm, name="confirm_answer"),
    path("zertifizierung/nachweis/<str:submission_id>/datei/", checklist.document_file, name="document_file"),
    path("zertifizierung/nachweis/<str:submission_id>/entfernen/", checklist.remove_document, name="remove_document"),
    path(
        "zertifizierung/rueckmeldung/<str:feedback_report_id>/bericht.pdf",
        certification.feedback_pdf,
        name="feedback_pdf",
    ),
    path(ONE, certification.certification, name="certification"),
    path(f"{ONE}vertrag/", certification.contract, name="contract"),
    path(f"{ONE}vertrag/datei/", certification.contract_file, name="contract_file"),
    path(f"{ONE}zeitplan/", certification.schedule, name="schedule"),
    path(f"{ONE}zeitplan/zustimmen/", certification.agree_schedule, name="agree_schedule"),
    path(f"{ONE}zurueckziehen/", certification.withdraw, name="withdraw"),
    path(f"{ONE}checkliste/", checklist.checklist, name="checklist"),
    path(f"{ONE}einreichen/", checklist.submit, name="submit_checklist"),
    path(f"{ONE}nachweise/", checklist.documents, name="checklist_documents"),
    path(f"{ONE}nachweise/neu/", checklist.new_document, name="new_document"),
    path(f"{ONE}auditbericht.pdf", certification.report_pdf, name="report_pdf"),
    path(f"{ONE}zertifikat.pdf", certification.certificate_pdf, name="certificate_pdf"),
]
