"""Surveys, made through the actions and answered through the ballot box."""

from datetime import timedelta

from django.utils import timezone

from lotse.surveys.actions import begin_round, close_round, draw_codes
from lotse.surveys.ballot import admitted, cast
from lotse.surveys.enums import Moment
from lotse.surveys.questionnaires import surveys

YES = {
    "knows_offers": "yes",
    "solves_alone": "partly",
    "knows_whom_to_ask": "",
    "understands_letters": "no",
    "medical_care": "",
}


def survey(key="overview"):
    return next(found for found in surveys() if found.key == key)


def asked(world, key="overview", by=None, site=None, moment=Moment.SINGLE, follows=None, of=None):
    today = timezone.localdate()
    return begin_round(
        by=by or world.technical_lead.actor, site=site or world.site, programme=world.mbe, survey=of or survey(key), moment=moment,
        follows=follows, opens_on=today, closes_on=today + timedelta(days=14),
    )  # fmt: skip


def codes(world, of, count=1):
    return draw_codes(by=world.technical_lead.actor, asked=of, count=count)


def answered(world, of, *answers, keyword=""):
    for code, given in zip(codes(world, of, len(answers)), answers, strict=True):
        cast(admitted(code), given, keyword)


def closed(world, of):
    return close_round(by=world.technical_lead.actor, asked=of)
