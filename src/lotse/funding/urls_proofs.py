"""Verwendungsnachweise und Prüfpaket."""

from django.urls import path

from lotse.funding.views import audits, proof_steps, proofs

STEPS = {
    "hand_in_proof": ("einreichen", proof_steps.hand_in),
    "return_proof": ("zurueckgeben", proof_steps.give_back),
    "check_proof": ("pruefen", proof_steps.check),
    "release_proof": ("freigeben", proof_steps.release),
    "transmit_proof": ("uebermitteln", proof_steps.transmit),
    "accept_proof": ("annehmen", proof_steps.accept),
    "correct_proof": ("neue-fassung", proof_steps.correct),
    "proof_notes": ("erlaeuterungen", proof_steps.notes),
    "remark_on_proof": ("anmerkung", proof_steps.remark),
    "proof_pdf": ("pdf", proofs.pdf),
}
urlpatterns = [
    path("nachweise/", proofs.overview, name="proofs"),
    path("nachweise/zuwendung/<slug:grant_id>/beginnen/", proofs.begin, name="begin_proof"),
    path("nachweise/anmerkung/<slug:proof_remark_id>/erledigt/", proof_steps.resolve, name="resolve_proof_remark"),
    path("nachweise/anmerkung/<slug:proof_remark_id>/loeschen/", proof_steps.withdraw, name="withdraw_proof_remark"),
    path("nachweise/buchung/<slug:receipt_id>/beleg/", proofs.receipt, name="receipt"),
    path("nachweise/buchung/<slug:receipt_id>/nachtragen/", proof_steps.complete_entry, name="complete_entry"),
    path("nachweise/<slug:use_proof_id>/", proofs.proof, name="proof"),
    *[path(f"nachweise/<slug:use_proof_id>/{word}/", view, name=name) for name, (word, view) in STEPS.items()],
    path("pruefung/", audits.audit, name="audit"),
    path("pruefung/zuwendung/<slug:grant_id>/paket/", audits.new_package, name="new_package"),
    path("pruefung/zuwendung/<slug:grant_id>/stichprobe/", audits.new_sample, name="new_sample"),
    path("pruefung/paket/<slug:package_id>/", audits.package, name="package"),
    path("pruefung/paket/<slug:package_id>/neu/", audits.restart, name="restart_package"),
    path("pruefung/paket/<slug:package_id>/zip/", audits.download, name="package_zip"),
    path("pruefung/stichprobe/<slug:sample_id>/", audits.sample, name="sample"),
    path("pruefung/stichprobe/<slug:sample_id>/pdf/", audits.sample_pdf, name="sample_pdf"),
    path("pruefung/stichprobe/<slug:sample_id>/paket/", audits.pack_sample, name="pack_sample"),
]
