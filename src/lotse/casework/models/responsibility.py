"""Who is responsible for whom, by where and how somebody lives: laid down by the organisation (model.md §5.10)."""

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Site
from lotse.organisations.models.periods import Dated, ends_after_it_begins
from lotse.organisations.models.scope import DatedStaffQuerySet
from lotse.programmes.models import Programme


class ResponsibilityRule(BaseModel, Dated):
    """This kind of accommodation in this municipality → a site of the house, or a service elsewhere; perhaps in one programme."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    municipality_code = models.CharField("Gemeinde", max_length=8)
    accommodation = models.CharField("Unterbringung", max_length=24)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="eigene Beratungsstelle"
    )
    elsewhere = models.CharField("andere Stelle", max_length=120, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Programm"
    )

    objects = DatedStaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Regel der Zuständigkeit"
        verbose_name_plural = "Regeln der Zuständigkeit"
        ordering = ["municipality_code", "accommodation", "-valid_from", "-id"]
        constraints = [
            ends_after_it_begins("responsibility_rule_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["organisation", "municipality_code", "accommodation", "valid_from"],
                name="responsibility_rule_one_a_day",
                violation_error_message="Ab diesem Tag gibt es für diese Gemeinde und Unterbringung schon eine Regel.",
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=False, elsewhere="") | (Q(site=None) & ~Q(elsewhere="")),
                name="responsibility_rule_names_one",
                violation_error_message="Bitte entweder eine eigene Beratungsstelle oder eine andere Stelle angeben.",
            ),
        ]

    def __str__(self) -> str:
        where = self.site.name if self.site else self.elsewhere
        return f"{where} ({self.programme})" if self.programme else where
