"""Who takes part in a procedure, and what each side of it sees: house, assessors, board (model.md §4.3, QM-09, DP-09)."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.periods import Dated, DatedQuerySet, ends_after_it_begins
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums import Side
from lotse.quality.models.scope import OverseenQuerySet

NOTHING = Q(pk__in=[])
ALL = ~NOTHING


class OfProcedureQuerySet(OverseenQuerySet):
    """`to_house`, `to_assessors`, `to_board`: which of the rows this side sees. `way` leads to the procedure."""

    way = "certification"
    to_house = ALL
    to_assessors = ALL
    to_board = ALL

    def visible_to(self, actor: Any) -> Self:
        kept = in_branches(actor.quality_paths, "organisation")
        of_house = kept | self._of(actor, Side.ORGANISATION)
        return self.filter(
            (of_house & self.to_house)
            | (self._of(actor, Side.ASSESSOR) & self.to_assessors)
            | (self._of(actor, Side.BOARD) & self.to_board)
        )

    def _of(self, actor: Any, side: Side) -> Q:
        return Q(**{f"{self.way}__in": procedures_of(actor, side)})


def procedures_of(actor: Any, side: Side) -> QuerySet:
    """In which this person takes part today, as ids."""
    mine = apps.get_model("quality", "Participant").objects.valid_on(timezone.localdate())
    return mine.filter(person_id=actor.person_id, side=side).order_by().values("certification")


class ParticipantQuerySet(OfProcedureQuerySet, DatedQuerySet):
    pass


class Participant(Dated, BaseModel):
    """One row for each person in a procedure, so that nobody sits on two sides of it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(
        "quality.Certification", models.CASCADE, related_name="participants", verbose_name="Verfahren"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    side = models.CharField("Seite", max_length=12, choices=Side)
    is_chair = models.BooleanField("führt den Vorsitz", default=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "Beteiligte*r an einem Verfahren"
        verbose_name_plural = "Beteiligte an einem Verfahren"
        ordering = ["side", "id"]
        constraints = [
            ends_after_it_begins("participant_end_after_begin"),
            models.UniqueConstraint(
                fields=["certification", "person"],
                name="participant_one_side",
                violation_error_message="Diese Person ist an dem Verfahren schon beteiligt. Niemand sitzt auf zwei Seiten.",
            ),
            models.CheckConstraint(
                condition=Q(is_chair=False) | Q(side=Side.BOARD),
                name="participant_chair_of_board",
                violation_error_message="Den Vorsitz führt ein Mitglied des Beirats.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_side_display()}"
