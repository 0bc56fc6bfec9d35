"""The way of a document: its steps, what was said about passages, and what was released (model.md §12.4)."""

from django.db import models
from django.db.models import Q

from lotse.agency.enums import TONES, Channel, DocumentState
from lotse.agency.models.papers import AgencyDocument
from lotse.agency.models.scope import OfDocumentQuerySet
from lotse.core.models import AddedOnlyQuerySet, BaseModel
from lotse.documents.models import Evidence, ReleasedContent, Remark
from lotse.organisations.models import Organisation, Person


class DocumentStep(BaseModel):
    """One step of a document's way. `content`: what it said when it was handed in, as canonical JSON; else empty."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.PROTECT, related_name="way", verbose_name="Dokument")
    state = models.CharField("Stand", max_length=20, choices=DocumentState)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    on = models.DateField("am")
    channel = models.CharField("Weg", max_length=10, choices=Channel, blank=True)
    note = models.TextField("Bemerkung", blank=True)
    content = models.TextField("Inhalt", blank=True)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Schritt des Dokuments"
        verbose_name_plural = "Schritte des Dokuments"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DocumentState.TRANSMITTED) | ~Q(channel=""),
                name="document_step_transmitted_by_a_way",
                violation_error_message="Bitte angeben, auf welchem Weg übermittelt wurde.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} am {self.on:%d.%m.%Y}"

    @property
    def tone(self) -> str:
        return TONES[DocumentState(self.state)]


class DocumentComment(Remark):
    """What the coordination says about a passage of a document. `passage`: the words by which it was known then."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.PROTECT, related_name="comments", verbose_name="Dokument")
    place = models.CharField("Stelle", max_length=60, blank=True)
    passage = models.CharField("Abschnitt", max_length=160, blank=True)

    objects = OfDocumentQuerySet.as_manager()

    class Meta(Remark.Meta):
        verbose_name = "Anmerkung"
        verbose_name_plural = "Anmerkungen"

    def __str__(self) -> str:
        return f"Anmerkung zu {self.passage or 'dem Dokument'}"


class ReleasedQuerySet(AddedOnlyQuerySet, OfDocumentQuerySet):
    """Of documents one may see (IA-11)."""


class ReleasedDocument(ReleasedContent):
    """With the paper of it as evidence of the year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.OneToOneField(AgencyDocument, models.PROTECT, related_name="as_released", verbose_name="Dokument")
    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="+", verbose_name="Nachweis")

    objects = ReleasedQuerySet.as_manager()

    class Meta(ReleasedContent.Meta):
        verbose_name = "freigegebene Fassung"
        verbose_name_plural = "freigegebene Fassungen"

    def __str__(self) -> str:
        return f"{self.document}, Fassung {self.document.version}"
