"""What may lie in clear, and why. A field that is typed into and not named here is found nowhere but sealed."""

NAME = "names stay readable, so that search and sorting work (ADR 0006)"
DIRECTORY = "an institution's public address, no client"
SHORT = "a few words shown in lists and series beside codes; the page asks for no confidential detail"
ANONYMOUS = "belongs to nobody: an enquiry has no person, and the form says “Ohne Namen.”"
OWN_LISTS = "the organisation's own words for its lists, no client"

PARTNER = dict.fromkeys(("name", "contact_person", "phone", "email", "address", "note"), DIRECTORY)
PERSON = {"first_name": NAME, "last_name": NAME}

IN_CLEAR = {
    "casework:assign": {"reason": SHORT},
    "casework:consents": {"oral_reason": SHORT},
    "casework:edit_client": PERSON,
    "casework:edit_first_contact": {"route_detail": SHORT},
    "casework:emergency": {"reason": SHORT},
    "casework:enquiry": {"next_step": ANONYMOUS},
    "casework:first_contact": {"route_detail": SHORT},
    "casework:new_client": PERSON,
    "casework:next_step": {"reason": SHORT},
    "casework:tier": {"note": SHORT},
    "catalogues:entry": {"label": OWN_LISTS},
    "catalogues:new_entry": {"label": OWN_LISTS},
    "catalogues:text": {"reviewed_by_name": "who checked a translation, no client"},
    "partners:detail": PARTNER,
    "partners:new": PARTNER,
}
