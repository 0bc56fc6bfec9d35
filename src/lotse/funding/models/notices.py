"""What the authority granted, and changed since: each notice is a row, and none is changed (model.md §9.1)."""

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.models.scope import OfGrantQuerySet
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


class GrantNotice(BaseModel):
    """The amount of a funding year is what the newest notice says that names it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="notices", verbose_name="Zuwendung")
    dated_on = models.DateField("Datum des Bescheids")
    reference = models.CharField("Aktenzeichen", max_length=80, blank=True)
    note = models.CharField("Was er ändert", max_length=300, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Bescheid als Datei"
    )

    objects = OfGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "Bescheid"
        verbose_name_plural = "Bescheide"
        ordering = ["dated_on", "id"]

    def __str__(self) -> str:
        return f"Bescheid vom {self.dated_on:%d.%m.%Y}"


class OfNoticeQuerySet(OfGrantQuerySet):
    grant_path = "notice__grant"


class NoticeYear(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    notice = models.ForeignKey(GrantNotice, models.CASCADE, related_name="years", verbose_name="Bescheid")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    amount = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)

    objects = OfNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "bewilligtes Jahr"
        verbose_name_plural = "bewilligte Jahre"
        ordering = ["funding_year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "funding_year"],
                name="notice_year_once",
                violation_error_message="Dieses Förderjahr steht schon in diesem Bescheid.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="notice_year_amount_not_negative",
                violation_error_message="Ein bewilligter Betrag ist nicht negativ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funding_year}"
