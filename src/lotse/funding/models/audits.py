"""For an audit: a sample of receipts that can be drawn again, and packages of papers that open without Lotse."""

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.enums import PackageState
from lotse.funding.models.ledger import LedgerEntry
from lotse.funding.models.scope import OfCarrierQuerySet, OfGrantQuerySet
from lotse.organisations.models import Organisation, Person
from lotse.programmes.models import Grant


class Sample(BaseModel):
    """Receipts picked by their numbers, or drawn with `seed`: the `wanted` first ones in the order that it gives them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="samples", verbose_name="Zuwendung")
    carrier = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Träger"
    )
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    seed = models.CharField("Startwert", max_length=40, blank=True)
    wanted = models.PositiveSmallIntegerField("Zahl der Belege", default=10)
    drawn_from = models.PositiveIntegerField("gezogen aus", default=0)
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="gezogen von")
    entries = models.ManyToManyField(LedgerEntry, related_name="+", verbose_name="Buchungen")

    objects = OfGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "Stichprobe"
        verbose_name_plural = "Stichproben"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Stichprobe {self.funding_year}"


class EvidencePackage(BaseModel):
    """Everything that proves a grant, or a carrier's share of it, for a year or for all of it: one ZIP, packed by the worker.

    `organisation`: whose papers, a carrier's or all of the receiver's. `done` of `total` files tell how far the worker is.
    `lists_reason`: why lists of names lie in it; empty where they do not.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="wessen Unterlagen")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="packages", verbose_name="Zuwendung")
    carrier = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nur dieser Träger"
    )
    funding_year = models.PositiveSmallIntegerField("Förderjahr", null=True, blank=True)
    sample = models.ForeignKey(
        Sample, models.PROTECT, null=True, blank=True, related_name="packages", verbose_name="Stichprobe"
    )
    lists_reason = models.CharField("Grund für Teilnehmerlisten", max_length=200, blank=True)
    state = models.CharField("Stand", max_length=10, choices=PackageState, default=PackageState.WAITING)
    done = models.PositiveIntegerField("gepackte Dateien", default=0)
    total = models.PositiveIntegerField("Dateien", default=0)
    size = models.PositiveBigIntegerField("Größe in Byte", default=0)
    sha256 = models.CharField("Prüfsumme", max_length=64, blank=True)
    failure = models.CharField("warum nicht", max_length=300, blank=True)
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="angefordert von")
    finished_at = models.DateTimeField("fertig am", null=True, blank=True)

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Prüfpaket"
        verbose_name_plural = "Prüfpakete"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")),
                name="package_done_within_total",
                violation_error_message="Mehr Dateien gepackt, als es gibt.",
            ),
            models.CheckConstraint(
                condition=~Q(state=PackageState.FAILED) | ~Q(failure=""),
                name="package_failed_says_why",
                violation_error_message="Ein gescheitertes Prüfpaket sagt, warum.",
            ),
            models.CheckConstraint(
                condition=~Q(state=PackageState.DONE) | ~Q(sha256=""),
                name="package_done_has_checksum",
                violation_error_message="Ein fertiges Prüfpaket hat eine Prüfsumme.",
            ),
        ]

    def __str__(self) -> str:
        return f"Prüfpaket {self.created_at:%d.%m.%Y}"

    @property
    def is_working(self) -> bool:
        return self.state in (PackageState.WAITING, PackageState.WORKING)


class OfPackageQuerySet(OfCarrierQuerySet):
    grant_path = "package__grant"


class PackagePart(BaseModel):
    """A piece of the ZIP, so that nobody ever holds all of it; the pieces one after the other are the file."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="wessen Unterlagen")
    package = models.ForeignKey(EvidencePackage, models.CASCADE, related_name="parts", verbose_name="Prüfpaket")
    position = models.PositiveIntegerField("Reihenfolge")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Stück")

    objects = OfPackageQuerySet.as_manager()

    class Meta:
        verbose_name = "Stück eines Prüfpakets"
        verbose_name_plural = "Stücke eines Prüfpakets"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["package", "position"], name="package_part_once")]

    def __str__(self) -> str:
        return f"Stück {self.position}"
