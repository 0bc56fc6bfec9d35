from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import AgreementEnd, AgreementKind
from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation
from lotse.partners.models import Partner


class Agreement(BaseModel):
    """What both sides promise each other, in writing: the integration agreement, or a working agreement with other actors.

    The parts hold one promise per line. A draft has no `agreed_on`; ending is possible at any time.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="agreements", verbose_name="Klient*in")
    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="agreements", verbose_name="Fall")
    kind = models.CharField("Art", max_length=12, choices=AgreementKind)
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersetzt"
    )
    partners = models.ManyToManyField(Partner, related_name="+", blank=True, verbose_name="mit")
    goal = SealedTextField("Worum geht es?")
    house_part = SealedTextField("Das macht die Beratungsstelle")
    client_part = SealedTextField("Das macht die Person")
    others_part = SealedTextField("Das machen die anderen")
    rights = SealedTextField("Rechte beider Seiten")
    appointments = SealedTextField("Termine")
    language = models.CharField("ausgehändigt auf", max_length=20, blank=True)
    agreed_on = models.DateField("vereinbart am", null=True, blank=True)
    review_on = models.DateField("wieder besprechen am", null=True, blank=True)
    ended_on = models.DateField("beendet am", null=True, blank=True)
    end_reason = models.CharField("Grund des Endes", max_length=12, choices=AgreementEnd, blank=True)
    end_note = SealedTextField("Anmerkung zum Ende")
    scan = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unterschriebenes Blatt"
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Vereinbarung"
        verbose_name_plural = "Vereinbarungen"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["review_on"], name="agreement_to_review", condition=Q(ended_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind=AgreementKind.INTEGRATION, ended_on=None, agreed_on__isnull=False),
                name="agreement_one_integration",
                violation_error_message="Es gilt schon eine Integrationsvereinbarung.",
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gt=F("agreed_on")),
                name="agreement_review_after_agreed",
                violation_error_message="Besprochen wird nach der Vereinbarung.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("agreed_on")),
                name="agreement_end_after_agreed",
                violation_error_message="Das Ende liegt vor der Vereinbarung.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="agreement_end_has_reason",
                violation_error_message="Zum Ende einer Vereinbarung gehört der Grund.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None) | ~Q(language=""),
                name="agreement_in_a_language",
                violation_error_message="Bitte die Sprache angeben, in der das Blatt vorlag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, Fassung {self.version}"

    @property
    def is_in_force(self) -> bool:
        return self.agreed_on is not None and self.ended_on is None


class AgreementReview(BaseModel):
    """Both have looked at it again."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name="Klient*in")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="reviews", verbose_name="Vereinbarung")
    on = models.DateField("besprochen am")
    note = SealedTextField("Ergebnis")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Besprechung einer Vereinbarung"
        verbose_name_plural = "Besprechungen einer Vereinbarung"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"Besprechung am {self.on:%d.%m.%Y}"
