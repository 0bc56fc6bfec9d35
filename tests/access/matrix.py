"""Every address of the product and who may open it. An address without a line here fails a test.

200: opens · 403: she may know it exists but not enter · 404: it does not exist for her · 405: only POST · 302: leads on.
Personas: counsellor (holds the file), colleague (same site, other files), technical_lead (reads the files of her site),
manager, sysadmin, coordinator, funder, outsider (counsellor of another carrier), nobody (login without a person).
"""

from tests.access import (
    funds_applications,
    funds_ledger,
    funds_money,
    funds_more,
    funds_proofs,
    funds_staff,
    quality,
    quality_audits,
    quality_certification,
    quality_duty,
    quality_evidence,
    quality_guests,
    quality_improvements,
    quality_papers,
)
from tests.access.funds import FUNDS

PERSONAS = (
    "counsellor", "colleague", "technical_lead", "carrier_manager", "sysadmin", "coordinator", "funder", "outsider", "nobody",
)  # fmt: skip
COUNSELLING = (200, 200, 403, 403, 403, 403, 403, 200, 403)
FILE = (200, 404, 200, 404, 404, 404, 404, 404, 403)
FILE_LEADS_ON = (302, 404, 302, 404, 404, 404, 404, 404, 403)
LISTS = (403, 403, 200, 200, 403, 403, 403, 403, 403)
LISTS_LEAD_ON = (403, 403, 302, 302, 403, 403, 403, 403, 403)
IMPORT = (404, 404, 200, 404, 404, 404, 404, 404, 404)
IMPORT_LEADS_ON = (404, 404, 302, 404, 404, 404, 404, 404, 404)
EVERYBODY_AT_WORK = (200, 200, 200, 200, 200, 200, 200, 200, 403)
EVERYBODY_INSIDE = (200, 200, 200, 200, 200, 200, 403, 200, 403)
# What one house does in the network: who works there; to change it, who leads or organises; the officer is not among the personas.
OF_HOUSE = (200, 200, 200, 200, 200, 404, 403, 404, 403)
STEERED = (403, 403, 200, 200, 403, 404, 403, 404, 403)
STEERED_LEADS_ON = (403, 403, 302, 302, 403, 404, 403, 404, 403)
OFFICER_ONLY = (403, 403, 403, 403, 403, 404, 403, 404, 403)
# One carrier's people, posts and roles: who works there and who manages it; to change them, who manages it.
INSIDE = (200, 200, 200, 200, 200, 200, 404, 404, 403)
MANAGED = (403, 403, 403, 200, 403, 200, 404, 404, 403)
ACCOUNTS = (403, 403, 403, 403, 200, 403, 403, 403, 403)

# Part 1 of a forum: the counsellor sits there; the coordinator organises it, and finds nothing.
PART_1 = (200, 404, 404, 404, 404, 404, 403, 404, 403)
PART_1_LEADS_ON = (302, 404, 404, 404, 404, 404, 403, 404, 403)
PART_1_NOT_HERS = (403, 404, 404, 404, 404, 404, 403, 404, 403)
IN_NETWORK = (200, 200, 200, 200, 200, 200, 403, 200, 403)

# Data protection of an organisation: technical lead, management and (not among the personas here) the officer.
DESK = (403, 403, 200, 200, 403, 403, 403, 403, 403)
DESK_LEADS_ON = (403, 403, 302, 302, 403, 403, 403, 403, 403)
REPORTING = (403, 403, 200, 200, 403, 200, 403, 403, 403)

# The agency of the house and a document of it: its carrier's management reads, the coordinator of the district too.
AGENCIES = (403, 403, 403, 200, 403, 200, 403, 403, 403)
COORDINATED = (403, 403, 403, 403, 403, 200, 403, 403, 403)
COORDINATED_LEADS_ON = (403, 403, 403, 403, 403, 302, 403, 403, 403)
# Who counsels, and who works for or oversees agencies.
WITH_CALENDAR = (200, 200, 403, 200, 403, 200, 403, 200, 403)
WITH_CALENDAR_LEADS_ON = (302, 302, 403, 302, 403, 302, 403, 302, 403)

AGENCIES_LEAD_ON = (403, 403, 403, 302, 403, 302, 403, 403, 403)

# What leaves an agency, on the forms that the coordination keeps.
LEAVING = {
    **{
        f"agency:{name}": COORDINATED
        for name in (
            "forms",
            "new_form",
            "form_example",
            "new_logo",
            "logo_validity",
            "logo_image",
            "form_validity",
            "form_preview",
            "form_file",
        )
    },
    "agency:form_examples": (403, 403, 403, 403, 403, 302, 403, 403, 403),
    "agency:document_pdf": AGENCIES,
    "agency:document_word": AGENCIES,
    "agency:take_form": AGENCIES_LEAD_ON,
    **{f"agency:{name}": AGENCIES for name in ("carry_over", "controlling_xlsx", "controlling_csv")},
    "agency:renew_questions": AGENCIES_LEAD_ON,
    "agency:note_upload": (403,) * 9,
    "agency:bring_questions": COORDINATED,
    "agency:questions_example": COORDINATED,
}

MATRIX = {
    **LEAVING,
    "funding:home": FUNDS,
    **funds_applications.ADDRESSES,
    **funds_money.ADDRESSES,
    **funds_ledger.ADDRESSES,
    **funds_proofs.ADDRESSES,
    **funds_staff.ADDRESSES,
    **funds_more.ADDRESSES,
    **quality.ADDRESSES,
    **quality_papers.ADDRESSES,
    **quality_improvements.ADDRESSES,
    **quality_audits.ADDRESSES,
    **quality_duty.ADDRESSES,
    **quality_guests.ADDRESSES,
    **quality_certification.ADDRESSES,
    **quality_evidence.ADDRESSES,
    **{f"deadlines:{name}": AGENCIES for name in ("list", "year", "obligation", "grants", "grant")},
    **{
        f"deadlines:{name}": COORDINATED
        for name in (
            "new_grant", "edit_grant", "add_agencies", "new_rule", "change_rule", "end_rule", "hand_in", "check", "send",
            "accept", "give_back", "drop", "new_line", "rename_line",
        )
    },
    **dict.fromkeys(("deadlines:follow", "deadlines:raise_line", "deadlines:remove_line"), COORDINATED_LEADS_ON),
    "deadlines:remove_agency": (403, 403, 403, 404, 403, 302, 403, 403, 403),
    **{f"agency:{name}": AGENCIES for name in ("home", "agency", "analysis", "plan", "report", "controlling")},
    **dict.fromkeys((f"agency:{name}" for name in ("begin", "new_onboarding", "first_step", "new_concept", "edit_concept", "new_advice")), (403,) * 9),
    **{f"agency:{name}": AGENCIES for name in (
        "more", "glossary", "onboardings", "onboarding", "concepts", "concept", "concept_pdf", "trainings", "training", "advice",
        "handbook", "handbook_page", "handbook_versions", "suggest",
    )},
    **{f"agency:{name}": COORDINATED for name in (
        "new_training", "edit_training", "answer_advice", "new_handbook_page", "edit_handbook_page", "answer_suggestion",
    )},
    "agency:call_off_training": (403, 403, 403, 403, 403, 302, 403, 403, 403),
    **{f"agency:{name}": (403, 403, 403, 302, 403, 302, 403, 403, 403) for name in ("join_training", "leave_training", "mark_read")},
    **{f"agency:{name}": AGENCIES for name in ("standing", "report_words", "report_numbers", "history")},
    **{f"agency:{name}": COORDINATED for name in ("return", "comment", "transmit", "accept", "correct")},
    **{f"agency:{name}": (403, 403, 403, 403, 403, 302, 403, 403, 403) for name in ("release", "withdraw_comment")},
    **dict.fromkeys((f"agency:{name}" for name in ("write_report", "prepare_report", "hand_in", "resolve_comment")), (403,) * 9),
    **{f"agency:{name}": AGENCIES for name in ("task", "chain")},
    **dict.fromkeys((f"agency:{name}" for name in (
        "new_task", "edit_task", "remove_task", "continue_tasks", "new_goal", "edit_goal", "remove_goal", "new_step", "edit_step", "remove_step", "finish_step",
        "new_task_partner", "edit_task_partner", "remove_task_partner", "new_change", "withdraw_change",
    )), (403,) * 9),
    "agency:decide_change": COORDINATED,
    "agency:tell_authority": (403,) * 9,
    "agency:false_alarm": (403, 403, 403, 302, 403, 302, 403, 403, 403),
    **{f"agency:{name}": AGENCIES for name in ("datasets", "dataset")},
    "agency:analysis_texts": (403, 403, 403, 302, 403, 302, 403, 403, 403),
    "agency:analysis_picture": (403, 403, 403, 404, 403, 404, 403, 403, 403),
    **{
        f"agency:{name}": (403,) * 9
        for name in (
            "analysis_reach", "take_over_analysis", "check_taken_over", "link_data", "add_data", "add_need", "agency_map",
            "new_dataset", "remove_dataset", "data_item", "remove_data_item", "need", "remove_need",
        )
    },
    **dict.fromkeys(("agency:measures", "agency:measure", "agency:spaces", "agency:evidences", "agency:voucher_file"), AGENCIES),
    **{f"agency:{name}": (403,) * 9 for name in ("new_measure", "edit_measure", "call_off_measure", "add_proof", "space", "add_voucher", "edit_voucher", "take_back_voucher", "sign_in_sheet", "paper_list", "remove_evidence", "volunteers", "new_volunteer", "new_deployment", "volunteer", "edit_volunteer", "forget_volunteer", "materials", "new_material", "edit_material", "lend", "take_back")},
    "agency:evidence": (403, 403, 403, 403, 403, 200, 403, 403, 403),
    "agency:sheet": (403, 403, 403, 404, 403, 404, 403, 403, 403),
    **dict.fromkeys(("agency:close_sheet", "agency:strike_sign_in", "agency:strike_deployment"), (405,) * 9),
    "portal:home": (200,) * 9,
    "portal:search": EVERYBODY_AT_WORK,
    "portal:confirmations": (403, 403, 200, 200, 403, 403, 403, 403, 403),
    "portal:calendar_settings": WITH_CALENDAR,
    "portal:download": WITH_CALENDAR,
    "portal:patterns": COUNSELLING,
    "portal:report_pattern": (404, 404, 403, 403, 403, 403, 403, 404, 403),
    "portal:new_feed": WITH_CALENDAR_LEADS_ON,
    "portal:stop_feed": WITH_CALENDAR_LEADS_ON,
    "portal:confirm": (403,) * 9,
    "casework:enquiry": COUNSELLING,
    "casework:calendar": (200, 200, 200, 403, 403, 403, 403, 200, 403),
    "casework:interpreters": (200, 200, 200, 403, 403, 403, 403, 200, 403),
    "casework:pick_client": COUNSELLING,
    "casework:decide_appointment": FILE_LEADS_ON,
    "casework:appointments": COUNSELLING,
    "casework:drop_appointment": (302, 404, 403, 403, 403, 403, 403, 404, 403),
    "casework:material": EVERYBODY_AT_WORK,
    "casework:flyer_pdf": (200, 200, 200, 200, 200, 200, 404, 404, 403),
    "casework:handovers": EVERYBODY_AT_WORK,
    "casework:site_pdf": (200, 200, 200, 200, 200, 200, 404, 404, 403),
    "casework:client_list": (200, 200, 200, 403, 403, 403, 403, 200, 403),
    "casework:new_client": COUNSELLING,
    "casework:remove_member": FILE_LEADS_ON,
    "casework:begin_plan": FILE_LEADS_ON,
    "casework:achieve": FILE_LEADS_ON,
    "casework:reopen": FILE_LEADS_ON,
    "casework:revise_part_a": FILE_LEADS_ON,
    "casework:strike_goal": FILE_LEADS_ON,
    "casework:strike_step": FILE_LEADS_ON,
    "casework:take_back": FILE_LEADS_ON,
    "casework:take_back_course": FILE_LEADS_ON,
    "casework:end_access": FILE_LEADS_ON,
    "casework:referral_code": FILE_LEADS_ON,
    "casework:cancel_referral": FILE_LEADS_ON,
    "casework:keep_responsibility": FILE_LEADS_ON,
    "casework:revise_agreement": FILE_LEADS_ON,
    **{f"casework:{name}": (200, 200, 200, 403, 403, 403, 403, 200, 403) for name in ("deputising", "caseloads")},
    "casework:end_absence": (404, 404, 404, 403, 403, 403, 403, 404, 403),
    "casework:pass_on_caseload": (200, 404, 200, 403, 403, 403, 403, 404, 403),
    "casework:transfer": (404, 404, 404, 404, 404, 404, 404, 404, 403),
    "casework:review_rounds": (200, 200, 200, 200, 403, 403, 403, 200, 403),
    "casework:review_round": (404, 404, 200, 200, 403, 403, 403, 404, 403),
    "casework:review_file": (404, 404, 200, 404, 404, 404, 404, 404, 403),  # the technical lead reviews
    "casework:review_point": (302, 404, 302, 404, 404, 404, 404, 404, 403),
    "casework:unfreeze": FILE_LEADS_ON,
    **{f"casework:{name}": DESK for name in ("desk", "erasure_run", "hold_file", "periods", "period", "privacy_paper")},
    "casework:propose_erasure": DESK_LEADS_ON,
    "casework:release_hold": DESK_LEADS_ON,
    "casework:emergency": COUNSELLING,
    **dict.fromkeys(("casework:decide_pair", "casework:choose_case", "casework:link_file"), FILE_LEADS_ON),
    "casework:merged": (404, 404, 404, 404, 404, 404, 404, 404, 403),
    **dict.fromkeys(("casework:duplicates", "casework:decided_pairs", "casework:merges"), (200, 200, 200, 403, 403, 403, 403, 200, 403)),
    "casework:capacity": (200, 200, 200, 200, 403, 200, 403, 200, 403),
    "casework:responsibility": EVERYBODY_AT_WORK,
    "casework:end_responsibility": (403, 403, 302, 302, 403, 404, 403, 403, 403),
    "casework:discrimination": (404, 404, 404, 404, 404, 404, 404, 404, 403),
    "casework:handover": (404, 404, 404, 404, 404, 404, 404, 404, 403),
    **{
        f"casework:{name}": FILE
        for name in (
            "overview", "edit_client", "first_contact", "new_contact", "file_appointments", "arrange", "appointment",
            "edit_appointment", "contact_of", "interpreter_hours", "outcomes", "courses", "new_course", "edit_course", "provider_contact",
            "course_progress", "allow_exchange", "tier", "next_step", "consents", "consent_pdf", "withdraw",
            "household", "part_a", "chapter", "assessment", "plan", "environment", "new_goal", "goal", "new_step", "step", "agree",
            "hand_out", "sign", "upload_scan", "scan", "delete_scan", "revise", "plan_status", "plan_pdf", "closing", "evaluate", "sustainability", "end_case", "history", "assign", "edit_first_contact", "phase", "target_group", "extend",
            "other_files", "merge", "own_file", "custody", "give_back", "damage", "settle", "receipt_pdf", "edit_member", "handouts", "handout_pdf", "edit_contact", "result", "end_plan", "pass_on", "eligibility", "advice", "referrals", "new_referral", "referral", "edit_referral", "disclosure", "disclosure_pdf", "send_referral", "follow_up", "reply", "agreements", "new_agreement", "agreement", "edit_agreement", "participation", "agree_agreement", "review_agreement", "end_agreement", "agreement_pdf", "upload_agreement", "agreement_scan", "delete_agreement_scan", "move", "handover_pdf", "privacy", "new_request", "answer_request", "extend_request", "access_letter_pdf", "data_json", "data_xlsx", "correct", "freeze", "letters", "write_letter", "letter", "letter_pdf", "delete_letter", "send_mail", "drop_mail", "delete_mail", "mail_file",
        )
    },
    "casework:series": COUNSELLING,
    **{f"casework:{name}": (200, 404, 403, 403, 403, 403, 403, 404, 403) for name in ("series_done", "series_pdf")},
    **{f"casework:{name}": LISTS for name in ("templates", "new_template", "template", "template_file")},
    "casework:switch_template": LISTS_LEAD_ON,
    # Looked after by those who counsel and coordinate; who signs for the carrier reads along.
    # A format of the district's coordinator, to which a counsellor is invited. Of other houses nobody finds it; in the house
    # of who organises everybody may look (here only the coordinator does).
    **{f"network:{name}": EVERYBODY_INSIDE for name in ("home", "formats", "meetings", "year")},
    # The technical lead begins and plans meetings of her team, nothing else (NW-16).
    **{f"network:{name}": (403, 403, 200, 403, 403, 200, 403, 403, 403) for name in ("new_format", "plan_year")},
    **{f"network:{name}": (200, 404, 404, 404, 404, 200, 403, 404, 403)
       for name in ("format", "read_charter", "charter_pdf", "meeting", "ics", "propose", "session", "session_part", "state", "minutes", "minutes_pdf")},
    **{f"network:{name}": (403, 404, 404, 404, 404, 200, 403, 404, 403)
       for name in ("edit_format", "end_format", "new_member", "edit_member", "charter", "new_meeting", "edit_meeting", "call_off",
                    "replacement", "new_guest", "keep_template", "presence")},
    **{f"network:{name}": (403, 404, 404, 404, 404, 302, 403, 404, 403)
       for name in ("end_member", "share_charter", "invite", "drop_meeting", "remove_place", "choose_presenter", "close", "send_minutes")},
    **{f"network:{name}": (302, 404, 404, 404, 404, 302, 403, 404, 403) for name in ("reply", "move_item", "remove_item")},
    "network:edit_item": (200, 404, 404, 404, 404, 200, 403, 404, 403),
    **dict.fromkeys((f"network:{name}" for name in ("take_pen", "save_notes", "lay_down", "begin_item")), (405,) * 9),
    **{f"network:{name}": EVERYBODY_INSIDE for name in ("mandates", "processes", "outreach", "alignments")},
    **{f"network:{name}": OF_HOUSE for name in ("process", "foundations", "alignment", "new_example", "exchange", "exchange_scan")},
    "network:edit_example": (200, 403, 403, 403, 403, 404, 403, 404, 403),
    **{f"network:{name}": STEERED for name in (
        "step", "rate", "edit_alignment", "end_alignment", "new_party", "new_statement", "edit_statement", "new_exchange",
        "edit_exchange", "other_yes", "end_exchange",
    )},
    **{f"network:{name}": STEERED_LEADS_ON for name in ("renew_exchange", "drop_exchange")},
    **{f"network:{name}": OFFICER_ONLY for name in ("agree_exchange", "object_exchange")},
    **{f"network:{name}": (302, 302, 302, 302, 302, 404, 403, 404, 403) for name in ("remove_example", "remove_outreach")},
    **{f"network:{name}": (403, 403, 200, 200, 403, 403, 403, 403, 403) for name in ("new_mandate", "extend_mandate")},
    "network:end_mandate": (200, 403, 200, 200, 403, 404, 403, 404, 403),
    "network:own_time": (200, 404, 404, 404, 404, 404, 403, 404, 403),
    **{f"network:{name}": (403, 403, 200, 200, 403, 200, 403, 403, 403) for name in ("begin_process", "new_alignment")},
    "network:end_process": (403, 403, 200, 200, 403, 404, 403, 403, 403),
    **{f"network:{name}": (200, 200, 200, 200, 403, 200, 403, 200, 403) for name in ("new_outreach", "figures", "figure_rows")},
    "network:edit_outreach": (200, 200, 200, 200, 403, 404, 403, 404, 403),
    "partners:list": (200, 200, 200, 200, 403, 200, 403, 200, 403),
    **dict.fromkeys(("partners:new", "partners:hand_over"), (200, 200, 200, 403, 403, 200, 403, 200, 403)),
    **{f"partners:{name}": (200, 200, 200, 200, 403, 404, 403, 404, 403) for name in ("detail", "cooperation", "cooperation_pdf", "cooperation_scan")},
    "partners:sign_cooperation": (403, 403, 403, 200, 403, 404, 403, 404, 403),
    **{f"partners:{name}": (200, 200, 200, 403, 403, 404, 403, 404, 403)
       for name in ("edit", "new_cooperation", "edit_cooperation", "check_cooperation", "review_cooperation", "end_cooperation", "upload_cooperation", "delete_cooperation_scan")},
    **{f"partners:{name}": (302, 302, 302, 403, 403, 404, 403, 404, 403) for name in ("revise_cooperation", "drop_cooperation")},
    **{f"partners:{name}": (200, 200, 200, 200, 403, 200, 403, 200, 403) for name in ("gaps", "to_check", "relations", "picture")},
    "partners:opening_sites": (302, 302, 302, 302, 403, 200, 403, 302, 403),
    "partners:opening": (200, 200, 200, 200, 403, 404, 403, 404, 403),
    **{f"partners:{name}": (200, 200, 200, 403, 403, 404, 403, 404, 403)
       for name in ("end", "rank", "new_offer", "edit_offer", "new_person", "edit_person", "note_contact", "rate", "relate", "end_relation", "note_opening")},
    **{f"partners:{name}": (302, 302, 302, 403, 403, 404, 403, 404, 403)
       for name in ("confirm", "resume", "drop_offer", "remove_person", "drop_contact", "drop_opening")},
    # What colleagues know: everybody who works in the house; each takes back what is her own.
    **dict.fromkeys(("partners:pool", "partners:offer_expertise"), (200, 200, 200, 200, 200, 200, 403, 200, 403)),
    "partners:withdraw_expertise": (302, 404, 404, 404, 404, 404, 403, 404, 403),
    # A table of the technical lead, and what everybody who looks after partners may begin.
    **{f"imports:{name}": IMPORT for name in ("run", "columns", "report")},
    **{f"imports:{name}": IMPORT_LEADS_ON for name in ("take_over", "discard", "undo")},
    "imports:start": IMPORT,
    "imports:export": IMPORT,
    **{f"catalogues:{name}": LISTS for name in ("lists", "list", "new_entry", "entry", "texts", "text")},
    "catalogues:reset_entry": LISTS_LEAD_ON,
    "catalogues:withdraw_text": LISTS_LEAD_ON,
    # Who reads no files has released tables instead of the free page.
    "insight:statistics": (200, 200, 200, 302, 403, 302, 302, 200, 403),
    "insight:trace": (200, 200, 200, 404, 403, 404, 404, 200, 403),
    "insight:tables": (200, 200, 200, 200, 403, 200, 200, 200, 403),
    "insight:new_tables": LISTS,
    **dict.fromkeys(("insight:snapshot", "insight:tables_paper"), (200, 200, 200, 200, 403, 200, 200, 404, 403)),
    "insight:release": (405,) * 9,
    "insight:withdraw_tables": (403, 403, 200, 200, 403, 403, 403, 404, 403),
    "insight:sheets": (200, 200, 200, 404, 403, 404, 404, 200, 403),
    "insight:pictures": (200, 200, 200, 404, 403, 404, 404, 200, 403),
    "insight:map": (403, 403, 200, 200, 403, 200, 403, 403, 403),
    "insight:drawing": (200, 200, 200, 404, 403, 404, 404, 200, 403),
    "insight:figure": (200, 200, 200, 404, 403, 404, 404, 200, 403),
    "surveys:rounds": (200, 200, 200, 200, 403, 200, 403, 200, 403),
    **dict.fromkeys(("surveys:round", "surveys:sheet_pdf"), (200, 200, 200, 200, 403, 200, 403, 404, 403)),
    "surveys:new": LISTS,
    **{f"surveys:{name}": (403, 403, 200, 200, 403, 403, 403, 404, 403) for name in ("later", "codes", "close")},
    "surveys:paper": (200, 200, 200, 200, 403, 403, 403, 404, 403),
    **dict.fromkeys(("surveys:texts", "surveys:words"), LISTS),
    **{f"insight:{name}": (200, 200, 200, 200, 403, 200, 200, 200, 403) for name in ("values", "value", "network", "rating")},
    # The strategy: read by who counts and works here, decided by who leads and counts, for the own house.
    **dict.fromkeys(("insight:strategy", "insight:strategy_pdf"), (200, 200, 200, 200, 403, 200, 403, 200, 403)),
    "insight:target": (200, 200, 200, 200, 403, 404, 403, 404, 403),
    "insight:new_target": (403, 403, 200, 200, 403, 200, 403, 403, 403),
    **{f"insight:{name}": (403, 403, 200, 200, 403, 404, 403, 403, 403) for name in ("edit_target", "end_target")},
    "insight:review_target": (403, 403, 200, 200, 403, 404, 403, 404, 403),  # and who is responsible: tests/insight/test_strategy.py
    "insight:evaluation": (200, 200, 200, 403, 403, 403, 403, 200, 403),
    # Numbers on their way up: who leads the carrier, and the district above it; one's own unit is one's own business.
    **dict.fromkeys(("wayup:periods", "wayup:unit", "wayup:receive", "wayup:keys", "wayup:register"), REPORTING),
    "wayup:new_period": (403, 403, 403, 403, 403, 200, 403, 403, 403),
    "wayup:draw_up": (403, 403, 302, 302, 403, 403, 403, 403, 403),
    "wayup:make_keys": (403, 403, 302, 302, 403, 302, 403, 403, 403),
    **{f"wayup:{name}": (403, 403, 200, 200, 403, 404, 403, 403, 403) for name in ("installation", "reopen")},
    **{f"wayup:{name}": (403, 403, 302, 302, 403, 404, 403, 403, 403) for name in ("approve", "accept", "send")},
    **dict.fromkeys(("network:tasks", "network:topics"), IN_NETWORK),
    **{f"network:{name}": PART_1 for name in ("inner", "propose_release", "release", "change_release", "correct_release", "object_release", "task", "change_task", "drop_task", "topic", "change_topic", "close_topic")},
    **{f"network:{name}": PART_1_LEADS_ON for name in ("let_in", "missed_inner", "withdraw_objection", "take_back_release", "forward_release", "control_task", "reopen_task", "release_topic", "place_topic")},
    **{f"network:{name}": PART_1_NOT_HERS for name in ("discuss_topic", "answer_topic", "pass_on_topic")},  # the round does, later
    "network:new_topic": (200, 403, 403, 403, 403, 403, 403, 403, 403),
    "organisations:tree": EVERYBODY_AT_WORK,
    "organisations:roles": EVERYBODY_AT_WORK,
    "organisations:detail": EVERYBODY_AT_WORK,
    **{f"organisations:{name}": INSIDE for name in ("people", "posts", "who", "deputies")},
    "organisations:person": INSIDE,
    **{f"organisations:{name}": MANAGED for name in ("edit_person", "leave", "edit_post", "fill_post", "end_share", "end_role")},
    **{f"organisations:{name}": (403, 403, 403, 200, 403, 200, 403, 403, 403)
       for name in ("found", "edit", "rename", "new_site", "edit_site", "new_person", "new_post", "grant")},
    "organisations:move": (403, 403, 403, 403, 403, 200, 403, 403, 403),
    "organisations:arrange_deputy": (200, 403, 200, 200, 403, 200, 404, 404, 403),
    "organisations:end_deputy": (200, 200, 200, 200, 403, 200, 404, 404, 403),
    "programmes:new": (403, 403, 403, 403, 403, 200, 403, 403, 403),
    "programmes:list": EVERYBODY_AT_WORK,
    "programmes:delimitation": EVERYBODY_AT_WORK,
    "programmes:detail": EVERYBODY_AT_WORK,
    **{f"programmes:{name}": (403, 403, 403, 403, 403, 200, 403, 403, 403) for name in ("edit", "rename", "new_year")},
    "programmes:new_offer": (403, 403, 403, 200, 403, 200, 403, 403, 403),
    "programmes:new_funding": (403, 403, 403, 200, 403, 200, 403, 403, 403),
    "programmes:end_offer": MANAGED,
    "programmes:end_funding": MANAGED,
    **{f"administration:{name}": ACCOUNTS for name in ("list", "invite", "second_factor", "detail", "request_reset")},
    "administration:resets": (403, 403, 200, 200, 200, 403, 403, 403, 403),
    **{f"administration:{name}": (405,) * 9 for name in ("renew", "withdraw", "lock", "unlock", "decide_reset")},
    "accounts:security": (200,) * 9,
    "accounts:end_others": (405,) * 9,
    "auditlog:protocol": (403, 403, 403, 200, 403, 403, 403, 403, 403),
    "core:gallery": (200,) * 9,
    "correspondence:mail_log": (403, 403, 403, 403, 200, 403, 403, 403, 403),
    "correspondence:retry": (403, 403, 403, 403, 302, 403, 403, 403, 403),
    "core:draft": (405,) * 9,
    "core:discard_draft": (405,) * 9,
}  # fmt: skip

# Behind a token or signed link, without an account: whoever has none sees a closed page, signed in or not. tests/casework/test_referral_links.py
PUBLIC = {
    "portal:feed": 404, "network:answer": 404, "network:invited_charter": 404, "network:invited_charter_pdf": 404, "agency:sign_in": 404, "casework:referral_link": 404, "casework:referral_answer": 404,
    **quality_guests.PUBLIC,
    "answering:answer": 200, "answering:thanks": 200, "certificates:check": 404,  # the question for the code, and a word of thanks: tests/surveys
}  # fmt: skip

# Addresses of allauth: open to everybody signed in, or only to those who are not; tests/accounts holds them.
ALLAUTH = ("account_", "mfa_", "socialaccount_", "openid_connect_")
