from typing import Any, Self

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.correspondence.models import OutgoingMail
from lotse.network.models.formats import Charter
from lotse.network.models.meetings import Meeting
from lotse.network.models.scope import organised_ids
from lotse.organisations.models import Organisation


class SendingQuerySet(models.QuerySet["Sending"]):
    def visible_to(self, actor: Any) -> Self:
        """Of minutes with the meeting; of a charter for who organises."""
        meetings = Meeting.objects.visible_to(actor).values("pk")
        return self.filter(Q(meeting_id__in=meetings) | Q(organisation_id__in=organised_ids(actor)))


class Sending(BaseModel):
    """Minutes or a charter went to somebody, or could not because there is no address (NW-01, NW-10)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="sendings", verbose_name="Protokoll von"
    )
    charter = models.ForeignKey(
        Charter, models.PROTECT, null=True, blank=True, related_name="sendings", verbose_name="Vereinbarung"
    )
    mail = models.OneToOneField(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Nachricht"
    )
    name = models.CharField("Name", max_length=160)
    email = models.EmailField("E-Mail", blank=True)

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = "Versand"
        verbose_name_plural = "Versand"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, charter__isnull=False) | Q(meeting__isnull=False, charter=None),
                name="sending_of_one_thing",
                violation_error_message="Verschickt wird entweder ein Protokoll oder eine Vereinbarung.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
