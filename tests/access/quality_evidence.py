"""Evidence of the room "Qualität": figures are read by who works there; documents by keepers and their owner, here the manager."""

from tests.access.quality import CATALOGUE, INSIDE, JUDGED, JUDGED_LEADS_ON, KEEPERS, KEPT, KEPT_LEADS_ON

ADDRESSES = {
    "quality:evidence_documents": INSIDE,
    "quality:evidence_new": KEEPERS,
    "quality:evidence_sign": CATALOGUE,
    "quality:evidence_confirm": KEPT,
    "quality:evidence_threshold": KEPT,
    "quality:evidence_read": KEPT_LEADS_ON,
    **{f"quality:evidence_{name}": JUDGED for name in ("document", "renew", "edit", "link", "file")},
    "quality:evidence_unlink": JUDGED_LEADS_ON,
    "quality:evidence_remove": JUDGED_LEADS_ON,
}
