from collections.abc import Collection
from datetime import date

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.cases import NO_BASIS
from lotse.casework.actions.file import expect_revision, open_case_of_file, refuse_future, save_checked
from lotse.casework.models import Client, CounsellingCase, DiscriminationGround, DiscriminationRecord, GroundList
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor

NOT_HERE = "Gründe der Diskriminierung gehören zur Antidiskriminierungsberatung."
NO_HEALTH = "Dieser Grund sagt etwas über die Gesundheit. Dafür braucht es die Einwilligung zu Gesundheitsdaten."


@action("discrimination.recorded", "hat die Diskriminierung festgehalten")
def record_discrimination(
    *,
    by: Actor,
    case: CounsellingCase,
    agg: Collection[str] = (),
    other: Collection[str] = (),
    area: str = "",
    happened_on: date | None = None,
    account: str = "",
    revision: int | None = None,
) -> DiscriminationRecord:
    """One record per case; grounds of both lists, several of each (AD-01)."""
    client, fresh = open_case_of_file(by, case)
    _check(client, fresh, [*agg, *other])
    refuse_future(happened_on, "happened_on")
    kept = DiscriminationRecord.objects.select_for_update().filter(case=fresh).first()
    row = kept or DiscriminationRecord(organisation_id=client.organisation_id, client=client, case=fresh)
    if kept:
        expect_revision(kept, revision)
    changed = change(row, {"area": area, "happened_on": happened_on, "account": account})
    save_checked(row)
    if _put_grounds(row, {GroundList.AGG: agg, GroundList.OTHER: other}):
        changed.append("grounds")
    record(row, file=client, fields=changed)
    return row


def _check(client: Client, case: CounsellingCase, grounds: Collection[str]) -> None:
    refuse_if(not rules.is_about_discrimination(case.programme.code), NOT_HERE)
    refuse_if(not rules.plan_is_open(client), NO_BASIS)
    refuse_if(not all(rules.ground_is_open(client, ground) for ground in grounds), NO_HEALTH, "agg")


def _put_grounds(row: DiscriminationRecord, wanted: dict[GroundList, Collection[str]]) -> bool:
    """Whether anything changed."""
    before = set(row.grounds.values_list("of", "ground"))
    after = list(dict.fromkeys((of.value, ground) for of, grounds in wanted.items() for ground in grounds))
    if before == set(after):
        return False
    row.grounds.all().delete()
    DiscriminationGround.objects.bulk_create(DiscriminationGround(record=row, of=of, ground=g) for of, g in after)
    return True
