from django.urls import path

from lotse.quality.views import assessments, audits, findings, officers

AUDITS = [
    path("audits/", audits.audits, name="audits"),
    path("audits/neu/", audits.new, name="new_audit"),
    path("audits/<str:audit_id>/", audits.audit, name="audit"),
    path("audits/<str:audit_id>/aendern/", audits.edit, name="edit_audit"),
    path("audits/<str:audit_id>/absagen/", audits.call_off, name="call_off_audit"),
    path("audits/<str:audit_id>/vorbereitung/", audits.new_point, name="new_audit_point"),
    path("audits/<str:audit_id>/checkliste/", audits.draw, name="draw_audit"),
    path("audits/<str:audit_id>/vorbereitet/", audits.prepare, name="prepare_audit"),
    path("audits/<str:audit_id>/durchgefuehrt/", audits.hold, name="hold_audit"),
    path("audits/<str:audit_id>/feststellung/", findings.new, name="new_audit_finding"),
    path("audits/<str:audit_id>/abschliessen/", audits.close, name="close_audit"),
    path("audits/<str:audit_id>/bericht.pdf", audits.report_pdf, name="audit_pdf"),
    path("audits/<str:audit_id>/feststellungen.xlsx", audits.findings_xlsx, name="audit_findings_xlsx"),
    path("vorbereitung/<str:audit_point_id>/", audits.my_point, name="audit_point"),
    path("vorbereitung/<str:audit_point_id>/aendern/", audits.point, name="edit_audit_point"),
    path("vorbereitung/<str:audit_point_id>/erledigt/", audits.finish_point, name="finish_audit_point"),
    path("pruefpunkt/<str:audit_check_id>/", findings.check, name="audit_check"),
    path("feststellung/<str:audit_finding_id>/", findings.edit, name="edit_audit_finding"),
    path("feststellung/<str:audit_finding_id>/entfernen/", findings.remove, name="remove_audit_finding"),
    path("feststellung/<str:audit_finding_id>/stellungnahme/", findings.answer, name="answer_audit_finding"),
    path("feststellung/<str:audit_finding_id>/verbesserung/", findings.follow_up, name="follow_up_audit_finding"),
    path("beauftragte/", officers.officers, name="officers"),
    path("beauftragte/neu/", officers.new, name="new_officer"),
    path("beauftragte/<str:qm_officer_id>/", officers.edit, name="officer"),
    path("beauftragte/<str:qm_officer_id>/schreiben/", officers.letter, name="officer_letter"),
    path("austausch/neu/", officers.new_exchange, name="new_exchange"),
    path("austausch/<str:qm_exchange_id>/", officers.exchange, name="exchange"),
    path("traeger/stand.xlsx", assessments.carriers_xlsx, name="carriers_xlsx"),
]
