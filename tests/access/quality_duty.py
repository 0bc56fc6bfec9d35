"""The team of a carrier: its roster is read by everybody who works there, planned by who keeps its quality."""

from tests.access.quality import CATALOGUE, INSIDE, KEEPERS, KEPT, KEPT_LEADS_ON

# Her own answer, or read by who plans; the answer itself is given by herself alone.
ANSWERED = (200, 404, 403, 403, 404, 404, 403, 404, 403)
DECIDED = (403, 404, 200, 200, 404, 404, 403, 404, 403)
PLANNED_LEADS_ON = (404, 404, 302, 302, 404, 404, 403, 404, 403)

# In the order in which a roster goes: what is released takes no answers any more.
ADDRESSES = {
    "quality:answer_roster": ANSWERED,
    "quality:decide_wish": DECIDED,
    **{f"quality:{name}": INSIDE for name in ("inner", "duty", "duty_pdf", "my_duty", "my_duty_ics", "rosters", "cover")},
    **{f"quality:{name}": KEEPERS for name in (
        "new_duty", "duty_templates", "new_duty_template", "make_weeks", "duty_absences", "show_roster", "new_stand_in",
        "new_emergency_contact",
    )},
    "quality:roster": CATALOGUE,
    **{f"quality:{name}": KEPT for name in (
        "edit_duty", "edit_duty_template", "release_roster", "edit_stand_in", "edit_emergency_contact",
    )},
    "quality:remove_duty_absence": PLANNED_LEADS_ON,
    "quality:remove_emergency_contact": KEPT_LEADS_ON,
}  # fmt: skip
