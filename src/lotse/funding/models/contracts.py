"""The contract on which a grant is passed on to a carrier (model.md §9.1, 6): one for each carrier and grant."""

from datetime import date

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.models.scope import OfCarrierQuerySet
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


class ForwardingContract(BaseModel):
    """In force from the later of the two signatures on; a year's amount is the most that may be forwarded for it.

    `organisation` is the carrier, as in everything that belongs to one.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="contracts", verbose_name="Zuwendung")
    carrier_signed_on = models.DateField("vom Träger unterschrieben am", null=True, blank=True)
    district_signed_on = models.DateField("vom Zuwendungsempfänger unterschrieben am", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Vertrag als Datei"
    )

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Weiterleitungsvertrag"
        verbose_name_plural = "Weiterleitungsverträge"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "organisation"],
                name="forwarding_contract_once",
                violation_error_message="Mit diesem Träger gibt es zu dieser Zuwendung schon einen Weiterleitungsvertrag.",
            )
        ]

    def __str__(self) -> str:
        return f"Weiterleitungsvertrag {self.organisation}"

    @property
    def in_force_from(self) -> date | None:
        """None while a signature is missing (FU-02)."""
        days = (self.carrier_signed_on, self.district_signed_on)
        return None if None in days else max(day for day in days if day)


class OfContractQuerySet(OfCarrierQuerySet):
    grant_path = "contract__grant"


class ContractYear(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    contract = models.ForeignKey(ForwardingContract, models.CASCADE, related_name="years", verbose_name="Vertrag")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    amount = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "Vertragsjahr"
        verbose_name_plural = "Vertragsjahre"
        ordering = ["funding_year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "funding_year"],
                name="contract_year_once",
                violation_error_message="Für dieses Förderjahr steht schon ein Betrag im Vertrag.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="contract_year_amount_positive",
                violation_error_message="Bitte einen Betrag über 0 Euro angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funding_year}"
