"""The room "Qualität": the criteria of a carrier are read by who works there, its judgements by who keeps its quality."""

INSIDE = (200, 200, 200, 200, 200, 200, 403, 200, 403)
# Technical lead and management keep the quality of the carrier (and the officer, who is not among the personas).
KEEPERS = (403, 403, 200, 200, 403, 403, 403, 403, 403)
OVERVIEW = (403, 403, 403, 403, 403, 200, 403, 403, 403)
# A catalogue of the carrier, and what only its keepers do with it.
CATALOGUE = (200, 200, 200, 200, 200, 404, 403, 404, 403)
KEPT = (403, 403, 200, 200, 403, 404, 403, 404, 403)
KEPT_LEADS_ON = (403, 403, 302, 302, 403, 404, 403, 404, 403)
JUDGED = (404, 404, 200, 200, 404, 404, 403, 404, 403)
JUDGED_LEADS_ON = (404, 404, 302, 302, 404, 404, 403, 404, 403)

ADDRESSES = {
    "quality:home": INSIDE,
    "quality:carriers": OVERVIEW,
    **{f"quality:{name}": KEEPERS for name in ("take", "bring", "assessments", "example_yaml", "example_csv", "example_xlsx")},
    **{f"quality:{name}": CATALOGUE for name in (
        "framework", "framework_pdf", "framework_table_xlsx", "criterion", "export_yaml", "export_csv", "export_xlsx",
    )},
    **{f"quality:{name}": KEPT for name in ("begin", "reference", "link")},
    "quality:unlink": KEPT_LEADS_ON,
    **{f"quality:{name}": JUDGED for name in ("assessment", "judge")},
    **{f"quality:{name}": JUDGED_LEADS_ON for name in ("confirm", "review", "review_shown", "close")},
}  # fmt: skip
