from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.agency.enums import TONES, DocumentKind, DocumentState
from lotse.agency.models.scope import AgencyQuerySet
from lotse.core.models import BaseModel
from lotse.documents.models import FormTemplate
from lotse.facts.models import FIRST_YEAR, LAST_YEAR
from lotse.organisations.models import Organisation, Person

WRITABLE = (DocumentState.DRAFT, DocumentState.RETURNED)
# From the release on it is frozen (IA-11).
FROZEN = (DocumentState.RELEASED, DocumentState.TRANSMITTED, DocumentState.ACCEPTED, DocumentState.CORRECTION)


class DocumentQuerySet(AgencyQuerySet):
    def holding_in(self, year: int) -> Self:
        """In any version, the last one last."""
        return self.filter(funding_year__lte=year, until_year__gte=year).order_by("funding_year", "version")

    def newest(self) -> Any:
        """Of every kind and funding year the last version."""
        later = AgencyDocument.objects.filter(
            agency=models.OuterRef("agency"), kind=models.OuterRef("kind"), funding_year=models.OuterRef("funding_year"),
            version__gt=models.OuterRef("version"),
        )  # fmt: skip
        return self.filter(~models.Exists(later))


class AgencyDocument(BaseModel):
    """One instrument of an agency for a funding year: what it says stands in rows of its own, here stands how far it is.

    `organisation` is the carrier, whose log it stands in. `until_year`: the last year an analysis or a plan is made for;
    else the same as `funding_year`. `missing`: how many things stand in the way of handing it in, counted after every change;
    None where nobody has counted. After a correction the next `version` begins; the one before stays as it was.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    kind = models.CharField("Dokument", max_length=12, choices=DocumentKind)
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    until_year = models.PositiveSmallIntegerField("bis Förderjahr")
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    state = models.CharField("Stand", max_length=20, choices=DocumentState, default=DocumentState.DRAFT)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Zuständig"
    )
    ready_at = models.DateTimeField("eingereicht am", null=True, blank=True)
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True)
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="freigegeben von"
    )
    transmitted_on = models.DateField("übermittelt am", null=True, blank=True)
    accepted_on = models.DateField("angenommen am", null=True, blank=True)
    missing = models.PositiveSmallIntegerField("was noch fehlt", null=True, blank=True)
    template = models.ForeignKey(
        FormTemplate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Vorlage"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Dokument der Agentur"
        verbose_name_plural = "Dokumente der Agentur"
        ordering = ["-funding_year", "kind", "-version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "funding_year", "version"],
                name="agency_document_once",
                violation_error_message="Dieses Dokument gibt es für das Förderjahr schon.",
            ),
            models.CheckConstraint(
                condition=Q(until_year__gte=F("funding_year"), funding_year__gte=FIRST_YEAR, until_year__lte=LAST_YEAR),
                name="agency_document_years_in_order",
                violation_error_message="Das letzte Förderjahr liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN) | Q(released_at__isnull=False, released_by__isnull=False),
                name="agency_document_released_by_somebody",
                violation_error_message="Freigegeben wird von einer Person an einem Tag.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DocumentState.TRANSMITTED, DocumentState.ACCEPTED])
                | Q(transmitted_on__isnull=False),
                name="agency_document_transmitted_on_a_day",
                violation_error_message="Bitte angeben, wann übermittelt wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.years}"

    @property
    def years(self) -> str:
        return (
            f"{self.funding_year}" if self.until_year == self.funding_year else f"{self.funding_year}–{self.until_year}"
        )

    @property
    def tone(self) -> str:
        return TONES[DocumentState(self.state)]

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN


class DismissedHint(BaseModel):
    """A hint that somebody called a false alarm, for these words: `words` is their sha256, so that new words are looked at anew."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.CASCADE, related_name="dismissed", verbose_name="Dokument")
    hint = models.CharField("Hinweis", max_length=40)
    place = models.CharField("Stelle", max_length=60)
    words = models.CharField("Text (Prüfsumme)", max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")

    class Meta:
        verbose_name = "Fehlalarm"
        verbose_name_plural = "Fehlalarme"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "hint", "place", "words"],
                name="dismissed_hint_once",
                violation_error_message="Dieser Hinweis ist schon weggelegt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.hint}: {self.place}"
