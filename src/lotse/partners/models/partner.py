"""The directory of institutions one refers to (CL-07)."""

from typing import Self

from django.db import models

from lotse.core.models import BaseModel
from lotse.core.search import fold
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


class PartnerQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(organisation_id=actor.organisation_id)


class Partner(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partners", verbose_name="Träger")
    name = models.CharField("Name", max_length=160)
    name_key = models.CharField(max_length=170, editable=False)
    category = models.CharField("Art", max_length=40)
    contact_person = models.CharField("Ansprechperson", max_length=120, blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    address = models.TextField("Anschrift", blank=True)
    note = models.TextField("Anmerkung", blank=True)
    is_active = models.BooleanField("aktiv", default=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "Kooperationspartner"
        verbose_name_plural = "Kooperationspartner"
        ordering = ["name_key", "id"]
        indexes = [models.Index(fields=["organisation", "name_key", "id"], name="partner_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"],
                name="partner_name_once",
                violation_error_message="Diesen Kooperationspartner gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
