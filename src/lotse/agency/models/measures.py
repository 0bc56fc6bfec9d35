"""What an agency has done: the everyday entry (model.md §8.4). Persons stand here as numbers only (D-27)."""

from django.db import models
from django.db.models import Q

from lotse.agency.enums import MeasureState
from lotse.agency.models.analysis import SocialSpace
from lotse.agency.models.plan import Task
from lotse.agency.models.scope import AgencyQuerySet
from lotse.core.models import BaseModel
from lotse.documents.models import Evidence
from lotse.facts.models import FIRST_YEAR, LAST_YEAR
from lotse.organisations.enums import ActionField
from lotse.organisations.models import Organisation, Person
from lotse.partners.models import Partner
from lotse.programmes.models import Voucher


class Measure(BaseModel):
    """`kind` and `activity` are keys of the catalogues `measure_kind` and `agency_activity`.

    `participants` is the number of all, None where nobody has counted; by group it stands in `ParticipantCount`.
    Without a `task` it is marked on the page of the chain.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name="Aufgabe"
    )
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    state = models.CharField("Stand", max_length=10, choices=MeasureState, default=MeasureState.HELD)
    kind = models.CharField("Art", max_length=40)
    field = models.CharField("Handlungsfeld", max_length=3, choices=ActionField, blank=True)
    activity = models.CharField("Tätigkeit", max_length=60, blank=True)
    title = models.CharField("Titel", max_length=160)
    on = models.DateField("am")
    until = models.DateField("bis", null=True, blank=True)
    place = models.CharField("Ort", max_length=160, blank=True)
    space = models.ForeignKey(
        SocialSpace, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Sozialraum"
    )
    occasion = models.TextField("Anlass", blank=True)
    actors = models.TextField("Beteiligte", blank=True)
    expected_change = models.TextField("Was sich ändern soll", blank=True)
    participants = models.PositiveIntegerField("Teilnehmende", null=True, blank=True)
    volunteers = models.PositiveIntegerField("Ehrenamtliche", null=True, blank=True)
    result = models.TextField("Ergebnis", blank=True)
    press = models.TextField("Presse", blank=True)
    partners = models.ManyToManyField(Partner, related_name="+", verbose_name="Kooperationspartner", blank=True)
    cancel_reason = models.CharField("ausgefallen, weil", max_length=160, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eingetragen von")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "Maßnahme"
        verbose_name_plural = "Maßnahmen"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["agency", "funding_year", "-on", "-id"], name="measure_of_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("on")),
                name="measure_end_after_begin",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(funding_year__gte=FIRST_YEAR, funding_year__lte=LAST_YEAR),
                name="measure_funding_year_is_a_year",
                violation_error_message="Bitte ein Förderjahr angeben.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfMeasureQuerySet(AgencyQuerySet):
    agency_path = "measure__agency"


class ParticipantCount(BaseModel):
    """How many of a group were there; `group` is a key of the catalogue `participant_group`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="group_counts", verbose_name="Maßnahme")
    group = models.CharField("Gruppe", max_length=40)
    number = models.PositiveIntegerField("Anzahl")

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnehmende einer Gruppe"
        verbose_name_plural = "Teilnehmende nach Gruppen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "group"],
                name="participant_group_once",
                violation_error_message="Diese Gruppe ist hier schon gezählt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.number}"


class MeasureEvidence(BaseModel):
    """What proves a measure; one proof may serve several."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="proofs", verbose_name="Maßnahme")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name="Nachweis")

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachweis der Maßnahme"
        verbose_name_plural = "Nachweise der Maßnahme"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "evidence"],
                name="measure_evidence_once",
                violation_error_message="Dieser Nachweis ist hier schon abgelegt.",
            )
        ]

    def __str__(self) -> str:
        return str(self.evidence)


class MeasureVoucher(BaseModel):
    """What a measure has cost or been given; the amount stands in the voucher, once (ADR 0040)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="vouchers", verbose_name="Maßnahme")
    voucher = models.OneToOneField(Voucher, models.PROTECT, related_name="+", verbose_name="Beleg")

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "Beleg der Maßnahme"
        verbose_name_plural = "Belege der Maßnahme"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.voucher)
