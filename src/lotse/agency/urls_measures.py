"""What an agency does: measures, volunteers, lists."""

from django.urls import path

from lotse.agency.views import attendance, materials, measures, proofs, volunteers, vouchers

MEASURE = "massnahmen/<slug:measure_id>/"
VOUCHER = f"{MEASURE}beleg/<slug:voucher_id>/"
SHEET = "listen/<slug:sign_in_sheet_id>/"
EVIDENCE = "nachweise/<slug:evidence_id>/"
VOLUNTEER = "ehrenamt/<slug:volunteer_id>/"
MATERIAL = "material/<slug:material_id>/"
urlpatterns = [
    path("massnahmen/", measures.measures, name="measures"),
    path("massnahmen/neu/", measures.new, name="new_measure"),
    path(MEASURE, measures.measure, name="measure"),
    path(f"{MEASURE}aendern/", measures.edit, name="edit_measure"),
    path(f"{MEASURE}absagen/", measures.call_off, name="call_off_measure"),
    path(f"{MEASURE}nachweis/", proofs.add, name="add_proof"),
    path(f"{MEASURE}beleg/", vouchers.add, name="add_voucher"),
    path(VOUCHER, vouchers.paper, name="voucher_file"),
    path(f"{VOUCHER}aendern/", vouchers.edit, name="edit_voucher"),
    path(f"{VOUCHER}zuruecknehmen/", vouchers.take_back, name="take_back_voucher"),
    path(f"{MEASURE}liste/", attendance.begin, name="sign_in_sheet"),
    path(f"{MEASURE}liste.pdf", attendance.paper, name="paper_list"),
    path("nachweise/", proofs.evidences, name="evidences"),
    path(EVIDENCE, proofs.evidence, name="evidence"),
    path(f"{EVIDENCE}loeschen/", proofs.remove, name="remove_evidence"),
    path(SHEET, attendance.sheet, name="sheet"),
    path(f"{SHEET}abschliessen/", attendance.close, name="close_sheet"),
    path(f"{SHEET}<slug:sign_in_id>/streichen/", attendance.strike, name="strike_sign_in"),
    path("ehrenamt/", volunteers.volunteers, name="volunteers"),
    path("ehrenamt/neu/", volunteers.new, name="new_volunteer"),
    path("ehrenamt/einsatz/", volunteers.deploy, name="new_deployment"),
    path("ehrenamt/einsatz/<slug:deployment_id>/streichen/", volunteers.strike, name="strike_deployment"),
    path(VOLUNTEER, volunteers.volunteer, name="volunteer"),
    path(f"{VOLUNTEER}aendern/", volunteers.edit, name="edit_volunteer"),
    path(f"{VOLUNTEER}loeschen/", volunteers.forget, name="forget_volunteer"),
    path("material/", materials.materials, name="materials"),
    path("material/neu/", materials.new, name="new_material"),
    path(MATERIAL, materials.edit, name="edit_material"),
    path(f"{MATERIAL}verleihen/", materials.lend, name="lend"),
    path(f"{MATERIAL}zurueck/", materials.back, name="take_back"),
    path("anmelden/", attendance.sign_in, name="sign_in"),
]
PLACES: tuple[tuple[str, str], ...] = (("Maßnahmen", "agency:measures"), ("Nachweise", "agency:evidences"))
