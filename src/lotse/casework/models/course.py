"""Accompaniment before, during and after a course (model.md §5.9)."""

from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import ChildCare, CourseFee
from lotse.casework.models.client import Client
from lotse.casework.models.consent import Consent
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.partners.models import Partner


class CourseParticipation(BaseModel):
    """One course of one person. Where she stands in it follows from the days; nobody keeps a phase by hand."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="courses", verbose_name="Klient*in")
    kind = models.CharField("Kursart", max_length=30)
    provider = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="Kursträger")
    has_duty = models.BooleanField("verpflichtet", null=True, blank=True)
    starts_on = models.DateField("Beginn geplant", null=True, blank=True)
    ends_on = models.DateField("Ende geplant", null=True, blank=True)
    began_on = models.DateField("begonnen am", null=True, blank=True)
    finished_on = models.DateField("beendet am", null=True, blank=True)
    child_care = models.CharField("Kinderbetreuung", max_length=12, choices=ChildCare, default=ChildCare.OPEN)
    fee = models.CharField("Kursgebühr", max_length=12, choices=CourseFee, default=CourseFee.OPEN)
    contact_person = SealedTextField("Ansprechperson beim Kursträger")
    contact_reach = SealedTextField("Telefon oder E-Mail")
    presence = SealedTextField("unsere Präsenzzeiten dort")
    level_reached = models.CharField("erreichtes Niveau", max_length=20, blank=True)
    has_certificate = models.BooleanField("Zertifikat", null=True, blank=True)
    dropped_out_on = models.DateField("abgebrochen am", null=True, blank=True)
    dropout_reason = models.CharField("Grund des Abbruchs", max_length=30, blank=True)
    dropout_note = SealedTextField("Anmerkung zum Abbruch")
    follow_up_on = models.DateField("nachfragen am", null=True, blank=True)
    follow_up = SealedTextField("was zu tun ist")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Kurs"
        verbose_name_plural = "Kurse"
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["client", "-id"], name="course_of_client"),
            models.Index(
                fields=["organisation", "follow_up_on"],
                name="course_follow_up",
                condition=Q(follow_up_on__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="course_planned_end_after_begin",
                violation_error_message="Das geplante Ende liegt vor dem geplanten Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(finished_on=None) | Q(finished_on__gte=F("began_on")) & Q(began_on__isnull=False),
                name="course_finished_after_it_began",
                violation_error_message="Ein Kurs endet nach seinem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(dropped_out_on=None) | Q(began_on=None) | Q(dropped_out_on__gte=F("began_on")),
                name="course_dropout_after_it_began",
                violation_error_message="Der Abbruch liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(dropped_out_on=None, dropout_reason="")
                | Q(dropped_out_on__isnull=False) & ~Q(dropout_reason=""),
                name="course_dropout_has_reason",
                violation_error_message="Ein Abbruch hat einen Tag und einen Grund.",
            ),
            models.CheckConstraint(
                condition=Q(dropped_out_on=None) | Q(finished_on=None),
                name="course_finished_or_dropped_out",
                violation_error_message="Ein Kurs wurde beendet oder abgebrochen, nicht beides.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kurs {self.public_id}"

    @property
    def phase(self) -> str:
        """`course_phase` of the lists."""
        if self.finished_on or self.dropped_out_on:
            return "after"
        return "during" if self.began_on else "before"

    @property
    def is_running(self) -> bool:
        return self.phase == "during"


class ProviderContact(BaseModel):
    """A talk with the provider. Where it names the person, the consent for this exchange stands beside it (DP-03)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="provider_contacts", verbose_name="Klient*in")
    course = models.ForeignKey(CourseParticipation, models.CASCADE, related_name="talks", verbose_name="Kurs")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="geführt von")
    on = models.DateField("Datum")
    names_person = models.BooleanField("über die Person", default=False)
    consent = models.ForeignKey(
        Consent, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="Einwilligung"
    )
    note = SealedTextField("was besprochen wurde")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Gespräch mit dem Kursträger"
        verbose_name_plural = "Gespräche mit dem Kursträger"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["course", "-on"], name="provider_contact_of_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(names_person=False, consent=None) | Q(names_person=True, consent__isnull=False),
                name="provider_contact_named_has_consent",
                violation_error_message="Über die Person wird nur mit ihrer Einwilligung gesprochen.",
            )
        ]

    def __str__(self) -> str:
        return f"Gespräch vom {self.on:%d.%m.%Y}"
