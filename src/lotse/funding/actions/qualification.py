"""What somebody on a funded post can, said by who leads her house."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils import timezone

from lotse.auditlog.door import action, record, require
from lotse.funding.models import QualificationNote
from lotse.funding.qualification_points import newest
from lotse.funding.queries.qualification import staff
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person

WHO_LEADS = "Das hält fest, wer den Träger der Person leitet und die Person beschäftigt."


class Said(NamedTuple):
    """`is_met` None: nothing is said, what stood there goes."""

    is_met: bool | None
    note: str = ""


@action("qualification.noted", "hat die Qualifikation einer Person festgehalten")
def note_qualification(*, by: Actor, person: Person, answers: Mapping[str, Said]) -> None:
    fresh, today = locked(person), timezone.localdate()
    require(staff(by, today).filter(pk=fresh.pk).exists(), WHO_LEADS)
    known = {note.key: note for note in QualificationNote.objects.filter(person=fresh)}
    for point in newest().points:
        said, row = answers.get(point.key, Said(None)), known.get(point.key)
        if said.is_met is None:
            if row:
                row.delete()
            continue
        row = row or QualificationNote(organisation_id=fresh.organisation_id, person=fresh, key=point.key)
        row.version, row.is_met, row.note, row.noted_on = newest().version, said.is_met, said.note.strip(), today
        save_checked(row)
    record(fresh, fields=[key for key, said in answers.items() if said.is_met is not None])
