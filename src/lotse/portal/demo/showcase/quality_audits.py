"""A carrier whose officer is appointed until soon, and its audits: one followed up, one half checked, one from outside to prepare."""

from datetime import date, timedelta

from lotse.organisations.models import Person
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.quality.actions import audits as acts
from lotse.quality.actions import findings, officers
from lotse.quality.enums_audits import AuditKind, CheckResult, FindingGrade
from lotse.quality.models import Area, Audit, Framework
from lotse.quality.packaged import EXAMPLE, packaged

SEED = "beispiel-1"
# Where the auditor found something: grade, what, what the audited say, what is done about it.
FOUND = (
    (FindingGrade.MINOR, "In zwei Räumen hängt kein Hinweis auf die Sprechzeiten.", "Der Aushang fehlt seit dem Umzug.", "Sprechzeiten aushängen"),
    (FindingGrade.OPPORTUNITY, "Der Vertretungsplan ließe sich im Team leichter finden.", "", ""),
    (FindingGrade.GOOD_PRACTICE, "Neue Mitarbeitende bekommen eine Mappe mit allen Abläufen.", "", ""),
)  # fmt: skip


def tell(stage: Stage) -> None:
    framework = Framework.objects.filter(organisation=stage.own.organisation, key=packaged()[EXAMPLE].key).first()
    if framework is None:
        return
    _officers(stage)
    _followed_up(stage, framework)
    _half_way(stage, framework)
    _from_outside(stage, framework)


def _officers(stage: Stage) -> None:
    own = stage.own
    since = {"by": own.manager.actor, "organisation": own.organisation, "appointed_on": date(stage.last_year, 1, 1)}
    officers.appoint(**since, person=own.lead.person, until=stage.today + timedelta(days=45))
    officers.appoint(**since, person=stage.jonas.person, is_deputy=True)
    officers.keep_exchange(
        by=own.lead.actor, organisation=own.organisation, on=stage.today - timedelta(days=40), with_whom="QM-Runde im Bezirk (Beispiel)",
        participants="QM-Beauftragte von fünf Trägern", topics="Checklisten für interne Audits", results="Wir tauschen Fragen aus.",
    )  # fmt: skip


def _planned(stage: Stage, framework: Framework, title: str, on: date, number: str, auditor: Person) -> Audit:
    areas = [one for one in Area.objects.filter(framework=framework) if one.chapter == number]
    return acts.plan_audit(
        by=stage.own.manager.actor, organisation=stage.own.organisation, kind=AuditKind.INTERNAL, title=title, planned_on=on,
        framework=framework, areas=areas, auditor=auditor,
    )  # fmt: skip


def _ready(stage: Stage, audit: Audit, wanted: int) -> Audit:
    by = stage.own.manager.actor
    for item in audit.preparation.all():
        acts.finish_point(by=by, item=item)
    return acts.prepare_audit(by=by, audit=acts.draw_checklist(by=by, audit=audit, wanted=wanted, seed=SEED))


def _followed_up(stage: Stage, framework: Framework) -> None:
    held_on = stage.today - timedelta(days=50)
    audit = _planned(stage, framework, "Internes Audit: Beratung", held_on, "2", stage.jonas.person)
    audit = _ready(stage, audit, 5)
    for number, item in enumerate(audit.checks.all()):
        grade, text, _statement, _title = FOUND[number] if number < len(FOUND) else ("", "", "", "")
        result = CheckResult.FINDING if grade else CheckResult.CONFORM
        seen = "Im Gespräch und in den Unterlagen gesehen."
        findings.check(by=stage.jonas.actor, item=item, result=result, observation=seen, grade=grade, finding=text)
    report = "Die Beratung arbeitet nach dem Handbuch. Eine Nebenabweichung, sonst Anregungen."
    acts.hold_audit(by=stage.jonas.actor, audit=audit, held_on=held_on, report=report)
    _answer(stage, audit, stage.own.lead)


def _answer(stage: Stage, audit: Audit, by: Player) -> None:
    for row in audit.findings.all():
        _grade, _text, statement, title = FOUND[row.number - 1]
        if statement:
            findings.answer(by=by.actor, finding=row, statement=statement)
            findings.follow_up(
                by=by.actor, finding=row, title=title, plan="Schilder bestellen und anbringen.", owner=stage.mara.person,
                due_on=stage.today + timedelta(days=20),
            )  # fmt: skip


def _half_way(stage: Stage, framework: Framework) -> None:
    audit = _planned(stage, framework, "Internes Audit: Kooperation", stage.today, "5", stage.jonas.person)
    first = _ready(stage, audit, 4).checks.first()
    if first:
        findings.check(by=stage.jonas.actor, item=first, result=CheckResult.CONFORM, observation="Liegt vor.")


def _from_outside(stage: Stage, framework: Framework) -> None:
    by = stage.own.manager.actor
    audit = acts.plan_audit(
        by=by, organisation=stage.own.organisation, kind=AuditKind.SURVEILLANCE, title="Überwachungsaudit (Beispiel)",
        planned_on=stage.today + timedelta(weeks=9), framework=framework, auditor_body="Prüfstelle Beispiel",
    )  # fmt: skip
    first, second, *_rest = audit.preparation.all()
    acts.finish_point(by=by, item=first)
    acts.set_point(
        by=by,
        audit=audit,
        item=second,
        text=second.text,
        due_on=stage.today + timedelta(days=10),
        owner=stage.mara.person,
    )
