"""Reading rounds: who is asked, how many answered, and sums that may be shown."""

from django.db.models import QuerySet, Sum
from django.utils import timezone

from lotse.catalogues.models import TextRelease
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.programmes.models import SiteOffer
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyRound, SurveyTally
from lotse.surveys.questionnaires import SKIPPED, SOURCE_LANGUAGE, Survey


def rounds(actor: Actor) -> QuerySet[SurveyRound]:
    return SurveyRound.objects.visible_to(actor).select_related("organisation", "site", "programme", "follows")


def get_round(actor: Actor, public_id: str) -> SurveyRound:
    return found(rounds(actor), public_id)


def places(actor: Actor) -> list[SiteOffer]:
    """Which programme is offered at which site of her carrier: where she may ask."""
    offers = (
        SiteOffer.objects.valid_on(timezone.localdate())
        .filter(site__organisation_id=actor.organisation_id)
        .select_related("site", "programme")
    )
    newest = {(offer.site_id, offer.programme_id): offer for offer in offers.order_by("site__name", "programme__name")}
    return list(newest.values())


def answers_of(asked: SurveyRound) -> int:
    """How many answered, with or without their keyword; every answer counts once in each question."""
    sums = asked.tallies.order_by().values("question").annotate(of_question=Sum("number"))
    return max((row["of_question"] for row in sums), default=0)


def sums(asked: SurveyRound) -> dict[str, dict[str, int]]:
    """Question → value → how often."""
    lines = asked.tallies.order_by().values_list("question", "value").annotate(n=Sum("number"))
    result: dict[str, dict[str, int]] = {}
    for question, value, number in lines:
        result.setdefault(question, {})[value] = number
    return result


def pairs(asked: SurveyRound) -> list[tuple[str, str, str, int]]:
    """Question, before, after and how often; of those who gave their keyword and answered both times."""
    lines = (
        asked.tallies.exclude(before__in=(SurveyTally.UNPAIRED, SKIPPED)).exclude(value=SKIPPED).filter(number__gt=0)
    )
    return list(lines.values_list("question", "before", "value", "number"))


def may_be_followed(asked: SurveyRound) -> bool:
    return asked.moment == Moment.BEFORE and not hasattr(asked, "followed_by")


def text_key(asked: Survey) -> str:
    return f"survey_{asked.key}"


def release_of(asked: Survey, language: str, organisation_id: int) -> TextRelease | None:
    rows = TextRelease.objects.filter(organisation_id=organisation_id, text_key=text_key(asked))
    return rows.filter(language=language, version=asked.wording).first()


def is_draft(asked: Survey, language: str, organisation_id: int) -> bool:
    return language != SOURCE_LANGUAGE and release_of(asked, language, organisation_id) is None
