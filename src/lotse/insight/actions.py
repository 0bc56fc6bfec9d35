"""What is done to released tables: prepared, released, withdrawn. Their numbers are written once."""

from collections.abc import Iterable

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.canonical import digest
from lotse.insight import rules
from lotse.insight.counted import Data, counted
from lotse.insight.enums import SnapshotState
from lotse.insight.models import Snapshot
from lotse.insight.periods import FixedPeriod
from lotse.insight.protecting import Patterns, patterns, thresholds
from lotse.insight.released import titles_of
from lotse.insight.states import may_become
from lotse.insight.summing import aligned
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Site

NOT_YOURS = "Tabellen bereitet vor und gibt frei, wer den Träger leitet."
NOT_OVER = "Dieser Zeitraum ist noch nicht vorbei."
WAITS = "Für diesen Zeitraum liegen schon Tabellen bereit. Bitte erst freigeben oder zurückziehen."
TOO_SMALL = "Hier ist jede Zahl so klein, dass nichts gezeigt werden darf. Wählen Sie einen längeren Zeitraum."
DONE = "Das ist schon erledigt."


@action("tables.prepared", "hat Tabellen zur Freigabe vorbereitet")
def prepare(*, by: Actor, period: FixedPeriod, site: Site | None = None) -> Snapshot:
    """Counts once and says what has to be hidden beside all that was released before."""
    organisation = _locked_organisation(by.organisation_id)
    require(rules.releases_tables(by, site.organisation_id if site else organisation.pk), NOT_YOURS)
    refuse_if(not rules.is_over(period, timezone.localdate()), NOT_OVER, "period")
    alike = Snapshot.objects.filter(organisation=organisation, site=site, kind=period.kind, start=period.start)
    refuse_if(alike.filter(state=SnapshotState.PREPARED).exists(), WAITS, "period")
    earlier = _earlier(organisation, period)
    content = aligned({**counted(by, organisation, site, period), "thresholds": thresholds()}, _contents(earlier))
    content["hidden"] = patterns(content, _contents(earlier))
    content["beside"] = [f"{row}" for row in earlier if row.start <= period.end and row.end >= period.start]
    made = Snapshot(
        organisation=organisation, site=site, kind=period.kind, start=period.start, end=period.end,
        edition=alike.count() + 1, content=content, digest=digest(content), prepared_by_id=by.person_id,
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(made, period=period.key, edition=made.edition, digest=made.digest)
    return made


@action("tables.released", "hat Tabellen freigegeben")
def release(*, by: Actor, snapshot: Snapshot) -> Snapshot:
    """Looks again at what was released meanwhile: whoever prepared it did not know of that."""
    organisation, fresh = _locked(by, snapshot)
    refuse_if(not may_become(fresh.state, SnapshotState.RELEASED), DONE)
    hidden = patterns(fresh.content, _contents(_earlier(organisation, fresh.period)))
    refuse_if(not rules.is_safe_beside(fresh.content, hidden), _changed(fresh.content, hidden))
    refuse_if(not titles_of(fresh.content, _shown(hidden)), TOO_SMALL)
    fresh.state, fresh.released_by_id, fresh.released_at = SnapshotState.RELEASED, by.person_id, timezone.now()
    fresh.save(update_fields=["state", "released_by", "released_at"])
    record(fresh, period=fresh.period.key, edition=fresh.edition, digest=fresh.digest)
    return fresh


@action("tables.withdrawn", "hat Tabellen zurückgezogen")
def withdraw(*, by: Actor, snapshot: Snapshot, reason: str) -> Snapshot:
    """Nobody sees them any more. Who has printed them still knows, so later releases go on minding them."""
    _organisation, fresh = _locked(by, snapshot)
    refuse_if(not may_become(fresh.state, SnapshotState.WITHDRAWN), DONE)
    refuse_if(not reason.strip(), "Bitte sagen Sie, warum.", "reason")
    fresh.state, fresh.reason = SnapshotState.WITHDRAWN, reason.strip()
    fresh.withdrawn_by_id, fresh.withdrawn_at = by.person_id, timezone.now()
    fresh.save(update_fields=["state", "reason", "withdrawn_by", "withdrawn_at"])
    record(fresh, period=fresh.period.key, edition=fresh.edition)
    return fresh


def _locked_organisation(pk: int) -> Organisation:
    """One release of a carrier at a time: each is checked against the others."""
    return Organisation.objects.select_for_update().get(pk=pk)


def _locked(by: Actor, snapshot: Snapshot) -> tuple[Organisation, Snapshot]:
    organisation = _locked_organisation(snapshot.organisation_id)
    fresh = Snapshot.objects.visible_to(by).select_for_update(of=("self",)).get(pk=snapshot.pk)
    require(rules.releases_tables(by, fresh.organisation_id), NOT_YOURS)
    return organisation, fresh


def _earlier(organisation: Organisation, period: FixedPeriod) -> list[Snapshot]:
    """All of the carrier that ever came out of that year, in that order; what overlaps lies within one year."""
    out = Snapshot.objects.ever_released().filter(organisation=organisation, start__year=period.start.year)
    return list(out.select_related("site", "organisation").order_by("released_at", "id"))


def _contents(snapshots: Iterable[Snapshot]) -> list[Data]:
    return [snapshot.content for snapshot in snapshots]


def _shown(hidden: Patterns) -> set[str]:
    """The bundles of which anything shows."""
    return {bundle for bundle, pattern in hidden["inside"].items() if pattern and not pattern["everything"]}


def _changed(content: Data, hidden: Patterns) -> str:
    stale = {
        bundle
        for audience, found in hidden.items()
        for bundle, pattern in found.items()
        if content["hidden"][audience].get(bundle) != pattern
    }
    first = next(iter(titles_of(content, stale)), "")
    return (
        f"Seit diese Tabellen vorbereitet wurden, kamen andere heraus. Zusammen mit ihnen verrät „{first}“ kleine Zahlen. "
        "Bitte ziehen Sie diese zurück und bereiten Sie sie neu vor."
    )
