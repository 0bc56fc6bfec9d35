"""The visit of the assessors and their report to the board (model.md §4.2, stations 5 and 6)."""

from django.db import models
from django.db.models import Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.quality.enums import Outcome
from lotse.quality.models.certification import Certification
from lotse.quality.models.checklist import Submission
from lotse.quality.models.participants import NOTHING, OfProcedureQuerySet


class Visit(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.CASCADE, related_name="visits", verbose_name="Verfahren")
    on = models.DateField("am")
    done_on = models.DateField("abgeschlossen am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "Einrichtungsbesuch"
        verbose_name_plural = "Einrichtungsbesuche"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification"],
                name="visit_one",
                violation_error_message="Zu diesem Verfahren gibt es schon einen Besuch.",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=models.F("on")),
                name="visit_done_after_it_began",
                violation_error_message="Der Besuch endet nicht, bevor er beginnt.",
            ),
        ]

    def __str__(self) -> str:
        return f"Besuch am {self.on:%d.%m.%Y}"


class InterviewNoteQuerySet(OfProcedureQuerySet):
    way = "visit__certification"
    to_house = NOTHING
    to_board = NOTHING


class InterviewNote(BaseModel):
    """What people who work there said. Only the assessors read it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="notes", verbose_name="Besuch")
    function = models.CharField("Gespräch mit (Funktion)", max_length=120)
    text = SealedTextField("Notiz")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = InterviewNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "Gesprächsnotiz"
        verbose_name_plural = "Gesprächsnotizen"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Gespräch: {self.function}"


class OnSiteCheckQuerySet(OfProcedureQuerySet):
    way = "visit__certification"
    to_board = NOTHING


class OnSiteCheck(BaseModel):
    """That a document was seen at the visit, by its title; never the document (DP-09)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="checks", verbose_name="Besuch")
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="checks", verbose_name="Nachweisdokument"
    )
    title = models.CharField("Dokument", max_length=200)
    was_seen = models.BooleanField("gesehen", null=True, blank=True)
    remark = SealedTextField("Anmerkung")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OnSiteCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "Prüfung vor Ort"
        verbose_name_plural = "Prüfungen vor Ort"
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "submission"],
                name="on_site_check_once",
                violation_error_message="Dieses Dokument steht schon auf der Liste.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class AuditReportQuerySet(OfProcedureQuerySet):
    to_house = Q(presented_on__isnull=False)
    to_board = Q(presented_on__isnull=False)


class AuditReport(BaseModel):
    """Of the assessors; once presented nobody changes it, the board least of all (QM-09)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(
        Certification, models.CASCADE, related_name="audit_reports", verbose_name="Verfahren"
    )
    text = SealedTextField("Bericht")
    recommendation = models.CharField("Empfehlung", max_length=10, choices=Outcome, blank=True)
    presented_on = models.DateField("dem Beirat vorgelegt am", null=True, blank=True)
    presented_by = models.CharField("vorgelegt von", max_length=160, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = AuditReportQuerySet.as_manager()

    class Meta:
        verbose_name = "Auditbericht"
        verbose_name_plural = "Auditberichte"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification"],
                name="audit_report_one",
                violation_error_message="Zu diesem Verfahren gibt es schon einen Auditbericht.",
            ),
            models.CheckConstraint(
                condition=Q(presented_on=None) | (~Q(recommendation="") & ~Q(presented_by="")),
                name="audit_report_presented_recommends",
                violation_error_message="Vorgelegt wird der Bericht von jemandem und mit einer Empfehlung.",
            ),
        ]

    def __str__(self) -> str:
        return f"Auditbericht zu {self.certification.number}"
