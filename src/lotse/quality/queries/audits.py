"""Audits of a year, what of the catalogue was not audited for long, and all that belongs to one audit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.quality import rules, rules_audits
from lotse.quality.enums_audits import AuditState, CheckResult, FindingGrade
from lotse.quality.models import Area, Audit, AuditFinding, CheckItem, Criterion, Framework, PreparationItem
from lotse.quality.models.audits import AFTER, GRAVE
from lotse.quality.packaged_audits import audit_guide
from lotse.quality.queries.frameworks import chapters

OVER = (AuditState.CLOSED, AuditState.CALLED_OFF)


def audits(actor: Actor) -> QuerySet[Audit]:
    rows = Audit.objects.visible_to(actor)
    return rows.select_related("organisation", "framework", "auditor").annotate(
        day_of=Coalesce("held_on", "planned_on")
    )


def of_year(actor: Actor, year: int) -> list[Audit]:
    """Planned or held in the year, with `grave` and `all_findings`; the first day first."""
    rows = audits(actor).filter(day_of__year=year).order_by("day_of", "id")
    return list(with_findings(rows))


def with_findings(rows: QuerySet[Audit]) -> QuerySet[Audit]:
    grave = Q(findings__grade__in=GRAVE)
    return rows.annotate(all_findings=Count("findings"), grave=Count("findings", filter=grave))


def left_over(actor: Actor, year: int) -> list[Audit]:
    """Of years before, not over yet."""
    rows = audits(actor).filter(day_of__year__lt=year).exclude(state__in=OVER).order_by("day_of", "id")
    return list(with_findings(rows)[:50])


def years(actor: Actor, today: date) -> list[int]:
    """With an audit in it, this one and the next; the last first."""
    known = Audit.objects.visible_to(actor).annotate(year=ExtractYear(Coalesce("held_on", "planned_on")))
    found_years = set(known.order_by().values_list("year", flat=True).distinct())
    return sorted({*found_years, today.year, today.year + 1}, reverse=True)


@dataclass(frozen=True)
class Gap:
    """A chapter that was not audited for the packaged number of years. `last`: None where it never was."""

    framework: Framework
    title: str
    last: date | None


def gaps(actor: Actor, today: date) -> list[Gap]:
    """Of the newest version of every catalogue that she keeps; an audit without areas was one of everything."""
    newer = Framework.objects.filter(organisation=OuterRef("organisation"), key=OuterRef("key")).order_by("-id")
    frameworks = Framework.objects.filter(
        in_branches(actor.quality_paths, "organisation"), pk=Subquery(newer.values("pk")[:1])
    )
    known = {row.pk: row for row in frameworks.select_related("organisation")}
    rows = list(Area.objects.filter(framework__in=known))
    last = _last_audited(known)
    limit = today.replace(year=today.year - audit_guide().gap_years, day=min(today.day, 28))
    by_framework: dict[int, list[Area]] = {}
    for area in rows:
        by_framework.setdefault(area.framework_id, []).append(area)
    return [
        Gap(known[pk], title, day)
        for pk, areas in by_framework.items()
        for title, day in _of_chapters(areas, last)
        if day is None or day < limit
    ]


def _last_audited(frameworks: Mapping[int, Framework]) -> dict[tuple[int, int], date]:
    """(framework, area) → day; area 0 for all of it."""
    held = Audit.objects.filter(framework__in=frameworks, state__in=AFTER)
    rows = held.order_by().values_list("framework", "areas").annotate(last=Max("held_on"))
    return {(framework, area or 0): day for framework, area, day in rows}


def _of_chapters(areas: Sequence[Area], last: Mapping[tuple[int, int], date]) -> list[tuple[str, date | None]]:
    titles = chapters(areas)
    days: dict[str, list[date]] = {number: [] for number in titles}
    for area in areas:
        for key in ((area.framework_id, area.pk), (area.framework_id, 0)):
            if key in last:
                days[area.chapter].append(last[key])
    return [(titles[number], max(found_days, default=None)) for number, found_days in days.items()]


def get_audit(actor: Actor, public_id: str) -> Audit:
    return found(audits(actor), public_id)


def preparation(audit: Audit) -> list[PreparationItem]:
    return list(audit.preparation.select_related("owner", "done_by"))


def get_point(actor: Actor, public_id: str) -> PreparationItem:
    rows = PreparationItem.objects.visible_to(actor)
    return found(rows.select_related("audit__organisation", "organisation", "owner", "done_by"), public_id)


def checks(audit: Audit) -> list[CheckItem]:
    return list(audit.checks.select_related("criterion__area", "checked_by"))


def get_check(actor: Actor, public_id: str) -> CheckItem:
    rows = CheckItem.objects.visible_to(actor)
    return found(
        rows.select_related("audit__organisation", "audit__auditor", "audit__framework", "criterion__area"), public_id
    )


def findings(audit: Audit) -> list[AuditFinding]:
    """The gravest first."""
    rows = audit.findings.select_related("criterion", "statement_by", "improvement__owner")
    order = list(FindingGrade)
    return sorted(rows, key=lambda row: (order.index(FindingGrade(row.grade)), row.number))


def get_finding(actor: Actor, public_id: str) -> AuditFinding:
    rows = AuditFinding.objects.visible_to(actor)
    return found(
        rows.select_related("audit__organisation", "audit__auditor", "audit__framework", "criterion"), public_id
    )


def scope_words(audit: Audit) -> list[str]:
    """The chapters, or that it is all of the catalogue."""
    if audit.framework is None:
        return []
    named = list(audit.areas.all())
    titles = chapters(Area.objects.filter(framework=audit.framework_id))
    return list(dict.fromkeys(titles[area.chapter] for area in named)) if named else ["alle Bereiche"]


@dataclass(frozen=True)
class Progress:
    done: int
    total: int


@dataclass(frozen=True)
class AuditPage:
    """Everything of one audit, and what this actor may do now."""

    audit: Audit
    scope: Sequence[str]
    points: Sequence[PreparationItem]
    checks: Sequence[CheckItem]
    findings: Sequence[AuditFinding]
    keeps: bool
    holds: bool
    answers: bool

    @property
    def prepared(self) -> Progress:
        return Progress(sum(point.done_on is not None for point in self.points), len(self.points))

    @property
    def checked(self) -> Progress:
        return Progress(sum(bool(one.result) for one in self.checks), len(self.checks))

    @property
    def next_check(self) -> CheckItem | None:
        return next((one for one in self.checks if not one.result), None)

    @property
    def may_prepare(self) -> bool:
        ready = rules_audits.is_prepared(self.audit, self.points) and (bool(self.checks) or not self.audit.is_internal)
        return self.keeps and self.audit.state == AuditState.PLANNED and ready

    @property
    def may_draw(self) -> bool:
        is_untouched = not self.findings and not any(one.result for one in self.checks)
        return self.keeps and self.audit.is_before and self.audit.framework_id is not None and is_untouched

    @property
    def may_find(self) -> bool:
        return self.holds and self.audit.state in (AuditState.PREPARED, AuditState.HELD)

    @property
    def may_remove(self) -> bool:
        return self.holds and self.audit.state == AuditState.PREPARED

    @property
    def may_hold(self) -> bool:
        is_ready = rules_audits.is_checked(self.audit, self.checks)
        return self.holds and self.audit.state == AuditState.PREPARED and is_ready

    @property
    def may_answer(self) -> bool:
        return self.answers and self.audit.state in AFTER and not self.audit.is_over

    @property
    def may_close(self) -> bool:
        is_whole = all(map(rules_audits.is_settled, self.findings))
        return self.keeps and self.audit.state == AuditState.FOLLOWED_UP and is_whole


def page(actor: Actor, audit: Audit) -> AuditPage:
    return AuditPage(
        audit, scope_words(audit), preparation(audit), checks(audit), findings(audit),
        keeps=rules.keeps_quality_of(actor, audit.organisation), holds=rules_audits.audits(actor, audit),
        answers=rules_audits.may_answer(actor, audit),
    )  # fmt: skip


def beside(check: CheckItem) -> tuple[CheckItem | None, CheckItem | None, int]:
    """The one before, the one after, and how many there are."""
    rows = list(CheckItem.objects.filter(audit=check.audit_id).order_by("position", "id"))
    at = next(number for number, one in enumerate(rows) if one.pk == check.pk)
    return (rows[at - 1] if at else None), (rows[at + 1] if at + 1 < len(rows) else None), len(rows)


def next_open(check: CheckItem) -> CheckItem | None:
    """The next that is not checked; after the last, the first."""
    rows = CheckItem.objects.filter(audit=check.audit_id, result="").order_by("position", "id")
    return rows.filter(position__gt=check.position).first() or rows.exclude(pk=check.pk).first()


def findings_of(check: CheckItem) -> list[AuditFinding]:
    return list(AuditFinding.objects.filter(audit=check.audit_id, criterion=check.criterion_id))


def criteria_for(audit: Audit) -> dict[str, Criterion]:
    """To name in a finding."""
    rows = Criterion.objects.filter(framework=audit.framework_id).order_by("position") if audit.framework_id else []
    return {one.public_id: one for one in rows}


def chapter_choices(framework: Framework) -> dict[str, tuple[str, list[Area]]]:
    """Chapter → its title and all areas in it."""
    rows = list(Area.objects.filter(framework=framework))
    return {
        number: (title, [area for area in rows if area.chapter == number]) for number, title in chapters(rows).items()
    }


def by_grade(rows: Iterable[AuditFinding]) -> list[tuple[str, list[AuditFinding]]]:
    listed = list(rows)
    grouped = [(str(grade.label), [row for row in listed if row.grade == grade]) for grade in FindingGrade]
    return [(label, some) for label, some in grouped if some]


def conform(rows: Iterable[CheckItem]) -> int:
    return sum(row.result == CheckResult.CONFORM for row in rows)
