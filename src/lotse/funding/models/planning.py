"""What a carrier says about its money beside the entries: its accounts, what it expects, and what it needs more or less."""

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.funding.enums import NeedKind
from lotse.funding.models.scope import OfCarrierQuerySet
from lotse.organisations.models import Organisation, Person
from lotse.programmes.models import BudgetLine, Grant


class AccountMapping(BaseModel):
    """Which kind of expense an account of the carrier's own bookkeeping is in a grant."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+", verbose_name="Zuwendung")
    account = models.CharField("Konto", max_length=30)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name="Ausgabenart")

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Konto der Buchhaltung"
        verbose_name_plural = "Konten der Buchhaltung"
        ordering = ["account", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "grant", "account"],
                name="account_once",
                violation_error_message="Dieses Konto ist schon zugeordnet.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.line}"


class ForecastValue(BaseModel):
    """What a carrier expects to have spent on a kind of expense when the year is over; it goes before what is calculated."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+", verbose_name="Zuwendung")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name="Ausgabenart")
    amount = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)
    note = models.CharField("warum", max_length=200)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "eigene Prognose"
        verbose_name_plural = "eigene Prognosen"
        ordering = ["funding_year", "line__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "line", "funding_year"],
                name="forecast_value_once",
                violation_error_message="Für diese Ausgabenart gibt es schon eine eigene Prognose.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="forecast_value_not_negative",
                violation_error_message="Eine Prognose ist nicht negativ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.funding_year}"


class NeedReport(BaseModel):
    """More or less than was agreed for a year, said by the carrier; the newest counts. `basis`: the figures of that day, frozen."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="need_reports", verbose_name="Zuwendung")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    kind = models.CharField("Was", max_length=4, choices=NeedKind)
    amount = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2, default=0)
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ausgabenart"
    )
    reason = models.CharField("warum", max_length=500, blank=True)
    reported_on = models.DateField("gemeldet am")
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="gemeldet von")
    checked_on = models.DateField("geprüft am", null=True, blank=True)
    remark = models.CharField("Rückfrage", max_length=300, blank=True)
    basis = models.JSONField("Zahlen des Tages", default=dict)

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Bedarfsmeldung"
        verbose_name_plural = "Bedarfsmeldungen"
        ordering = ["reported_on", "id"]
        indexes = [models.Index(fields=["grant", "funding_year", "organisation", "-id"], name="need_report_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=NeedKind.NONE, amount=0) | (~Q(kind=NeedKind.NONE) & Q(amount__gt=0)),
                name="need_report_amount_with_kind",
                violation_error_message="Mehr- und Minderbedarf haben einen Betrag über 0 Euro, sonst keinen.",
            ),
            models.CheckConstraint(
                condition=Q(kind=NeedKind.NONE) | ~Q(reason=""),
                name="need_report_says_why",
                violation_error_message="Bitte sagen, warum mehr oder weniger gebraucht wird.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.funding_year}"

    @property
    def state(self) -> str:
        if self.checked_on:
            return "geprüft"
        return "Rückfrage" if self.remark else "gemeldet"
