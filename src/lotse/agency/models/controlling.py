"""The sheet for the controlling of the funder: what it asks, what was answered, when it was typed into the platform (model.md §8.6)."""

from typing import Self

from django.db import models

from lotse.agency.models.papers import AgencyDocument
from lotse.agency.models.scope import OfDocumentQuerySet
from lotse.core.models import BaseModel
from lotse.documents.models import PrescribedQuerySet
from lotse.organisations.models import Organisation, Person


class QuestionSetQuerySet(PrescribedQuerySet):
    def for_year(self, year: int) -> Self:
        """The newest first."""
        return self.filter(from_year__lte=year).order_by("-organisation__path", "-from_year", "-id")


class QuestionSet(BaseModel):
    """A version of the questions that somebody has brought along, as plain data; it never changes."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="gepflegt von")
    version = models.CharField("Fassung", max_length=40)
    from_year = models.PositiveSmallIntegerField("ab Förderjahr")
    content = models.JSONField("Inhalt")

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        verbose_name = "Bogen für das Online-Controlling"
        verbose_name_plural = "Bögen für das Online-Controlling"
        ordering = ["-from_year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "version"],
                name="question_set_once",
                violation_error_message="Diese Fassung gibt es schon. Ein geänderter Bogen braucht eine neue „version“.",
            )
        ]

    def __str__(self) -> str:
        return f"Fassung {self.version}"


class ControllingSheet(BaseModel):
    """Which questions a document answers: from its first answer on they stay the same. Without `questions` the packaged ones."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.OneToOneField(AgencyDocument, models.CASCADE, related_name="sheet", verbose_name="Dokument")
    questions = models.ForeignKey(
        QuestionSet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Bogen"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Bogen einer Agentur"
        verbose_name_plural = "Bögen einer Agentur"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.document)


class ControllingAnswer(BaseModel):
    """`question` and `value` are keys; `asked` and `words` are how they read when it was saved, so that it stays readable
    without the questions. A figure that was counted stands here as it was then.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.CASCADE, related_name="answers", verbose_name="Dokument")
    question = models.CharField("Schlüssel", max_length=40)
    asked = models.CharField("Frage", max_length=500)
    value = models.TextField("Wert", blank=True)
    words = models.TextField("Antwort", blank=True)
    explanation = models.TextField("Erläuterung", blank=True)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Antwort im Online-Controlling"
        verbose_name_plural = "Antworten im Online-Controlling"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "question"],
                name="controlling_answer_once",
                violation_error_message="Diese Frage ist schon beantwortet.",
            )
        ]

    def __str__(self) -> str:
        return self.asked


class ControllingUpload(BaseModel):
    """That somebody has typed the sheet into the platform, and when: no part of what the document says."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.PROTECT, related_name="uploads", verbose_name="Dokument")
    on = models.DateField("am")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Übertragung in das Online-Controlling"
        verbose_name_plural = "Übertragungen in das Online-Controlling"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"übertragen am {self.on:%d.%m.%Y}"
