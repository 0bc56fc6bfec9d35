from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.models.organisation import Organisation
from lotse.organisations.models.scope import StaffQuerySet


class Site(BaseModel):
    """A place where counselling happens (Beratungsstelle, model.md §2.7). Which programme it offers: `programmes`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sites", verbose_name="Träger")
    name = models.CharField("Name", max_length=120)
    address = models.TextField("Anschrift", blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    opening_hours = models.JSONField("Öffnungszeiten", default=list, blank=True)
    appointment_mode = models.CharField("Terminvereinbarung", max_length=120, blank=True)
    branch_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="branches", verbose_name="Außenstelle von"
    )
    municipality_code = models.CharField("Gemeindekennziffer", max_length=8, blank=True)
    accessibility_note = models.CharField("Hinweis zur Barrierefreiheit", max_length=200, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Beratungsstelle"
        verbose_name_plural = "Beratungsstellen"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(branch_of=None) | ~Q(branch_of=F("id")),
                name="site_is_branch_of_another",
                violation_error_message="Eine Beratungsstelle ist nicht ihre eigene Außenstelle.",
            )
        ]

    def __str__(self) -> str:
        return self.name
