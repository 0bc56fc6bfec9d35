"""Two files that may belong to one person: what was decided about the pair, and what a merge has moved."""

from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import PairKind
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person


class PairDecision(BaseModel):
    """What somebody has decided about two files, until somebody takes it back. The pair is kept in the order of its ids."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    first = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Akte")
    second = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="andere Akte")
    kind = models.CharField("Entscheidung", max_length=10, choices=PairKind)
    decided_on = models.DateField("entschieden am")
    by_label = models.CharField("durch", max_length=160)
    ended_on = models.DateField("zurückgenommen am", null=True, blank=True)
    ended_by_label = models.CharField("zurückgenommen durch", max_length=160, blank=True)

    class Meta:
        verbose_name = "Entscheidung über zwei Akten"
        verbose_name_plural = "Entscheidungen über zwei Akten"
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="pair_in_order",
                violation_error_message="Eine Akte lässt sich nur mit einer anderen vergleichen.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("decided_on")),
                name="pair_ends_after_decision",
                violation_error_message="Zurückgenommen wird, was vorher entschieden war.",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended_on=None),
                name="pair_decided_once",
                violation_error_message="Über diese beiden Akten ist schon entschieden. Bitte laden Sie die Seite neu.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class MergeQuerySet(FileQuerySet):
    client_path = "survivor__"


class MergeRecord(BaseModel):
    """Two files became one: all that is needed to make them two again.

    `moved` lists the rows that changed their owner, "app.model.column" → ids. `changes` holds the columns that got
    another value, before and after, as sealed JSON. The absorbed person's own row stays as it was.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    survivor = models.ForeignKey(Client, models.CASCADE, related_name="merges", verbose_name="Akte, die bleibt")
    absorbed = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Akte, die aufgeht")
    merged_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="zusammengeführt von")
    moved = models.JSONField("umgezogene Zeilen", default=dict)
    changes = SealedTextField("geänderte Angaben")
    undone_at = models.DateTimeField("rückgängig gemacht am", null=True, blank=True)
    undone_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rückgängig gemacht von"
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "Zusammenführung"
        verbose_name_plural = "Zusammenführungen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(survivor=F("absorbed")),
                name="merge_of_two_files",
                violation_error_message="Zusammengeführt werden zwei verschiedene Akten.",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
                violation_error_message="Wer rückgängig macht, steht mit Zeitpunkt da.",
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at=None),
                name="merge_absorbed_once",
                violation_error_message="Diese Akte ist schon zusammengeführt.",
            ),
        ]

    def __str__(self) -> str:
        return f"Zusammenführung {self.public_id}"
