"""Who stands in during an absence, and a caseload that is handed over as a whole."""

from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import AbsenceCode, TransferState
from lotse.core.models import BaseModel
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, actor: Actor) -> "AbsenceQuerySet":
        """To both of them, and to who leads the house."""
        mine = Q(person_id=actor.person_id) | Q(deputy_id=actor.person_id)
        if actor.may(Permission.CONFIRM_FILE_ACCESS):
            return self.filter(organisation_id=actor.organisation_id)
        return self.filter(mine, organisation_id=actor.organisation_id)


class Absence(BaseModel):
    """Somebody is away; a colleague sees her next steps meanwhile, and nothing else of her files (VT-01).

    Why she is away is not asked: of an illness nothing is stored.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name="abwesend")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Vertretung")
    first_on = models.DateField("erster Tag")
    last_on = models.DateField("letzter Tag")
    code = models.CharField("Art", max_length=10, choices=AbsenceCode, default=AbsenceCode.PLANNED)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eingetragen von")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "Abwesenheit"
        verbose_name_plural = "Abwesenheiten"
        ordering = ["-first_on", "-id"]
        indexes = [models.Index(fields=["deputy", "last_on"], name="absence_of_deputy")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="absence_ends_after_it_begins",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                condition=~Q(deputy=F("person")),
                name="absence_deputy_is_another",
                violation_error_message="Niemand vertritt sich selbst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.first_on:%d.%m.%Y} bis {self.last_on:%d.%m.%Y}"


class TransferQuerySet(models.QuerySet["CaseloadTransfer"]):
    def visible_to(self, actor: Actor) -> "TransferQuerySet":
        """To who offers, gives or gets, and to who confirms as a second person; files show as numbers only."""
        mine = Q(offered_by_id=actor.person_id) | Q(from_person_id=actor.person_id) | Q(to_person_id=actor.person_id)
        known = self.filter(organisation_id=actor.organisation_id)
        return known if actor.may(Permission.CONFIRM_FILE_ACCESS) else known.filter(mine)

    def waiting_for(self, actor: Actor) -> "TransferQuerySet":
        waiting = self.visible_to(actor).filter(state=TransferState.OFFERED).exclude(offered_by_id=actor.person_id)
        return waiting if actor.may(Permission.CONFIRM_FILE_ACCESS) else waiting.filter(to_person_id=actor.person_id)


class CaseloadTransfer(BaseModel):
    """Many files of one person go to another at once. Each has its own `Handover`; this is what joins them (VT-02)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    from_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="bisher zuständig")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="künftig zuständig")
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="angeboten von")
    reason = models.CharField("Grund", max_length=20)
    state = models.CharField("Stand", max_length=10, choices=TransferState, default=TransferState.OFFERED)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entschieden von"
    )
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True)
    undone_at = models.DateTimeField("rückgängig gemacht am", null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "Übergabe mehrerer Akten"
        verbose_name_plural = "Übergaben mehrerer Akten"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_person=F("from_person")),
                name="transfer_to_another_person",
                violation_error_message="Die Akten liegen schon bei dieser Person.",
            ),
            models.CheckConstraint(
                condition=Q(state=TransferState.OFFERED, decided_by=None, decided_at=None)
                | (~Q(state=TransferState.OFFERED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="transfer_decided_by_somebody",
                violation_error_message="Eine Entscheidung hat eine Person und ein Datum.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TransferState.ACCEPTED, TransferState.UNDONE]) | ~Q(decided_by=F("offered_by")),
                name="transfer_accepted_by_another",
                violation_error_message="Eine zweite Person nimmt die Übergabe an.",
            ),
            models.CheckConstraint(
                condition=Q(state=TransferState.UNDONE, undone_at__isnull=False)
                | (~Q(state=TransferState.UNDONE) & Q(undone_at=None)),
                name="transfer_undone_has_time",
                violation_error_message="Was rückgängig gemacht wurde, hat einen Zeitpunkt.",
            ),
        ]

    def __str__(self) -> str:
        return f"Akten von {self.from_person} an {self.to_person}"
