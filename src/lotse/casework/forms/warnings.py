"""Warnings that several forms give: odd, not wrong; the counsellor decides and the log keeps it."""

from datetime import date

from lotse.casework import rules
from lotse.casework.models import Client, CounsellingCase
from lotse.core.forms import LotseForm


def warn_about_offer(form: LotseForm, case: CounsellingCase, day: date | None) -> None:
    """The offer has lasted longer than it should (CL-10)."""
    if day and rules.offer_is_over(case, day, case.programme.max_years):
        form.warn(
            "CL-10",
            "Die längste Dauer der Beratung ist überschritten. Sie können die Beratung auf der Übersicht mit"
            " Grund verlängern.",
        )


def warn_about_window(form: LotseForm, client: Client, day: date | None) -> None:
    """The three years after entry or permanent status are over (CL-11)."""
    if day and rules.window_is_over(client, day):
        form.warn("CL-11", "Die drei Jahre nach Einreise oder dauerhaftem Aufenthalt sind vorbei.")
