"""Money that a carrier asks for beside the grant: of its town, a foundation, somebody else (model.md §9.2)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.enums import SubsidyKind, SubsidyState
from lotse.funding.models.applications import EURO
from lotse.funding.models.ledger import LedgerEntry
from lotse.funding.models.scope import OwnQuerySet
from lotse.organisations.models import Organisation, PostShare

State = SubsidyState
AWARDED = (State.GRANTED, State.PARTLY)


class Subsidy(BaseModel):
    """A request and what became of it. All amounts are euro per year, the same in each year from the first to the last."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    kind = models.CharField("Bei wem", max_length=12, choices=SubsidyKind, default=SubsidyKind.MUNICIPALITY)
    addressee = models.CharField("Empfänger*in des Schreibens", max_length=200)
    address = models.TextField("Anschrift", max_length=300, blank=True)
    subject = models.CharField("Wofür", max_length=200)
    own_reference = models.CharField("Unser Zeichen", max_length=80, blank=True)
    their_reference = models.CharField("Ihr Zeichen", max_length=80, blank=True)
    dated_on = models.DateField("Datum des Schreibens")
    funder = models.CharField("Wer fördert die Arbeit sonst", max_length=200, blank=True)
    funded_until = models.DateField("Förderung voraussichtlich bis", null=True, blank=True)
    eligible_costs = models.DecimalField("Zuwendungsfähige Kosten im Jahr", **EURO)
    uncovered = models.DecimalField("Davon nicht gedeckt", **EURO)
    requested = models.DecimalField("Beantragt im Jahr", **EURO)
    first_year = models.PositiveSmallIntegerField("erstes Jahr")
    last_year = models.PositiveSmallIntegerField("letztes Jahr")
    text = models.TextField("Begründung", blank=True, max_length=6000)
    copies_to = models.TextField("Durchschrift an", blank=True, max_length=1000)
    state = models.CharField("Stand", max_length=10, choices=SubsidyState, default=SubsidyState.DRAFT)
    sent_on = models.DateField("gestellt am", null=True, blank=True)
    decided_on = models.DateField("entschieden am", null=True, blank=True)
    awarded = models.DecimalField("Bewilligt im Jahr", **EURO, null=True, blank=True)
    notice = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Bescheid als Datei"
    )
    proof_due_on = models.DateField("Verwendungsnachweis bis", null=True, blank=True)
    proof_sent_on = models.DateField("Verwendungsnachweis abgegeben am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "Zuschuss"
        verbose_name_plural = "Zuschüsse"
        ordering = ["-dated_on", "-id"]
        indexes = [models.Index(fields=["organisation", "dated_on", "id"], name="subsidy_of_carrier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(requested__gt=0),
                name="subsidy_requested_positive",
                violation_error_message="Bitte einen Betrag über 0 Euro angeben.",
            ),
            models.CheckConstraint(
                condition=Q(uncovered__gte=F("requested")),
                name="subsidy_not_above_uncovered",
                violation_error_message="Beantragt wird höchstens, was nicht gedeckt ist.",
            ),
            models.CheckConstraint(
                condition=Q(eligible_costs__gte=F("uncovered")),
                name="subsidy_uncovered_not_above_costs",
                violation_error_message="Nicht gedeckt sein kann höchstens, was es kostet.",
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="subsidy_years_in_order",
                violation_error_message="Das letzte Jahr liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | Q(sent_on__isnull=False),
                name="subsidy_sent_on_a_day",
                violation_error_message="Bitte sagen, wann der Antrag gestellt wurde.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AWARDED) | Q(awarded__isnull=False, awarded__gt=0, decided_on__isnull=False),
                name="subsidy_awarded_with_amount",
                violation_error_message="Bitte sagen, wann wie viel bewilligt wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.subject}"

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def time(self) -> str:
        return f"{self.first_year}" if self.first_year == self.last_year else f"{self.first_year} bis {self.last_year}"

    @property
    def requested_in_all(self) -> Decimal:
        return self.requested * len(self.years)

    @property
    def awarded_in_all(self) -> Decimal:
        return (self.awarded or Decimal(0)) * len(self.years)

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_awarded(self) -> bool:
        return self.state in AWARDED

    @property
    def copies(self) -> list[str]:
        return [line.strip() for line in self.copies_to.splitlines() if line.strip()]


class OfSubsidyQuerySet(OwnQuerySet):
    carrier_path = "subsidy__organisation"


class SubsidyPost(BaseModel):
    """Whose work it pays for. While it is a draft, what stands with `share` is read from there; sending writes it down."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    subsidy = models.ForeignKey(Subsidy, models.CASCADE, related_name="posts", verbose_name="Zuschuss")
    share = models.ForeignKey(
        PostShare, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="aus dem Stellenplan"
    )
    name = models.CharField("Person oder Stelle", max_length=170)
    qualification = models.CharField("Qualifikation", max_length=160, blank=True)
    languages = models.CharField("Sprachen", max_length=200, blank=True)
    fte = models.DecimalField("Stellenumfang (VZÄ)", max_digits=5, decimal_places=2)
    since = models.DateField("seit", null=True, blank=True)

    objects = OfSubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = "Stelle des Zuschusses"
        verbose_name_plural = "Stellen des Zuschusses"
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fte__gt=0),
                name="subsidy_post_fte_positive",
                violation_error_message="Der Stellenumfang muss größer als 0 sein.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SubsidyAttachment(BaseModel):
    """What goes along with the letter: the concept, a flyer."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    subsidy = models.ForeignKey(Subsidy, models.CASCADE, related_name="attachments", verbose_name="Zuschuss")
    title = models.CharField("Titel", max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="Datei")

    objects = OfSubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = "Anlage"
        verbose_name_plural = "Anlagen"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class SubsidyUse(BaseModel):
    """An entry of the ledger that came from this money, or was paid with it; the ledger itself stays as it is."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    subsidy = models.ForeignKey(Subsidy, models.CASCADE, related_name="uses", verbose_name="Zuschuss")
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="subsidy_uses", verbose_name="Buchung")

    objects = OfSubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = "Verwendung des Zuschusses"
        verbose_name_plural = "Verwendung des Zuschusses"
        ordering = ["entry__on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                name="subsidy_use_entry_once",
                violation_error_message="Diese Buchung gehört schon zu einem Zuschuss.",
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)
