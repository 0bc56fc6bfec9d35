from collections.abc import Mapping
from datetime import date

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.cases import NO_BASIS
from lotse.casework.actions.file import expect_revision, open_case_of_file, refuse_future, save_checked
from lotse.casework.models import CounsellingCase, OutcomeSheet
from lotse.casework.outcome_template import CURRENT, EVENT, ITEMS, columns_of
from lotse.organisations.actor import Actor

TOO_EARLY = "Das Datum liegt vor dem Erstkontakt."


@action("outcome.recorded", "hat die Wirkung festgehalten")
def record_outcomes(
    *, by: Actor, case: CounsellingCase, on: date, given: Mapping[str, str], revision: int | None = None
) -> OutcomeSheet:
    """The whole sheet as it stands on a day; the same day again corrects it. `given`: codes, and days as ISO text."""
    client, fresh = open_case_of_file(by, case)
    refuse_if(not rules.plan_is_open(client), NO_BASIS)
    refuse_future(on, "on")
    refuse_if(on < fresh.first_contact_on, TOO_EARLY, "on")
    _check_events(given, fresh)
    last = fresh.outcome_sheets.select_for_update().first()
    if last:
        expect_revision(last, revision)
    of_day = fresh.outcome_sheets.filter(recorded_on=on).first()
    sheet = of_day or OutcomeSheet(organisation_id=client.organisation_id, client=client, case=fresh, recorded_on=on)
    changed = _put(sheet, {**(last.answers if last else {}), **given})
    sheet.revision = last.revision if last else 1
    save_checked(sheet)
    record(sheet, file=client, fields=changed)
    return sheet


def _check_events(given: Mapping[str, str], case: CounsellingCase) -> None:
    for item in ITEMS:
        if item.kind == EVENT and given.get(item.key):
            day = date.fromisoformat(given[item.key])
            refuse_future(day, item.key)
            refuse_if(day < case.first_contact_on, TOO_EARLY, item.key)


def _put(sheet: OutcomeSheet, given: Mapping[str, str]) -> list[str]:
    before, known = sheet.answers, set(columns_of(CURRENT))
    sheet.template_version = CURRENT
    sheet.answers = {name: said for name, said in given.items() if said and name in known}
    return sorted(name for name in known if before.get(name) != sheet.answers.get(name))
