from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.organisations.models.organisation import Organisation
from lotse.organisations.models.periods import Dated, ends_after_it_begins
from lotse.organisations.models.person import Person
from lotse.organisations.models.scope import DatedStaffQuerySet, StaffQuerySet
from lotse.organisations.models.site import Site


class Post(BaseModel):
    """A post (Stelle) with its size in full-time equivalents, two decimals."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts", verbose_name="Organisation")
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="Beratungsstelle"
    )
    title = models.CharField("Bezeichnung", max_length=120)
    fte = models.DecimalField("Stellenumfang (VZÄ)", max_digits=5, decimal_places=2)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Stelle"
        verbose_name_plural = "Stellen"
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fte__gt=0),
                name="post_fte_positive",
                violation_error_message="Der Stellenumfang muss größer als 0 sein.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PostShareQuerySet(DatedStaffQuerySet):
    organisation_path = "post__organisation"


class PostShare(BaseModel, Dated):
    """Which part of a post a person fills, from when to when. Heads are counted from here; heads are not FTE."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="shares", verbose_name="Stelle")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shares", verbose_name="Person")
    fte = models.DecimalField("Anteil (VZÄ)", max_digits=5, decimal_places=2)
    fixed_term = models.BooleanField("befristet", default=False)
    substitute_for = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Vertretung für"
    )

    objects = PostShareQuerySet.as_manager()

    class Meta:
        verbose_name = "Stellenanteil"
        verbose_name_plural = "Stellenanteile"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ends_after_it_begins("post_share_end_after_begin"),
            models.CheckConstraint(
                condition=Q(fte__gt=0, fte__lte=1),
                name="post_share_fte_between_0_and_1",
                violation_error_message="Ein Anteil liegt zwischen 0,01 und 1,00.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.fte}"
