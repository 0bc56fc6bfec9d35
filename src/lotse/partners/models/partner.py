"""The directory of institutions one refers to (CL-07): who they are and in which kinds they count."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.core.search import fold
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, Site
from lotse.partners.enums import Priority
from lotse.programmes.models import Programme


class OfHouseQuerySet(models.QuerySet):
    """What belongs to one organisation and to no other."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(organisation_id=actor.organisation_id)


class PartnerQuerySet(OfHouseQuerySet):
    def active_on(self, day: date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def of_category(self, keys: Collection[str]) -> Self:
        """As their first kind or as a further one."""
        further = PartnerCategory.objects.filter(partner=OuterRef("pk"), category__in=keys)
        return self.filter(Q(category__in=keys) | Exists(further))


class Partner(BaseModel):
    """`category` is the first kind; further ones are rows of their own. Without `sites` it matters to all of the house.

    `keeper`: who of ours looks after the contact. `checked_on`: when somebody last said that all of it still holds.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partners", verbose_name="Träger")
    name = models.CharField("Name", max_length=160)
    name_key = models.CharField(max_length=170, editable=False)
    category = models.CharField("Art", max_length=40)
    social_space = models.CharField("Sozialraum", max_length=120, blank=True)
    target = models.CharField("Für wen", max_length=200, blank=True)
    sites = models.ManyToManyField(Site, blank=True, related_name="+", verbose_name="wichtig für")
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    address = models.TextField("Anschrift", blank=True)
    note = models.TextField("Anmerkung", blank=True)
    keeper = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="hält bei uns den Kontakt"
    )
    checked_on = models.DateField("zuletzt geprüft am", default=timezone.localdate)
    ended_on = models.DateField("Zusammenarbeit beendet am", null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "Kooperationspartner"
        verbose_name_plural = "Kooperationspartner"
        ordering = ["name_key", "id"]
        indexes = [
            models.Index(fields=["organisation", "name_key", "id"], name="partner_by_name"),
            models.Index(fields=["keeper", "checked_on"], name="partner_to_check", condition=Q(ended_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"],
                name="partner_name_once",
                violation_error_message="Diesen Kooperationspartner gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.ended_on is None

    @property
    def keeper_at_work(self) -> Person | None:
        """Nobody, once she has left."""
        return self.keeper if self.keeper and self.keeper.is_at_work_on(timezone.localdate()) else None

    @property
    def contact_name(self) -> str:
        """Whom one asks for first: who was entered first of those still there."""
        today = timezone.localdate()
        return next((one.name for one in self.people.all() if one.valid_to is None or one.valid_to >= today), "")

    @property
    def categories(self) -> list[str]:
        """The first kind, then the others as they were ticked."""
        return [self.category, *(row.category for row in self.further_categories.all())]

    @property
    def languages(self) -> list[str]:
        """Spoken there in general; an offer may have languages of its own."""
        return [row.language for row in self.spoken.all() if row.offer_id is None]

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class PartnerCategory(BaseModel):
    """A kind in which a partner counts besides its first one."""

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="further_categories", verbose_name="Kooperationspartner"
    )
    category = models.CharField("Art", max_length=40)

    class Meta:
        verbose_name = "weitere Art eines Partners"
        verbose_name_plural = "weitere Arten eines Partners"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["partner", "category"], name="partner_category_once")]

    def __str__(self) -> str:
        return self.category


class PartnerPriority(BaseModel):
    """Where the house ranks a partner otherwise than its kinds do, for one programme and with the reason."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="own_priorities", verbose_name="Kooperationspartner"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name="Programm")
    priority = models.CharField("Vorrang", max_length=10, choices=Priority)
    reason = SealedTextField("Begründung")

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorrang eines Partners"
        verbose_name_plural = "Vorrang von Partnern"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["partner", "programme"], name="partner_priority_once")]

    def __str__(self) -> str:
        return self.get_priority_display()
