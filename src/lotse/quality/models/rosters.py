"""A roster is shown before it holds, and who is in it answers (QM-11)."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums import RosterReply, RosterState, WishState
from lotse.quality.models.duty import ENDS_LATER
from lotse.quality.models.scope import OfCatalogueQuerySet

DECIDED = Q(wish_state__in=WishState.values)


class Roster(BaseModel):
    """The duties of a period, shown for answers and then released. `asked` and `answered` are laid down by the release."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    first_on = models.DateField("erster Tag")
    last_on = models.DateField("letzter Tag")
    answer_by = models.DateField("Antwort bis")
    state = models.CharField("Stand", max_length=8, choices=RosterState, default=RosterState.SHOWN)
    shown_on = models.DateField("gezeigt am")
    released_on = models.DateField("freigegeben am", null=True, blank=True)
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="freigegeben von"
    )
    asked = models.PositiveSmallIntegerField("gefragt", default=0)
    answered = models.PositiveSmallIntegerField("geantwortet", default=0)
    reason = models.CharField("Grund ohne Beteiligung", max_length=300, blank=True)

    objects = OfCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "Dienstplan"
        verbose_name_plural = "Dienstpläne"
        ordering = ["-first_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="roster_days_in_order",
                violation_error_message=ENDS_LATER,
            ),
            models.CheckConstraint(
                condition=Q(state=RosterState.SHOWN, released_on=None, released_by=None)
                | Q(state=RosterState.RELEASED, released_on__isnull=False, released_by__isnull=False),
                name="roster_released_by_somebody",
                violation_error_message="Einen Dienstplan gibt jemand an einem Tag frei.",
            ),
            models.CheckConstraint(
                condition=Q(state=RosterState.SHOWN) | Q(answered__gt=0) | ~Q(reason=""),
                name="roster_without_answers_says_why",
                violation_error_message="Bitte angeben, warum niemand beteiligt war.",
            ),
        ]

    def __str__(self) -> str:
        return f"Dienstplan {self.first_on:%d.%m.%Y} bis {self.last_on:%d.%m.%Y}"

    @property
    def is_released(self) -> bool:
        return self.state == RosterState.RELEASED


class RosterAnswerQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> Self:
        """Her own, and those that who plans reads."""
        return self.filter(Q(person_id=actor.person_id) | in_branches(actor.quality_paths, "organisation"))

    def to_decide(self) -> Self:
        return self.filter(reply=RosterReply.WISHES, wish_state="")


class RosterAnswer(BaseModel):
    """What somebody who is in the roster says to it, and what became of her wish. Both texts are read by the two of them only."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="answers", verbose_name="Dienstplan")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    reply = models.CharField("Antwort", max_length=7, choices=RosterReply, default=RosterReply.OPEN)
    replied_at = models.DateTimeField("geantwortet am", null=True, blank=True)
    wish = SealedTextField("Wunsch")
    wish_state = models.CharField("Was daraus wurde", max_length=8, choices=WishState, blank=True)
    decision = SealedTextField("Antwort der Planung")
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = RosterAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "Antwort zum Dienstplan"
        verbose_name_plural = "Antworten zum Dienstplan"
        ordering = ["person__last_name", "person__first_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "person"],
                name="roster_answer_one_each",
                violation_error_message="Diese Person ist schon gefragt.",
            ),
            models.CheckConstraint(
                condition=Q(reply=RosterReply.OPEN, replied_at=None)
                | (~Q(reply=RosterReply.OPEN) & Q(replied_at__isnull=False)),
                name="roster_answer_has_time",
                violation_error_message="Eine Antwort hat einen Zeitpunkt.",
            ),
            models.CheckConstraint(
                condition=Q(wish_state="", decided_at=None)
                | (DECIDED & Q(reply=RosterReply.WISHES, decided_at__isnull=False)),
                name="roster_answer_decides_a_wish",
                violation_error_message="Entschieden wird über einen Wunsch.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_reply_display()}"

    @property
    def waits(self) -> bool:
        return self.reply == RosterReply.WISHES and not self.wish_state

    @property
    def tone(self) -> str:
        if self.waits:
            return "warn"
        return {RosterReply.OPEN: "none", RosterReply.AGREES: "good"}.get(self.reply, "")
