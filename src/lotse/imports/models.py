"""A table on its way into the house. What it says about people is sealed, and goes when the way has ended."""

import json
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.imports.enums import FINISHED, OPEN, WORKING, Category, State
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person


class ImportQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Only who brought the table sees it: it may say more than the house shows to anybody else."""
        return self.filter(organisation_id=actor.organisation_id, started_by_id=actor.person_id)


class Import(BaseModel):
    """`mapping`: column of the house → number of the column in the table, or "=" and a value that holds for all rows.

    `done` of `total` rows tell how far the worker is; `beat_at` is its sign of life.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    kind = models.CharField("was", max_length=20)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="hochgeladen von")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Datei")
    state = models.CharField("Stand", max_length=10, choices=State, default=State.UPLOADED)
    mapping = models.JSONField("Spalten", default=dict, blank=True)
    counts = models.JSONField("Zeilen je Art", default=dict, blank=True)
    takes_duplicates = models.BooleanField("auch mögliche Dubletten", default=False)
    done = models.PositiveIntegerField("bearbeitete Zeilen", default=0)
    total = models.PositiveIntegerField("Zeilen", default=0)
    beat_at = models.DateTimeField("zuletzt gearbeitet", null=True, blank=True)
    failure = models.CharField("warum nicht", max_length=300, blank=True)
    finished_at = models.DateTimeField("übernommen am", null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "Übernahme"
        verbose_name_plural = "Übernahmen"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["started_by", "kind", "-id"], name="import_of_person"),
            models.Index(fields=["state", "beat_at"], name="import_waiting", condition=Q(state__in=WORKING)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished_at=None)),
                name="import_finished_has_time",
                violation_error_message="Eine abgeschlossene Übernahme hat einen Zeitpunkt, jede andere keinen.",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")),
                name="import_done_within_total",
                violation_error_message="Mehr Zeilen bearbeitet, als die Tabelle hat.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED) | ~Q(failure=""),
                name="import_failed_says_why",
                violation_error_message="Eine gescheiterte Übernahme sagt, warum.",
            ),
        ]

    def __str__(self) -> str:
        return f"Übernahme {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def to_take(self) -> int:
        return self.count(Category.NEW) + self.count(Category.WARNING)

    @property
    def made(self) -> int:
        return self.rows.exclude(object_ref="").count()

    @property
    def left_out(self) -> int:
        return self.total - self.made

    def count(self, category: Category) -> int:
        return self.counts.get(str(category), 0)


class ImportRow(models.Model):
    """One line of the table: what it was judged to be, and after the import what was made of it."""

    public_id = models.CharField(max_length=16, unique=True, editable=False)
    organisation_id = models.BigIntegerField("Träger")
    of = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name="Übernahme")
    line = models.PositiveIntegerField("Zeile")
    category = models.CharField("Art", max_length=10, choices=Category)
    content = SealedTextField("Meldungen")
    object_ref = models.CharField("Kennung", max_length=16, blank=True)

    class Meta:
        verbose_name = "Zeile einer Übernahme"
        verbose_name_plural = "Zeilen einer Übernahme"
        ordering = ["line"]
        indexes = [models.Index(fields=["of", "category", "line"], name="import_row_by_category")]
        constraints = [models.UniqueConstraint(fields=["of", "line"], name="import_row_once")]

    def __str__(self) -> str:
        return f"Zeile {self.line}"

    @property
    def told(self) -> dict[str, Any]:
        """`name` of what stands in the line, and `messages` about it."""
        return json.loads(self.content) if self.content else {"name": "", "messages": []}


class ColumnMemory(BaseModel):
    """Which heading the organisation last put to which column. Sealed: a table without headings begins with a person."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    kind = models.CharField("was", max_length=20)
    headings = SealedTextField("Überschriften")

    class Meta:
        verbose_name = "gemerkte Spalten"
        verbose_name_plural = "gemerkte Spalten"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="column_memory_once"),
        ]

    def __str__(self) -> str:
        return f"Spalten für {self.kind}"
