"""Who takes part in a procedure, and what each side of it sees: house, assessors, board (model.md §4.3, QM-09, DP-09)."""

from datetime import date
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
    """In which she takes part today, as ids."""
    mine = apps.get_model("quality", "Participant").objects.valid_on(timezone.localdate())
    return mine.filter(places_of(actor), side=side).order_by().values("certification")


def places_of(actor: Any) -> Q:
    """Somebody at work by her person, a guest by her login until it is revoked, and whoever has no account by her seat alone."""
    if seat_id := getattr(actor, "seat_id", 0):
        return Q(pk=seat_id)
    mine = Q(person_id=actor.person_id)
    return mine | Q(access__user_id=actor.user_id, access__revoked_at=None) if actor.user_id else mine


class ParticipantQuerySet(OfProcedureQuerySet, DatedQuerySet):
    def seats_of(self, actor: Any, day: date) -> Self:
        """From outside of the house: the assessors' and the board's."""
        return self.valid_on(day).filter(places_of(actor), side__in=(Side.ASSESSOR, Side.BOARD))

    def seated_on(self, day: date) -> Self:
        """Without guests whose access was revoked."""
        return self.valid_on(day).filter(access__revoked_at=None)


class Participant(Dated, BaseModel):
    """One row for each person in a procedure, so that nobody sits on two sides of it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(
        "quality.Certification", models.CASCADE, related_name="participants", verbose_name="Verfahren"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Person")
    guest_name = models.CharField("Name des Gasts", max_length=160, blank=True)
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
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest_name="")
                | (Q(person=None) & ~Q(guest_name="") & ~Q(side=Side.ORGANISATION)),
                name="participant_person_or_guest",
                violation_error_message="Beteiligt ist jemand vom Haus oder ein Gast; für den Träger niemals ein Gast.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_side_display()}"

    @property
    def name(self) -> str:
        return self.guest_name or str(self.person)
