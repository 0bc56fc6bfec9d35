"""Who helps without pay, what she has learnt for it, and when she was there."""

from django.db import models
from django.db.models import F, Q

from lotse.agency.models.measures import Measure
from lotse.agency.models.scope import AgencyQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation


def in_hours(minutes: int) -> str:
    """The German way: 1,5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


class Volunteer(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    name = SealedTextField("Name")
    reached_by = SealedTextField("Telefon oder E-Mail", blank=True)
    qualification = SealedTextField("Qualifikation und Einsatzwünsche", blank=True)
    since = models.DateField("dabei seit")
    ended_on = models.DateField("nicht mehr seit", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "Ehrenamtliche*r"
        verbose_name_plural = "Ehrenamtliche"
        ordering = ["-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
                name="volunteer_end_after_begin",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            )
        ]

    def __str__(self) -> str:
        return f"Ehrenamtliche*r {self.public_id}"

    @property
    def given(self) -> str:
        """The hours of the year that `minutes` was asked for."""
        return in_hours(getattr(self, "minutes", None) or 0)


class OfVolunteerQuerySet(AgencyQuerySet):
    agency_path = "volunteer__agency"


class Deployment(BaseModel):
    """Time that somebody gave on a day, at a measure or apart from one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="deployments", verbose_name="Ehrenamtliche*r")
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="deployments", verbose_name="Maßnahme"
    )
    on = models.DateField("am")
    minutes = models.PositiveIntegerField("Minuten")
    what = models.CharField("Was", max_length=160, blank=True)

    objects = OfVolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = "Einsatz"
        verbose_name_plural = "Einsätze"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=24 * 60),
                name="deployment_within_a_day",
                violation_error_message="Bitte 0,25 bis 24 Stunden angeben.",
            )
        ]

    def __str__(self) -> str:
        return f"Einsatz vom {self.on:%d.%m.%Y}"

    @property
    def hours(self) -> str:
        return in_hours(self.minutes)
