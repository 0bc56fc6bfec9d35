"""What a carrier makes better: planned, done, checked by another, and done anew where it did not help (model.md §3.4)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches
from lotse.organisations.roles import EXTERNAL
from lotse.quality.enums import Effect, ImprovementSource, ImprovementState, NoteKind
from lotse.quality.models.assessments import Judgement
from lotse.quality.models.frameworks import Criterion
from lotse.quality.models.scope import OverseenQuerySet


class ImprovementQuerySet(OverseenQuerySet):
    owner_path = "owner"

    def visible_to(self, actor: Any) -> Self:
        """Who keeps the quality of the carrier, and who is to do it."""
        kept = in_branches(actor.quality_paths, "organisation")
        is_outside = actor.role_keys <= EXTERNAL
        return self.filter(kept if is_outside else kept | Q(**{f"{self.owner_path}_id": actor.person_id}))

    def unfinished(self) -> Self:
        return self.exclude(state=ImprovementState.CHECKED)


class NoteQuerySet(ImprovementQuerySet):
    owner_path = "improvement__owner"


class Improvement(BaseModel):
    """`round` counts the attempts: one that did not help is planned anew, `due_on` and `plan` are those of the last one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    source = models.CharField("Anlass", max_length=16, choices=ImprovementSource)
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="improvements", verbose_name="Kriterium"
    )
    judgement = models.ForeignKey(
        Judgement, models.PROTECT, null=True, blank=True, related_name="improvements", verbose_name="Bewertung"
    )
    title = models.CharField("Titel", max_length=160)
    finding = SealedTextField("Was nicht stimmt")
    plan = SealedTextField("Was geschehen soll")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="macht")
    due_on = models.DateField("bis")
    state = models.CharField("Stand", max_length=10, choices=ImprovementState, default=ImprovementState.PLANNED)
    round = models.PositiveSmallIntegerField("Durchgang", default=1)
    effect_due_on = models.DateField("Wirkung prüfen am", null=True, blank=True)
    effect = models.CharField("Wirkung", max_length=14, choices=Effect, blank=True)
    effect_checked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Wirkung geprüft von"
    )
    effect_checked_at = models.DateTimeField("Wirkung geprüft am", null=True, blank=True)
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="angelegt von")
    raised_at = models.DateTimeField("angelegt am")
    moved_at = models.DateTimeField("zuletzt bewegt am")
    revision = models.PositiveIntegerField("Stand der Zeile", default=1)

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        verbose_name = "Verbesserung"
        verbose_name_plural = "Verbesserungen"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[ImprovementState.PLANNED, ImprovementState.IN_WORK])
                | Q(effect_due_on__isnull=False),
                name="improvement_done_is_checked_on_a_day",
                violation_error_message="Bitte angeben, wann die Wirkung geprüft wird.",
            ),
            models.CheckConstraint(
                condition=Q(effect="", effect_checked_by=None, effect_checked_at=None)
                & ~Q(state=ImprovementState.CHECKED)
                | Q(effect_checked_by__isnull=False, effect_checked_at__isnull=False, state=ImprovementState.CHECKED)
                & ~Q(effect=""),
                name="improvement_ends_with_a_check",
                violation_error_message="Abgeschlossen wird eine Verbesserung erst, wenn ihre Wirkung geprüft ist.",
            ),
            models.CheckConstraint(
                condition=Q(effect_checked_by=None) | ~Q(effect_checked_by=F("owner")),
                name="improvement_checked_by_another",
                violation_error_message="Die Wirkung prüft jemand anderes als die Person, die verbessert hat.",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "due_on"], name="improvement_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state == ImprovementState.CHECKED

    @property
    def is_done(self) -> bool:
        return self.state == ImprovementState.DONE

    @property
    def next_day(self) -> date:
        """By which something has to happen: the check where it is done, else the work."""
        return self.effect_due_on if self.is_done and self.effect_due_on else self.due_on

    @property
    def tone(self) -> str:
        if self.is_over:
            return "good" if self.effect == Effect.EFFECTIVE else "bad"
        return "" if self.state == ImprovementState.IN_WORK else "none"


class ImprovementNote(BaseModel):
    """A line of its history: what was done in which round, and what somebody said to it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="notes", verbose_name="Verbesserung")
    kind = models.CharField("Art", max_length=10, choices=NoteKind)
    round = models.PositiveSmallIntegerField("Durchgang", default=1)
    text = SealedTextField("Text")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    written_at = models.DateTimeField("am")

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag zu einer Verbesserung"
        verbose_name_plural = "Einträge zu Verbesserungen"
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return self.get_kind_display()
