"""Proofs of use: of each carrier for a year, and of the receiver for the grant; what was released stays (model.md §9.1, 8)."""

from django.db import models
from django.db.models import F, Q

from lotse.core.models import AddedOnlyQuerySet, BaseModel
from lotse.documents.models import ReleasedContent, Remark, StoredFile
from lotse.funding.enums import NoteSubject, ProofKind, ProofState, ProofWay
from lotse.funding.models.scope import OfCarrierQuerySet
from lotse.organisations.models import Organisation
from lotse.programmes.models import BudgetLine, Grant

TONES = {
    ProofState.DRAFT: "none",
    ProofState.HANDED_IN: "warn",
    ProofState.RETURNED: "bad",
}
WRITABLE = (ProofState.DRAFT, ProofState.RETURNED)
# From here on its numbers are those of its released version.
FROZEN = (ProofState.CHECKED, ProofState.RELEASED, ProofState.TRANSMITTED, ProofState.ACCEPTED)
SENT = (ProofState.TRANSMITTED, ProofState.ACCEPTED)


class UseProof(BaseModel):
    """`organisation` is who proves: the carrier, or for the whole the receiver of the grant.

    It covers `first_year` to `funding_year`. `content`: what it said when it was handed in, as canonical JSON; empty while it is
    written. A correction is the next `version`; the one before stays as it was.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="wer nachweist")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="use_proofs", verbose_name="Zuwendung")
    kind = models.CharField("Art", max_length=10, choices=ProofKind)
    first_year = models.PositiveSmallIntegerField("ab Förderjahr")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    why_again = models.CharField("Grund der neuen Fassung", max_length=300, blank=True)
    state = models.CharField("Stand", max_length=12, choices=ProofState, default=ProofState.DRAFT)
    handed_in_on = models.DateField("eingereicht am", null=True, blank=True)
    content = models.TextField("eingereichter Inhalt", blank=True)
    transmitted_on = models.DateField("übermittelt am", null=True, blank=True)
    channel = models.CharField("Weg", max_length=10, choices=ProofWay, blank=True)
    accepted_on = models.DateField("angenommen am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Verwendungsnachweis"
        verbose_name_plural = "Verwendungsnachweise"
        ordering = ["-funding_year", "kind", "-version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "organisation", "kind", "funding_year", "version"],
                name="use_proof_once",
                violation_error_message="Diesen Verwendungsnachweis gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(funding_year__gte=F("first_year")),
                name="use_proof_years_in_order",
                violation_error_message="Das letzte Förderjahr liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProofState.HANDED_IN) | (Q(handed_in_on__isnull=False) & ~Q(content="")),
                name="use_proof_handed_in_as_it_stood",
                violation_error_message="Was eingereicht ist, hat einen Tag und einen Inhalt.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT) | (Q(transmitted_on__isnull=False) & ~Q(channel="")),
                name="use_proof_transmitted_by_a_way",
                violation_error_message="Bitte angeben, wann und auf welchem Weg übermittelt wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.phase}"

    @property
    def years(self) -> range:
        return range(self.first_year, self.funding_year + 1)

    @property
    def phase(self) -> str:
        return (
            f"{self.first_year}–{self.funding_year}" if self.first_year < self.funding_year else f"{self.funding_year}"
        )

    @property
    def is_partial(self) -> bool:
        return self.kind == ProofKind.PARTIAL

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN

    @property
    def tone(self) -> str:
        return TONES.get(ProofState(self.state), "good")

    @property
    def document(self) -> str:
        """Under which key it is owed."""
        return "final_proof" if self.funding_year == self.grant.last_year else "interim_proof"


class OfProofQuerySet(OfCarrierQuerySet):
    grant_path = "proof__grant"
    carrier_path = "proof__organisation"


class DifferenceNote(BaseModel):
    """Why it came differently: for a line of the plan, for the own share of the years, or for what is left over."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="wer nachweist")
    proof = models.ForeignKey(UseProof, models.CASCADE, related_name="notes", verbose_name="Verwendungsnachweis")
    subject = models.CharField("wozu", max_length=10, choices=NoteSubject, default=NoteSubject.BALANCE)
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ausgabenart"
    )
    text = models.TextField("Erläuterung", max_length=2000)

    objects = OfProofQuerySet.as_manager()

    class Meta:
        verbose_name = "Erläuterung"
        verbose_name_plural = "Erläuterungen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proof", "line"], condition=Q(line__isnull=False), name="line_note_once"),
            models.CheckConstraint(
                condition=Q(subject=NoteSubject.LINE, line__isnull=False)
                | (~Q(subject=NoteSubject.LINE) & Q(line=None)),
                name="difference_note_names_its_line",
                violation_error_message="Bitte sagen, zu welcher Ausgabenart die Erläuterung gehört.",
            ),
        ]

    def __str__(self) -> str:
        return f"Erläuterung: {self.line or self.get_subject_display()}"


class ProofRemark(Remark):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    proof = models.ForeignKey(UseProof, models.CASCADE, related_name="remarks", verbose_name="Verwendungsnachweis")
    place = models.CharField("Stelle", max_length=20, blank=True)

    objects = OfProofQuerySet.as_manager()

    class Meta(Remark.Meta):
        verbose_name = "Prüfanmerkung"
        verbose_name_plural = "Prüfanmerkungen"

    def __str__(self) -> str:
        return f"Anmerkung vom {self.created_at:%d.%m.%Y}"


class ReleasedProofQuerySet(AddedOnlyQuerySet, OfProofQuerySet):
    """Of proofs one may see."""


class ReleasedProof(ReleasedContent):
    """With the paper that was printed of it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="wer nachweist")
    proof = models.OneToOneField(
        UseProof, models.PROTECT, related_name="as_released", verbose_name="Verwendungsnachweis"
    )
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="Nachweis als Datei")

    objects = ReleasedProofQuerySet.as_manager()

    class Meta(ReleasedContent.Meta):
        verbose_name = "freigegebener Verwendungsnachweis"
        verbose_name_plural = "freigegebene Verwendungsnachweise"

    def __str__(self) -> str:
        return f"{self.proof}, Fassung {self.proof.version}"
