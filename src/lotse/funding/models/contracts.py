"""The contract on which a grant is passed on to a carrier (model.md §9.1, 6): one for each carrier and grant, and what amends it."""

from datetime import date

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.models.scope import OfCarrierQuerySet
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


class SignedPaper(BaseModel):
    """In force from the later of the two signatures on."""

    carrier_signed_on = models.DateField("vom Träger unterschrieben am", null=True, blank=True)
    district_signed_on = models.DateField("vom Zuwendungsempfänger unterschrieben am", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unterschrieben als Datei"
    )

    class Meta:
        abstract = True

    @property
    def in_force_from(self) -> date | None:
        """None while a signature is missing (FU-02)."""
        days = (self.carrier_signed_on, self.district_signed_on)
        return None if None in days else max(day for day in days if day)


class ForwardingContract(SignedPaper):
    """A year's amount is the most that may be forwarded for it. `organisation` is the carrier, as in everything that belongs to one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="contracts", verbose_name="Zuwendung")

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


class OfContractQuerySet(OfCarrierQuerySet):
    grant_path = "contract__grant"


class ContractAmendment(SignedPaper):
    """Names the amount of every year anew; what is more than before may be forwarded once both have signed (FU-02)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    contract = models.ForeignKey(ForwardingContract, models.PROTECT, related_name="amendments", verbose_name="Vertrag")
    number = models.PositiveSmallIntegerField("Nummer")
    reason = models.CharField("Grund", max_length=200)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachtrag"
        verbose_name_plural = "Nachträge"
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="contract_amendment_number_once",
                violation_error_message="Diesen Nachtrag gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. Nachtrag"


class ContractYear(BaseModel):
    """As the contract itself says it, or one of its amendments."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    contract = models.ForeignKey(ForwardingContract, models.CASCADE, related_name="years", verbose_name="Vertrag")
    amendment = models.ForeignKey(
        ContractAmendment, models.CASCADE, null=True, blank=True, related_name="years", verbose_name="Nachtrag"
    )
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
                condition=Q(amendment=None),
                name="contract_year_once",
                violation_error_message="Für dieses Förderjahr steht schon ein Betrag im Vertrag.",
            ),
            models.UniqueConstraint(
                fields=["amendment", "funding_year"],
                condition=Q(amendment__isnull=False),
                name="contract_year_once_in_amendment",
                violation_error_message="Für dieses Förderjahr steht schon ein Betrag im Nachtrag.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="contract_year_amount_positive",
                violation_error_message="Bitte einen Betrag über 0 Euro angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funding_year}"
