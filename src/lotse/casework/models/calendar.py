"""Appointments of a file. What has no file yet is an `AppointmentNote`."""

from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import AppointmentPlace, AppointmentState
from lotse.casework.models.client import Client
from lotse.casework.models.contact import Contact
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person, Site
from lotse.partners.models import Partner

CALLED_OFF = (AppointmentState.CANCELLED_BY_CLIENT, AppointmentState.CANCELLED_BY_US, AppointmentState.CONSENT_ENDED)
_NO_INTERPRETER = Q(interpreter_from=None, interpreter_booked=None, interpreter_used=None)


def _hours(name: str) -> Q:
    return Q(**{name: None}) | Q(**{f"{name}__gte": 0, f"{name}__lte": 24})


class AppointmentQuerySet(FileQuerySet):
    def shown(self) -> "AppointmentQuerySet":
        """A resting file has no appointments on any calendar (DP-12)."""
        return self.filter(client__restricted_on=None)

    def interpreted(self) -> "AppointmentQuerySet":
        """With an interpreter. Called off is left out, unless the hours were paid all the same."""
        return self.exclude(interpreter_language="").exclude(state__in=CALLED_OFF, interpreter_used=None)


class Appointment(BaseModel):
    """One appointment of a client with a counsellor. The rows of a series share `series_ref` and nothing else."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="appointments", verbose_name="Klient*in")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="bei")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name="Beratungsstelle")
    starts_at = models.DateTimeField("Beginn")
    ends_at = models.DateTimeField("Ende")
    purpose = models.CharField("Anlass", max_length=30)
    place = models.CharField("wo", max_length=10, choices=AppointmentPlace, default=AppointmentPlace.ROOM)
    room = models.CharField("Raum", max_length=40, blank=True)
    video_link = SealedTextField("Link zum Videogespräch")
    elsewhere = SealedTextField("Ort")
    note = SealedTextField("Notiz")
    series_ref = models.CharField("Serie", max_length=16, blank=True, editable=False)
    state = models.CharField("Stand", max_length=20, choices=AppointmentState, default=AppointmentState.PLANNED)
    contact = models.OneToOneField(
        Contact, models.SET_NULL, null=True, blank=True, related_name="appointment", verbose_name="Kontakt"
    )
    interpreter_language = models.CharField("Sprachmittlung", max_length=20, blank=True)
    interpreter_from = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Sprachmittlung von"
    )
    interpreter_booked = models.DecimalField("Stunden gebucht", max_digits=4, decimal_places=2, null=True, blank=True)
    interpreter_used = models.DecimalField("Stunden geleistet", max_digits=4, decimal_places=2, null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="appointment_of_person"),
            models.Index(fields=["site", "starts_at"], name="appointment_at_site"),
            models.Index(fields=["client", "starts_at"], name="appointment_of_client"),
            models.Index(fields=["series_ref"], name="appointment_series", condition=~Q(series_ref="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="appointment_ends_after_it_begins",
                violation_error_message="Der Termin endet vor seinem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(place=AppointmentPlace.ROOM) | Q(room=""),
                name="appointment_room_is_in_the_house",
                violation_error_message="Einen Raum gibt es nur in der Beratungsstelle.",
            ),
            models.CheckConstraint(
                condition=Q(contact=None) | Q(state=AppointmentState.HELD),
                name="appointment_with_contact_was_held",
                violation_error_message="Zu diesem Termin gibt es schon einen Kontakt. Er hat also stattgefunden.",
            ),
            models.CheckConstraint(
                condition=~Q(interpreter_language="") | _NO_INTERPRETER,
                name="appointment_interpreter_has_language",
                violation_error_message="Bitte die Sprache der Sprachmittlung angeben.",
            ),
            models.CheckConstraint(
                condition=_hours("interpreter_booked") & _hours("interpreter_used"),
                name="appointment_interpreter_hours_within_a_day",
                violation_error_message="Bitte 0 bis 24 Stunden angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"Termin {self.public_id}"

    def get_absolute_url(self) -> str:
        return f"{self.client.get_absolute_url()}termine/{self.public_id}/"

    @property
    def is_open(self) -> bool:
        return self.state == AppointmentState.PLANNED

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)
