"""Programmes: what is offered where, under which name at which time (model.md §2.4)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, PostShare, Site
from lotse.organisations.models.periods import Dated, DatedQuerySet, ends_after_it_begins
from lotse.organisations.models.scope import DatedStaffQuerySet


class Programme(BaseModel):
    """`max_years`: longest duration of the counselling; empty where the programme knows none."""

    code = models.CharField("Kürzel", max_length=20, unique=True)
    name = models.CharField("Name", max_length=160)
    level = models.CharField("Ebene", max_length=60, blank=True)
    is_counselling = models.BooleanField("berät Personen", default=True)
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Zuwendungsgeber"
    )
    client_label = models.CharField("Bezeichnung der Klient*innen", max_length=40, default="Klient*in")
    max_years = models.PositiveSmallIntegerField("längste Dauer in Jahren", null=True, blank=True)

    class Meta:
        verbose_name = "Programm"
        verbose_name_plural = "Programme"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        past = next((n for n in self.names.all() if n.is_valid_on(day)), None)
        return past.name if past else self.name


class ProgrammeName(Dated):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="names", verbose_name="Programm")
    name = models.CharField("Name", max_length=160)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "Name des Programms"
        verbose_name_plural = "Namen des Programms"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ends_after_it_begins("programme_name_end_after_begin"),
            models.UniqueConstraint(
                fields=["programme", "valid_from"],
                name="programme_name_one_a_day",
                violation_error_message="An diesem Tag beginnt schon ein anderer Name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FundingYear(BaseModel):
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="funding_years", verbose_name="Programm")
    year = models.PositiveSmallIntegerField("Förderjahr")
    starts_on = models.DateField("Beginn")
    ends_on = models.DateField("Ende")

    class Meta:
        verbose_name = "Förderjahr"
        verbose_name_plural = "Förderjahre"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="funding_year_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="funding_year_end_after_begin",
                violation_error_message="Das Förderjahr endet vor seinem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"


class SiteOfferQuerySet(DatedStaffQuerySet):
    organisation_path = "site__organisation"


class PostFundingQuerySet(DatedStaffQuerySet):
    organisation_path = "share__post__organisation"


class SiteOffer(BaseModel, Dated):
    """Which site offers which programme, from when to when."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="offers", verbose_name="Programm")
    site = models.ForeignKey(Site, models.PROTECT, related_name="offers", verbose_name="Beratungsstelle")

    objects = SiteOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        ordering = ["-valid_from", "-id"]
        constraints = [ends_after_it_begins("site_offer_end_after_begin")]

    def __str__(self) -> str:
        return f"{self.programme} in {self.site}"


class PostFunding(BaseModel, Dated):
    """Which part of a person's post share the programme pays, and from which of its grants, where that is known."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="post_fundings", verbose_name="Programm")
    share = models.ForeignKey(PostShare, models.PROTECT, related_name="fundings", verbose_name="Stellenanteil")
    grant = models.ForeignKey(
        "programmes.Grant",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="post_fundings",
        verbose_name="Zuwendung",
    )
    fte = models.DecimalField("Anteil (VZÄ)", max_digits=5, decimal_places=2)

    objects = PostFundingQuerySet.as_manager()

    class Meta:
        verbose_name = "Stellenfinanzierung"
        verbose_name_plural = "Stellenfinanzierungen"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ends_after_it_begins("post_funding_end_after_begin"),
            models.CheckConstraint(
                condition=Q(fte__gt=0, fte__lte=1),
                name="post_funding_fte_between_0_and_1",
                violation_error_message="Ein Anteil liegt zwischen 0,01 und 1,00.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.fte}"
