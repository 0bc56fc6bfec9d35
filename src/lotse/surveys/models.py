"""Rounds of asking, and a ballot box: unused codes, and sums. There is no row for an answer, nor for who gave it (ADR 0033)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lotse.core.models import BaseModel
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Site
from lotse.programmes.models import Programme
from lotse.surveys.enums import Moment
from lotse.surveys.questionnaires import Survey, survey
from lotse.surveys.scope import MOST_CODES, sees_rounds


class RoundQuerySet(models.QuerySet["SurveyRound"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever works at the carrier, and whoever counts its work; nobody from outside."""
        if not sees_rounds(actor):
            return self.none()
        return self.filter(organisation_id__in={actor.organisation_id, *actor.counted_organisation_ids})

    def running_on(self, day: date) -> Self:
        return self.filter(closed_at=None, opens_on__lte=day, closes_on__gte=day)


class SurveyRound(BaseModel):
    """One questionnaire, asked at one site for a while. `codes_drawn`: how many were printed, ever.

    `follows`: the round before, whose keywords this one understands.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name="Beratungsstelle")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name="Programm")
    survey_key = models.CharField("Fragebogen", max_length=40)
    survey_version = models.CharField("Fassung", max_length=20)
    moment = models.CharField("Zeitpunkt", max_length=6, choices=Moment, default=Moment.SINGLE)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="folgt auf"
    )
    opens_on = models.DateField("von")
    closes_on = models.DateField("bis")
    codes_drawn = models.PositiveIntegerField("gedruckte Codes", default=0)
    closed_at = models.DateTimeField("beendet am", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "Umfrage"
        verbose_name_plural = "Umfragen"
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="survey_round_ends_after_it_begins",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(moment=Moment.AFTER, follows__isnull=False) | (~Q(moment=Moment.AFTER) & Q(follows=None)),
                name="survey_round_after_follows_before",
                violation_error_message="Zu „nachher“ gehört eine Umfrage „vorher“.",
            ),
            models.CheckConstraint(
                condition=Q(codes_drawn__lte=MOST_CODES),
                name="survey_round_codes_within_limit",
                violation_error_message=f"Mehr als {MOST_CODES} Codes gibt es für eine Umfrage nicht.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey.name}, {self.site}"

    @property
    def survey(self) -> Survey:
        return survey(self.survey_key, self.survey_version)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_running(self) -> bool:
        return not self.is_closed and self.opens_on <= timezone.localdate() <= self.closes_on


class SurveyCode(models.Model):
    """A code that still opens a round; it is deleted as it is used. Only a keyed hash, no number and no time beside it."""

    digest = models.CharField("Prüfsumme", max_length=16, primary_key=True)
    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="codes", verbose_name="Umfrage")

    class Meta:
        verbose_name = "Umfragecode"
        verbose_name_plural = "Umfragecodes"

    def __str__(self) -> str:
        return "Umfragecode"


class SurveyTally(models.Model):
    """How often a question was answered with a value. `value` empty: no answer. `before`: what the same person had answered
    before, where she gave her keyword; UNPAIRED otherwise. Every line stands from the beginning, with zero."""

    UNPAIRED = "-"

    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="tallies", verbose_name="Umfrage")
    question = models.CharField("Frage", max_length=40)
    before = models.CharField("vorher", max_length=20, default=UNPAIRED, blank=True)
    value = models.CharField("Antwort", max_length=20, blank=True)
    number = models.PositiveIntegerField("Anzahl", default=0)

    class Meta:
        verbose_name = "Auszählung"
        verbose_name_plural = "Auszählungen"
        constraints = [
            models.UniqueConstraint(fields=["round", "question", "before", "value"], name="survey_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.number}"


class SurveyKeyword(models.Model):
    """Answers of "before", waiting for "after": sealed with a word that only the client has. It is deleted as it is used."""

    digest = models.CharField("Prüfsumme", max_length=16, primary_key=True)
    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="keywords", verbose_name="Umfrage")
    sealed = models.BinaryField("versiegelte Antworten")

    class Meta:
        verbose_name = "Merkwort"
        verbose_name_plural = "Merkwörter"

    def __str__(self) -> str:
        return "Merkwort"
