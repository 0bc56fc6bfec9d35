"""What the house hands in and what the assessors say to it, round by round (model.md §4.3, DP-09)."""

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation
from lotse.quality.enums import Rating, SubmissionMode
from lotse.quality.models.certification import Certification
from lotse.quality.models.frameworks import Criterion
from lotse.quality.models.participants import NOTHING, OfProcedureQuerySet

HANDED_IN = Q(submitted_on__isnull=False)


class ChecklistQuerySet(OfProcedureQuerySet):
    to_assessors = HANDED_IN
    to_board = HANDED_IN


class ChecklistItem(BaseModel):
    """One for each criterion and round; what was handed in stays as it was. `to_recheck`: nobody has said that it still holds."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.CASCADE, related_name="checklist", verbose_name="Verfahren")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="Standard")
    round = models.PositiveSmallIntegerField("Runde", default=1)
    answer = models.CharField("Antwort", max_length=14, choices=Rating, blank=True)
    note = SealedTextField("Erläuterung")
    to_recheck = models.BooleanField("neu zu prüfen", default=False)
    submitted_on = models.DateField("eingereicht am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = "Antwort der Checkliste"
        verbose_name_plural = "Antworten der Checkliste"
        ordering = ["round", "criterion__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "criterion", "round"],
                name="checklist_item_once_a_round",
                violation_error_message="Dieser Standard steht schon in der Checkliste.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_on=None) | (~Q(answer="") & Q(to_recheck=False)),
                name="checklist_item_submitted_is_answered",
                violation_error_message="Eingereicht wird nur, was beantwortet ist.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.get_answer_display() or 'offen'}"

    @property
    def is_answered(self) -> bool:
        return bool(self.answer) and not self.to_recheck


class SubmissionQuerySet(OfProcedureQuerySet):
    to_assessors = HANDED_IN
    to_board = NOTHING


class Submission(BaseModel):
    """A document that proves criteria for a period. What is shown on site only has no file, ever (DP-09)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(
        Certification, models.CASCADE, related_name="submissions", verbose_name="Verfahren"
    )
    title = models.CharField("Titel", max_length=200)
    mode = models.CharField("Art der Vorlage", max_length=22, choices=SubmissionMode, default=SubmissionMode.SUBMIT)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Datei")
    proves_from = models.DateField("belegt von")
    proves_to = models.DateField("belegt bis")
    criteria = models.ManyToManyField(Criterion, related_name="submissions", verbose_name="belegt diese Standards")
    round = models.PositiveSmallIntegerField("Runde", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersetzt"
    )
    submitted_on = models.DateField("eingereicht am", null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachweisdokument"
        verbose_name_plural = "Nachweisdokumente"
        ordering = ["round", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode=SubmissionMode.ON_SITE_ONLY, file=None)
                | (~Q(mode=SubmissionMode.ON_SITE_ONLY) & Q(file__isnull=False)),
                name="submission_on_site_has_no_file",
                violation_error_message="Was nur vor Ort gezeigt wird, hat keine Datei; jedes andere Dokument hat eine.",
            ),
            models.CheckConstraint(
                condition=Q(proves_to__gte=F("proves_from")),
                name="submission_days_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=~Q(mode=SubmissionMode.REVISED) | Q(round__gte=2),
                name="submission_revised_after_feedback",
                violation_error_message="Nachbearbeitet wird ein Dokument erst nach einem Rückmeldebericht.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_withheld(self) -> bool:
        return self.mode == SubmissionMode.ON_SITE_ONLY


ISSUED = Q(issued_on__isnull=False)


class FeedbackQuerySet(OfProcedureQuerySet):
    to_house = ISSUED
    to_board = ISSUED


class FeedbackReport(BaseModel):
    """Of one round. The house sees it once it is issued."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.CASCADE, related_name="feedback", verbose_name="Verfahren")
    round = models.PositiveSmallIntegerField("Runde", default=1)
    summary = SealedTextField("Zusammenfassung")
    asks_rework = models.BooleanField("Nachbearbeitung nötig", default=False)
    issued_on = models.DateField("ausgegeben am", null=True, blank=True)
    issued_by = models.CharField("ausgegeben von", max_length=160, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "Rückmeldebericht"
        verbose_name_plural = "Rückmeldeberichte"
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "round"],
                name="feedback_report_one_a_round",
                violation_error_message="Zu dieser Runde gibt es schon einen Rückmeldebericht.",
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None, issued_by="") | (Q(issued_on__isnull=False) & ~Q(issued_by="")),
                name="feedback_report_issued_by_somebody",
                violation_error_message="Ein Rückmeldebericht wird an einem Tag von jemandem ausgegeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"Rückmeldebericht, Runde {self.round}"


class FeedbackRemarkQuerySet(OfProcedureQuerySet):
    way = "report__certification"
    to_house = Q(report__issued_on__isnull=False)
    to_board = Q(report__issued_on__isnull=False)


class FeedbackRemark(BaseModel):
    """What the assessors say to one answer."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    report = models.ForeignKey(FeedbackReport, models.CASCADE, related_name="remarks", verbose_name="Rückmeldebericht")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="Standard")
    text = SealedTextField("Rückmeldung")
    needs_rework = models.BooleanField("nachzubearbeiten", default=False)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FeedbackRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "Rückmeldung zu einem Standard"
        verbose_name_plural = "Rückmeldungen zu einem Standard"
        ordering = ["criterion__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "criterion"],
                name="feedback_remark_one_each",
                violation_error_message="Zu diesem Standard steht schon etwas im Rückmeldebericht.",
            )
        ]

    def __str__(self) -> str:
        return f"Rückmeldung zu {self.criterion.code}"
