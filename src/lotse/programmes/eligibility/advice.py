"""The answer: for each programme yes, perhaps or no, why, and from which source. It suggests; whoever advises decides."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self

from lotse.programmes.eligibility.judging import Matter, judge
from lotse.programmes.eligibility.known import Known
from lotse.programmes.eligibility.ruleset import SURENESS, Condition, ProgrammeRules, Rule, ruleset_on

YES, PERHAPS, NO = "yes", "perhaps", "no"
WORDS = {YES: "passt", PERHAPS: "vielleicht", NO: "passt nicht"}
_ORDER = (YES, PERHAPS, NO)
DAYS = ("until", "valid_from", "valid_to")
NOT_REGULATED = "Für diesen Tag liegt keine Regel vor."


@dataclass(frozen=True)
class Finding:
    """One programme. `met`: how many conditions on the person are known to hold. `until`: last day of the yes."""

    programme: str
    answer: str
    why: str
    missing: tuple[str, ...] = ()
    until: date | None = None
    has_priority: bool = False
    rule: str = ""
    target_group: str = ""
    source: str = ""
    source_date: str = ""
    sureness: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    rank: int = 99
    met: int = 0
    is_offered: bool = False

    @property
    def words(self) -> str:
        return WORDS[self.answer]

    @property
    def sureness_words(self) -> str:
        return SURENESS.get(self.sureness, "")

    def to_row(self) -> dict[str, Any]:
        """For keeping: dates as text."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """As it was kept; what a later version of Lotse does not know any more is passed over."""
        known = {f.name: row[f.name] for f in fields(cls) if f.name in row}
        days = {name: date.fromisoformat(known[name]) for name in DAYS if known.get(name)}
        return cls(**{**known, "missing": tuple(known.get("missing", ())), **days})


@dataclass(frozen=True)
class Advice:
    """Findings in order: what fits first."""

    version: str
    day: date
    findings: tuple[Finding, ...]
    suggested: Finding | None

    @property
    def others(self) -> list[Finding]:
        return [finding for finding in self.findings if finding != self.suggested]


def advise(known: Known, day: date, programmes: Collection[str] | None = None) -> Advice:
    """`programmes`: codes to answer for; None for all that the rules know."""
    ruleset = ruleset_on(day)
    asked = [p for p in ruleset.programmes if programmes is None or p.code in programmes]
    found = sorted((_finding(p, Matter(known, day, ruleset, p.code)) for p in asked), key=_place)
    only_sure = {p.code for p in asked if p.needs_certainty}
    suggested = next((finding for finding in found if _is_worth_it(finding, only_sure)), None)
    return Advice(ruleset.version, day, tuple(found), suggested)


def _is_worth_it(finding: Finding, only_sure: Collection[str]) -> bool:
    """A perhaps is suggested only where something already speaks for it."""
    if finding.answer == PERHAPS:
        return finding.met > 0 and finding.programme not in only_sure
    return finding.answer == YES


def _place(finding: Finding) -> tuple[int, int, int]:
    """A yes by its rank; a perhaps by how little is missing."""
    doubt = 0 if finding.answer == YES else 2 * len(finding.missing) - finding.met
    return _ORDER.index(finding.answer), doubt, finding.rank


def _best_way(finding: Finding) -> tuple[int, int]:
    return _ORDER.index(finding.answer), finding.rank


def _finding(programme: ProgrammeRules, matter: Matter) -> Finding:
    is_offered = programme.code in matter.known.offered
    rules = [rule for rule in programme.rules if rule.is_valid_on(matter.day)]
    if not rules:
        return Finding(programme.code, PERHAPS, NOT_REGULATED, ("eine gültige Regel",), is_offered=is_offered)
    if programme.land and matter.known.land not in ("", programme.land) and not is_offered:
        return replace(_by_rule(rules[0], matter), answer=NO, why=programme.elsewhere, missing=(), until=None)
    found = min((_by_rule(rule, matter) for rule in rules), key=_best_way)
    return replace(found, is_offered=is_offered)


def _by_rule(rule: Rule, matter: Matter) -> Finding:
    verdicts = [(condition, judge(condition, matter)) for condition in rule.needs]
    failed = [condition for condition, verdict in verdicts if verdict.holds is False]
    unknown = [condition for condition, verdict in verdicts if verdict.holds is None]
    answer = NO if failed else PERHAPS if unknown else YES
    ends = [verdict.until for _c, verdict in verdicts if verdict.until]
    return Finding(
        programme=matter.programme,
        answer=answer,
        why=failed[0].no if failed else rule.label,
        missing=_named(unknown) if answer == PERHAPS else (),
        until=min(ends) if ends and answer == YES else None,
        has_priority=rule.priority and matter.known.has_course_duty is True and answer != NO,
        rule=rule.key,
        target_group=rule.target_group,
        source=rule.source.title,
        source_date=rule.source.date,
        sureness=rule.sureness,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        rank=rule.rank,
        met=sum(v.holds is True and not c.about_house for c, v in verdicts),
    )


def _named(conditions: list[Condition]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(condition.missing for condition in conditions))
