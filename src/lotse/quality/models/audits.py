"""Audits of a carrier: planned, prepared, held, answered, followed up (model.md §3, Mi 8)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums_audits import AuditKind, AuditState, CheckResult, FindingGrade
from lotse.quality.models.frameworks import Area, Criterion, Framework
from lotse.quality.models.improvements import Improvement
from lotse.quality.models.scope import OverseenQuerySet

BEFORE = (AuditState.PLANNED, AuditState.PREPARED)
AFTER = (AuditState.HELD, AuditState.ANSWERED, AuditState.FOLLOWED_UP, AuditState.CLOSED)
GRAVE = (FindingGrade.MAJOR, FindingGrade.MINOR)


class AuditQuerySet(OverseenQuerySet):
    """For who keeps the quality of the carrier, and who audits it."""

    auditor = "auditor_id"

    def visible_to(self, actor: Any) -> Self:
        kept = in_branches(actor.quality_paths, "organisation")
        return self.filter(kept | Q(**{self.auditor: actor.person_id}))


class OfAuditQuerySet(AuditQuerySet):
    auditor = "audit__auditor_id"


class PreparationQuerySet(OfAuditQuerySet):
    def visible_to(self, actor: Any) -> Self:
        """Also for who has it to do."""
        return super().visible_to(actor) | self.filter(owner_id=actor.person_id)


class Audit(BaseModel):
    """Of whole areas of a catalogue, or of none. `seed`: with what the sample of criteria was drawn; empty: all of them.

    `auditor` of an internal one; from outside comes somebody with a name, or from a body.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    kind = models.CharField("Art", max_length=14, choices=AuditKind)
    title = models.CharField("Titel", max_length=160)
    framework = models.ForeignKey(
        Framework, models.PROTECT, null=True, blank=True, related_name="audits", verbose_name="Katalog"
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="audits", verbose_name="Umfang")
    auditor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Auditor*in"
    )
    auditor_name = models.CharField("Name der prüfenden Person", max_length=160, blank=True)
    auditor_body = models.CharField("prüfende Stelle", max_length=160, blank=True)
    planned_on = models.DateField("geplant für")
    held_on = models.DateField("durchgeführt am", null=True, blank=True)
    answer_due_on = models.DateField("Stellungnahme bis", null=True, blank=True)
    closed_on = models.DateField("abgeschlossen am", null=True, blank=True)
    state = models.CharField("Stand", max_length=12, choices=AuditState, default=AuditState.PLANNED)
    report = SealedTextField("Bericht")
    guide = models.CharField("Fassung der Vorbereitungsliste", max_length=40, blank=True)
    seed = models.CharField("Startwert", max_length=40, blank=True)
    drawn_from = models.PositiveSmallIntegerField("gezogen aus", default=0)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = "Audit"
        verbose_name_plural = "Audits"
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AuditKind.INTERNAL, auditor__isnull=False)
                | (~Q(kind=AuditKind.INTERNAL) & Q(auditor=None) & (~Q(auditor_name="") | ~Q(auditor_body=""))),
                name="audit_has_auditor",
                violation_error_message="Ein internes Audit hat eine*n Auditor*in aus dem Haus, ein externes eine prüfende Person oder Stelle.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AFTER, held_on__isnull=False, answer_due_on__isnull=False)
                | (~Q(state__in=AFTER) & Q(held_on=None)),
                name="audit_held_on_a_day",
                violation_error_message="Durchgeführt wurde ein Audit an einem Tag.",
            ),
            models.CheckConstraint(
                condition=Q(state=AuditState.CLOSED, closed_on__isnull=False)
                | (~Q(state=AuditState.CLOSED) & Q(closed_on=None)),
                name="audit_closed_on_a_day",
                violation_error_message="Abgeschlossen wird ein Audit an einem Tag.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_internal(self) -> bool:
        return self.kind == AuditKind.INTERNAL

    @property
    def is_before(self) -> bool:
        return self.state in BEFORE

    @property
    def is_over(self) -> bool:
        return self.state in (AuditState.CLOSED, AuditState.CALLED_OFF)

    @property
    def day(self) -> Any:
        return self.held_on or self.planned_on

    @property
    def who(self) -> str:
        """Who audits, in words."""
        return str(self.auditor) if self.auditor else ", ".join(filter(None, [self.auditor_name, self.auditor_body]))

    @property
    def tone(self) -> str:
        tones = {AuditState.PLANNED: "", AuditState.CLOSED: "good", AuditState.CALLED_OFF: "none"}
        return tones.get(AuditState(self.state), "warn")


class PreparationItem(BaseModel):
    """Something to do before an audit."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="preparation", verbose_name="Audit")
    position = models.PositiveSmallIntegerField("Stelle")
    text = models.CharField("Was", max_length=300)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="zuständig")
    due_on = models.DateField("bis")
    done_on = models.DateField("erledigt am", null=True, blank=True)
    done_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="erledigt von"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        verbose_name = "Punkt der Vorbereitung"
        verbose_name_plural = "Punkte der Vorbereitung"
        ordering = ["due_on", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="preparation_done_by_somebody",
                violation_error_message="Erledigt hat es jemand an einem Tag.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class CheckItem(BaseModel):
    """A criterion on the checklist of an audit."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="checks", verbose_name="Audit")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="checks", verbose_name="Kriterium")
    position = models.PositiveSmallIntegerField("Stelle")
    question = models.CharField("Frage", max_length=300)
    observation = SealedTextField("Beobachtung")
    result = models.CharField("Ergebnis", max_length=8, choices=CheckResult, blank=True)
    checked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="geprüft von"
    )
    checked_at = models.DateTimeField("geprüft am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfAuditQuerySet.as_manager()

    class Meta:
        verbose_name = "Prüfpunkt"
        verbose_name_plural = "Prüfpunkte"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "criterion"],
                name="check_item_one_each",
                violation_error_message="Dieses Kriterium steht schon auf der Checkliste.",
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="check_item_made_by_somebody",
                violation_error_message="Ein Ergebnis hat jemand an einem Tag festgehalten.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.get_result_display() or 'offen'}"


class AuditFinding(BaseModel):
    """`number` within its audit. What is grave is answered and leads to an improvement (QM-06)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="findings", verbose_name="Audit")
    number = models.PositiveSmallIntegerField("Nummer")
    grade = models.CharField("Einstufung", max_length=14, choices=FindingGrade)
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="Kriterium"
    )
    text = SealedTextField("Feststellung")
    statement = SealedTextField("Stellungnahme")
    statement_on = models.DateField("Stellungnahme vom", null=True, blank=True)
    statement_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Stellungnahme von"
    )
    improvement = models.ForeignKey(
        Improvement, models.PROTECT, null=True, blank=True, related_name="audit_findings", verbose_name="Verbesserung"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfAuditQuerySet.as_manager()

    class Meta:
        verbose_name = "Feststellung eines Audits"
        verbose_name_plural = "Feststellungen eines Audits"
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "number"],
                name="audit_finding_number_once",
                violation_error_message="Diese Nummer gibt es in dem Audit schon.",
            ),
            models.CheckConstraint(
                condition=Q(statement_on=None, statement_by=None)
                | Q(statement_on__isnull=False, statement_by__isnull=False),
                name="audit_finding_answered_by_somebody",
                violation_error_message="Eine Stellungnahme hat jemand an einem Tag abgegeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"F {self.number}, {self.get_grade_display()}"

    @property
    def is_grave(self) -> bool:
        return self.grade in GRAVE

    @property
    def tone(self) -> str:
        tones = {FindingGrade.MAJOR: "bad", FindingGrade.MINOR: "warn", FindingGrade.GOOD_PRACTICE: "good"}
        return tones.get(FindingGrade(self.grade), "none")
