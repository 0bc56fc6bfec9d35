from datetime import date

from lotse.auditlog.door import action, record, require
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.models import CaseloadGuide
from lotse.organisations.actor import Actor


@action("caseload_guide.set", "hat den Richtwert der Fallzahl festgelegt")
def set_caseload_guide(*, by: Actor, cases_per_fte: int, valid_from: date) -> CaseloadGuide:
    """From a day on; the figure before stays readable. The same day again corrects it."""
    require(rules.sets_caseload(by), "Den Richtwert legt die Fachleitung oder die Leitung fest.")
    known = CaseloadGuide.objects.filter(organisation_id=by.organisation_id, valid_from=valid_from).first()
    guide = known or CaseloadGuide(organisation_id=by.organisation_id, valid_from=valid_from)
    guide.cases_per_fte = cases_per_fte
    save_checked(guide)
    record(guide, cases_per_fte=cases_per_fte, valid_from=valid_from)
    return guide
