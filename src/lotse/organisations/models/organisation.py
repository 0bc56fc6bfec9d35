from datetime import date

from django.db import models

from lotse.core.models import BaseModel
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models.periods import Dated, DatedQuerySet, ends_after_it_begins


class Organisation(BaseModel):
    """A unit of the tree. `name` is today's; earlier and later names stand in `OrganisationName`.

    `path` holds the primary keys from the root down as "/1/7/", so that a subtree is one prefix.
    """

    kind = models.CharField("Art", max_length=30, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="gehört zu"
    )
    path = models.CharField("Pfad", max_length=200, blank=True, db_index=True, editable=False)
    name = models.CharField("Name", max_length=160)
    short_name = models.CharField("Kurzname", max_length=60, blank=True)
    is_carrier = models.BooleanField("ist Träger", default=False)
    action_fields = models.JSONField("Handlungsfelder", default=list, blank=True)
    address = models.TextField("Anschrift", blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    valid_from = models.DateField("besteht seit", null=True, blank=True)
    valid_to = models.DateField("besteht bis", null=True, blank=True)

    class Meta:
        verbose_name = "Organisation"
        verbose_name_plural = "Organisationen"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.short_name or self.name

    def name_on(self, day: date) -> str:
        """The name valid on that day; today's where the history is silent."""
        past = next((n for n in self.names.all() if n.is_valid_on(day)), None)
        return past.name if past else self.name


class OrganisationName(Dated):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names", verbose_name="Organisation")
    name = models.CharField("Name", max_length=160)
    short_name = models.CharField("Kurzname", max_length=60, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "Name der Organisation"
        verbose_name_plural = "Namen der Organisation"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ends_after_it_begins("organisation_name_end_after_begin"),
            models.UniqueConstraint(
                fields=["organisation", "valid_from"],
                name="organisation_name_one_a_day",
                violation_error_message="An diesem Tag beginnt schon ein anderer Name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
