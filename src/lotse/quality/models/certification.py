"""A procedure of certification: its state and how it came there, contract and schedule (model.md §4.2, §12.6)."""

from typing import Self

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation
from lotse.quality.enums import CertificationState, Side, Station
from lotse.quality.models.frameworks import Framework
from lotse.quality.models.participants import NOTHING, OfProcedureQuerySet

FAILED = (CertificationState.REFUSED, CertificationState.WITHDRAWN)
OVER = (CertificationState.GRANTED, *FAILED)


class CertificationQuerySet(OfProcedureQuerySet):
    way = "pk"

    def renewing(self) -> Self:
        """Under way to the next certificate, or there; who was refused or gave up has to begin anew."""
        return self.exclude(recertifies=None).exclude(state__in=FAILED)


class Certification(BaseModel):
    """`round`: 1 at first, one more with each rework. `quorum_percent`: of the board, who must have voted."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="certifications", verbose_name="Katalog")
    number = models.CharField("Verfahrensnummer", max_length=20)
    body = models.CharField("Zertifizierungsstelle", max_length=160)
    state = models.CharField("Stand", max_length=24, choices=CertificationState, default=CertificationState.REGISTERED)
    round = models.PositiveSmallIntegerField("Runde", default=1)
    quorum_percent = models.PositiveSmallIntegerField("beschlussfähig ab Prozent des Beirats", default=50)
    recertifies = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="Rezertifizierung von"
    )
    registered_on = models.DateField("angemeldet am")

    objects = CertificationQuerySet.as_manager()

    class Meta:
        verbose_name = "Zertifizierungsverfahren"
        verbose_name_plural = "Zertifizierungsverfahren"
        ordering = ["-registered_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                name="certification_number_once",
                violation_error_message="Diese Verfahrensnummer gibt es schon.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "framework"],
                condition=~Q(state__in=OVER),
                name="certification_one_open",
                violation_error_message="Zu diesem Katalog läuft schon ein Verfahren.",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100),
                name="certification_quorum_is_share",
                violation_error_message="Bitte 1 bis 100 Prozent angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"Zertifizierung {self.number}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class CertificationEvent(BaseModel):
    """A step from one state to the next; only ever added."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.CASCADE, related_name="events", verbose_name="Verfahren")
    from_state = models.CharField("vorher", max_length=24, choices=CertificationState, blank=True)
    to_state = models.CharField("nachher", max_length=24, choices=CertificationState)
    side = models.CharField("Seite", max_length=12, choices=Side)
    by_ref = models.CharField("von (Kennung)", max_length=16)
    by_label = models.CharField("von", max_length=160)

    objects = OfProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "Schritt eines Verfahrens"
        verbose_name_plural = "Schritte eines Verfahrens"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_to_state_display()} am {self.created_at:%d.%m.%Y}"


class ContractQuerySet(OfProcedureQuerySet):
    to_assessors = NOTHING
    to_board = NOTHING


class CertificationContract(BaseModel):
    """Signed once both days are there."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.CASCADE, related_name="contracts", verbose_name="Verfahren")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Vertrag"
    )
    signed_by_house_on = models.DateField("vom Träger unterschrieben am", null=True, blank=True)
    signed_by_body_on = models.DateField("von der Zertifizierungsstelle unterschrieben am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "Vertrag über eine Zertifizierung"
        verbose_name_plural = "Verträge über eine Zertifizierung"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification"],
                name="certification_contract_one",
                violation_error_message="Zu diesem Verfahren gibt es schon einen Vertrag.",
            ),
            models.CheckConstraint(
                condition=Q(signed_by_house_on=None) | Q(signed_by_body_on=None) | Q(file__isnull=False),
                name="certification_contract_signed_is_there",
                violation_error_message="Zum unterschriebenen Vertrag gehört die Datei.",
            ),
        ]

    def __str__(self) -> str:
        return f"Vertrag zu {self.certification.number}"

    @property
    def is_signed(self) -> bool:
        return bool(self.signed_by_house_on and self.signed_by_body_on)


class ScheduleItem(BaseModel):
    """When a station is due, as both sides agree."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    certification = models.ForeignKey(Certification, models.CASCADE, related_name="schedule", verbose_name="Verfahren")
    station = models.CharField("Station", max_length=1, choices=Station)
    on = models.DateField("am")
    house_agreed_on = models.DateField("Träger einverstanden am", null=True, blank=True)
    body_agreed_on = models.DateField("Begutachtung einverstanden am", null=True, blank=True)

    objects = OfProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin im Zeitplan"
        verbose_name_plural = "Termine im Zeitplan"
        ordering = ["station", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "station"],
                name="schedule_item_station_once",
                violation_error_message="Diese Station steht schon im Zeitplan.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_station_display()} am {self.on:%d.%m.%Y}"

    @property
    def is_agreed(self) -> bool:
        return bool(self.house_agreed_on and self.body_agreed_on)
