"""What may lie in clear, and why. A field that is typed into and not named here is found nowhere but sealed."""

NAME = "names stay readable, so that search and sorting work (ADR 0006)"
DIRECTORY = "an institution's public address, no client"
SHORT = "a few words shown in lists and series beside codes; the page asks for no confidential detail"
ANONYMOUS = "belongs to nobody: an enquiry has no person, and the form says “Ohne Namen.”"
ROOM = "a room of the house, no client"
FORM = "what a prescribed form or a public logo is called, no client"
TEMPLATE = "what a letter template is called, no client"
OWN_LISTS = "the organisation's own words for its lists, no client"

PARTNER = dict.fromkeys(("name", "phone", "email", "address", "note", "social_space", "target"), DIRECTORY)
OFFER = dict.fromkeys(
    ("title", "for_whom", "admission", "waiting", "costs"), "what an institution offers to everybody, no client"
)
AT_PARTNER = dict.fromkeys(("role", "responsible_for"), "what somebody's work at an institution is; her name is sealed")
COOPERATION = dict.fromkeys(("subject", "partner_contact"), "the heading of a contract between institutions, no client")
PERSON = {"first_name": NAME, "last_name": NAME}
STAFF = "who works where; colleagues find each other by it"

MEETINGS = (
    "what a round is called, where it meets and who belongs to it; the calendar of everybody invited says the same"
)
FORMAT = dict.fromkeys(("name", "place", "video_link"), MEETINGS)
BELONGS = dict.fromkeys(("name", "email", "institution"), MEETINGS)
CHARTER = dict.fromkeys(
    ("participants", "goals", "rhythm", "organising"), "a public agreement between institutions, no client"
)

ORGANISATION = dict.fromkeys(("address", "email", "phone"), DIRECTORY)
AGREED = "what two institutions agreed to exchange, in kinds of data; no client"
SITE = dict.fromkeys(("name", "address", "email", "phone", "accessibility_note", "appointment_mode"), DIRECTORY)
COLLEAGUE = dict.fromkeys(("first_name", "last_name", "former_name", "email", "phone", "qualification"), STAFF)

OFFERED = dict.fromkeys(
    ("title", "hours", "place", "text"), "what the district offers to everybody in its agencies, no client"
)
HANDBOOK = dict.fromkeys(("chapter", "title", "body"), "a handbook for everybody in the agencies, no client")

PAPER = "about a document that is written for an authority, no client (ADR 0040)"
GRANT = dict.fromkeys(("name", "reference"), "what a grant is called at the authority, no client")
FUNDS = "what is applied for with public money and granted, no client"
DEADLINE = "what is owed to the authority, no client"

MONEY = "of an organisation that gets or gives public money, no client"
BOOKED = dict.fromkeys(("payee", "reason", "number"), "what a carrier paid to whom, as on its paper; no client")
LEDGER = "about money of a grant, no client"

SUBSIDY = dict.fromkeys(
    ("addressee", "address", "subject", "funder", "text", "own_reference", "their_reference", "copies_to"),
    "a letter that asks a town or a foundation for money, no client",
)
PROOF = "in a proof of use that goes to an authority, no client (ADR 0041)"
QUALITY = "what a house says of its own manual and criteria, no client; findings are sealed"
DEVICE = dict.fromkeys(("name", "place", "inventory_number", "storage_note"), "of a device or material, no client")
AUDIT = dict.fromkeys(
    ("title", "auditor_name", "auditor_body"), "what an audit is called and who comes from outside, no client"
)
IMPROVING = (
    "what a house makes better, in a few words; the form asks for no names, what is wrong and what is done are sealed"
)
AUDIT = dict.fromkeys(
    ("title", "auditor_name", "auditor_body"), "what an audit is called and who comes from outside, no client"
)
ROSTER = "a short hint beside a duty; the page says: no client"
CALLED = "who of the house is called when nobody is there"

IN_CLEAR = {
    **{f"quality:{name}_duty": {"note": ROSTER} for name in ("new", "edit")},
    **{
        f"quality:{name}_emergency_contact": dict.fromkeys(("name", "phone", "matter"), CALLED)
        for name in ("new", "edit")
    },
    "quality:release_roster": {"reason": QUALITY},
    **{f"funding:{key}": {"reason": MONEY} for key in ("amend_contract", "repay")},
    "funding:new_account": {"holder": MONEY},
    **dict.fromkeys(("funding:new_subsidy", "funding:edit_subsidy"), SUBSIDY),
    "funding:subsidy_other_post": dict.fromkeys(("name", "qualification", "languages"), STAFF),
    "funding:subsidy_attach": {"title": PAPER},
    "funding:check_duty": {"note": "what a carrier says of its own work, no client"},
    "funding:proof_notes": dict.fromkeys((f"text-{n}" for n in range(4)), PROOF),
    "funding:remark_on_proof": {"text": PROOF},
    "funding:return_proof": {"note": PROOF},
    "funding:correct_proof": {"why": PROOF},
    "funding:complete_entry": {"number": "the number of a receipt in the books of a carrier"},
    "funding:new_sample": {"seed": "with what a sample was drawn; whoever wants to draw it again types it"},
    "quality:begin": {"title": QUALITY},
    **{f"quality:{key}": AUDIT for key in ("new_audit", "edit_audit")},
    **{f"quality:{key}": {"text": QUALITY} for key in ("new_audit_point", "edit_audit_point")},
    "quality:draw_audit": {"seed": "with what a sample was drawn; whoever wants to draw it again types it"},
    "quality:follow_up_audit_finding": {"title": QUALITY},
    **{f"quality:{key}": {"with_whom": QUALITY} for key in ("new_exchange", "exchange")},
    **dict.fromkeys(("quality:new_document", "quality:edit_document"), dict.fromkeys(("number", "title"), QUALITY)),
    "quality:review_document": {"note": QUALITY},
    "quality:return_version": {"remark": QUALITY},
    **dict.fromkeys(("quality:new_chapter", "quality:edit_chapter"), dict.fromkeys(("title", "text"), QUALITY)),
    **dict.fromkeys(("quality:new_equipment", "quality:edit_equipment"), DEVICE),
    "quality:check_equipment": {"note": QUALITY},
    "quality:register": {"body": "what a certification body is called, no client"},
    "quality:new_document": {"title": QUALITY},
    "quality:invite_guest": dict.fromkeys(("name", "email"), "who assesses or decides from outside, no client"),
    **{f"quality:evidence_{name}": {"title": QUALITY} for name in ("new", "edit")},
    "quality:judge": {"reason": QUALITY},
    "quality:link": {"note": QUALITY},
    "quality:reference": {"text": QUALITY, "link": QUALITY},
    **{
        f"quality:{name}": {"title": IMPROVING}
        for name in (
            "new_improvement",
            "improve_criterion",
            "improve_judgement",
            "improve_complaint",
            "change_improvement",
            "new_suggestion",
        )
    },
    "agency:comment": {"text": PAPER},
    **{key: {"note": PAPER} for key in ("agency:return", "agency:correct")},
    "agency:evidence": {"sign": "the reference of an audit; it stands in the log of who opened a list"},
    **dict.fromkeys(("deadlines:new_grant", "deadlines:edit_grant"), GRANT),
    **{key: {"name": DEADLINE} for key in ("deadlines:new_rule", "deadlines:change_rule")},
    "deadlines:drop": {"note": DEADLINE},
    **{f"deadlines:{key}": {"name": FUNDS} for key in ("new_line", "rename_line")},
    **{f"funding:{key}": {"title": STAFF, "pay_grade": STAFF} for key in ("new_part_post", "edit_part_post")},
    "funding:part_measures": {"measures": FUNDS},
    "funding:return_part": {"remark": FUNDS},
    "funding:correct_application": {"remark": FUNDS},
    "funding:new_grant_notice": {"reference": FUNDS, "note": FUNDS},
    "funding:new_volume_agreement": {"note": FUNDS},
    **dict.fromkeys(("agency:new_training", "agency:edit_training"), OFFERED),
    **dict.fromkeys(("agency:new_handbook_page", "agency:edit_handbook_page"), HANDBOOK),
    "funding:new_change": {"newcomer_name": STAFF},
    "agency:new_form": {"version": FORM},
    "agency:new_logo": {"alt": FORM},
    "funding:book_entry": BOOKED,
    "funding:correct_entry": {"why": LEDGER, **BOOKED},
    "funding:take_back_entry": {"reason": LEDGER},
    "funding:expect": {"note": LEDGER},
    "funding:new_ledger_account": {"account": LEDGER},
    "funding:report_need": {"reason": LEDGER},
    "funding:ask_back_need": {"remark": LEDGER},
    "insight:map": {"title": "what a map is called, no client"},
    "administration:invite": dict.fromkeys(("email", "first_name", "last_name"), STAFF),
    "casework:allow_exchange": {"oral_reason": SHORT},
    "casework:arrange": {"room": ROOM},
    "casework:assign": {"reason": SHORT},
    "casework:consents": {"oral_reason": SHORT},
    "casework:disclosure": {"oral_reason": SHORT},
    "casework:edit_client": PERSON,
    "casework:edit_first_contact": {"route_detail": SHORT},
    "casework:edit_appointment": {"room": ROOM},
    "casework:hold_file": {"reason": "a legal ground, shown to people who see no file; the field says: no names"},
    "casework:period": {"reason": "why the house keeps a kind of data so long, no client"},
    "casework:emergency": {"reason": SHORT},
    "casework:enquiry": {"next_step": ANONYMOUS},
    "casework:first_contact": {"route_detail": SHORT},
    "casework:new_client": PERSON,
    "casework:new_template": {"name": TEMPLATE},
    "casework:template": {"name": TEMPLATE},
    "casework:next_step": {"reason": SHORT},
    "casework:participation": {"oral_reason": SHORT},
    "casework:own_file": PERSON,
    "casework:tier": {"note": SHORT},
    "catalogues:entry": {"label": OWN_LISTS},
    "catalogues:new_entry": {"label": OWN_LISTS},
    "catalogues:text": {"reviewed_by_name": "who checked a translation, no client"},
    **{
        key: {"scope": "what somebody speaks for in a round, no client"}
        for key in ("network:new_mandate", "network:extend_mandate")
    },
    **{
        key: {"title": "what an event was about, no client"}
        for key in ("network:new_outreach", "network:edit_outreach")
    },
    **{key: {"title": AGREED} for key in ("network:new_alignment", "network:edit_alignment")},
    "network:new_party": dict.fromkeys(("name", "officer"), DIRECTORY),
    **{key: {"subject": AGREED} for key in ("network:new_statement", "network:edit_statement")},
    **dict.fromkeys(
        ("network:new_exchange", "network:edit_exchange"),
        dict.fromkeys(("purpose", "categories", "legal_basis", "conditions"), AGREED),
    ),
    "network:other_yes": {"officer": DIRECTORY},
    "network:edit_format": FORMAT,
    **dict.fromkeys(("network:new_member", "network:edit_member", "network:new_guest"), BELONGS),
    "network:edit_meeting": dict.fromkeys(("place", "video_link", "presents"), MEETINGS),
    "network:charter": CHARTER,
    "network:call_off": {"reason": "goes to everybody invited by mail"},
    "network:keep_template": {"name": MEETINGS},
    "organisations:arrange_deputy": {"reason": SHORT},
    "organisations:edit": ORGANISATION,
    "organisations:edit_person": COLLEAGUE,
    "organisations:edit_post": {"title": STAFF},
    "organisations:edit_site": SITE,
    "organisations:found": {"name": DIRECTORY, "short_name": DIRECTORY, **ORGANISATION},
    "organisations:grant": {"reason": SHORT},
    "organisations:new_person": COLLEAGUE,
    "organisations:new_post": {"title": STAFF},
    "organisations:new_site": SITE,
    "insight:withdraw_tables": {"reason": "why tables were withdrawn; read by who leads, no client"},
    "organisations:rename": {"name": DIRECTORY, "short_name": DIRECTORY},
    "partners:check_cooperation": {"checked_by": "who checked a contract, no client"},
    "partners:edit": PARTNER,
    "partners:edit_cooperation": COOPERATION,
    "partners:edit_offer": OFFER,
    "partners:edit_person": AT_PARTNER,
    "partners:new": PARTNER,
    "partners:new_cooperation": COOPERATION,
    "partners:new_offer": OFFER,
    "partners:new_person": AT_PARTNER,
    "partners:sign_cooperation": {"partner_signer": "who signed for an institution, no client"},
    "programmes:edit": {"client_label": OWN_LISTS, "level": OWN_LISTS},
    "programmes:new": {"client_label": OWN_LISTS, "level": OWN_LISTS, "name": OWN_LISTS},
    "programmes:rename": {"name": OWN_LISTS},
    "surveys:words": {"reviewed_by_name": "who checked a translation, no client"},
    "wayup:register": {"name": DIRECTORY},
    "wayup:reopen": {"reason": SHORT},
}
