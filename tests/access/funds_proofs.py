"""Who may open which address of this part of the room "Förderung"; see matrix.py."""

from tests.access.funds import FUNDS, FUNDS_LEAD_ON, RECEIVER, RECEIVER_LEADS_ON

# What the carrier's management hands in is looked at by the coordination; nobody else opens it.
ADDRESSES: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        ("funding:proofs", "funding:proof", "funding:proof_pdf", "funding:proof_notes", "funding:receipt",
         "funding:complete_entry"), FUNDS,
    ),
    **dict.fromkeys(("funding:begin_proof", "funding:hand_in_proof", "funding:resolve_proof_remark"), FUNDS_LEAD_ON),
    **dict.fromkeys(
        ("funding:return_proof", "funding:transmit_proof", "funding:accept_proof", "funding:correct_proof",
         "funding:remark_on_proof"), RECEIVER,
    ),
    **dict.fromkeys(
        ("funding:check_proof", "funding:release_proof", "funding:withdraw_proof_remark"), RECEIVER_LEADS_ON
    ),
    **dict.fromkeys(("funding:audit", "funding:new_package", "funding:package"), FUNDS),
    "funding:package_zip": (403, 403, 403, 404, 403, 404, 403, 403, 403),
    "funding:restart_package": FUNDS_LEAD_ON,
    "funding:new_sample": RECEIVER,
    **dict.fromkeys(("funding:sample", "funding:sample_pdf"), (403, 403, 403, 404, 403, 200, 403, 403, 403)),
    "funding:pack_sample": (403, 403, 403, 404, 403, 302, 403, 403, 403),
}  # fmt: skip
