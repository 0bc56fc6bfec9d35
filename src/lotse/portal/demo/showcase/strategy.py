"""Targets of the coordination round: one was talked about and is due again, two are new; the district has one of its own."""

from lotse.facts.actions import review_target, set_target
from lotse.facts.enums import Aim
from lotse.facts.models import FigureTarget
from lotse.organisations.models import Person
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage


def tell(stage: Stage) -> None:
    income = _target(
        stage, "integration.own_income", 60, stage.mara.person, days=120, next_in=-30, measures="Praktika mit der Handwerkskammer.\nDeutsch am Arbeitsplatz.",
    )  # fmt: skip
    review_target(
        by=stage.helin.actor, target=income, on=stage.ago(88), standing="50\N{NO-BREAK SPACE}%", next_on=stage.ahead(2), today=stage.today,
        conclusion="Nachmittags fehlt die Kinderbetreuung. Die Stabsstelle fragt beim Jugendamt nach.",
    )  # fmt: skip
    helin = stage.helin.person
    _target(stage, "integration.employed", 45, helin, days=20, next_in=70, measures="Beratung zu Minijobs.")
    _target(stage, "surveys.knows_offers", 80, helin, days=20, next_in=70, measures="Flyer in fünf Sprachen.")
    deniz, by = stage.district.lead.person, stage.district.lead
    _target(stage, "integration.language_course", 70, deniz, days=50, next_in=40, measures="Kurse am Abend.", by=by)


def _target(
    stage: Stage, figure: str, value: int, who: Person, days: int, next_in: int, measures: str, by: Player | None = None
) -> FigureTarget:
    return set_target(
        by=(by or stage.helin).actor, figure=figure, aim=Aim.AT_LEAST, value=value, until=stage.ahead(400), responsible=who,
        decided_on=stage.ago(days), review_on=stage.ahead(next_in), measures=measures, today=stage.today,
    )  # fmt: skip
