"""How far the carriers of a district are. A state for each, no order by result."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q

from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import Result, evaluate
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches
from lotse.quality import rules_audits
from lotse.quality.enums import ImprovementState
from lotse.quality.enums_audits import FindingGrade
from lotse.quality.models import Audit, AuditFinding, Certificate, Framework, Improvement, QmOfficer, SelfAssessment
from lotse.quality.models.audits import AFTER, GRAVE
from lotse.quality.queries.assessments import counted
from lotse.quality.queries.improvements import is_late
from lotse.quality.queries.officers import appointed

FIGURES = ("improvement.overdue", "improvement.time_to_effect")
# Deviations without an improvement whose effect was checked.
OPEN = Q(improvement=None) | ~Q(improvement__state=ImprovementState.CHECKED)


@dataclass(frozen=True)
class Standing:
    """`assessment`: the last one, None where none was begun."""

    framework: Framework
    assessment: SelfAssessment | None


@dataclass(frozen=True)
class CarrierState:
    """`majors`, `minors`: deviations whose improvement is not checked yet. `certified_until`: of the certificate that holds."""

    carrier: Organisation
    standings: list[Standing]
    today: date
    officers: Sequence[QmOfficer] = ()
    last_audit: date | None = None
    grave: dict[str, int] = field(default_factory=dict)
    overdue: int = 0
    certified_until: date | None = None

    @property
    def officer(self) -> QmOfficer | None:
        return next((one for one in self.officers if one.holds_on(self.today) and not one.is_deputy), None)

    @property
    def lacks_officer(self) -> bool:
        return bool(self.standings) and rules_audits.lacks_officer(self.officers, self.today)

    @property
    def majors(self) -> int:
        return self.grave.get(FindingGrade.MAJOR, 0)

    @property
    def minors(self) -> int:
        return self.grave.get(FindingGrade.MINOR, 0)


def carriers(actor: Actor) -> list[Organisation]:
    below = Organisation.objects.filter(in_branches(actor.quality_read_paths), is_carrier=True)
    return list(below.order_by("name", "id"))


def improving(actor: Actor, today: date) -> list[Result]:
    """Improvements of all of them in figures, of this year so far; one statement."""
    return evaluate([fact(key) for key in FIGURES], Question(actor, Period(date(today.year, 1, 1), today)))


def states(actor: Actor, shown: Iterable[Organisation], today: date) -> list[CarrierState]:
    """Seven statements, whatever the number of carriers."""
    shown = list(shown)
    standings, officers = _standings(actor, shown), appointed(shown)
    audits, grave, overdue = _last_audits(actor, shown), _open_findings(actor, shown), _overdue(actor, shown, today)
    certified = _certified(actor, shown, today)
    return [
        CarrierState(
            house, standings[house.pk], today, officers[house.pk], audits.get(house.pk), grave[house.pk],
            overdue.get(house.pk, 0), certified.get(house.pk),
        )
        for house in shown
    ]  # fmt: skip


def _standings(actor: Actor, shown: list[Organisation]) -> dict[int, list[Standing]]:
    latest = _latest(actor, shown)
    by_carrier: dict[int, list[Standing]] = defaultdict(list)
    for row in Framework.objects.overseen_by(actor).filter(organisation__in=shown).order_by("title", "-id"):
        by_carrier[row.organisation_id].append(Standing(row, latest.get(row.pk)))
    return by_carrier


def _latest(actor: Actor, shown: list[Organisation]) -> dict[int, SelfAssessment]:
    rows = SelfAssessment.objects.overseen_by(actor).filter(organisation__in=shown)
    newest = rows.order_by().values("framework").annotate(newest=Max("id")).values("newest")
    return {row.framework_id: row for row in counted(SelfAssessment.objects.filter(pk__in=newest))}


def _last_audits(actor: Actor, shown: list[Organisation]) -> dict[int, date]:
    rows = Audit.objects.overseen_by(actor).filter(organisation__in=shown, state__in=AFTER)
    return dict(rows.order_by().values_list("organisation").annotate(last=Max("held_on")))


def _open_findings(actor: Actor, shown: list[Organisation]) -> dict[int, dict[str, int]]:
    """Of audits that were held: grade → how many."""
    rows = AuditFinding.objects.overseen_by(actor).filter(OPEN, audit__state__in=AFTER)
    rows = rows.filter(organisation__in=shown, grade__in=GRAVE)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for house, grade, count in rows.order_by().values_list("organisation", "grade").annotate(count=Count("id")):
        found[house][grade] = count
    return found


def _overdue(actor: Actor, shown: list[Organisation], today: date) -> dict[int, int]:
    rows = Improvement.objects.overseen_by(actor).filter(is_late(today), organisation__in=shown)
    return dict(rows.order_by().values_list("organisation").annotate(count=Count("id")))


def _certified(actor: Actor, shown: list[Organisation], today: date) -> dict[int, date]:
    """Until when the longest certificate of each holds."""
    rows = Certificate.objects.filter(in_branches(actor.quality_read_paths, "organisation"), organisation__in=shown)
    rows = rows.filter(revoked_on=None, valid_until__gte=today)
    return dict(rows.order_by().values_list("organisation").annotate(last=Max("valid_until")))
