"""What is said to a carrier about itself: by colleagues as suggestions, by who is counselled as complaints (model.md §3.4)."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches
from lotse.organisations.roles import EXTERNAL
from lotse.quality.enums import ComplaintResult, ComplaintTopic, ComplaintWay, SuggestionResult, Voice
from lotse.quality.models.improvements import Improvement
from lotse.quality.models.scope import OverseenQuerySet


class SuggestionQuerySet(OverseenQuerySet):
    def visible_to(self, actor: Any) -> Self:
        """Who keeps the quality of the carrier, and who made it."""
        return self.filter(in_branches(actor.quality_paths, "organisation") | Q(raised_by_id=actor.person_id))

    def unanswered(self) -> Self:
        return self.filter(result="")


class Suggestion(BaseModel):
    """Of a colleague. It is answered: taken up as an improvement, or declined with a reason."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    title = models.CharField("Titel", max_length=160)
    text = SealedTextField("Vorschlag")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    raised_at = models.DateTimeField("am")
    result = models.CharField("Antwort", max_length=10, choices=SuggestionResult, blank=True)
    answer = SealedTextField("Begründung")
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="beantwortet von"
    )
    answered_at = models.DateTimeField("beantwortet am", null=True, blank=True)
    improvement = models.OneToOneField(
        Improvement, models.PROTECT, null=True, blank=True, related_name="suggestion", verbose_name="Verbesserung"
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorschlag"
        verbose_name_plural = "Vorschläge"
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", answered_by=None, answered_at=None)
                | ~Q(result="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="suggestion_answered_by_somebody",
                violation_error_message="Einen Vorschlag hat jemand an einem Tag beantwortet.",
            ),
            models.CheckConstraint(
                condition=Q(result=SuggestionResult.TAKEN, improvement__isnull=False)
                | ~Q(result=SuggestionResult.TAKEN) & Q(improvement=None),
                name="suggestion_taken_is_an_improvement",
                violation_error_message="Ein Vorschlag wird als Verbesserung aufgenommen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return "good" if self.result == SuggestionResult.TAKEN else "none"


class ComplaintQuerySet(OverseenQuerySet):
    def visible_to(self, actor: Any) -> Self:
        """Who keeps the quality of the carrier or answers it; never whom it is about."""
        kept = in_branches(actor.quality_paths, "organisation")
        is_outside = actor.role_keys <= EXTERNAL
        rows = self.filter(kept if is_outside else kept | Q(handled_by_id=actor.person_id))
        return rows.exclude(about_person_id=actor.person_id)

    def unanswered(self) -> Self:
        return self.filter(answered_on=None)


class Complaint(BaseModel):
    """As it was said and in German. Nobody needs to give a name, and it stands in no file of a client."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    kind = models.CharField("Art", max_length=10, choices=Voice, default=Voice.COMPLAINT)
    way = models.CharField("Weg", max_length=10, choices=ComplaintWay)
    language = models.CharField("Sprache", max_length=20, blank=True)
    topic = models.CharField("Thema", max_length=10, choices=ComplaintTopic)
    text = SealedTextField("Wie es gesagt wurde")
    text_german = SealedTextField("Auf Deutsch")
    reply_to = SealedTextField("Wohin die Antwort geht")
    about_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="betrifft"
    )
    received_on = models.DateField("eingegangen am")
    answer_due_on = models.DateField("zu beantworten bis")
    confirmed_on = models.DateField("Eingang bestätigt am", null=True, blank=True)
    handled_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="bearbeitet von")
    answer = SealedTextField("Antwort")
    answered_on = models.DateField("beantwortet am", null=True, blank=True)
    result = models.CharField("Ergebnis", max_length=14, choices=ComplaintResult, blank=True)
    improvement = models.OneToOneField(
        Improvement, models.PROTECT, null=True, blank=True, related_name="complaint", verbose_name="Verbesserung"
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="aufgenommen von")
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "Rückmeldung von Ratsuchenden"
        verbose_name_plural = "Rückmeldungen von Ratsuchenden"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about_person=None) | ~Q(about_person=F("handled_by")),
                name="complaint_handled_by_another",
                violation_error_message="Bearbeiten kann das nicht, um wen es geht.",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_on__gte=F("received_on")),
                name="complaint_due_after_receipt",
                violation_error_message="Die Frist liegt vor dem Eingang.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, result="") | Q(answered_on__gte=F("received_on")),
                name="complaint_answered_after_receipt",
                violation_error_message="Die Antwort liegt vor dem Eingang.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(confirmed_on__gte=F("received_on")),
                name="complaint_confirmed_after_receipt",
                violation_error_message="Die Bestätigung liegt vor dem Eingang.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(kind=Voice.COMPLAINT) | ~Q(result=""),
                name="complaint_answered_with_result",
                violation_error_message="Bitte angeben, ob die Beschwerde berechtigt ist.",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "received_on"], name="complaint_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vom {self.received_on:%d.%m.%Y}"

    @property
    def is_answered(self) -> bool:
        return self.answered_on is not None

    @property
    def was_in_time(self) -> bool:
        """Derived, never entered (QM-22)."""
        return self.answered_on is not None and self.answered_on <= self.answer_due_on
