"""Who is in a roster that is shown is asked, also who comes into it later (QM-11)."""

from collections.abc import Iterable

from lotse.organisations.models import Organisation
from lotse.quality.enums import RosterState
from lotse.quality.models import Duty, Roster, RosterAnswer


def ask_newcomers(house: Organisation, duties: Iterable[Duty]) -> None:
    days = {(duty.person_id, duty.day) for duty in duties if duty.person_id and not duty.is_off}
    if not days:
        return
    first, last = min(day for _pk, day in days), max(day for _pk, day in days)
    shown = Roster.objects.filter(
        organisation=house, state=RosterState.SHOWN, first_on__lte=last, last_on__gte=first
    )  # fmt: skip
    for roster in shown:
        ask(roster, {pk for pk, day in days if roster.first_on <= day <= roster.last_on})


def ask(roster: Roster, person_ids: Iterable[int]) -> list[RosterAnswer]:
    """Those who are not asked yet."""
    known = set(roster.answers.values_list("person_id", flat=True))
    new = [
        RosterAnswer(organisation_id=roster.organisation_id, roster=roster, person_id=pk)
        for pk in sorted(set(person_ids) - known)
    ]
    return RosterAnswer.objects.bulk_create(new)
