"""Who pays for what from when to when, and the vouchers of what it was spent on (model.md §9.1)."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches
from lotse.programmes.enums import Financing, VoucherKind
from lotse.programmes.models.programmes import Programme


class GrantQuerySet(models.QuerySet["Grant"]):
    def visible_to(self, actor: Any) -> Self:
        """For who oversees agencies in the branch that receives it, and for who works in an agency of it."""
        mine = in_branches(actor.agency_paths | actor.overseen_paths, "agencies__agency")
        received = in_branches(actor.overseen_paths, "organisation")
        return self.filter(pk__in=Grant.objects.filter(mine | received).values("pk"))


class Grant(BaseModel):
    """A grant for a funding phase of whole calendar years. `organisation` receives it and passes it on to the carriers.

    `profile`: which packaged conditions it began with (programmes/profiles.py); the numbers below are its own since.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="grants", verbose_name="Programm")
    name = models.CharField("Name", max_length=160)
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Zuwendungsgeber"
    )
    authority = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Bewilligungsbehörde"
    )
    reference = models.CharField("Aktenzeichen", max_length=80, blank=True)
    financing = models.CharField("Finanzierungsart", max_length=8, choices=Financing, default=Financing.SHARE)
    first_year = models.PositiveSmallIntegerField("erstes Förderjahr")
    last_year = models.PositiveSmallIntegerField("letztes Förderjahr")
    profile = models.CharField("Vorlage", max_length=20, blank=True)
    own_share_percent = models.DecimalField("Eigenanteil mindestens (%)", max_digits=5, decimal_places=2, default=10)
    overrun_percent = models.DecimalField(
        "Überschreitung einer Ausgabenart bis (%)", max_digits=5, decimal_places=2, default=20
    )
    spend_within_days = models.PositiveSmallIntegerField("abgerufene Mittel verwenden binnen (Tage)", default=60)
    retention_years = models.PositiveSmallIntegerField("Belege aufbewahren (Jahre nach dem Förderjahr)", default=10)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "Zuwendung"
        verbose_name_plural = "Zuwendungen"
        ordering = ["-first_year", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="grant_last_year_not_before_first",
                violation_error_message="Das letzte Förderjahr liegt vor dem ersten.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def phase(self) -> str:
        return f"{self.first_year}" if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"


class GrantAgency(BaseModel):
    """An agency that a grant pays for."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="agencies", verbose_name="Zuwendung")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")

    class Meta:
        verbose_name = "geförderte Integrationsagentur"
        verbose_name_plural = "geförderte Integrationsagenturen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "agency"],
                name="grant_agency_once",
                violation_error_message="Diese Integrationsagentur gehört schon dazu.",
            )
        ]

    def __str__(self) -> str:
        return str(self.agency)


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def visible_to(self, actor: Any) -> Self:
        return self.filter(grant__in=Grant.objects.visible_to(actor))


class BudgetLine(BaseModel):
    """A kind of expense in the order of a grant's financing plan. `key`: the one of the profile it was copied from, else empty.

    `is_staff`: what stands here is paid for somebody on a post.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="lines", verbose_name="Zuwendung")
    key = models.CharField("Schlüssel", max_length=40, blank=True)
    number = models.CharField("Nummer", max_length=10, blank=True)
    name = models.CharField("Ausgabenart", max_length=120)
    is_staff = models.BooleanField("Personal", default=False)
    position = models.PositiveSmallIntegerField("Reihenfolge")

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = "Ausgabenart"
        verbose_name_plural = "Ausgabenarten"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "name"],
                name="budget_line_once",
                violation_error_message="Diese Ausgabenart gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class VoucherQuerySet(models.QuerySet["Voucher"]):
    def visible_to(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.agency_paths | actor.overseen_paths, "unit"))

    def in_force(self) -> Self:
        """What counts: not corrected since, and not taken back."""
        return self.filter(corrected_by=None, amount__gt=0)


class Voucher(BaseModel):
    """One amount with its day, payee and reason: entered once where it arises, booked later.

    `corrects`: the entry it stands in the place of, which stays as it was; with an amount of 0 that one is taken back.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Stelle oder Agentur")
    kind = models.CharField("Art", max_length=10, choices=VoucherKind, default=VoucherKind.EXPENSE)
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    on = models.DateField("Datum")
    amount = models.DecimalField("Betrag in Euro", max_digits=10, decimal_places=2)
    payee = models.CharField("an oder von wem", max_length=160)
    reason = models.CharField("wofür", max_length=200)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Beleg als Datei"
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="berichtigt"
    )
    correction_reason = models.CharField("berichtigt, weil", max_length=200, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = "Beleg"
        verbose_name_plural = "Belege"
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["unit", "funding_year", "on", "id"], name="voucher_of_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(amount=0, corrects__isnull=False),
                name="voucher_amount_positive",
                violation_error_message="Bitte einen Betrag über 0 Euro angeben.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y} {self.payee}"

    @property
    def correction(self) -> "Voucher | None":
        return getattr(self, "corrected_by", None)

    @property
    def is_taking_back(self) -> bool:
        return self.amount == 0
