"""How far a carrier says it is with a catalogue in a period: assessed by one, reviewed by another (model.md §3.4)."""

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.quality.enums import AssessmentState, Rating
from lotse.quality.models.frameworks import Criterion, CriterionPart, Framework
from lotse.quality.models.scope import KeptQuerySet


class SelfAssessment(BaseModel):
    """One at a time for each catalogue."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="assessments", verbose_name="Katalog")
    title = models.CharField("Titel", max_length=160)
    begins_on = models.DateField("Zeitraum von")
    ends_on = models.DateField("Zeitraum bis")
    state = models.CharField("Stand", max_length=10, choices=AssessmentState, default=AssessmentState.RUNNING)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="übernommen aus"
    )
    closed_on = models.DateField("abgeschlossen am", null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Selbstbewertung"
        verbose_name_plural = "Selbstbewertungen"
        ordering = ["-ends_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="assessment_days_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(state=AssessmentState.CLOSED, closed_on__isnull=False)
                | (~Q(state=AssessmentState.CLOSED) & Q(closed_on=None)),
                name="assessment_closed_on_a_day",
                violation_error_message="Abgeschlossen ist eine Selbstbewertung an einem Tag.",
            ),
            models.UniqueConstraint(
                fields=["framework"],
                condition=~Q(state=AssessmentState.CLOSED),
                name="assessment_one_open",
                violation_error_message="Zu diesem Katalog läuft schon eine Selbstbewertung.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.state == AssessmentState.CLOSED

    @property
    def tone(self) -> str:
        return {AssessmentState.RUNNING: "", AssessmentState.REVIEWED: "warn"}.get(self.state, "good")


class Judgement(BaseModel):
    """Of one criterion. `to_recheck`: it was copied and nobody has said yet that it still holds."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    assessment = models.ForeignKey(
        SelfAssessment, models.CASCADE, related_name="judgements", verbose_name="Selbstbewertung"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="judgements", verbose_name="Kriterium")
    rating = models.CharField("Bewertung", max_length=14, choices=Rating, blank=True)
    reason = models.CharField("Grund", max_length=500, blank=True)
    finding = SealedTextField("Feststellung")
    to_recheck = models.BooleanField("neu zu prüfen", default=False)
    assessed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bewertet von"
    )
    assessed_at = models.DateTimeField("bewertet am", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="geprüft von"
    )
    reviewed_at = models.DateTimeField("geprüft am", null=True, blank=True)
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Bewertung eines Kriteriums"
        verbose_name_plural = "Bewertungen von Kriterien"
        ordering = ["criterion__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"],
                name="judgement_one_each",
                violation_error_message="Dieses Kriterium steht schon in der Selbstbewertung.",
            ),
            models.CheckConstraint(
                condition=~Q(rating=Rating.NOT_APPLICABLE) | ~Q(reason=""),
                name="judgement_not_applicable_says_why",
                violation_error_message="Bitte angeben, warum das Kriterium nicht anwendbar ist.",
            ),
            models.CheckConstraint(
                condition=Q(rating="") | Q(assessed_by__isnull=False, assessed_at__isnull=False),
                name="judgement_made_by_somebody",
                violation_error_message="Eine Bewertung hat jemand an einem Tag abgegeben.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None)
                | (~Q(rating="") & Q(to_recheck=False) & ~Q(reviewed_by=F("assessed_by"))),
                name="judgement_reviewed_by_another",
                violation_error_message="Eine Bewertung prüft jemand anderes als die Person, die bewertet hat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.get_rating_display() or 'offen'}"

    @property
    def is_judged(self) -> bool:
        return bool(self.rating) and not self.to_recheck


class PartJudgement(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="parts", verbose_name="Bewertung")
    part = models.ForeignKey(CriterionPart, models.PROTECT, related_name="+", verbose_name="Teilanforderung")
    rating = models.CharField("Bewertung", max_length=14, choices=Rating)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Bewertung einer Teilanforderung"
        verbose_name_plural = "Bewertungen von Teilanforderungen"
        ordering = ["part__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["judgement", "part"],
                name="part_judgement_one_each",
                violation_error_message="Diese Teilanforderung ist schon bewertet.",
            )
        ]

    def __str__(self) -> str:
        return self.get_rating_display()
