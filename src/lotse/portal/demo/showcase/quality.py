"""A carrier with the criteria of the association, a manual and two years of judging itself; a second catalogue, a neighbour that begins."""

from datetime import date

from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.quality.actions import assessments as acts
from lotse.quality.actions.frameworks import link_criteria, set_reference, take_over
from lotse.quality.content import AreaData, Content, CriterionData
from lotse.quality.enums import Rating
from lotse.quality.models import Criterion, Framework, Judgement, SelfAssessment
from lotse.quality.packaged import EXAMPLE, packaged

MANUAL = {
    "mi-1.1-a": "Kapitel 1.1, Leitbild", "mi-1.1-c": "Kapitel 1.1, Anhang: Verteiler", "mi-1.2": "Kapitel 1.2, Konzeption",
    "mi-2.1-a": "Kapitel 2.1, Sprechzeiten", "mi-2.1-c": "Kapitel 2.1, Formblatt Erstkontakt", "mi-2.2-a": "Kapitel 2.2, Integrationsplan",
    "mi-3-b": "Kapitel 3, Vertretungsplan", "mi-4-a": "Kapitel 4, Akte", "mi-5-e": "Kapitel 5, Verträge", "mi-6-a": "Dienstanweisung 6",
    "mi-8-a": "Kapitel 8, Vorbereitung von Prüfungen",
}  # fmt: skip
LAST_YEAR = {
    "mi-1.2": Rating.PARTLY, "mi-2.3-b": Rating.NOT_APPLICABLE, "mi-2.4-a": Rating.NOT_FULFILLED, "mi-3-f": Rating.NOT_FULFILLED,
    "mi-4-d": Rating.PARTLY, "mi-6-b-2": Rating.NOT_FULFILLED,
}  # fmt: skip
NOW = {
    "mi-1.2": (Rating.FULFILLED, "Die Konzeption wurde im Frühjahr überarbeitet."),
    "mi-3-f": (Rating.PARTLY, "Protokolle gibt es, die Absprachen prüft noch niemand."),
    "mi-4-b": (Rating.PARTLY, "In den Ferien wird später dokumentiert."),
}
WHY = "In diesem Jahr lief kein Kurs mit unserer Beratung."
INVENTED = Content(
    "beispiel-siegel", "1", "Beispielstandards für ein Siegel", "erfunden, zur Erprobung", True,
    (AreaData("1", "Angebot"), AreaData("2", "Leitung und Team")),
    (
        CriterionData("s-1", "S 1", "1", "define", "Das Angebot ist beschrieben und wird jedes Jahr geprüft."),
        CriterionData("s-2", "S 2", "1", "ensure", "Wer das Angebot nutzt, wird nach der Meinung gefragt."),
        CriterionData("s-3", "S 3", "2", "ensure", "Das Team bespricht sich regelmäßig.", ("zu Fällen", "zur Zusammenarbeit")),
    ),
)  # fmt: skip


def tell(stage: Stage) -> None:
    criteria, own = packaged()[EXAMPLE], stage.own
    framework = take_over(by=own.manager.actor, organisation=own.organisation, content=criteria)
    for slug, text in MANUAL.items():
        set_reference(by=own.lead.actor, criterion=_criterion(framework, slug), text=text)
    last = _last_year(stage, framework)
    _this_year(stage, framework, last)
    _second_catalogue(own.manager, own.organisation, framework)
    neighbours = stage.neighbours
    other = take_over(by=neighbours.manager.actor, organisation=neighbours.organisation, content=criteria)
    _begin(neighbours.lead, other, stage.today.year)


def _criterion(framework: Framework, slug: str) -> Criterion:
    return Criterion.objects.get(framework=framework, slug=slug)


def _begin(by: Player, framework: Framework, year: int, copy_from: SelfAssessment | None = None) -> SelfAssessment:
    return acts.begin_assessment(
        by=by.actor, framework=framework, title=f"Selbstbewertung {year}", begins_on=date(year, 1, 1),
        ends_on=date(year, 12, 31), copy_from=copy_from,
    )  # fmt: skip


def _last_year(stage: Stage, framework: Framework) -> SelfAssessment:
    made = _begin(stage.own.lead, framework, stage.last_year)
    rows = list(made.judgements.select_related("criterion"))
    for row in rows:
        _judge(stage.own.lead, row, LAST_YEAR.get(row.criterion.slug, Rating.FULFILLED))
    acts.review(by=stage.own.manager.actor, assessment=made, judgements=rows)
    return acts.close_assessment(by=stage.own.manager.actor, assessment=made)


def _this_year(stage: Stage, framework: Framework, last: SelfAssessment) -> None:
    made = _begin(stage.own.lead, framework, stage.today.year, last)
    for row in made.judgements.select_related("criterion").filter(criterion__area__number__in=("1.1", "1.2", "4")):
        rating, finding = NOW.get(row.criterion.slug, (LAST_YEAR.get(row.criterion.slug, Rating.FULFILLED), ""))
        _judge(stage.own.lead, row, rating, finding)
    first = made.judgements.filter(criterion__area__number="1.1")
    acts.review(by=stage.own.manager.actor, assessment=made, judgements=first)


def _judge(by: Player, row: Judgement, rating: Rating, finding: str = "") -> None:
    """A criterion with parts that is partly fulfilled lacks its last one."""
    parts = dict.fromkeys(row.criterion.parts.values_list("pk", flat=True), rating)
    if rating == Rating.PARTLY and parts:
        parts = {**dict.fromkeys(parts, Rating.FULFILLED), list(parts)[-1]: Rating.NOT_FULFILLED}
    reason = WHY if rating == Rating.NOT_APPLICABLE else ""
    acts.judge(by=by.actor, judgement=row, rating=rating, parts=parts, reason=reason, finding=finding)


def _second_catalogue(by: Player, organisation: Organisation, first: Framework) -> None:
    second = take_over(by=by.actor, organisation=organisation, content=INVENTED)
    for slug, other in (("s-1", "mi-1.2"), ("s-3", "mi-3-e")):
        link_criteria(by=by.actor, criterion=_criterion(second, slug), other=_criterion(first, other))
