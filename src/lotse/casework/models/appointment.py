from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, Site


class AppointmentNoteQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "AppointmentNoteQuerySet":
        return self.filter(owner_id__in=actor.file_holder_ids, organisation_id=actor.organisation_id)


class AppointmentNote(BaseModel):
    """A name and an appointment before there is agreement and consent; deleted after three months (model.md §6.2)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name="Beratungsstelle")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="appointment_notes", verbose_name="bei")
    name = SealedTextField("Name")
    takes_place_at = models.DateTimeField("Termin")
    transfer = models.ForeignKey(
        "casework.CaseloadTransfer",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name="zuletzt übergeben mit",
    )
    delete_after = models.DateField("wird gelöscht nach")

    objects = AppointmentNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "Terminvermerk"
        verbose_name_plural = "Terminvermerke"
        ordering = ["takes_place_at", "id"]
        indexes = [models.Index(fields=["owner", "takes_place_at"], name="appointment_mine")]
        constraints = [
            models.CheckConstraint(
                condition=Q(delete_after__gte=F("takes_place_at__date")),
                name="appointment_deleted_after_it",
                violation_error_message="Ein Terminvermerk wird nach dem Termin gelöscht.",
            )
        ]

    def __str__(self) -> str:
        return f"Terminvermerk {self.public_id}"
