from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import HandoverState
from lotse.casework.models.case import CounsellingCase
from lotse.casework.models.caseload import CaseloadTransfer
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person
from lotse.programmes.models import Programme

PROGRAMME_CHANGE = "programme_change"


class HandoverQuerySet(FileQuerySet):
    def waiting_for(self, actor: Actor) -> "HandoverQuerySet":
        """Offered and undecided: to whom it was offered, and who may confirm as a second person."""
        may_decide = Q(to_person_id=actor.person_id)
        if actor.may(Permission.CONFIRM_FILE_ACCESS):
            may_decide |= ~Q(offered_by_id=actor.person_id)
        alone = self.filter(transfer=None)  # what goes together is decided together
        return alone.filter(may_decide, state=HandoverState.OFFERED, organisation_id=actor.organisation_id)


class Handover(BaseModel):
    """A file is passed on to a colleague. Until somebody else accepts it, whoever was responsible stays so (CL-24)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="handovers", verbose_name="Klient*in")
    from_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="bisher zuständig")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="künftig zuständig")
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="angeboten von")
    offered_on = models.DateField("Übergabe am")
    reason = models.CharField("Grund", max_length=20)
    client_present = models.BooleanField("Klient*in war dabei", default=True)
    note = SealedTextField("Anmerkung")
    case = models.ForeignKey(
        CounsellingCase, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Fall, der weitergeht"
    )
    to_programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="künftiges Programm"
    )
    protocol = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Übergabeprotokoll"
    )
    transfer = models.ForeignKey(
        CaseloadTransfer, models.PROTECT, null=True, blank=True, related_name="handovers", verbose_name="gemeinsam mit"
    )
    state = models.CharField("Stand", max_length=10, choices=HandoverState, default=HandoverState.OFFERED)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entschieden von"
    )
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "Übergabe"
        verbose_name_plural = "Übergaben"
        ordering = ["-offered_on", "-id"]
        indexes = [
            models.Index(fields=["to_person"], name="handover_offered_to", condition=Q(state=HandoverState.OFFERED)),
            models.Index(fields=["organisation", "id"], name="handover_open", condition=Q(state=HandoverState.OFFERED)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(state=HandoverState.OFFERED),
                name="handover_one_offer",
                violation_error_message="Diese Akte ist schon zur Übergabe angeboten.",
            ),
            models.CheckConstraint(
                condition=~Q(to_person=F("from_person")),
                name="handover_to_another_person",
                violation_error_message="Die Akte liegt schon bei dieser Person.",
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.OFFERED, decided_by=None, decided_at=None)
                | (~Q(state=HandoverState.OFFERED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="handover_decided_by_somebody",
                violation_error_message="Eine Entscheidung hat eine Person und ein Datum.",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandoverState.ACCEPTED) | ~Q(decided_by=F("offered_by")),
                name="handover_accepted_by_another",
                violation_error_message="Eine zweite Person nimmt die Übergabe an.",
            ),
            models.CheckConstraint(
                condition=Q(to_programme=None) | Q(reason=PROGRAMME_CHANGE),
                name="handover_programme_with_reason",
                violation_error_message="Ein neues Programm gehört zum Grund „Wechsel des Programms“.",
            ),
        ]

    def __str__(self) -> str:
        return f"Übergabe {self.public_id}"
